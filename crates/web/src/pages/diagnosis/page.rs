//! The page of the diagnosis: the themes, one of them, the actions, what changed.

use std::collections::HashMap;

use app::diagnosis::{Diagnosis, Member, PlannedAction, ThemeState, beat, open_diagnosis};
use axum::extract::Path;
use domain::access::relation::Relation;
use domain::access::side::Side;
use domain::access::visibility::Case;
use domain::access::visibility::{Level, sees};
use domain::diagnosis::action::Status;
use domain::diagnosis::field::Impact;

use super::super::person_head::{Tab, head};
use super::super::rows::t;
use super::super::users::seen;
use super::{class, theme};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page};
use crate::site::Visit;
use crate::view::diagnosis::{
    ActionRow, Chart, ChartRow, DiagnosisPage, Reader, SideLine, ThemeGroup, ThemeRow,
};
use crate::view::form::FieldError;
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words;

type Place = Path<(String, String)>;

/// Height of a line of the drawing.
const LINE: usize = 30;

/// What is shown again after something was refused, or written while the page stays open.
#[derive(Debug, Default)]
pub(super) struct Again {
    pub errors: Vec<FieldError>,
    /// What was typed, over what is kept.
    pub typed: Option<Form>,
    /// What fields that were written start from now.
    pub bases: HashMap<String, String>,
    pub anyway: bool,
    pub confirm: bool,
}

/// `GET /{department}/personnes/{id}/diagnostic`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn show(visit: Visit, Path((_, person)): Place) -> Answer {
    let read = open_diagnosis(&visit.ctx(), id(&person)?).await.map_err(fail)?;
    let code = read.next_theme().map(|theme| theme.code.clone()).unwrap_or_default();
    page(&shown(&visit, &read, &code, &Again::default()))
}

/// `GET /{department}/personnes/{id}/diagnostic/themes/{theme}`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for a theme that is not in use.
pub async fn show_theme(visit: Visit, Path((_, person, code)): Path<(String, String, String)>) -> Answer {
    let person = id(&person)?;
    let ctx = visit.ctx();
    let read = open_diagnosis(&ctx, person).await.map_err(fail)?;
    if read.theme(&code).is_none() {
        return Err(app::people::PeopleError::Unknown.into());
    }
    if read.may.write {
        beat(&ctx, person, &code).await.map_err(fail)?;
    }
    page(&shown(&visit, &read, &code, &Again::default()))
}

pub(super) fn fail(error: app::diagnosis::DiagnosisError) -> Fail {
    match super::refused(error) {
        Err(fail) => fail,
        Ok(said) => Fail::Internal(said.text),
    }
}

/// The page, on one theme.
pub(super) fn shown(visit: &Visit, read: &Diagnosis, code: &str, again: &Again) -> DiagnosisPage {
    let base = visit.path(&format!("/personnes/{}/diagnostic", read.file.row.id));
    let begun = read.number > 0;
    let explored = read.themes.iter().filter(|one| one.explored).count();
    DiagnosisPage {
        head: head(visit, &read.file, Tab::Diagnosis),
        lead: lead(visit, read),
        sides: sides(visit, read),
        begin: read.may.begin.then(|| base.clone()),
        complete: read.may.complete.then(|| format!("{base}/terminer")),
        reopen: read.may.reopen.then(|| format!("{base}/rouvrir")),
        print: (begun && read.side.is_some()).then(|| format!("{base}/imprimer")),
        groups: if begun { groups(read, &base, code) } else { Vec::new() },
        progress: (explored, read.themes.len()),
        theme: read.theme(code).filter(|_| begun).map(|one| theme::view(visit, read, one, &base, again)),
        actions: read.actions.iter().map(|one| action(visit, one, &base, read.may.plan)).collect(),
        plan: (read.may.plan && read.theme(code).is_some()).then(|| format!("{base}/themes/{code}/action")),
        chart: chart(visit, read),
        readers: readers(&read.pair),
        shell: visit.shell(),
    }
}

fn lead(visit: &Visit, read: &Diagnosis) -> String {
    let Some(at) = read.opened_at else { return t("diagnosis-none").to_string() };
    let day = at.with_timezone(&visit.department.timezone).date_naive();
    let on = format::day_month(day, visit.today());
    if read.number == 1 {
        t("diagnosis-first").s("day", on).to_string()
    } else {
        t("diagnosis-again").n("n", read.number).s("day", on).to_string()
    }
}

fn sides(visit: &Visit, read: &Diagnosis) -> Vec<SideLine> {
    read.pair
        .iter()
        .map(|member| SideLine {
            initials: format::initials(&member.name),
            social: member.side == Side::Social,
            who: t("diagnosis-member")
                .s("name", &member.name)
                .s("side", words::side(member.side))
                .to_string(),
            said: match read.sides.completed(member.side) {
                Some(at) => {
                    Tag::new(t("diagnosis-said").s("when", seen(visit, Some(at))).to_string(), Tone::Ok)
                }
                None => Tag::new(t("diagnosis-not-said").to_string(), Tone::Neutral),
            },
        })
        .collect()
}

