//! Book an appointment: of two who want the same hour exactly one has it, the other is told what is free nearby.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::access::permission::Action;
use domain::agenda::appointment::{Kind, LONGEST_NOTE, Modality, Purpose, Status};
use domain::agenda::opening::LENGTHS;
use domain::agenda::span::{Span, instant};
use domain::audit::Act;
use domain::time::plus_days;
use serde_json::json;
use store::access::account;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::slot::{self, Wanted};
use store::agenda::{occupation, opening};
use store::people::{PersonRow, one};
use store::sealed::APPOINTMENT_NOTE;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::AgendaError;
use super::find_slots::{FreeSlot, Search, Sensitive, find};
use super::make_slots::refresh;
use super::team::may_set;
use crate::access::{Relations, hidden_accounts, is_social, scope};
use crate::followup::appointments_changed;
use crate::{Context, audit, messages};

/// Slots proposed to who was too late.
const NEAREST: usize = 3;

/// Why nothing was booked.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The person, the slot or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// Somebody was faster; the nearest slots that are still free.
    #[error("Ce créneau vient d’être pris. Choisissez-en un autre : les plus proches sont proposés.")]
    Taken(Vec<FreeSlot>),
    /// The person is expected elsewhere at that hour.
    #[error("Cette personne a déjà un rendez-vous à cette heure : choisissez un autre créneau.")]
    Elsewhere,
    /// It has begun.
    #[error("Ce créneau est passé : choisissez-en un à venir.")]
    Past,
    /// Not a way to meet in this slot.
    #[error("Choisissez comment vous vous rencontrez, parmi ce que ce créneau permet.")]
    Modality,
    /// An hour or a length that is not on the grain.
    #[error("Donnez un jour, une heure et une durée de 10 à 240 minutes, de cinq en cinq.")]
    Time,
    /// The second professional is not free, or is the first one.
    #[error("Le second professionnel n’est pas libre à ce moment dans ce lieu.")]
    Pair,
    /// Too long.
    #[error("Écrivez 500 caractères au plus.")]
    Note,
}

impl From<StoreError> for BookError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// When, where and with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A free slot of [`super::find_slots`].
    Slot(Uuid),
    /// Outside of the slots: a visit, a call at an hour that was agreed.
    Free(FreeTime),
}

/// An hour outside of the slots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeTime {
    /// The day.
    pub day: NaiveDate,
    /// The hour, civil time.
    pub time: NaiveTime,
    /// How long, in minutes.
    pub minutes: u16,
    /// In which place, if any.
    pub site: Option<Uuid>,
    /// Who receives.
    pub host: Uuid,
}

/// What is booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// When, where and with whom.
    pub place: Place,
    /// The second professional of a pair.
    pub and_with: Option<Uuid>,
    /// How they meet.
    pub modality: Modality,
    /// What it is for.
    pub purpose: Purpose,
    /// What to bring, where to ring; may be empty.
    pub note: String,
}

/// What was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The appointment.
    pub id: Uuid,
    /// From when to when.
    pub span: Span,
    /// The place.
    pub site: Option<Uuid>,
    /// Who receives.
    pub hosts: Vec<Uuid>,
}

/// Books an appointment for a person whom the actor may receive or send.
///
/// # Errors
/// [`BookError`]; [`BookError::Taken`] names the nearest free slots.
pub async fn book_appointment(ctx: &Context, person: Uuid, booking: &Booking) -> Result<Booked, BookError> {
    let (row, social) = bookable(ctx, person).await?;
    may_be_booked(ctx, booking, social).await?;
    // Most of those who are too late are told so without waiting for the others to have written.
    if let Place::Slot(id) = booking.place {
        let known = slot::by_id(ctx.db().read(), id).await?;
        if known.is_none_or(|slot| slot.taken) {
            return Err(taken(ctx, booking, &row, social).await?);
        }
    }
    let tx = ctx.db().begin().await?;
    match book_in(&tx, ctx, row.id, booking).await {
        Ok(booked) => {
            tx.commit().await.map_err(StoreError::from)?;
            Ok(booked)
        }
        Err(BookError::Taken(_)) => {
            tx.rollback().await.map_err(StoreError::from)?;
            Err(taken(ctx, booking, &row, social).await?)
        }
        Err(error) => Err(error),
    }
}

/// The slots that the actor may offer to a person, as [`super::find_slots`] finds them, the commune of the person known and
/// sensitive structures left out for who is not on their social side.
///
/// # Errors
/// [`AgendaError::Unknown`] for one for whom the actor may not book.
pub async fn offered(ctx: &Context, person: Uuid, search: &Search) -> Result<Vec<FreeSlot>, AgendaError> {
    let (row, social) = bookable(ctx, person).await?;
    Ok(find(ctx, &Search { commune: row.commune, ..search.clone() }, Sensitive::of(social)).await?)
}

