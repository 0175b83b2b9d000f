//! Move an appointment to another slot: the same identifier, another sequence, so that calendars follow.

use domain::agenda::appointment::{Kind, Modality, Purpose, Refusal, Status, may_move};
use domain::audit::Act;
use serde_json::json;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::{occupation, slot};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::AgendaError;
use super::book_appointment::{BookError, Booked, Booking, Place, bookable, hold, may_be_booked, take_hours};
use super::make_slots::refresh;
use super::seen::{Appointment, editable};
use crate::followup::appointments_changed;
use crate::{Context, audit, messages};

/// Why an appointment was not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The appointment or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// The new hour.
    #[error(transparent)]
    Book(#[from] BookError),
    /// It is over, or cancelled.
    #[error(transparent)]
    Over(#[from] Refusal),
    /// A seat in a session does not move: one takes another session.
    #[error("Une place dans une séance ne se déplace pas : annulez-la et choisissez une autre séance.")]
    Collective,
    /// Changed meanwhile.
    #[error("Ce rendez-vous a changé entre-temps : relisez-le, puis recommencez.")]
    Changed,
}

impl From<StoreError> for MoveError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// Moves an appointment; a pair stays a pair when both are free then.
///
/// # Errors
/// [`MoveError`]; nothing moves then.
pub async fn move_appointment(
    ctx: &Context,
    id: Uuid,
    to: Place,
    modality: Modality,
) -> Result<Booked, MoveError> {
    let (before, one) = editable(ctx, id).await?;
    may_move(one.status, before.starts_at, ctx.now())?;
    if one.kind == Kind::Collective {
        return Err(MoveError::Collective);
    }
    let and_with = second(ctx, &one, &to).await?;
    let booking = Booking { place: to, and_with, modality, purpose: Purpose::Other, note: String::new() };
    // Who only receives the person moves them among their own hours.
    let social = one.who.opens && bookable(ctx, one.who.id).await?.1;
    may_be_booked(ctx, &booking, social).await?;
    let tx = ctx.db().begin().await?;
    let hosts: Vec<Uuid> = one.hosts.iter().map(|(host, _)| *host).collect();
    let moved = move_in(ctx, &tx, &before, &hosts, one.who.id, &booking).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(moved)
}

/// Moves the appointment that the row `before` is, received until now by `hosts`, to the hour of `booking`. After an error the
/// transaction must be given up.
pub(super) async fn move_in(
    ctx: &Context,
    tx: &Tx,
    before: &AppointmentRow,
    hosts: &[Uuid],
    person: Uuid,
    booking: &Booking,
) -> Result<Booked, MoveError> {
    let id = before.id;
    // The old hours go first: an appointment may move by half an hour over itself.
    occupation::release(tx, id).await?;
    refresh(ctx, tx, hosts, before.span()).await?;
    let held = hold(ctx, tx, booking).await?;
    take_hours(tx, id, before.person_id, &held).await?;
    let after = AppointmentRow {
        starts_at: held.span.start,
        ends_at: held.span.end,
        site_id: held.site,
        room_id: held.room,
        modality: booking.modality.code().to_owned(),
        status: Status::Upcoming.code().to_owned(),
        sequence: before.sequence + 1,
        changed_at: ctx.now(),
        ..before.clone()
    };
    if !appointment::change(tx, before, after.clone()).await? {
        return Err(MoveError::Changed);
    }
    appointment::set_hosts(tx, id, &held.hosts).await?;
    messages::booked(ctx, tx, &after).await?;
    refresh(ctx, tx, hosts, before.span()).await?;
    refresh(ctx, tx, &held.hosts, held.span).await?;
    appointments_changed(ctx, tx, person, false).await?;
    let detail =
        json!({ "from": before.starts_at, "to": held.span.start, "modality": booking.modality.code() });
    audit::record(ctx, tx, Act::MoveAppointment, Some(person), Some(id.to_string()), detail).await?;
    Ok(Booked { id, span: held.span, site: held.site, hosts: held.hosts })
}

/// Who receives beside the professional of the new hour: the other one of the pair.
async fn second(ctx: &Context, one: &Appointment, to: &Place) -> Result<Option<Uuid>, MoveError> {
    if one.kind != Kind::Pair {
        return Ok(None);
    }
    let host = match to {
        Place::Slot(id) => slot::by_id(ctx.db().read(), *id).await?.map(|slot| slot.account_id),
        Place::Free(free) => Some(free.host),
    };
    let hosts: Vec<Uuid> = one.hosts.iter().map(|(id, _)| *id).collect();
    match host.filter(|host| hosts.contains(host)) {
        Some(host) => Ok(hosts.into_iter().find(|other| *other != host)),
        None => Err(BookError::Pair.into()),
    }
}
