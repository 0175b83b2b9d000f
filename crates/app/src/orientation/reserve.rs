//! Reserve somebody for a call: the next of the queue, or somebody who calls or is looked for; give them back.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::followup::path::PathState;
use domain::orientation::queue::LEASE;
use serde_json::json;
use store::orientation::call::{self, LeaseRow};
use store::orientation::queue;
use store::people::{PersonRow, one};
use store::{StoreError, Tx, access::account};
use uuid::Uuid;

use super::desk::{Within, look};
use crate::access::scope;
use crate::people::PeopleError;
use crate::{Context, audit};

/// How many people at the head of the queue are tried before one gives up: more than operators who press at once.
const TRIED: u64 = 20;

/// Why somebody is not reserved.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Another operator has them.
    #[error("{name} est en ligne avec cette personne depuis {since}. Vous pourrez la prendre ensuite.")]
    Taken {
        /// Who.
        name: String,
        /// Since when, in the time of the département.
        since: String,
    },
    /// Not to orient.
    #[error("Cette personne n’est pas à orienter : ouvrez sa fiche.")]
    NotToOrient,
    /// Nobody is left to call now.
    #[error("Personne n’est à appeler pour le moment.")]
    Nobody,
}

impl From<StoreError> for TakeError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// Who has a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// It is the actor.
    pub mine: bool,
    /// Their name.
    pub name: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Until when, without a sign of them.
    pub until: DateTime<Utc>,
}

/// Reserves the next person of the queue for the actor; whom they have already comes first, so that an operator whose browser
/// closed finds them again. Returns the person.
///
/// # Errors
/// [`TakeError::Nobody`].
pub async fn take_next(ctx: &Context, within: Option<Within<'_>>) -> Result<Uuid, TakeError> {
    let scope = scope(ctx, Action::TakeCalls).map_err(PeopleError::from)?;
    let account = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    for lease in call::leases_of(ctx.db().read(), account, ctx.now()).await? {
        if one::get(ctx.db(), &scope, ctx.today(), lease.person_id).await?.is_some_and(|row| waits(&row)) {
            return Ok(lease.person_id);
        }
    }
    let look = look(&scope, account, ctx, within);
    for person in queue::first(ctx.db(), &look, TRIED).await? {
        let tx = ctx.db().begin().await?;
        if reserve(ctx, &tx, person, account).await? {
            tx.commit().await.map_err(StoreError::from)?;
            return Ok(person);
        }
    }
    Err(TakeError::Nobody)
}

/// Reserves this person for the actor: they call, or the actor looked for them.
///
/// # Errors
/// [`TakeError::Taken`] when another operator has them.
pub async fn take(ctx: &Context, person: Uuid) -> Result<Uuid, TakeError> {
    let (row, account) = callable(ctx, person).await?;
    if !waits(&row) {
        return Err(TakeError::NotToOrient);
    }
    let tx = ctx.db().begin().await?;
    if !reserve(ctx, &tx, row.id, account).await? {
        drop(tx);
        return Err(taken(ctx, row.id).await?);
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(row.id)
}

/// Gives a person back to the queue; the answers stay.
///
/// # Errors
/// [`TakeError::People`].
pub async fn give_back(ctx: &Context, person: Uuid) -> Result<(), TakeError> {
    let (row, account) = callable(ctx, person).await?;
    let tx = ctx.db().begin().await?;
    if call::release(&tx, row.id, account).await? {
        let detail = json!({ "reserved": false });
        audit::record(ctx, &tx, Act::TakeCall, Some(row.id), None, detail).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The person whom the actor may call, and their account.
pub(super) async fn callable(ctx: &Context, person: Uuid) -> Result<(PersonRow, Uuid), PeopleError> {
    let scope = scope(ctx, Action::TakeCalls)?;
    let account = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let row = one::get(ctx.db(), &scope, ctx.today(), person).await?.ok_or(PeopleError::Unknown)?;
    Ok((row, account))
}

pub(super) fn waits(row: &PersonRow) -> bool {
    row.state == PathState::ToOrient.code()
}

/// Takes or keeps the reservation, and says so in the journal when it begins.
pub(super) async fn reserve(ctx: &Context, tx: &Tx, person: Uuid, account: Uuid) -> Result<bool, StoreError> {
    let now = ctx.now();
    let before = call::lease(tx, person, now).await?;
    let goes_on = before.as_ref().is_some_and(|lease| lease.account_id == account);
    let taken_at = before.filter(|_| goes_on).map_or(now, |lease| lease.taken_at);
    let new = LeaseRow { person_id: person, account_id: account, taken_at, until: now + LEASE };
    if !call::reserve(tx, new, now).await? {
        return Ok(false);
    }
    if !goes_on {
        let detail = json!({ "reserved": true });
        audit::record(ctx, tx, Act::TakeCall, Some(person), None, detail).await?;
    }
    Ok(true)
}

/// Who has this person now.
pub(super) async fn held(ctx: &Context, person: Uuid) -> Result<Option<Held>, StoreError> {
    let Some(lease) = call::lease(ctx.db().read(), person, ctx.now()).await? else { return Ok(None) };
    let names = account::names(ctx.db(), &[lease.account_id]).await?;
    Ok(Some(Held {
        mine: Some(lease.account_id) == ctx.actor.id,
        name: account::name_of(&names, lease.account_id).unwrap_or_default(),
        since: lease.taken_at,
        until: lease.until,
    }))
}

/// The refusal that names who has the person.
pub(super) async fn taken(ctx: &Context, person: Uuid) -> Result<TakeError, StoreError> {
    let held = held(ctx, person).await?;
    let since = held.as_ref().map_or_else(String::new, |held| {
        held.since.with_timezone(&ctx.department.timezone).format("%-H h %M").to_string()
    });
    Ok(TakeError::Taken { name: held.map(|held| held.name).unwrap_or_default(), since })
}
