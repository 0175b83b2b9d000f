//! Sessions for several people: planned once or week after week, seats, a waiting list that moves up.

use chrono::{NaiveDate, NaiveTime};
use domain::access::permission::Action;
use domain::agenda::appointment::{CancelledBy, Kind, Modality, Purpose, Status};
use domain::agenda::gathering::{MOST_SEATS, Seat, moving_up, seat};
use domain::agenda::opening::LENGTHS;
use domain::agenda::span::{GRAIN_MINUTES, Span, instant};
use domain::audit::Act;
use domain::reference::holidays::holiday_name;
use domain::time::plus_days;
use serde_json::json;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::gathering::{self as rows, GatheringRow};
use store::agenda::occupation;
use store::{StoreError, Tx, access::account};
use uuid::Uuid;

use super::AgendaError;
use super::book_appointment::bookable;
use super::cancel_appointment::{end, tell};
use super::edit_sites::{Site, sites};
use super::make_slots::refresh;
use super::seen::{Appointment, seen};
use super::team::{may_set, names};
use crate::access::permit;
use crate::followup::appointments_changed;
use crate::{Context, audit};

/// Most sessions of a series.
const MOST_TIMES: u16 = 52;
/// Longest title, in characters.
const LONGEST_TITLE: usize = 120;
/// Days of the list.
const LISTED_DAYS: i64 = 120;

/// Why a session or a seat was not kept.
#[derive(Debug, thiserror::Error)]
pub enum GatherError {
    /// The session, the person or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// Empty or too long.
    #[error("Donnez à la séance un titre de 120 caractères au plus, sans nom de personne.")]
    Title,
    /// No place, or one that is closed.
    #[error("Choisissez un lieu ouvert, et une salle de ce lieu s’il y en a une.")]
    Site,
    /// Not a number of seats.
    #[error("Une séance a de 1 à 200 places, et pas plus que sa salle.")]
    Seats,
    /// Not a time.
    #[error("Donnez un jour à venir, une heure et une durée de 10 à 240 minutes, de cinq en cinq.")]
    Time,
    /// Not a recurrence.
    #[error("Une série compte de 1 à 52 séances, toutes les semaines ou jusqu’à toutes les huit semaines.")]
    Times,
    /// Who leads it or its room is taken.
    #[error("L’animateur ou la salle est déjà pris le {0} : changez le jour ou l’heure.")]
    Busy(String),
    /// It is cancelled or has begun.
    #[error("Cette séance est annulée ou a commencé.")]
    Over,
    /// The person has a seat, or waits for one.
    #[error("Cette personne est déjà inscrite à cette séance.")]
    Twice,
    /// The person is expected elsewhere.
    #[error("Cette personne a déjà un rendez-vous à cette heure.")]
    Elsewhere,
}

impl From<StoreError> for GatherError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// What is typed of a series of sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatherInput {
    /// What it is called; no name of a person.
    pub title: String,
    /// Where.
    pub site: Uuid,
    /// In which room.
    pub room: Option<Uuid>,
    /// Who leads it.
    pub host: Uuid,
    /// The first day.
    pub day: NaiveDate,
    /// The hour.
    pub time: NaiveTime,
    /// How long, in minutes.
    pub minutes: u16,
    /// How many seats.
    pub seats: u16,
    /// How many sessions.
    pub times: u16,
    /// Weeks from one to the next.
    pub every_weeks: u16,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    /// Its identifier.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// From when to when.
    pub span: Span,
    /// Where.
    pub site: Option<Site>,
    /// Name of the room; empty when there is none.
    pub room: String,
    /// Who leads it.
    pub host: (Uuid, String),
    /// How many seats.
    pub seats: u16,
    /// How many are taken.
    pub taken: usize,
    /// How many people wait.
    pub waiting: usize,
    /// It does not take place.
    pub cancelled: bool,
}

/// What became of somebody who asked for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// They have one.
    Seated(Uuid),
    /// They wait for one.
    Waiting(Uuid),
}

