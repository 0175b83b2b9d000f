//! `/{department}/prescriptions`: who awaits an answer or a place.

use app::programmes::{Awaited, awaited as all};

use super::super::rows::{self, t};
use crate::form::Query;
use crate::format;
use crate::respond::{Answer, page};
use crate::site::Visit;
use crate::view::parts::{Empty, Link, Tag, Tone};
use crate::view::programmes::{AwaitedLine, AwaitedPage};
use crate::view::words::{self, programmes as said};

/// `GET /{department}/prescriptions`.
///
/// # Errors
/// 403 for who answers none.
pub async fn awaited(visit: Visit, Query(form): Query) -> Answer {
    let found = all(&visit.ctx(), form.some("dispositif")).await?;
    let late = found.iter().filter(|one| is_late(&visit, one)).count();
    page(&AwaitedPage {
        summary: t("programmes-awaited-summary")
            .n("n", found.len() as u64)
            .n("late", late as u64)
            .to_string(),
        rows: found.iter().map(|one| line(&visit, one)).collect(),
        empty: Empty {
            title: t("programmes-awaited-none").to_string(),
            text: t("programmes-awaited-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

fn is_late(visit: &Visit, one: &Awaited) -> bool {
    one.enrolment.answer_by.is_some_and(|day| day < visit.today())
}

fn line(visit: &Visit, one: &Awaited) -> AwaitedLine {
    let row = &one.entry.row;
    let answer = visit.path(&format!("/personnes/{}/dispositif/{}/reponse", row.id, one.enrolment.id));
    let town = row.commune.as_deref().map(rows::commune).unwrap_or_default();
    let by = one.by.clone().unwrap_or_default();
    AwaitedLine {
        person: rows::link(visit, row),
        programme: words::programme(&one.enrolment.programme),
        state: if is_late(visit, one) {
            Tag::new(t("followup-late").to_string(), Tone::Late)
        } else {
            Tag::new(said::stage_code(&one.enrolment.stage).unwrap_or_default(), Tone::Soon)
        },
        meta: t("programmes-awaited-by")
            .s("by", by)
            .s("day", format::full(one.enrolment.since))
            .s("town", town)
            .to_string(),
        before: one.enrolment.answer_by.map(|day| format::short(day, visit.today())).unwrap_or_default(),
        answer: Link::new(t("programmes-answer-short").to_string(), answer),
    }
}
