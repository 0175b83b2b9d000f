//! The operator's desk.

use app::orientation::{TakeError, Waiting, Within, desk as load, take_next};
use domain::access::permission::Action;
use domain::orientation::referral::Urgency;

use super::super::people::place_filters;
use super::super::rows::{self, t};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, page, see_other, see_other_saying};
use crate::site::Visit;
use crate::view::calls::{DeskPage, QueueRow};
use crate::view::parts::{Empty, Link, Tone};

/// The page.
pub(super) const DESK: &str = "/appels";

/// `GET /{department}/appels`.
///
/// # Errors
/// 403 for who takes no calls.
pub async fn desk(visit: Visit, Query(query): Query) -> Answer {
    let desk = load(&visit.ctx(), Some(within(&query))).await?;
    let mut filters = place_filters(&visit, &query, Action::TakeCalls).await?;
    filters.truncate(1);
    filters.extend(super::super::orientation::sectors(&visit, &query).await?);
    page(&DeskPage {
        summary: t("calls-waiting").n("n", i64::try_from(desk.waiting).unwrap_or(i64::MAX)).to_string(),
        filters,
        kept: Vec::new(),
        sent: super::super::people::kept(&query, &["territoire", "secteur"]),
        mine: desk.mine.iter().map(|one| row(&visit, one, None)).collect(),
        queue: desk.queue.iter().map(|one| row(&visit, one, None)).collect(),
        promised: desk.promised.iter().map(|one| row(&visit, one, None)).collect(),
        empty: Empty {
            title: t("calls-nobody").to_string(),
            text: t("calls-nobody-text").to_string(),
            action: Some(Link::new(t("calls-all").to_string(), visit.path("/orientation"))),
        },
        shell: visit.shell(),
    })
}

/// The part of the queue that an address or a form names.
fn within(form: &Form) -> Within<'_> {
    Within { territory: form.some("territoire"), sector: form.some("secteur").and_then(|id| id.parse().ok()) }
}

/// Somebody of the queue; `current` is who is on the phone.
pub(super) fn row(visit: &Visit, one: &Waiting, current: Option<uuid::Uuid>) -> QueueRow {
    let today = visit.today();
    let town = one.row.commune.as_deref().map(rows::commune);
    let meta = [Some(rows::age(&one.row, today)).filter(|age| !age.is_empty()), town].into_iter().flatten();
    let promised = one.promised.map(|at| {
        let local = at.with_timezone(&visit.department.timezone);
        let day = format::day(local.date_naive(), today);
        t("calls-promised").s("day", day).s("time", format::hour(local.time())).to_string()
    });
    let referred = one.referred.map(|urgency| {
        t(if urgency == Urgency::Urgent { "calls-referred-urgent" } else { "calls-referred" }).to_string()
    });
    let tries = (one.attempts > 0).then(|| t("calls-tries").n("n", one.attempts).to_string());
    QueueRow {
        link: Link::new(rows::name(&one.row), visit.path(&format!("/personnes/{}/appel", one.row.id))),
        meta: meta.collect::<Vec<_>>().join(", "),
        clock: one.due.as_ref().map(|due| rows::clock(due, today)),
        note: [referred, promised, tries].into_iter().flatten().collect::<Vec<_>>().join(", "),
        current: current == Some(one.row.id),
    }
}

/// `POST /{department}/appels`: reserves the next person, and opens their screen.
///
/// # Errors
/// 403 for who takes no calls.
pub async fn next(visit: Visit, form: Form) -> Answer {
    match take_next(&visit.ctx(), Some(within(&form))).await {
        Ok(person) => see_other(&visit.path(&format!("/personnes/{person}/appel"))),
        Err(TakeError::People(error)) => Err(error.into()),
        Err(_) => see_other_saying(&visit, &visit.path(DESK), Tone::Soon, "flash-nobody-to-call"),
    }
}
