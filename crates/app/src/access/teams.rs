//! Which teams have somebody: who answers, in each territory, for what no referent owes.

use domain::access::role::Role;
use store::StoreError;
use store::access::account::{self, AccountRole};
use store::access::structure;
use uuid::Uuid;

use crate::Context;

/// Territories that somebody covers; `None` = all of them.
type Cover = Option<Vec<String>>;

/// Where the desk is held and teams are led today.
pub(crate) struct Teams {
    desk: Vec<Cover>,
    leads: Vec<Cover>,
}

impl Teams {
    /// As the roles in force say, of accounts that are open.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn load(ctx: &Context) -> Result<Self, StoreError> {
        let (db, today) = (ctx.db(), ctx.today());
        let mut roles: Vec<AccountRole> = account::all_roles(db).await?;
        roles.retain(|role| role.since <= today && role.until.is_none_or(|last| today <= last));
        let accounts: Vec<Uuid> = roles.iter().map(|role| role.account_id).collect();
        let closed = account::closed(db.read(), &accounts).await?;
        roles.retain(|role| !closed.contains(&role.account_id));
        let structures = structure::all(db.read()).await?;
        let cover = |role: &AccountRole| match (&role.territory, role.structure) {
            (Some(code), _) => Some(Some(vec![code.clone()])),
            (None, None) => Some(None),
            // A structure outside the département answers for those whom its people follow, who have a referent.
            (None, Some(id)) => structures
                .iter()
                .find(|one| one.id == id && one.kind.is_departmental())
                .map(|one| Some(one.territories.clone()).filter(|codes| !codes.is_empty())),
        };
        let of =
            |wanted: Role| roles.iter().filter(|role| role.role == wanted.code()).filter_map(cover).collect();
        Ok(Self { desk: of(Role::Operator), leads: of(Role::TeamLead) })
    }

    /// Somebody holds the desk of this territory (`None` = of those without one).
    pub(crate) fn desk_at(&self, territory: Option<&str>) -> bool {
        covers(&self.desk, territory)
    }

    /// Somebody leads the team of this territory.
    pub(crate) fn led_at(&self, territory: Option<&str>) -> bool {
        covers(&self.leads, territory)
    }
}

fn covers(all: &[Cover], territory: Option<&str>) -> bool {
    all.iter().any(|one| match one {
        None => true,
        Some(codes) => territory.is_some_and(|code| codes.iter().any(|one| one == code)),
    })
}
