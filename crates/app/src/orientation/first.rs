//! The first appointment: proposed on the screen of the decision, booked with it.

use domain::agenda::appointment::{Modality, Purpose};
use store::StoreError;
use store::agenda::slot;
use uuid::Uuid;

use super::candidates::Candidate;
use crate::Context;
use crate::agenda::{AgendaError, BookError, Booking, FreeSlot, Place, Search, may_book, offered};

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
