//! Choose, move, cancel by a link: with the same rules as a professional, and within what the link offers.

use chrono::{DateTime, Utc};
use domain::agenda::appointment::{CancelledBy, Modality, Purpose, Status, may_cancel, may_move};
use domain::time::plus_days;
use store::agenda::appointment;
use store::agenda::booking_link::{self as rows, LinkRow};
use store::agenda::slot::{self, SlotRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::offer::{Limits, link_slots};
use super::open::{LinkError, Meeting, Opened, Standing, by_bearer, works};
use crate::Context;
use crate::access::Actor;
use crate::agenda::AgendaError;
use crate::agenda::book_appointment::{BookError, Booked, Booking, Place, book_in};
use crate::agenda::cancel_appointment::{end, tell};
use crate::agenda::find_slots::FreeSlot;
use crate::agenda::gather::{move_up, tell_moved};
use crate::agenda::move_appointment::{MoveError, move_in};

/// Slots proposed to who was too late.
const NEAREST: usize = 3;
/// Slots read to find them.
const READ: usize = 200;

/// Why nothing was done by a link.
#[derive(Debug, thiserror::Error)]
pub enum LinkActError {
    /// The link no longer works.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// Somebody was faster, or the hour is past or not offered; the nearest slots that are free.
    #[error("Ce créneau vient d’être pris. Choisissez-en un autre : les plus proches sont proposés.")]
    Taken(Vec<FreeSlot>),
    /// The person is expected elsewhere at that hour.
    #[error("Vous avez déjà un rendez-vous à cette heure : choisissez un autre créneau.")]
    Elsewhere,
    /// The slot may be taken in several ways, and none was chosen.
    #[error("Choisissez comment vous serez reçu.")]
    Modality,
    /// The appointment is not what the page showed: it was booked, moved or cancelled meanwhile.
    #[error("Ce rendez-vous a changé entre-temps : relisez cette page.")]
    Changed,
}

impl From<StoreError> for LinkActError {
    fn from(error: StoreError) -> Self {
        Self::Link(error.into())
    }
}

impl From<BookError> for LinkActError {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Agenda(AgendaError::Store(error)) => error.into(),
            BookError::Taken(_) | BookError::Past | BookError::Pair => Self::Taken(Vec::new()),
            BookError::Elsewhere => Self::Elsewhere,
            BookError::Modality => Self::Modality,
            BookError::Agenda(_) | BookError::Time | BookError::Note => Self::Changed,
        }
    }
}

impl From<MoveError> for LinkActError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Book(error) => error.into(),
            MoveError::Agenda(AgendaError::Store(error)) => error.into(),
            MoveError::Agenda(_) | MoveError::Over(_) | MoveError::Collective | MoveError::Changed => {
                Self::Changed
            }
        }
    }
}

/// Books the slot that the person chose: one appointment to come by link, whatever the number of browsers.
///
/// # Errors
/// [`LinkActError`]; [`LinkActError::Taken`] names the nearest free slots.
pub async fn book_by_link(
    ctx: &Context,
    before: &Opened,
    slot: Uuid,
    modality: Option<Modality>,
) -> Result<Booked, LinkActError> {
    let ctx = &by_bearer(ctx);
    let Standing::Choose(_) = before.standing else { return Err(LinkActError::Changed) };
    let wanted = slot::by_id(ctx.db().read(), slot).await?;
    // Asked before the transaction begins: a second connection inside it could wait for itself.
    let offered = match &wanted {
        Some(slot) if !slot.taken => Limits::of(before).hold(ctx, slot).await?,
        _ => false,
    };
    if !offered {
        return Err(taken(ctx, before, wanted.as_ref()).await?);
    }
    let tx = ctx.db().begin().await?;
    let done = async {
        held(ctx, &tx, before).await?;
        let booking = booking(&tx, before, slot, modality).await?;
        let booked = book_in(&tx, ctx, before.person.id, &booking).await?;
        rows::booked(&tx, before.row.id, booked.id).await?;
        Ok(booked)
    };
    finish(ctx, before, wanted, done.await, tx).await
}

/// Moves the appointment of a link to another slot that it offers.
///
/// # Errors
/// [`LinkActError`]; nothing moves then.
pub async fn move_by_link(
    ctx: &Context,
    before: &Opened,
    slot: Uuid,
    modality: Option<Modality>,
) -> Result<Booked, LinkActError> {
    let ctx = &by_bearer(ctx);
    let wanted = slot::by_id(ctx.db().read(), slot).await?;
    // Asked before the transaction begins: a second connection inside it could wait for itself.
    let offered = match &wanted {
        Some(slot) if !slot.taken => Limits::of(before).hold(ctx, slot).await?,
        _ => false,
    };
    if !offered {
        return Err(taken(ctx, before, wanted.as_ref()).await?);
    }
    let tx = ctx.db().begin().await?;
    let done = async {
        held(ctx, &tx, before).await?;
        let meeting = before.meeting().filter(|one| !one.collective).ok_or(LinkActError::Changed)?;
        may_move(status(meeting), meeting.span.start, ctx.now()).map_err(|_| LinkActError::Changed)?;
        let booking = booking(&tx, before, slot, modality.or(Some(meeting.modality))).await?;
        Ok(move_in(ctx, &tx, &meeting.row, &meeting.host_ids, before.person.id, &booking).await?)
    };
    finish(ctx, before, wanted, done.await, tx).await
}

