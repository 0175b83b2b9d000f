//! Choose people by a filter, see the hours against them, invite as many as there is room for.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::agenda::opening::WEEKS_AHEAD;
use domain::agenda::wave::{Standing, may_be_invited, room};
use domain::audit::Act;
use domain::followup::path::PathState;
use domain::time::plus_days;
use serde_json::json;
use store::StoreError;
use store::agenda::wave::{self, InWaveRow, WaveRow};
use store::intake::files;
use store::people::PersonRow;
use store::people::list::{Filter, Order, Page, Sort};
use uuid::Uuid;

use super::super::AgendaError;
use super::super::booking_link::Offer;
use super::carry_on::invite_next;
use super::{free_hours, share};
use crate::access::{hidden_accounts, scope};
use crate::{Context, audit};

/// People in one wave, at most.
pub const MOST: usize = 500;
/// People looked at to find them.
const LOOKED_AT: u64 = 2_000;

/// Who is invited, to what.
#[derive(Debug, Clone)]
pub struct WaveInput {
    /// Which people, the most urgent first.
    pub filter: Filter,
    /// How many, at most.
    pub most: usize,
    /// Among which hours they choose.
    pub offer: Offer,
    /// The last day of these hours.
    pub until: NaiveDate,
}

/// Hours against people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// People who would be in the wave.
    pub people: usize,
    /// Free hours until its last day.
    pub free: usize,
    /// Of these, those that people invited before may still take.
    pub awaited: usize,
    /// Invited at once; the others wait for room.
    pub now: usize,
    /// People of the filter who are left out: they have an appointment, or are in another wave.
    pub out: usize,
}

/// Why there is no wave.
#[derive(Debug, thiserror::Error)]
pub enum WaveError {
    /// The permission, the database.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// Not a number of people.
    #[error("Écrivez combien de personnes inviter au plus : de 1 à {MOST}.")]
    Most,
    /// Not a day within reach of the slots.
    #[error("Choisissez un jour d’ici à treize semaines : les créneaux ne sont pas faits au-delà.")]
    Until,
    /// The filter leaves nobody.
    #[error(
        "Personne à inviter : élargissez les filtres. Qui a déjà un rendez-vous, ou est dans une autre vague, n’est pas compté."
    )]
    Nobody,
    /// Somebody else invited the same people meanwhile.
    #[error(
        "Quelqu’un vient d’inviter une partie de ces personnes. Relisez les nombres, puis envoyez de nouveau."
    )]
    Changed,
}

impl From<StoreError> for WaveError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// What a wave would do. Nothing is written.
///
/// # Errors
/// [`WaveError`].
pub async fn plan_wave(ctx: &Context, input: &WaveInput) -> Result<Plan, WaveError> {
    let (plan, _) = weigh(ctx, input).await?;
    Ok(plan)
}

/// Invites those for whom there is room; the others wait.
///
/// # Errors
/// [`WaveError`], one sentence; nothing was written then.
pub async fn make_wave(ctx: &Context, input: &WaveInput) -> Result<Uuid, WaveError> {
    let (plan, rows) = weigh(ctx, input).await?;
    if rows.is_empty() {
        return Err(WaveError::Nobody);
    }
    let made_by = ctx.actor.id.ok_or(AgendaError::Unknown)?;
    let id = ctx.app.ids.make();
    let tx = ctx.db().begin().await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    // One wave after the other: two leads who invite at once see each other's.
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    if !wave::taken(&tx, &ids).await?.is_empty() {
        return Err(WaveError::Changed);
    }
    let people = ids.iter().enumerate().map(|(rank, person)| InWaveRow {
        wave_id: id,
        person_id: *person,
        place: i64::try_from(rank).unwrap_or(i64::MAX),
        standing: Standing::Waiting.code().to_owned(),
        invited_at: None,
        over_on: None,
    });
    let row = WaveRow {
        id,
        with_id: input.offer.with,
        site_id: input.offer.site,
        modality: input.offer.modality.map(|way| way.code().to_owned()),
        purpose: input.offer.purpose.code().to_owned(),
        until_on: input.until,
        made_at: ctx.now(),
        made_by,
        ended_on: None,
    };
    let people: Vec<InWaveRow> = people.collect();
    wave::add(&tx, row.clone(), people.clone()).await?;
    let at_once = invite_next(ctx, &tx, &row, &people, plan.free).await?;
    let detail = json!({ "what": "made", "people": ids.len(), "now": at_once, "until": input.until });
    audit::record(ctx, &tx, Act::InviteWave, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

async fn weigh(ctx: &Context, input: &WaveInput) -> Result<(Plan, Vec<PersonRow>), WaveError> {
    let scope = scope(ctx, Action::InviteWaves).map_err(AgendaError::from)?;
    if !(1..=MOST).contains(&input.most) {
        return Err(WaveError::Most);
    }
    let last = plus_days(ctx.today(), WEEKS_AHEAD * 7);
    if input.until < ctx.today() || input.until > last {
        return Err(WaveError::Until);
    }
    let named: Vec<Uuid> = input.offer.with.into_iter().collect();
    if !hidden_accounts(ctx, &named).await?.is_empty() {
        return Err(AgendaError::Unknown.into());
    }
    let (db, today) = (ctx.db(), ctx.today());
    // A list by referent would tell whom a sensitive structure follows.
    let filter = Filter { referent: None, ..input.filter.clone() };
    let page = Page { after: None, limit: LOOKED_AT };
    let sort = (Sort::Due, Order::Ascending);
    let mut rows = store::people::list::list(db, &scope, today, &filter, sort, &page).await?;
    rows.retain(followed);
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let busy = wave::expected(db.read(), &ids, ctx.now()).await?;
    let taken = wave::taken(db.read(), &ids).await?;
    let all = rows.len();
    rows.retain(|row| !busy.contains(&row.id) && !taken.contains(&row.id));
    let out = all - rows.len();
    rows.truncate(input.most);
    let free = free_hours(ctx, &input.offer, input.until).await?;
    let awaited = wave::invited_by(db.read(), |row| share(row, &input.offer)).await?.min(free);
    let now = rows.len().min(room(free, awaited));
    Ok((Plan { people: rows.len(), free, awaited, now, out }, rows))
}

/// Somebody who may be invited: followed, or waited for.
pub(super) fn followed(row: &PersonRow) -> bool {
    row.merged_into.is_none() && PathState::parse(&row.state).is_some_and(may_be_invited)
}