/// The sessions of the coming weeks, from `day` on.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn gatherings(ctx: &Context, day: NaiveDate) -> Result<Vec<Gathering>, AgendaError> {
    permit(ctx, Action::ReadAppointments)?;
    let zone = ctx.department.timezone;
    let span = Span {
        start: instant(day, NaiveTime::MIN, zone),
        end: instant(plus_days(day, LISTED_DAYS), NaiveTime::MIN, zone),
    };
    Ok(told(ctx, rows::during(ctx.db().read(), span).await?).await?)
}

/// A session, and the people of it whom the actor sees.
///
/// # Errors
/// [`AgendaError::Unknown`].
pub async fn gathering(ctx: &Context, id: Uuid) -> Result<(Gathering, Vec<Appointment>), AgendaError> {
    permit(ctx, Action::ReadAppointments)?;
    let c = ctx.db().read();
    let one = told(ctx, rows::of(c, &[id]).await?).await?.pop().ok_or(AgendaError::Unknown)?;
    let people = seen(ctx, Action::ReadAppointments, appointment::seats(c, &[id]).await?).await?;
    super::read::tell_read(ctx, "seance", Some(id), people.len()).await?;
    Ok((one, people))
}

async fn told(ctx: &Context, all: Vec<GatheringRow>) -> Result<Vec<Gathering>, StoreError> {
    let ids: Vec<Uuid> = all.iter().map(|row| row.id).collect();
    let seats = appointment::seats(ctx.db().read(), &ids).await?;
    let hosts: Vec<Uuid> = all.iter().map(|row| row.account_id).collect();
    let (names, places) = (names(ctx, &hosts).await?, sites(ctx).await?);
    let count = |id: Uuid, waits: bool| {
        let theirs = seats.iter().filter(|row| row.gathering_id == Some(id));
        theirs
            .filter(|row| if waits { row.status == Status::Waiting.code() } else { row.seat.is_some() })
            .count()
    };
    let whole = |row: GatheringRow| {
        let site = places.iter().find(|site| site.id == row.site_id);
        let room = site.and_then(|site| site.rooms.iter().find(|room| Some(room.id) == row.room_id));
        Gathering {
            id: row.id,
            span: row.span(),
            room: room.map(|room| room.name.clone()).unwrap_or_default(),
            site: site.cloned(),
            host: (row.account_id, account::name_of(&names, row.account_id).unwrap_or_default()),
            seats: seats_of(&row),
            taken: count(row.id, false),
            waiting: count(row.id, true),
            cancelled: row.cancelled_at.is_some(),
            title: row.title,
        }
    };
    Ok(all.into_iter().map(whole).collect())
}

fn seats_of(row: &GatheringRow) -> u16 {
    u16::try_from(row.seats).unwrap_or_default()
}