fn groups(read: &Diagnosis, base: &str, code: &str) -> Vec<ThemeGroup> {
    let of = |peripheral: bool| {
        let here = read.themes.iter().filter(|one| one.theme.peripheral == peripheral);
        here.map(|one| row(one, base, code)).collect()
    };
    vec![
        ThemeGroup { title: t("diagnosis-daily").to_string(), rows: of(true) },
        ThemeGroup { title: t("diagnosis-work").to_string(), rows: of(false) },
    ]
}

fn row(one: &ThemeState, base: &str, code: &str) -> ThemeRow {
    ThemeRow {
        link: Link::new(one.theme.label_fr.clone(), format!("{base}/themes/{}", one.theme.code)),
        current: one.theme.code == code,
        impact: one.impact.map(|impact| (impact.rank(), words::diagnosis::impact(impact).to_lowercase())),
        explored: one.explored,
        conflict: one.conflict,
    }
}

/// An action, as the list and the paper show it.
pub(super) fn action(visit: &Visit, one: &PlannedAction, base: &str, may: bool) -> ActionRow {
    let place = one.structure.as_ref().map(|(_, name)| name.clone());
    let place = place.or_else(|| Some(one.service.clone()).filter(|name| !name.is_empty()));
    let together = one.collective.then(|| t("diagnosis-together").to_string());
    let about = [Some(words::diagnosis::theme(&one.theme)), place, together];
    let hours = |key, hours: Option<i64>| hours.map(|hours| t(key).n("n", hours).to_string());
    let [planned, declared, confirmed] = one.hours;
    let told = [
        Some(one.result.clone()).filter(|text| !text.is_empty()),
        hours("diagnosis-hours-planned-n", planned),
        hours("diagnosis-hours-declared-n", declared),
        hours("diagnosis-hours-confirmed-n", confirmed),
    ];
    let tone = match one.status {
        _ if one.is_late(visit.today()) => Tone::Late,
        Status::Planned => Tone::Neutral,
        Status::UnderWay => Tone::Info,
        Status::Done => Tone::Ok,
        Status::Dropped => Tone::Soon,
    };
    ActionRow {
        label: one.label.clone(),
        change: may.then(|| format!("{base}/actions/{}", one.id)),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(", "),
        who: words::diagnosis::who(one.who),
        due: one.due_on.map_or_else(|| "–".to_owned(), |day| format::short(day, visit.today())),
        status: Tag::new(words::diagnosis::status(one.status), tone),
        result: told.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    }
}

fn chart(visit: &Visit, read: &Diagnosis) -> Option<Chart> {
    let (before, changes) = read.since.as_ref()?;
    let month = |at: chrono::DateTime<chrono::Utc>| {
        // On two lines where the column is narrow.
        let words = format::month_year(at.with_timezone(&visit.department.timezone).date_naive());
        words.replace('\u{a0}', " ")
    };
    let word = |impact: Option<Impact>| {
        impact.map_or_else(
            || t("diagnosis-unsaid").to_string(),
            |one| words::diagnosis::impact(one).to_lowercase(),
        )
    };
    let told = changes.iter().map(|one| {
        let label = words::diagnosis::theme(one.theme);
        t("diagnosis-change")
            .s("theme", label)
            .s("before", word(one.before))
            .s("after", word(one.after))
            .to_string()
    });
    let rows: Vec<ChartRow> = changes
        .iter()
        .enumerate()
        .map(|(rank, one)| ChartRow {
            label: words::diagnosis::theme(one.theme),
            y: 46 + rank * LINE,
            values: [one.before.map(Impact::rank), one.after.map(Impact::rank)],
        })
        .collect();
    (!rows.is_empty()).then(|| Chart {
        before: month(*before),
        after: read.opened_at.map(month).unwrap_or_default(),
        told: told.collect::<Vec<_>>().join(" "),
        height: 46 + rows.len() * LINE,
        rows,
    })
}

/// Who reads each level, by name where they are known.
fn readers(pair: &[Member]) -> Vec<Reader> {
    let names = |level: Level| {
        let here = pair.iter().filter(|one| sees(Relation::Own(one.side), level, Case::default()));
        here.map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    [
        (Level::Person, "diagnosis-reads-person"),
        (Level::Pair, "diagnosis-reads-pair"),
        (Level::Social, "diagnosis-reads-social"),
        (Level::Employment, "diagnosis-reads-employment"),
        (Level::Author, "diagnosis-reads-author"),
    ]
    .into_iter()
    .map(|(level, key)| Reader {
        class: class(level),
        level: words::level(level),
        who: [names(level), t(key).to_string()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(". "),
    })
    .collect()
}
