//! Places in real communes, opening hours of the made-up professionals, appointments past and to come, a workshop.

use std::collections::{BTreeMap, BTreeSet};

use app::access::{Actor, ActorKind, HeldRole, scope};
use app::agenda::{
    Booking, GatherInput, OpeningInput, Place, RoomInput, Search, SiteInput, book_appointment, find_slots,
    gatherings, join, plan, save_opening, save_room, save_site,
};
use app::domain::access::permission::Action;
use app::domain::access::role::Role;
use app::domain::agenda::appointment::{Kind, Modality, Purpose, Status};
use app::domain::agenda::opening::{Opening, Weekdays};
use app::domain::agenda::span::{Span, instant};
use app::domain::reference::holidays::is_day_off;
use app::domain::time::plus_days;
use app::{Context, StoreError};
use chrono::{NaiveDate, NaiveTime, Weekday};
use store::access::account;
use store::agenda::appointment::{self, AppointmentRow};
use store::people::PersonRow;
use store::people::list::{Filter, Order, Page, Sort, list};
use uuid::Uuid;

use super::stories;
use crate::failure::Outcome;

/// A place: name, street, commune.
type Told = (&'static str, &'static str, &'static str);

/// The places of each département. The first two share a coach, on given days.
const PLACES: [(&str, [Told; 3]); 4] = [
    (
        "38",
        [
            ("Antenne de La Tour-du-Pin", "12 rue d’Italie", "La Tour-du-Pin"),
            ("Antenne de Pont-de-Beauvoisin", "4 place de la République", "Le Pont-de-Beauvoisin"),
            ("Maison de Bourgoin", "30 avenue des Alpes", "Bourgoin-Jallieu"),
        ],
    ),
    (
        "45",
        [
            ("Maison de Montargis", "8 rue du Château", "Montargis"),
            ("Antenne de Gien", "2 quai Lenoir", "Gien"),
            ("Maison d’Orléans", "15 rue Eugène-Vignat", "Orléans"),
        ],
    ),
    (
        "04",
        [
            ("Maison de Digne", "13 rue du Docteur-Romieu", "Digne-les-Bains"),
            ("Antenne de Sisteron", "6 avenue de la Libération", "Sisteron"),
            ("Maison de Manosque", "21 boulevard Élémir-Bourges", "Manosque"),
        ],
    ),
    (
        "55",
        [
            ("Maison de Bar-le-Duc", "3 rue François-de-Guise", "Bar-le-Duc"),
            ("Antenne de Commercy", "9 rue de la Paroisse", "Commercy"),
            ("Maison de Verdun", "14 rue du Port-de-France", "Verdun"),
        ],
    ),
];

const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// Who receives where: role, rank of the place, days, hours, minutes and buffer, how.
type Hours = (Role, usize, &'static [Weekday], (&'static str, &'static str), (u16, u16), &'static [Modality]);

const HOURS: [Hours; 5] = [
    (
        Role::JobCoach,
        0,
        &[Weekday::Mon, Weekday::Tue, Weekday::Thu],
        ("09:00", "12:00"),
        (45, 15),
        &[Modality::InPerson, Modality::Phone],
    ),
    (
        Role::JobCoach,
        1,
        &[Weekday::Wed, Weekday::Fri],
        ("09:30", "12:30"),
        (45, 15),
        &[Modality::InPerson, Modality::Phone],
    ),
    (Role::SocialReferent, 0, &WEEK, ("09:00", "12:00"), (45, 15), &[Modality::InPerson, Modality::Phone]),
    (
        Role::SocialReferent,
        2,
        &[Weekday::Tue, Weekday::Thu],
        ("14:00", "17:00"),
        (45, 15),
        &[Modality::InPerson],
    ),
    (Role::Operator, 2, &WEEK, ("13:30", "16:30"), (30, 0), &[Modality::Phone, Modality::InPerson]),
];

/// Appointments past, by rank of the person: days ago, what became of them.
const PAST: [(usize, i64, Status, Purpose); 5] = [
    (0, 21, Status::Attended, Purpose::FirstMeeting),
    (0, 7, Status::Attended, Purpose::Diagnosis),
    (1, 14, Status::Absent, Purpose::FirstMeeting),
    (1, 5, Status::Attended, Purpose::FirstMeeting),
    (2, 8, Status::Excused, Purpose::FollowUp),
];

/// People who have an appointment to come, for each professional.
const COMING: usize = 6;

/// Makes the agenda of a département.
///
/// # Errors
/// When something is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some((_, places)) = PLACES.iter().find(|(code, _)| *code == ctx.department.code) else {
        return Ok(());
    };
    let sites = sites(ctx, places).await?;
    open(ctx, accounts, &sites).await?;
    for role in [Role::JobCoach, Role::SocialReferent] {
        if let Some(id) = accounts.get(&role).copied() {
            book(&of(ctx, role, id).await?, id, &sites).await?;
        }
    }
    if let Some(id) = accounts.get(&Role::JobCoach).copied() {
        workshop(&of(ctx, Role::JobCoach, id).await?, id, sites.first().copied()).await?;
    }
    Ok(())
}