/// Plans a session or a series; a public holiday is left out. Returns how many were planned.
///
/// # Errors
/// [`GatherError`]; nothing is planned then.
pub async fn plan(ctx: &Context, input: &GatherInput) -> Result<usize, GatherError> {
    permit(ctx, Action::EditAppointments).map_err(AgendaError::from)?;
    if Some(input.host) != ctx.actor.id && !may_set(ctx, input.host).await? {
        return Err(AgendaError::Unknown.into());
    }
    let title = checked(ctx, input).await?;
    let tx = ctx.db().begin().await?;
    let series = ctx.app.ids.make();
    let mut planned = Vec::new();
    for day in days(ctx, input) {
        let span = Span::of(instant(day, input.time, ctx.department.timezone), input.minutes);
        let id = ctx.app.ids.make();
        let resources: Vec<Uuid> = [Some(input.host), input.room].into_iter().flatten().collect();
        if !occupation::take(&tx, id, &resources, span).await? {
            return Err(GatherError::Busy(domain::time::in_words(day)));
        }
        planned.push(GatheringRow {
            id,
            series,
            title: title.clone(),
            site_id: input.site,
            room_id: input.room,
            account_id: input.host,
            starts_at: span.start,
            ends_at: span.end,
            seats: i64::from(input.seats),
            sequence: 0,
            cancelled_at: None,
            created_at: ctx.now(),
        });
    }
    let (count, spans) = (planned.len(), planned.iter().map(GatheringRow::span).collect::<Vec<_>>());
    rows::insert(&tx, planned).await?;
    for span in spans {
        refresh(ctx, &tx, &[input.host], span).await?;
    }
    let detail = json!({ "what": "gathering", "title": title, "sessions": count, "seats": input.seats });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(series.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(count)
}

fn days(ctx: &Context, input: &GatherInput) -> Vec<NaiveDate> {
    let weeks = |n: u16| i64::from(n) * 7 * i64::from(input.every_weeks);
    let all = (0..input.times).map(|n| plus_days(input.day, weeks(n)));
    all.filter(|day| holiday_name(*day, ctx.department.holidays()).is_none()).collect()
}

async fn checked(ctx: &Context, input: &GatherInput) -> Result<String, GatherError> {
    let title = input.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(GatherError::Title);
    }
    let all = sites(ctx).await?;
    let site =
        all.iter().find(|one| one.id == input.site && one.is_open_on(input.day)).ok_or(GatherError::Site)?;
    let room = match input.room {
        None => None,
        Some(id) => Some(site.rooms.iter().find(|room| room.id == id).ok_or(GatherError::Site)?),
    };
    let most = room.and_then(|room| u16::try_from(room.seats).ok()).unwrap_or(MOST_SEATS);
    if !(1..=most.min(MOST_SEATS)).contains(&input.seats) {
        return Err(GatherError::Seats);
    }
    if !(1..=MOST_TIMES).contains(&input.times)
        || !(1..=domain::agenda::opening::RAREST).contains(&input.every_weeks)
    {
        return Err(GatherError::Times);
    }
    let span = Span::of(instant(input.day, input.time, ctx.department.timezone), input.minutes);
    let length = LENGTHS.contains(&input.minutes) && input.minutes.is_multiple_of(GRAIN_MINUTES);
    if !length || !span.is_on_the_grain() || span.start <= ctx.now() || days(ctx, input).is_empty() {
        return Err(GatherError::Time);
    }
    Ok(title)
}

