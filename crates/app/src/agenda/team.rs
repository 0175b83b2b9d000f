//! Whose agenda the actor may set: their own, their team's, anybody's.

use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;
use store::StoreError;
use store::access::account::{self, AccountRole};
use store::access::structure::{self, Structure};
use uuid::Uuid;

use super::AgendaError;
use crate::Context;
use crate::access::{ActorKind, HeldRole, permit};

/// The professionals who receive people and whose hours the actor may set, by name, the actor first.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn colleagues(ctx: &Context) -> Result<Vec<(Uuid, String)>, AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let reach = reach(ctx);
    let (db, today) = (ctx.db(), ctx.today());
    let structures = structure::all(db.read()).await?;
    let lasts = |role: &AccountRole| role.since <= today && role.until.is_none_or(|last| today <= last);
    let roles: Vec<AccountRole> =
        account::all_roles(db).await?.into_iter().filter(|role| lasts(role) && receives(role)).collect();
    let mut all: Vec<(Uuid, String)> = account::all(db)
        .await?
        .into_iter()
        .filter(|one| one.disabled_at.is_none())
        .filter(|one| {
            let mut theirs = roles.iter().filter(|role| role.account_id == one.id);
            Some(one.id) == ctx.actor.id
                || match reach {
                    Reach::Everybody => theirs.next().is_some(),
                    Reach::Team => theirs.any(|role| in_team(ctx, role, &structures)),
                    Reach::Own => false,
                }
        })
        .map(|one| (one.id, one.name))
        .collect();
    all.sort_by(|a, b| (Some(a.0) != ctx.actor.id, &a.1).cmp(&(Some(b.0) != ctx.actor.id, &b.1)));
    Ok(all)
}

/// Whose hours an actor sets.
enum Reach {
    Own,
    Team,
    Everybody,
}

/// Who receives people sets their own hours, a lead those of the team, who only administers everybody's.
fn reach(ctx: &Context) -> Reach {
    let given = |held: &HeldRole, action| grant(held.role, action);
    let administers = |held: &HeldRole| {
        given(held, Action::EditOpenings) == Grant::All && given(held, Action::EditAppointments) == Grant::No
    };
    let leads = |held: &HeldRole| given(held, Action::EditOpenings) == Grant::Team;
    if ctx.actor.kind == ActorKind::System || ctx.actor.roles.iter().any(administers) {
        Reach::Everybody
    } else if ctx.actor.roles.iter().any(leads) {
        Reach::Team
    } else {
        Reach::Own
    }
}

/// Whether the actor may set the hours of this professional.
pub(super) async fn may_set(ctx: &Context, account: Uuid) -> Result<bool, AgendaError> {
    Ok(colleagues(ctx).await?.iter().any(|(id, _)| *id == account))
}

fn receives(role: &AccountRole) -> bool {
    Role::parse(&role.role).is_some_and(|role| grant(role, Action::EditAppointments) != Grant::No)
}

/// A lead in a structure outside the département answers for its people; the others, for those of their territories.
fn in_team(ctx: &Context, role: &AccountRole, structures: &[Structure]) -> bool {
    let leads = ctx.actor.roles.iter().filter(|held| grant(held.role, Action::EditOpenings) == Grant::Team);
    leads.into_iter().any(|held| match held.structure.as_ref().filter(|one| !one.departmental) {
        Some(mine) => role.structure == Some(mine.id),
        None => shares_territory(held, role, structures),
    })
}

fn shares_territory(held: &HeldRole, role: &AccountRole, structures: &[Structure]) -> bool {
    let Some(mine) = held.territories() else { return true };
    let served = role.structure.and_then(|id| structures.iter().find(|one| one.id == id));
    match (&role.territory, served) {
        (Some(code), _) => mine.contains(code),
        (None, Some(one)) => {
            one.territories.is_empty() || one.territories.iter().any(|code| mine.contains(code))
        }
        (None, None) => true,
    }
}

/// Names of these accounts.
pub(super) async fn names(ctx: &Context, accounts: &[Uuid]) -> Result<Vec<(Uuid, String)>, StoreError> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids = accounts.to_vec();
    ids.sort_unstable();
    ids.dedup();
    account::names(ctx.db(), &ids).await
}
