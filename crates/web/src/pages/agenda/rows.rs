//! What the pages of the agenda share: tabs, moves from a day to another, rows, refusals.

use app::agenda::{AgendaError, Appointment, FreeSlot, Gathering};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use domain::access::permission::Action;
use domain::agenda::appointment::{Attendance, Kind, Modality, Status};
use domain::agenda::span::Span;

use super::super::rows::t;
use crate::format;
use crate::respond::Fail;
use crate::site::Visit;
use crate::view::agenda::{AttendanceForm, DayRow, SlotChoice};
use crate::view::errors::Problem;
use crate::view::parts::{Link, Tag, Tone};
use crate::view::shell::NavItem;
use crate::view::words::agenda as words;

/// The pages of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) enum Tab {
    Own,
    Team,
    Places,
    Sessions,
    Hours,
    Callbacks,
    Messages,
    Waves,
}

/// The tabs that the visitor may open.
pub(in crate::pages) fn tabs(visit: &Visit, current: Tab) -> Vec<NavItem> {
    let ctx = visit.ctx();
    [
        (Tab::Own, "agenda-tab-own", "/agenda", Action::ReadAppointments),
        (Tab::Team, "agenda-tab-team", "/agenda/equipe", Action::ReadAppointments),
        (Tab::Places, "agenda-places", "/agenda/lieux", Action::ReadAppointments),
        (Tab::Sessions, "agenda-sessions", "/agenda/seances", Action::ReadAppointments),
        (Tab::Callbacks, "agenda-callbacks", "/rappels", Action::AnswerCallBack),
        (Tab::Hours, "agenda-tab-hours", "/agenda/heures", Action::EditOpenings),
        (Tab::Waves, "waves-title", "/agenda/vagues", Action::InviteWaves),
        (Tab::Messages, "messages-tab", "/messages", Action::EditAppointments),
    ]
    .into_iter()
    .filter(|(.., action)| app::access::permit(&ctx, *action).is_ok())
    .map(|(tab, key, path, _)| NavItem {
        label: t(key).to_string(),
        href: visit.path(path),
        count: None,
        current: tab == current,
    })
    .collect()
}

/// The civil time of an instant.
pub(super) fn local(visit: &Visit, at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&visit.department.timezone).naive_local()
}

/// « 45 min », « 2 h ».
pub(super) fn length(span: Span) -> String {
    let hard = format::HARD;
    match span.minutes() {
        minutes if minutes % 60 == 0 => format!("{}{hard}h", minutes / 60),
        minutes if minutes > 60 => format!("{}{hard}h{hard}{:02}", minutes / 60, minutes % 60),
        minutes => format!("{minutes}{hard}min"),
    }
}

/// « jeudi 26 novembre à 9 h 00, 45 min ».
pub(super) fn when(visit: &Visit, span: Span) -> String {
    let at = local(visit, span.start);
    format!("{}, {}", format::moment(at, visit.today()), length(span))
}

/// The day that the address asks for; today otherwise.
pub(super) fn day_of(visit: &Visit, asked: &str) -> NaiveDate {
    asked.parse::<NaiveDate>().ok().filter(|day| (2000..2100).contains(&day.year())).unwrap_or(visit.today())
}

/// Before, today, after: `path` with another `jour`.
pub(super) fn moves(visit: &Visit, path: &str, day: NaiveDate, step_days: i64) -> Vec<Link> {
    let week = step_days > 1;
    let at = |days: i64, key: &str| {
        let day = domain::time::plus_days(day, days);
        let joint = if path.contains('?') { '&' } else { '?' };
        Link::new(t(key).to_string(), visit.path(&format!("{path}{joint}jour={day}")))
    };
    let now = Link::new(t("agenda-today").to_string(), visit.path(path));
    if week {
        vec![at(-step_days, "agenda-week-before"), now, at(step_days, "agenda-week-after")]
    } else {
        vec![at(-step_days, "agenda-day-before"), now, at(step_days, "agenda-day-after")]
    }
}

/// An appointment at its hour. `back` is where one comes back after having written how it went.
pub(super) fn appointment(visit: &Visit, one: &Appointment, back: &str) -> DayRow {
    let at = local(visit, one.span.start);
    let (word, tone) = words::status(one.status);
    let mut tags = Vec::new();
    if one.status != Status::Upcoming || one.span.end <= visit.site.app.clock.now() {
        let late = one.status == Status::Upcoming;
        tags.push(if late {
            Tag::new(t("agenda-to-write").to_string(), Tone::Soon)
        } else {
            Tag::new(word, tone)
        });
    }
    let name = if one.who.name.is_empty() { t("agenda-frozen").to_string() } else { one.who.name.clone() };
    let href = visit.path(&format!("/agenda/rendez-vous/{}", one.id));
    DayRow {
        class: class(visit, one.span),
        at: at.format("%Y-%m-%dT%H:%M").to_string(),
        hour: format::hour(at.time()),
        length: length(one.span),
        meta: meta(one),
        attendance: attendance(visit, one, &name, back),
        who: Link::new(name, href),
        tags,
    }
}