/// Whether the actor may book this for a person: the person is theirs to receive or send, the professional theirs to book. Ask
/// it before [`book_in`]. Returns the record that speaks for the person.
///
/// # Errors
/// [`BookError::Agenda`].
pub async fn may_book(ctx: &Context, person: Uuid, booking: &Booking) -> Result<PersonRow, BookError> {
    let (row, social) = bookable(ctx, person).await?;
    may_be_booked(ctx, booking, social).await?;
    Ok(row)
}

/// The person, and whether the actor is on their social side.
pub(crate) async fn bookable(ctx: &Context, person: Uuid) -> Result<(PersonRow, bool), AgendaError> {
    let scope = scope(ctx, Action::EditAppointments)?;
    let (db, today) = (ctx.db(), ctx.today());
    let row = one::get(db, &scope, today, person).await?.ok_or(AgendaError::Unknown)?;
    let records = one::with_merged(db.read(), row.id).await?;
    let referents = one::referents(db.read(), &records, today).await?;
    let why = Relations::load(ctx).await?.of(&ctx.actor, &row, &referents.iter().collect::<Vec<_>>());
    Ok((row, is_social(&why)))
}

/// Whether the professionals are the actor's to book: anybody by their slots, oneself and one's team at any hour; those of a
/// sensitive structure, from the social side.
pub(super) async fn may_be_booked(ctx: &Context, booking: &Booking, social: bool) -> Result<(), BookError> {
    let host = match &booking.place {
        Place::Slot(id) => slot::by_id(ctx.db().read(), *id).await?.map(|slot| slot.account_id),
        Place::Free(free) => {
            if Some(free.host) != ctx.actor.id && !may_set(ctx, free.host).await? {
                return Err(AgendaError::Unknown.into());
            }
            Some(free.host)
        }
    };
    let hosts: Vec<Uuid> = [host, booking.and_with].into_iter().flatten().collect();
    if !social && !hidden_accounts(ctx, &hosts).await?.is_empty() {
        return Err(AgendaError::Unknown.into());
    }
    Ok(())
}

async fn taken(
    ctx: &Context,
    booking: &Booking,
    row: &PersonRow,
    social: bool,
) -> Result<BookError, BookError> {
    let Place::Slot(id) = booking.place else { return Ok(BookError::Taken(Vec::new())) };
    let wanted = slot::by_id(ctx.db().read(), id).await?;
    let zone = ctx.department.timezone;
    let mut search = Search {
        site: wanted.as_ref().map(|slot| slot.site_id),
        modality: Some(booking.modality),
        and_with: booking.and_with,
        with: wanted.as_ref().filter(|_| booking.and_with.is_some()).map(|slot| slot.account_id),
        from: wanted.as_ref().map(|slot| plus_days(slot.starts_at.with_timezone(&zone).date_naive(), -1)),
        commune: row.commune.clone(),
        limit: NEAREST,
        ..Search::default()
    };
    let mut near = find(ctx, &search, Sensitive::of(social)).await?;
    if near.is_empty() {
        search.site = None;
        near = find(ctx, &search, Sensitive::of(social)).await?;
    }
    Ok(BookError::Taken(near))
}

/// Books an appointment in the transaction of another act, which has asked [`may_book`]: the decision of an orientation.
/// [`BookError::Taken`] is then empty; [`offered`] tells what is still free.
///
/// Call it before the transaction writes in the journal: everybody holds hours first and the head of the journal last.
/// After an error the transaction must be given up.
///
/// # Errors
/// [`BookError`].
pub async fn book_in(tx: &Tx, ctx: &Context, person: Uuid, booking: &Booking) -> Result<Booked, BookError> {
    if booking.note.trim().chars().count() > LONGEST_NOTE {
        return Err(BookError::Note);
    }
    let held = hold(ctx, tx, booking).await?;
    let id = ctx.app.ids.make();
    take_hours(tx, id, person, &held).await?;
    let made = row(ctx, id, person, booking, &held)?;
    appointment::insert(tx, made.clone(), &held.hosts).await?;
    messages::booked(ctx, tx, &made).await?;
    refresh(ctx, tx, &held.hosts, held.span).await?;
    appointments_changed(ctx, tx, person, true).await?;
    let detail = json!({
        "modality": booking.modality.code(), "purpose": booking.purpose.code(), "starts_at": held.span.start,
        "pair": booking.and_with.is_some(),
    });
    audit::record(ctx, tx, Act::BookAppointment, Some(person), Some(id.to_string()), detail).await?;
    Ok(Booked { id, span: held.span, site: held.site, hosts: held.hosts })
}

/// What is held of the time of professionals and places.
pub(super) struct Held {
    pub(super) span: Span,
    pub(super) site: Option<Uuid>,
    pub(super) room: Option<Uuid>,
    pub(super) hosts: Vec<Uuid>,
}

