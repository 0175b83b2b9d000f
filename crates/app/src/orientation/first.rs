//! The first appointment: proposed on the screen of the decision, booked with it; and what follows once it was held.

use domain::agenda::appointment::{Modality, Purpose, Status};
use store::agenda::{appointment, slot};
use store::intake::record;
use store::people::one;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::candidates::Candidate;
use crate::Context;
use crate::agenda::{AgendaError, BookError, Booking, FreeSlot, Place, Search, may_book, offered};
use crate::intake::run::Settings;
use crate::intake::standing::derive;

/// Slots proposed.
const SHOWN: usize = 8;
/// Slots looked at to find those of the candidates.
const LOOKED_AT: usize = 200;

/// A slot, and how one meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstAppointment {
    /// A free slot of [`crate::agenda::find_slots`].
    pub slot: Uuid,
    /// By which way.
    pub modality: Modality,
}

/// The earliest slots of those who could follow; of the one chosen, when there is one. Nothing for who books nothing.
pub(super) async fn proposed(
    ctx: &Context,
    person: Uuid,
    candidates: &[Candidate],
    chosen: Option<Uuid>,
) -> Result<Vec<FreeSlot>, StoreError> {
    let search = Search { with: chosen, limit: LOOKED_AT, ..Search::default() };
    let found = match offered(ctx, person, &search).await {
        Ok(found) => found,
        Err(AgendaError::Store(error)) => return Err(error),
        Err(AgendaError::Refused(_) | AgendaError::Unknown) => Vec::new(),
    };
    let theirs = |slot: &FreeSlot| {
        slot.hosts.first().is_some_and(|(host, _)| candidates.iter().any(|one| one.id == *host))
    };
    Ok(found.into_iter().filter(theirs).take(SHOWN).collect())
}

/// What is booked with the decision, and who receives.
pub(super) async fn booking(
    ctx: &Context,
    person: Uuid,
    first: Option<FirstAppointment>,
) -> Result<Option<(Booking, Uuid)>, BookError> {
    let Some(first) = first else { return Ok(None) };
    let booking = Booking {
        place: Place::Slot(first.slot),
        and_with: None,
        modality: first.modality,
        purpose: Purpose::FirstMeeting,
        note: String::new(),
    };
    may_book(ctx, person, &booking).await?;
    let known = slot::by_id(ctx.db().read(), first.slot).await?;
    let host = known.filter(|slot| !slot.taken).ok_or_else(|| BookError::Taken(Vec::new()))?.account_id;
    Ok(Some((booking, host)))
}

/// Says on the record of a person when they were first met since the decision in force: the due step follows.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn met(ctx: &Context, tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    let Some(mut row) = one::rows(tx, &[person]).await?.into_iter().next() else { return Ok(()) };
    let Some(since) = row.oriented_on else { return Ok(()) };
    let records = one::with_merged(tx, row.id).await?;
    let zone = ctx.department.timezone;
    let held = appointment::of_people(tx, &records).await?.into_iter();
    let held = held.filter(|one| one.status == Status::Attended.code());
    let first =
        held.map(|one| one.starts_at.with_timezone(&zone).date_naive()).filter(|day| *day >= since).min();
    if first == row.met_on {
        return Ok(());
    }
    row.met_on = first;
    derive(&mut row, &Settings::load(ctx).await?);
    one::save(tx, vec![row]).await?;
    record::rebuild_counters(tx).await
}