/// Gives somebody a seat in a session, or a rank on its waiting list.
///
/// # Errors
/// [`GatherError`].
pub async fn join(ctx: &Context, id: Uuid, person: Uuid) -> Result<Joined, GatherError> {
    let (person, _) = bookable(ctx, person).await?;
    let tx = ctx.db().begin().await?;
    let session = rows::lock(&tx, id).await?.ok_or(AgendaError::Unknown)?;
    if session.cancelled_at.is_some() || session.starts_at <= ctx.now() {
        return Err(GatherError::Over);
    }
    let known = appointment::seats(&tx, &[id]).await?;
    let there = |row: &AppointmentRow| {
        row.person_id == person.id
            && row.status != Status::Cancelled.code()
            && row.status != Status::Excused.code()
    };
    if known.iter().any(there) {
        return Err(GatherError::Twice);
    }
    let given = seat(seats_of(&session), &taken(&known));
    let row = row(ctx, &session, person.id, given);
    let appointment_id = row.id;
    if matches!(given, Seat::Given(_))
        && !occupation::take(&tx, appointment_id, &[person.id], session.span()).await?
    {
        return Err(GatherError::Elsewhere);
    }
    appointment::insert(&tx, row, &[session.account_id]).await?;
    appointments_changed(ctx, &tx, person.id, true).await?;
    let detail =
        json!({ "gathering": id, "waiting": given == Seat::Waiting, "starts_at": session.starts_at });
    let object = Some(appointment_id.to_string());
    audit::record(ctx, &tx, Act::BookAppointment, Some(person.id), object, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(match given {
        Seat::Given(_) => Joined::Seated(appointment_id),
        Seat::Waiting => Joined::Waiting(appointment_id),
    })
}

fn taken(known: &[AppointmentRow]) -> Vec<u16> {
    known.iter().filter_map(|row| row.seat.and_then(|seat| u16::try_from(seat).ok())).collect()
}

fn row(ctx: &Context, session: &GatheringRow, person_id: Uuid, given: Seat) -> AppointmentRow {
    let (number, status) = match given {
        Seat::Given(number) => (Some(i64::from(number)), Status::Upcoming),
        Seat::Waiting => (None, Status::Waiting),
    };
    AppointmentRow {
        id: ctx.app.ids.make(),
        person_id,
        gathering_id: Some(session.id),
        seat: number,
        kind: Kind::Collective.code().to_owned(),
        modality: Modality::InPerson.code().to_owned(),
        purpose: Purpose::Workshop.code().to_owned(),
        status: status.code().to_owned(),
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        site_id: Some(session.site_id),
        room_id: session.room_id,
        note_sealed: None,
        cancelled_by: None,
        reason_sealed: None,
        sequence: 0,
        booked_by: ctx.actor.id,
        booked_at: ctx.now(),
        changed_at: ctx.now(),
    }
}

/// Gives the seats that are free to those who waited longest and are not expected elsewhere. Returns those who moved up.
pub(super) async fn move_up(ctx: &Context, tx: &Tx, id: Uuid) -> Result<Vec<AppointmentRow>, StoreError> {
    let Some(session) = rows::lock(tx, id).await?.filter(|one| one.cancelled_at.is_none()) else {
        return Ok(Vec::new());
    };
    let known = appointment::seats(tx, &[id]).await?;
    let mut seated = taken(&known);
    let waiting: Vec<&AppointmentRow> =
        known.iter().filter(|row| row.status == Status::Waiting.code()).collect();
    let mut moved = Vec::new();
    for before in waiting {
        if moving_up(seats_of(&session), seated.len(), 1) == 0 {
            break;
        }
        let Seat::Given(number) = seat(seats_of(&session), &seated) else { break };
        // Somebody who is expected elsewhere by now keeps their rank, and the next one is asked.
        if !occupation::busy(tx, &[before.person_id], session.span()).await?.is_empty()
            || !occupation::take(tx, before.id, &[before.person_id], session.span()).await?
        {
            continue;
        }
        let after = AppointmentRow {
            seat: Some(i64::from(number)),
            status: Status::Upcoming.code().to_owned(),
            changed_at: ctx.now(),
            ..before.clone()
        };
        appointment::change(tx, before, after.clone()).await?;
        seated.push(number);
        moved.push(after);
    }
    Ok(moved)
}

/// The lines of the journal for those who moved up.
pub(super) async fn tell_moved(ctx: &Context, tx: &Tx, moved: &[AppointmentRow]) -> Result<(), StoreError> {
    for row in moved {
        appointments_changed(ctx, tx, row.person_id, true).await?;
    }
    for row in moved {
        let detail = json!({ "gathering": row.gathering_id, "moved_up": true, "starts_at": row.starts_at });
        let object = Some(row.id.to_string());
        audit::record(ctx, tx, Act::BookAppointment, Some(row.person_id), object, detail).await?;
    }
    Ok(())
}

/// Cancels a session: everybody's seat is cancelled with it, by the structure. Returns how many people were to come.
///
/// # Errors
/// [`GatherError`].
pub async fn cancel_gathering(ctx: &Context, id: Uuid) -> Result<usize, GatherError> {
    permit(ctx, Action::EditAppointments).map_err(AgendaError::from)?;
    let tx = ctx.db().begin().await?;
    let session = rows::lock(&tx, id).await?.ok_or(AgendaError::Unknown)?;
    if Some(session.account_id) != ctx.actor.id && !may_set(ctx, session.account_id).await? {
        return Err(AgendaError::Unknown.into());
    }
    if session.cancelled_at.is_some() || session.starts_at <= ctx.now() {
        return Err(GatherError::Over);
    }
    let open = |row: &&AppointmentRow| {
        [Status::Upcoming, Status::Waiting].iter().any(|status| status.code() == row.status)
    };
    let known = appointment::seats(&tx, &[id]).await?;
    let theirs: Vec<&AppointmentRow> = known.iter().filter(open).collect();
    for before in &theirs {
        end(ctx, &tx, before, &[], CancelledBy::Structure, "").await?;
    }
    occupation::release(&tx, id).await?;
    let after =
        GatheringRow { cancelled_at: Some(ctx.now()), sequence: session.sequence + 1, ..session.clone() };
    rows::save(&tx, after).await?;
    refresh(ctx, &tx, &[session.account_id], session.span()).await?;
    for before in &theirs {
        appointments_changed(ctx, &tx, before.person_id, false).await?;
    }
    for before in &theirs {
        tell(ctx, &tx, before, before.person_id, CancelledBy::Structure).await?;
    }
    let detail = json!({ "what": "gathering", "cancelled": true, "people": theirs.len() });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(theirs.len())
}
