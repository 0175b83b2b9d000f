//! Reading the journal: each within their reach (`rules.md` § 4, journal).

use domain::access::permission::Action;
use domain::access::role::Role;
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::audit::{Block, JournalFilter, JournalLine, Reach};
use uuid::Uuid;

use super::{JournalError, record};
use crate::Context;
use crate::access::permit;

/// Most rows of an export.
const MOST_EXPORTED: u64 = 100_000;

/// Those whose acts a team lead answers for.
const TEAM: [Role; 4] = [Role::Operator, Role::SocialReferent, Role::JobCoach, Role::Prescriber];

/// A page of the journal, the most recent first, within the reach of the actor: their own acts, those of their team,
/// technical acts, or all.
///
/// # Errors
/// [`JournalError::Refused`].
pub async fn page(ctx: &Context, filter: &JournalFilter) -> Result<Vec<JournalLine>, JournalError> {
    let reach = reach(ctx).await?;
    Ok(store::audit::list(ctx.db(), &reach, filter).await?)
}

/// All that a filter keeps, to be taken away; the journal keeps how many rows and which filter.
///
/// # Errors
/// [`JournalError::TooMany`] beyond a hundred thousand rows.
pub async fn export(
    ctx: &Context,
    filter: &JournalFilter,
    what: &str,
) -> Result<Vec<JournalLine>, JournalError> {
    permit(ctx, Action::ExportJournal)?;
    let reach = reach(ctx).await?;
    let filter = JournalFilter { before_number: None, limit: MOST_EXPORTED, ..filter.clone() };
    let count = store::audit::count(ctx.db(), &reach, &filter).await?;
    if count > MOST_EXPORTED {
        return Err(JournalError::TooMany(count));
    }
    let lines = store::audit::list(ctx.db(), &reach, &filter).await?;
    let tx = ctx.db().begin().await?;
    let detail = json!({ "rows": lines.len(), "filter": in_words(&filter) });
    record(ctx, &tx, Act::Export, None, Some(what.to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(lines)
}

/// The filter as the journal keeps it: what was chosen only.
fn in_words(filter: &JournalFilter) -> serde_json::Value {
    json!({
        "act": filter.act,
        "actor": filter.actor,
        "role": filter.role,
        "person": filter.person,
        "from": filter.from,
        "to": filter.to,
        "reason": filter.reason,
    })
}

/// What was done to the file of a person, all of whose records the filter names: all of it for who reads the journal or
/// answers for the team, one's own acts for the others.
///
/// # Errors
/// When the database does not answer. Whether the actor may see the person is asked before.
pub(crate) async fn of_person(ctx: &Context, filter: &JournalFilter) -> Result<Vec<JournalLine>, StoreError> {
    let all = permit(ctx, Action::ReadJournal).is_ok() || permit(ctx, Action::ReadTeamActs).is_ok();
    let reach = if all {
        Reach::Everything
    } else {
        Reach::Some { actors: ctx.actor.id.into_iter().collect(), acts: Vec::new() }
    };
    store::audit::list(ctx.db(), &reach, filter).await
}

/// Whose acts the actor may read.
async fn reach(ctx: &Context) -> Result<Reach, JournalError> {
    if permit(ctx, Action::ReadJournal).is_ok() {
        return Ok(Reach::Everything);
    }
    permit(ctx, Action::ReadOwnActs)?;
    let mut actors: Vec<Uuid> = ctx.actor.id.into_iter().collect();
    if permit(ctx, Action::ReadTeamActs).is_ok() {
        actors.extend(team(ctx).await?);
    }
    let technical = permit(ctx, Action::ReadTechnicalActs).is_ok();
    let acts = Act::ALL.into_iter().filter(|act| technical && act.is_technical());
    Ok(Reach::Some { actors, acts: acts.map(|act| act.code().to_owned()).collect() })
}

/// The accounts of the actor's team: those who hold a role today on a territory, or in the structure, that the actor leads.
/// A role on the whole département is of nobody's team but of who leads the whole département.
async fn team(ctx: &Context) -> Result<Vec<Uuid>, StoreError> {
    let today = ctx.today();
    let leads: Vec<_> = ctx.actor.roles.iter().filter(|held| held.role == Role::TeamLead).collect();
    let of_team = |role: &account::AccountRole| {
        leads.iter().any(|lead| match (&lead.structure, role.structure) {
            (Some(mine), Some(theirs)) => mine.id == theirs,
            (None, None) => lead.territory.is_none() || lead.territory == role.territory,
            _ => false,
        })
    };
    let held = account::all_roles(ctx.db()).await?.into_iter().filter(|role| {
        let in_force = role.since <= today && role.until.is_none_or(|last| today <= last);
        in_force && Role::parse(&role.role).is_some_and(|role| TEAM.contains(&role)) && of_team(role)
    });
    let mut accounts: Vec<Uuid> = held.map(|role| role.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    Ok(accounts)
}

/// Everybody whose acts the actor may read, by name: the filter of the journal.
///
/// # Errors
/// [`JournalError::Refused`] without any permission to read the journal.
pub async fn writers(ctx: &Context) -> Result<Vec<(Uuid, String)>, JournalError> {
    let reach = reach(ctx).await?;
    let seen = |id: Uuid| match &reach {
        Reach::Everything => true,
        Reach::Some { actors, acts } => !acts.is_empty() || actors.contains(&id),
    };
    let accounts = account::all(ctx.db()).await?.into_iter().filter(|account| seen(account.id));
    Ok(accounts.map(|account| (account.id, account.name)).collect())
}

/// The last blocks, the last one first, and the last verification; for who reads the whole journal.
///
/// # Errors
/// [`JournalError::Refused`].
pub async fn chain_state(ctx: &Context) -> Result<(Vec<Block>, Option<JournalLine>), JournalError> {
    permit(ctx, Action::ReadJournal)?;
    let blocks = store::audit::blocks(ctx.db(), 1).await?;
    let verified = store::audit::last_of(ctx.db(), Act::VerifyJournal.code()).await?;
    Ok((blocks, verified))
}