fn told(error: impl std::fmt::Display) -> StoreError {
    StoreError::Other(error.to_string())
}

async fn sites(ctx: &Context, places: &[Told]) -> Outcome<Vec<Uuid>> {
    let mut made = Vec::new();
    for (name, street, commune) in places {
        let input = SiteInput {
            name: (*name).to_owned(),
            address: (*street).to_owned(),
            commune: (*commune).to_owned(),
            access: "Arrêt Mairie. Entrée de plain-pied, ascenseur.".to_owned(),
            phone: "01 99 00 12 34".to_owned(),
            closed_on: None,
        };
        let id = save_site(ctx, None, &input).await.map_err(told)?;
        for (name, seats) in [("Bureau 2", 4), ("Salle Bleue", 12)] {
            let room = RoomInput { name: name.to_owned(), seats, closed_on: None };
            save_room(ctx, id, None, &room).await.map_err(told)?;
        }
        made.push(id);
    }
    Ok(made)
}

async fn open(ctx: &Context, accounts: &BTreeMap<Role, Uuid>, sites: &[Uuid]) -> Outcome {
    for (role, place, days, (from, to), (minutes, buffer), ways) in HOURS {
        let (Some(account), Some(site)) = (accounts.get(&role), sites.get(place)) else { continue };
        let opening = Opening {
            weekdays: Weekdays::of(days),
            from: time(from),
            to: time(to),
            every_weeks: 1,
            since: ctx.today(),
            until: None,
            minutes,
            buffer_minutes: buffer,
            daily_maximum: None,
            exceptions: BTreeSet::new(),
        };
        let input = OpeningInput { site: *site, room: None, opening, modalities: ways.to_vec() };
        save_opening(ctx, *account, None, &input).await.map_err(told)?;
    }
    Ok(())
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").unwrap_or_default()
}

/// What somebody with this role does.
async fn of(ctx: &Context, role: Role, id: Uuid) -> Outcome<Context> {
    let known = account::by_id(ctx.db(), id).await?;
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(id),
        name: known.map(|one| one.name).unwrap_or_default(),
        roles: vec![HeldRole::of(role)],
        reason: None,
    };
    Ok(ctx.app.context(&ctx.department, actor))
}

async fn followed(ctx: &Context, most: usize) -> Outcome<Vec<PersonRow>> {
    let own = scope(ctx, Action::EditAppointments)?;
    let page = Page { after: None, limit: most as u64 + 1 };
    let order = (Sort::Name, Order::Ascending);
    let mut people = list(ctx.db(), &own, ctx.today(), &Filter::default(), order, &page).await?;
    people.retain(|person| !stories::tells(person));
    people.truncate(most);
    Ok(people)
}

