//! The roles of an account that count today, with what their structures say.

use chrono::NaiveDate;
use domain::access::role::Role;
use store::access::account::{self, AccountRole};
use store::access::structure::{self, Structure};
use store::{Db, StoreError};
use uuid::Uuid;

use super::actor::{HeldRole, HeldStructure};

/// The roles in force on `day`: one read, two more when a role is held in a structure. A role held in a structure that
/// is closed does not count.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn roles_on(db: &Db, account_id: Uuid, day: NaiveDate) -> Result<Vec<HeldRole>, StoreError> {
    let roles = account::roles_on(db, account_id, day).await?;
    let ids: Vec<Uuid> = roles.iter().filter_map(|role| role.structure).collect();
    let structures = structure::of(db.read(), &ids).await?;
    Ok(roles.into_iter().filter_map(|role| held(role, &structures, day)).collect())
}

fn held(role: AccountRole, structures: &[Structure], day: NaiveDate) -> Option<HeldRole> {
    let structure = match role.structure {
        None => None,
        Some(id) => {
            let one = structures.iter().find(|one| one.id == id).filter(|one| one.is_open_on(day))?;
            Some(HeldStructure {
                id,
                name: one.name.clone(),
                side: one.side,
                departmental: one.kind.is_departmental(),
                territories: one.territories.clone(),
            })
        }
    };
    Some(HeldRole { role: Role::parse(&role.role)?, territory: role.territory, structure })
}
