//! One's own days and weeks, and the week of the team.

use app::agenda::{TeamMember, my_agenda, team_agenda};
use chrono::NaiveDate;
use domain::agenda::opening::monday;
use domain::agenda::span::{Span, civil_day};
use domain::time::plus_days;

use super::super::rows::t;
use super::rows::{Tab, appointment, day_of, fail, gathering, length, local, moves, tabs};
use crate::form::Query;
use crate::format;
use crate::respond::{Answer, page};
use crate::site::Visit;
use crate::view::agenda::{Agenda, DayBlock, DayRow, Team, TeamCell, TeamRow};
use crate::view::parts::{Chip, Empty, Link};

/// `GET /{department}/agenda`.
///
/// # Errors
/// When the database does not answer.
pub async fn agenda(visit: Visit, Query(query): Query) -> Answer {
    let (week, day) = (query.get("vue") == "semaine", day_of(&visit, query.get("jour")));
    let (first, last) = if week { (monday(day), plus_days(monday(day), 6)) } else { (day, day) };
    let mine = my_agenda(&visit.ctx(), first, last).await.map_err(fail)?;
    let path = if week { "/agenda?vue=semaine" } else { "/agenda" };
    let days: Vec<DayBlock> = first
        .iter_days()
        .take_while(|one| *one <= last)
        .map(|one| block(&visit, &mine, one))
        .filter(|block| !week || !block.rows.is_empty())
        .collect();
    let nothing = days.iter().all(|block| block.rows.is_empty());
    let title = if week {
        t("agenda-week-of").s("day", format::day_month(first, visit.today())).to_string()
    } else {
        capital(&format::day(day, visit.today()))
    };
    page(&Agenda {
        tabs: tabs(&visit, Tab::Own),
        lead: counted(mine.appointments.len(), mine.free.len()),
        views: views(&visit, day, week),
        moves: moves(&visit, path, day, if week { 7 } else { 1 }),
        actions: Vec::new(),
        empty: nothing.then(|| nothing_there(&visit)),
        days: if nothing { Vec::new() } else { days },
        title,
        shell: visit.shell(),
    })
}

fn nothing_there(visit: &Visit) -> Empty {
    Empty {
        title: t("agenda-nothing").to_string(),
        text: t("agenda-nothing-text").to_string(),
        action: Some(Link::new(t("agenda-tab-hours").to_string(), visit.path("/agenda/heures"))),
    }
}

fn views(visit: &Visit, day: NaiveDate, week: bool) -> Vec<Chip> {
    let chip = |key: &str, path: String, current| Chip {
        label: t(key).to_string(),
        href: visit.path(&path),
        count: None,
        current,
    };
    vec![
        chip("agenda-view-day", format!("/agenda?jour={day}"), !week),
        chip("agenda-view-week", format!("/agenda?vue=semaine&jour={day}"), week),
    ]
}

/// « 3 rendez-vous, 2 créneaux libres ».
fn counted(appointments: usize, free: usize) -> String {
    format!("{}, {}", t("agenda-count").n("n", appointments), t("agenda-count-free").n("n", free))
}

fn block(visit: &Visit, mine: &TeamMember, day: NaiveDate) -> DayBlock {
    let span = civil_day(day, visit.department.timezone);
    let back = visit.path(&format!("/agenda?jour={day}"));
    let here = |one: Span| span.overlaps(one);
    let booked: Vec<_> = mine.appointments.iter().filter(|one| here(one.span)).collect();
    let free: Vec<_> = mine.free.iter().filter(|one| here(one.span)).collect();
    let away = mine.absences.iter().filter(|one| here(Span { start: one.starts_at, end: one.ends_at }));
    let mut rows: Vec<DayRow> = booked.iter().map(|one| appointment(visit, one, &back)).collect();
    rows.extend(mine.gatherings.iter().filter(|one| here(one.span)).map(|one| gathering(visit, one)));
    rows.extend(free.iter().map(|one| {
        let place = one.site.name.clone();
        quiet(visit, one.span, "is-free", "agenda-free", place)
    }));
    rows.extend(away.map(|one| {
        let shown = Span { start: one.starts_at.max(span.start), end: one.ends_at.min(span.end) };
        quiet(visit, shown, "is-free", "agenda-away", String::new())
    }));
    rows.sort_by(|a, b| a.at.cmp(&b.at));
    DayBlock {
        id: format!("jour-{day}"),
        title: capital(&format::day(day, visit.today())),
        meta: counted(booked.len(), free.len()),
        rows,
    }
}

fn quiet(visit: &Visit, span: Span, class: &'static str, key: &str, meta: String) -> DayRow {
    let at = local(visit, span.start);
    DayRow {
        class,
        at: at.format("%Y-%m-%dT%H:%M").to_string(),
        hour: format::hour(at.time()),
        length: length(span),
        who: Link::new(t(key).to_string(), ""),
        tags: Vec::new(),
        meta,
        attendance: None,
    }
}

/// « Jeudi 26 novembre ».
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `GET /{department}/agenda/equipe`.
///
/// # Errors
/// When the database does not answer.
pub async fn team(visit: Visit, Query(query): Query) -> Answer {
    let first = monday(day_of(&visit, query.get("jour")));
    let days: Vec<NaiveDate> = first.iter_days().take(5).collect();
    let all = team_agenda(&visit.ctx(), first, plus_days(first, 4)).await.map_err(fail)?;
    let head = |day: &NaiveDate| capital(&format::day(*day, visit.today()));
    page(&Team {
        tabs: tabs(&visit, Tab::Team),
        title: t("agenda-week-of").s("day", format::day_month(first, visit.today())).to_string(),
        moves: moves(&visit, "/agenda/equipe", first, 7),
        days: days.iter().map(head).collect(),
        rows: all
            .iter()
            .map(|one| TeamRow {
                who: Link::new(one.name.clone(), visit.path(&format!("/agenda/heures?pour={}", one.id))),
                cells: days.iter().map(|day| cell(&visit, one, *day, head(day))).collect(),
            })
            .collect(),
        shell: visit.shell(),
    })
}

fn cell(visit: &Visit, one: &TeamMember, day: NaiveDate, label: String) -> TeamCell {
    let span = civil_day(day, visit.department.timezone);
    let hour = |at: Span| format::hour(local(visit, at.start).time());
    let mut booked: Vec<(Span, String)> = Vec::new();
    for line in one.appointments.iter().filter(|line| span.overlaps(line.span)) {
        booked.push((line.span, format!("{}, {}", hour(line.span), line.who.name)));
    }
    for line in one.gatherings.iter().filter(|line| span.overlaps(line.span)) {
        booked.push((line.span, format!("{}, {}", hour(line.span), line.title)));
    }
    booked.sort();
    let free = one.free.iter().filter(|slot| span.overlaps(slot.span)).count();
    let away =
        one.absences.iter().any(|away| span.overlaps(Span { start: away.starts_at, end: away.ends_at }));
    let note = match (away, free, booked.is_empty()) {
        (true, ..) => t("agenda-away").to_string(),
        (false, 0, true) => "–".to_owned(),
        (false, 0, false) => String::new(),
        (false, n, _) => t("agenda-count-free").n("n", n).to_string(),
    };
    TeamCell { label, booked: booked.into_iter().map(|(_, words)| words).collect(), note }
}