/// Appointments past of the first people, and to come of all of them, one day after the other.
async fn book(ctx: &Context, host: Uuid, sites: &[Uuid]) -> Outcome {
    let people = followed(ctx, COMING).await?;
    // The two professionals of a person did not receive them on the same day.
    let shift = i64::from(ctx.actor.has_role(Role::SocialReferent)) * 2;
    for (rank, days, status, purpose) in PAST {
        if let Some(person) = people.get(rank) {
            past(ctx, host, person.id, sites.first().copied(), (days + shift, status, purpose)).await?;
        }
    }
    let free = find_slots(ctx, &Search { with: Some(host), ..Search::default() }).await.map_err(told)?;
    // Each takes the next slot but one: some stay free between them, and nobody who is with another professional then.
    let mut slots = free.iter().step_by(2);
    for (rank, person) in people.iter().enumerate() {
        let modality = if rank % 3 == 2 { Modality::Phone } else { Modality::InPerson };
        let purpose = if rank % 2 == 0 { Purpose::FollowUp } else { Purpose::FirstMeeting };
        for slot in slots.by_ref() {
            if !slot.modalities.contains(&modality) {
                continue;
            }
            let place = Place::Slot(slot.id);
            let note = String::new();
            let booking = Booking { place, and_with: None, modality, purpose, note };
            match book_appointment(ctx, person.id, &booking).await {
                Ok(_) => break,
                Err(app::agenda::BookError::Elsewhere) => {}
                Err(other) => return Err(told(other).into()),
            }
        }
    }
    Ok(())
}

/// The working day that lies so many days before today, or the one before it.
fn before(ctx: &Context, days: i64) -> NaiveDate {
    let mut day = plus_days(ctx.today(), -days);
    while is_day_off(day, ctx.department.holidays()) {
        day = plus_days(day, -1);
    }
    day
}

async fn past(
    ctx: &Context,
    host: Uuid,
    person_id: Uuid,
    site_id: Option<Uuid>,
    (days, status, purpose): (i64, Status, Purpose),
) -> Outcome {
    let start = instant(before(ctx, days), time("10:00"), ctx.department.timezone);
    let span = Span::of(start, 45);
    let row = AppointmentRow {
        id: ctx.app.ids.make(),
        person_id,
        gathering_id: None,
        seat: None,
        kind: Kind::Individual.code().to_owned(),
        modality: Modality::InPerson.code().to_owned(),
        purpose: purpose.code().to_owned(),
        status: status.code().to_owned(),
        starts_at: span.start,
        ends_at: span.end,
        site_id,
        room_id: None,
        note_sealed: None,
        cancelled_by: None,
        reason_sealed: None,
        sequence: 0,
        booked_by: Some(host),
        booked_at: start - chrono::Duration::days(7),
        changed_at: span.end,
    };
    let tx = ctx.db().begin().await?;
    appointment::insert(&tx, row, &[host]).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// A workshop each week, with people in it.
async fn workshop(ctx: &Context, host: Uuid, site: Option<Uuid>) -> Outcome {
    let Some(site) = site else { return Ok(()) };
    let mut day = plus_days(ctx.today(), 5);
    while is_day_off(day, ctx.department.holidays()) {
        day = plus_days(day, 1);
    }
    let input = GatherInput {
        title: "Parler de soi en trois minutes".to_owned(),
        site,
        room: None,
        host,
        day,
        time: time("14:00"),
        minutes: 120,
        seats: 4,
        times: 3,
        every_weeks: 1,
    };
    plan(ctx, &input).await.map_err(told)?;
    let first = gatherings(ctx, ctx.today()).await.map_err(told)?.first().map(|one| one.id);
    if let Some(session) = first {
        for person in followed(ctx, 5).await? {
            join(ctx, session, person.id).await.map_err(told)?;
        }
    }
    Ok(())
}