/// Cancels the appointment of a link; who waits for a seat moves up.
///
/// # Errors
/// [`LinkActError::Changed`] when it is no longer to come.
pub async fn cancel_by_link(ctx: &Context, before: &Opened) -> Result<(), LinkActError> {
    let ctx = &by_bearer(ctx);
    let tx = ctx.db().begin().await?;
    held(ctx, &tx, before).await?;
    let meeting = before.meeting().ok_or(LinkActError::Changed)?;
    may_cancel(status(meeting)).map_err(|_| LinkActError::Changed)?;
    if !end(ctx, &tx, &meeting.row, &meeting.host_ids, CancelledBy::Person, "").await? {
        return Err(LinkActError::Changed);
    }
    let up = match meeting.row.gathering_id {
        Some(gathering) => move_up(ctx, &tx, gathering).await?,
        None => Vec::new(),
    };
    tell(ctx, &tx, &meeting.row, before.person.id, CancelledBy::Person).await?;
    // Who moves up did not ask for it: the program did that.
    let program = Context { actor: Actor::system("liste d’attente"), ..ctx.clone() };
    tell_moved(&program, &tx, &up).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

fn status(meeting: &Meeting) -> Status {
    Status::parse(&meeting.row.status).unwrap_or(Status::Cancelled)
}

/// Holds the link until the end of the transaction; nothing may have changed since it was opened a moment ago.
async fn held(ctx: &Context, tx: &Tx, before: &Opened) -> Result<(), LinkActError> {
    let row = hold_link(tx, before, ctx.now()).await?;
    if row.appointment_id != before.row.appointment_id {
        return Err(LinkActError::Changed);
    }
    let (Some(id), Some(known)) = (row.appointment_id, before.known()) else { return Ok(()) };
    if before.meeting().is_some() && known.span.start <= ctx.now() {
        return Err(LinkError::Gone.into());
    }
    let now = appointment::by_id(tx, id).await?;
    let same = now.is_some_and(|now| now.sequence == known.row.sequence && now.status == known.row.status);
    if same { Ok(()) } else { Err(LinkActError::Changed) }
}

/// Holds a link until the end of the transaction, wherever its bearer stands with it.
pub(in crate::agenda) async fn hold_link(
    tx: &Tx,
    before: &Opened,
    now: DateTime<Utc>,
) -> Result<LinkRow, LinkActError> {
    let row = rows::hold(tx, before.row.id, now).await?.filter(|row| works(row, now));
    Ok(row.ok_or(LinkError::Gone)?)
}

/// The booking of a slot that the link offers.
async fn booking(tx: &Tx, now: &Opened, id: Uuid, wanted: Option<Modality>) -> Result<Booking, LinkActError> {
    let limits = Limits::of(now);
    let slot = slot::by_id(tx, id).await?.ok_or_else(|| LinkActError::Taken(Vec::new()))?;
    Ok(Booking {
        place: Place::Slot(id),
        and_with: limits.and_with,
        modality: limits.way(&slot, wanted).ok_or(LinkActError::Modality)?,
        purpose: Purpose::parse(&now.row.purpose).unwrap_or(Purpose::Other),
        note: String::new(),
    })
}

/// Keeps what was done, or gives all of it up and finds what is still free.
async fn finish(
    ctx: &Context,
    before: &Opened,
    wanted: Option<SlotRow>,
    done: Result<Booked, LinkActError>,
    tx: Tx,
) -> Result<Booked, LinkActError> {
    match done {
        Ok(booked) => {
            tx.commit().await.map_err(StoreError::from)?;
            Ok(booked)
        }
        Err(LinkActError::Taken(_)) => {
            tx.rollback().await.map_err(StoreError::from)?;
            Err(taken(ctx, before, wanted.as_ref()).await?)
        }
        Err(error) => Err(error),
    }
}

/// The free slots nearest to the one that was wanted.
async fn taken(
    ctx: &Context,
    before: &Opened,
    wanted: Option<&SlotRow>,
) -> Result<LinkActError, LinkActError> {
    let zone = ctx.department.timezone;
    let from = wanted.map(|slot| plus_days(slot.starts_at.with_timezone(&zone).date_naive(), -1));
    let mut near = link_slots(ctx, before, from, None, READ).await?;
    if let Some(wanted) = wanted {
        near.retain(|slot| slot.id != wanted.id);
        near.sort_by_key(|slot| ((slot.span.start - wanted.starts_at).abs(), slot.span.start));
    }
    near.truncate(NEAREST);
    Ok(LinkActError::Taken(near))
}
