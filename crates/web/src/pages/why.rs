//! « Pourquoi voyez-vous cette fiche ? »: one plain sentence.

use app::access::Why;
use app::people::person::PersonFile;
use chrono::{DateTime, Duration, Utc};
use domain::access::exceptional::MINUTES;
use domain::access::relation::Relation;
use domain::access::side::Side;

use super::rows::t;
use crate::format;
use crate::site::Visit;

/// Minutes that a reason holds.
const REASON_MINUTES: i64 = 30;

/// Why the visitor may see this person.
pub(super) fn sentence(visit: &Visit, file: &PersonFile) -> String {
    let Some(why) = file.why.first() else { return String::new() };
    match why.relation {
        Relation::Own(side) => own(why, side),
        Relation::Team(_) => team(visit, file, why),
        Relation::Queue => queue(visit, file, why),
        Relation::Exceptional => t("why-exceptional")
            .s("from", hour(visit, why.until.map(|at| at - Duration::minutes(MINUTES))))
            .s("until", hour(visit, why.until))
            .to_string(),
        Relation::Reason => {
            let until = visit.session().and_then(|session| session.reason_until);
            t("why-reason")
                .s("from", hour(visit, until.map(|at| at - Duration::minutes(REASON_MINUTES))))
                .s("until", hour(visit, until))
                .to_string()
        }
        Relation::Themself | Relation::Proposed | Relation::Program => String::new(),
    }
}

fn own(why: &Why, side: Side) -> String {
    let since = why.since.map(format::full).unwrap_or_default();
    let key = match (side, why.paired) {
        (Side::Social, true) => "why-social-paired",
        (Side::Social, false) => "why-social",
        (Side::Employment, true) => "why-employment-paired",
        (Side::Employment, false) => "why-employment",
        (Side::Both, _) => "why-both",
    };
    t(key).s("since", since).to_string()
}

fn team(visit: &Visit, file: &PersonFile, why: &Why) -> String {
    if let Some(structure) = &why.structure {
        return t("why-structure").s("name", structure).to_string();
    }
    match &file.territory {
        Some(name) => t("why-team").s("territory", name).to_string(),
        None => t("why-whole").s("department", &visit.department.name).to_string(),
    }
}

fn queue(visit: &Visit, file: &PersonFile, why: &Why) -> String {
    let place = file.territory.clone().unwrap_or_else(|| visit.department.name.clone());
    match why.since {
        Some(since) => t("why-queue-since").s("place", place).s("since", format::full(since)).to_string(),
        None => t("why-queue").s("place", place).to_string(),
    }
}

fn hour(visit: &Visit, at: Option<DateTime<Utc>>) -> String {
    at.map(|at| format::hour(at.with_timezone(&visit.department.timezone).time())).unwrap_or_default()
}