/// Finds the hour, and holds the days of those who receive until the end of the transaction.
pub(super) async fn hold(ctx: &Context, tx: &Tx, booking: &Booking) -> Result<Held, BookError> {
    match &booking.place {
        Place::Slot(id) => slot_held(ctx, tx, *id, booking).await,
        Place::Free(free) => {
            let grain = free.minutes.is_multiple_of(domain::agenda::span::GRAIN_MINUTES);
            let span = Span::of(instant(free.day, free.time, ctx.department.timezone), free.minutes);
            if !LENGTHS.contains(&free.minutes) || !grain || !span.is_on_the_grain() {
                return Err(BookError::Time);
            }
            begins_later(span, ctx.now())?;
            let hosts = both(free.host, booking.and_with)?;
            lock(tx, &hosts).await?;
            Ok(Held { span, site: free.site, room: None, hosts })
        }
    }
}

async fn slot_held(ctx: &Context, tx: &Tx, id: Uuid, booking: &Booking) -> Result<Held, BookError> {
    let known = slot::by_id(tx, id).await?.ok_or_else(|| BookError::Taken(Vec::new()))?;
    begins_later(known.span(), ctx.now())?;
    if !Modality::split(&known.modalities).contains(&booking.modality) {
        return Err(BookError::Modality);
    }
    let hosts = both(known.account_id, booking.and_with)?;
    lock(tx, &hosts).await?;
    // An account that was closed leaves its slots behind.
    if !account::closed(tx, &hosts).await?.is_empty() || !slot::take(tx, id).await? {
        return Err(BookError::Taken(Vec::new()));
    }
    if let Some(other) = booking.and_with {
        let wanted = Wanted {
            sites: Some(vec![known.site_id]),
            accounts: Some(vec![other]),
            modality: Some(booking.modality),
            ..Wanted::default()
        };
        let around = known.span().widened(24 * 60);
        let open: Vec<Span> =
            slot::free(tx, around, &wanted).await?.iter().map(slot::SlotRow::span).collect();
        let gap = opening::of(tx, &[other]).await?;
        let gap =
            gap.iter().filter_map(|row| u16::try_from(row.buffer_minutes).ok()).max().unwrap_or_default();
        if domain::agenda::free::for_both(&[known.span()], &open, gap).is_empty() {
            return Err(BookError::Pair);
        }
    }
    Ok(Held { span: known.span(), site: Some(known.site_id), room: known.room_id, hosts })
}

fn begins_later(span: Span, now: DateTime<Utc>) -> Result<(), BookError> {
    if span.start > now { Ok(()) } else { Err(BookError::Past) }
}

fn both(host: Uuid, and_with: Option<Uuid>) -> Result<Vec<Uuid>, BookError> {
    if and_with == Some(host) {
        return Err(BookError::Pair);
    }
    Ok([Some(host), and_with].into_iter().flatten().collect())
}

/// In one order for everybody.
async fn lock(tx: &Tx, hosts: &[Uuid]) -> Result<(), StoreError> {
    let mut hosts = hosts.to_vec();
    hosts.sort_unstable();
    for host in hosts {
        opening::lock(tx, host).await?;
    }
    Ok(())
}

/// Takes the hours of the professionals and of the room, then of the person: which of them refuses is told apart.
pub(super) async fn take_hours(tx: &Tx, id: Uuid, person: Uuid, held: &Held) -> Result<(), BookError> {
    let mut places = held.hosts.clone();
    places.extend(held.room);
    if !occupation::take(tx, id, &places, held.span).await? {
        return Err(BookError::Taken(Vec::new()));
    }
    if !occupation::take(tx, id, &[person], held.span).await? {
        return Err(BookError::Elsewhere);
    }
    Ok(())
}

fn row(
    ctx: &Context,
    id: Uuid,
    person_id: Uuid,
    booking: &Booking,
    held: &Held,
) -> Result<AppointmentRow, StoreError> {
    let note = booking.note.trim();
    let seal = |text: &str| ctx.db().keys().encrypt(APPOINTMENT_NOTE.place, text.as_bytes());
    let kind = if booking.and_with.is_some() { Kind::Pair } else { Kind::Individual };
    Ok(AppointmentRow {
        id,
        person_id,
        gathering_id: None,
        seat: None,
        kind: kind.code().to_owned(),
        modality: booking.modality.code().to_owned(),
        purpose: booking.purpose.code().to_owned(),
        status: Status::Upcoming.code().to_owned(),
        starts_at: held.span.start,
        ends_at: held.span.end,
        site_id: held.site,
        room_id: held.room,
        note_sealed: if note.is_empty() { None } else { Some(seal(note)?) },
        cancelled_by: None,
        reason_sealed: None,
        sequence: 0,
        booked_by: ctx.actor.id,
        booked_at: ctx.now(),
        changed_at: ctx.now(),
    })
}
