//! What happened to a person, in words instead of codes, each with the file that tells it.

use app::intake::history::FileFact;
use app::people::person::PersonFile;
use domain::intake::flux::{Reason, RightState};
use domain::intake::timeline::{Event as Fact, What};
use domain::reference::codes;

use super::person::file_link;
use super::rows::{self, t};
use crate::format;
use crate::site::Visit;
use crate::view::parts::{Event, Tag};
use crate::view::person::RightPeriod;
use crate::view::words;

/// One event of the timeline.
pub(super) fn event(
    visit: &Visit,
    file: &PersonFile,
    (fact, source): &(Fact, FileFact),
    accent: bool,
) -> Event {
    let gender = rows::gender(&file.row);
    let (icon, title, text) = match &fact.what {
        What::FirstSeen { claim } => (
            "file",
            t(gender.choose("people-event-first-f", "people-event-first-m")).to_string(),
            Some(t("people-event-claim").s("number", claim).to_string()),
        ),
        What::ClaimFiled => ("file", t("people-event-filed").to_string(), None),
        What::Right { from, to, reason } => {
            ("euro", right_title(*from, *to), reason.as_ref().map(reason_words))
        }
        What::SubjectBegan => (
            "flag",
            t(gender.choose("people-event-subject-f", "people-event-subject-m")).to_string(),
            Some(t("people-event-subject-text").to_string()),
        ),
        What::SubjectEnded => (
            "flag",
            t(gender.choose("people-event-unsubject-f", "people-event-unsubject-m")).to_string(),
            None,
        ),
        What::Moved { commune, town } => {
            let town = domain::reference::geo::commune(commune).map_or(town.as_str(), |c| c.name);
            (
                "place",
                t("people-event-moved").to_string(),
                Some(t("people-event-moved-to").s("town", town).to_string()),
            )
        }
        What::MovedIn { organism } => ("home", t("people-event-moved-in").to_string(), Some(body(organism))),
        What::MovedOut { organism } => {
            ("home", t("people-event-moved-out").to_string(), Some(body(organism)))
        }
        What::Family { code } => (
            "person",
            t("people-event-family").to_string(),
            Some(codes::label("SITFAM", code).unwrap_or(code).to_owned()),
        ),
        What::LeftHousehold => ("person", t("people-event-left").to_string(), None),
        What::Liquidation { code } => (
            "file",
            t("people-event-liquidation").to_string(),
            Some(codes::label("FG", code).unwrap_or(code).to_owned()),
        ),
    };
    let link = file_link(visit, source);
    Event {
        icon,
        title,
        when: format::day(fact.on, visit.today()),
        by: link.href.is_empty().then(|| link.label.clone()),
        text,
        source: (!link.href.is_empty()).then_some(link),
        accent,
    }
}

fn right_title(from: Option<RightState>, to: RightState) -> String {
    let state = words::right(Some(to)).0;
    let key = match (from, to) {
        (Some(RightState::Suspended | RightState::PaymentSuspended), RightState::Open) => {
            "people-event-resumed"
        }
        (_, RightState::Absent) => "people-event-absent",
        _ => "people-event-right",
    };
    t(key).s("state", state).to_string()
}

fn reason_words(reason: &Reason) -> String {
    let label = codes::label(&reason.list, &reason.code);
    let words = label.map_or_else(|| t("people-unknown-code").to_string(), ToOwned::to_owned);
    t("people-reason-code").s("reason", words).s("code", &reason.code).to_string()
}

fn body(number: &str) -> String {
    codes::label("NUMORG", number).map_or_else(|| number.to_owned(), ToOwned::to_owned)
}

/// The states of the right, the most recent first; each lasts until the next.
pub(super) fn periods(visit: &Visit, file: &PersonFile) -> Vec<RightPeriod> {
    let today = visit.today();
    let mut until = None;
    let mut periods = Vec::new();
    for (fact, source) in &file.events {
        let What::Right { to, reason, .. } = &fact.what else { continue };
        let from = format::day_month(fact.on, today);
        let period = match until {
            None => t("people-period-open").s("from", from).to_string(),
            Some(end) => {
                t("people-period-closed").s("from", from).s("to", format::day_month(end, today)).to_string()
            }
        };
        until = Some(domain::time::plus_days(fact.on, -1));
        let (label, tone) = words::right(Some(*to));
        periods.push(RightPeriod {
            state: Tag::new(label, tone),
            period,
            reason: reason.as_ref().map(reason_words).unwrap_or_default(),
            source: file_link(visit, source),
        });
    }
    periods
}
