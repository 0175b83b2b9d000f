//! A role to be given: where, from which day to which day, and whether that can be.

use chrono::NaiveDate;
use domain::access::role::Role;
use store::access::account::AccountRole;
use store::access::structure;
use store::{StoreError, Tx, settings};
use uuid::Uuid;

use crate::Context;

/// Why a role cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// People on RSA have a space of their own, opened another way.
    #[error("Le rôle « person » ne se donne pas ici : l’espace d’un bénéficiaire s’ouvre autrement.")]
    PersonRole,
    /// No such territory in this département.
    #[error("Le territoire « {0} » n’existe pas dans ce département.")]
    Territory(String),
    /// No such structure in this département, or it is closed.
    #[error("Cette structure n’existe pas dans ce département, ou elle est fermée.")]
    Structure,
    /// It would end before it begins.
    #[error("Le dernier jour vient avant le premier : corrigez l’une des deux dates.")]
    Dates,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The role to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRole {
    /// Which role.
    pub role: Role,
    /// On which territory; `None` = the whole département, or a structure.
    pub territory: Option<String>,
    /// In which structure; it then goes before a territory.
    pub structure: Option<Uuid>,
    /// First day; `None` = today.
    pub since: Option<NaiveDate>,
    /// Last day; `None` = until further notice.
    pub until: Option<NaiveDate>,
}

impl NewRole {
    /// A role on the whole département, from today on.
    pub fn of(role: Role) -> Self {
        Self { role, territory: None, structure: None, since: None, until: None }
    }

    /// The same on a territory; `None` = the whole département.
    #[must_use]
    pub fn on(self, territory: Option<String>) -> Self {
        Self { territory, ..self }
    }
}

/// The role as a row, once its place and its dates are known to be right.
///
/// # Errors
/// [`RoleError`].
pub(super) async fn checked(
    ctx: &Context,
    tx: &Tx,
    account_id: Uuid,
    new: &NewRole,
) -> Result<AccountRole, RoleError> {
    if new.role == Role::Person {
        return Err(RoleError::PersonRole);
    }
    let since = new.since.unwrap_or_else(|| ctx.today());
    if new.until.is_some_and(|last| last < since) {
        return Err(RoleError::Dates);
    }
    let territory = new.territory.as_ref().filter(|_| new.structure.is_none());
    if let Some(code) = territory
        && settings::territory_name(tx, code).await?.is_none()
    {
        return Err(RoleError::Territory(code.clone()));
    }
    if let Some(id) = new.structure {
        let known = structure::of(tx, &[id]).await?;
        known.first().filter(|one| one.until.is_none_or(|last| last >= since)).ok_or(RoleError::Structure)?;
    }
    Ok(AccountRole {
        id: ctx.app.ids.make(),
        account_id,
        role: new.role.code().to_owned(),
        territory: territory.cloned(),
        structure: new.structure,
        since,
        until: new.until,
    })
}

/// A role as the journal keeps it.
pub(super) fn told(role: &AccountRole) -> serde_json::Value {
    serde_json::json!({
        "role": role.role, "territory": role.territory, "structure": role.structure,
        "since": role.since, "until": role.until,
    })
}