/// What is said of an appointment under the name.
fn meta(one: &Appointment) -> String {
    let mut parts = vec![words::purpose(one.purpose)];
    if one.kind != Kind::Individual {
        parts.push(words::kind(one.kind).to_lowercase());
    }
    if one.modality != Modality::InPerson {
        parts.push(words::modality(one.modality).to_lowercase());
    }
    parts.extend(one.site.as_ref().map(|site| site.name.clone()));
    if !one.room.is_empty() {
        parts.push(one.room.clone());
    }
    let hosts = one.hosts.iter().map(|(_, name)| name.as_str()).filter(|name| !name.is_empty());
    let hosts = hosts.collect::<Vec<_>>().join(", ");
    if !hosts.is_empty() {
        parts.push(t("agenda-with-name").s("name", hosts).to_string());
    }
    parts.join(", ")
}

fn class(visit: &Visit, span: Span) -> &'static str {
    let now = visit.site.app.clock.now();
    if span.end <= now {
        "is-past"
    } else if span.start <= now {
        "is-next"
    } else {
        ""
    }
}

/// Came, excused, absent: once its hour has come and nobody has written it.
pub(super) fn attendance(visit: &Visit, one: &Appointment, name: &str, back: &str) -> Option<AttendanceForm> {
    let begun = one.span.start <= visit.site.app.clock.now();
    let open = begun && one.status == Status::Upcoming;
    let may = app::access::permit(&visit.ctx(), Action::EditAppointments).is_ok();
    (open && may).then(|| form_of(visit, one, name, back))
}

/// The three words, whatever was written before.
pub(super) fn form_of(visit: &Visit, one: &Appointment, name: &str, back: &str) -> AttendanceForm {
    AttendanceForm {
        action: visit.path(&format!("/agenda/rendez-vous/{}/venue", one.id)),
        back: back.to_owned(),
        words: Attendance::ALL.iter().map(|how| (how.code(), words::status((*how).into()).0)).collect(),
        who: name.to_owned(),
    }
}

/// A session at its hour.
pub(super) fn gathering(visit: &Visit, one: &Gathering) -> DayRow {
    let at = local(visit, one.span.start);
    DayRow {
        class: class(visit, one.span),
        at: at.format("%Y-%m-%dT%H:%M").to_string(),
        hour: format::hour(at.time()),
        length: length(one.span),
        who: Link::new(one.title.clone(), visit.path(&format!("/agenda/seances/{}", one.id))),
        tags: vec![Tag::new(seats(one), Tone::Neutral)],
        meta: place(one),
        attendance: None,
    }
}

/// « 8 sur 10 inscrits, 2 en attente ».
pub(super) fn seats(one: &Gathering) -> String {
    let taken = t("agenda-taken").n("n", one.taken).n("seats", u64::from(one.seats)).to_string();
    if one.waiting == 0 {
        return taken;
    }
    format!("{taken}, {}", t("agenda-waiting").n("n", one.waiting))
}

/// Where a session takes place, and who leads it.
pub(super) fn place(one: &Gathering) -> String {
    let site = one.site.as_ref().map(|site| site.name.clone());
    let room = Some(one.room.clone()).filter(|room| !room.is_empty());
    let host = Some(&one.host.1).filter(|name| !name.is_empty());
    let host = host.map(|name| t("agenda-with-name").s("name", name).to_string());
    [site, room, host].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Slots to choose from; the first one is ready to be taken.
pub(super) fn choices(visit: &Visit, slots: &[FreeSlot], chosen: &str) -> Vec<SlotChoice> {
    slots
        .iter()
        .enumerate()
        .map(|(rank, slot)| {
            let at = local(visit, slot.span.start);
            let hosts: Vec<&str> = slot.hosts.iter().map(|(_, name)| name.as_str()).collect();
            let far = slot
                .distance_km
                .filter(|km| *km > 0)
                .map(|km| t("agenda-km").n("n", u64::from(km)).to_string());
            let parts = [Some(slot.site.name.clone()), far, Some(hosts.join(", "))];
            let value = slot.id.to_string();
            SlotChoice {
                when: format!("{}, {}", format::day(at.date(), visit.today()), format::hour(at.time())),
                place: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
                checked: if chosen.is_empty() { rank == 0 } else { value == chosen },
                value,
            }
        })
        .collect()
}

/// A refusal of the agenda, as a page.
pub(in crate::pages) fn fail(error: AgendaError) -> Fail {
    match error {
        AgendaError::Refused(refused) => refused.into(),
        AgendaError::Unknown => Fail::Problem(Problem::NotFound),
        AgendaError::Store(error) => Fail::store(&error),
    }
}
