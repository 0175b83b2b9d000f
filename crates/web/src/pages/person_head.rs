//! The top of a person's page: name, age, place, next due step, path.

use app::people::person::PersonFile;
use domain::access::permission::Action;
use domain::access::relation::Relation;
use domain::followup::path::PathState;
use domain::privacy::rights::Right;

use super::privacy;
use super::rows::{self, t};
use crate::format;
use crate::site::Visit;
use crate::view::parts::{Due, Link, Mark, Step};
use crate::view::person::{Identity, Notice, PersonHead};
use crate::view::shell::NavItem;
use crate::view::words;

/// The tabs of a person's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Essential,
    Right,
    Diagnosis,
    Appointments,
    Messages,
    Documents,
    Opened,
    Rights,
}

/// The head of the tab `current`.
pub(super) fn head(visit: &Visit, file: &PersonFile, current: Tab) -> PersonHead {
    PersonHead {
        back: Link::new(t("people-title").to_string(), visit.path("/personnes")),
        identity: identity(visit, file),
        due: due(visit, file),
        steps: steps(visit, file),
        why: super::why::sentence(visit, file),
        notices: notices(visit, file),
        tabs: tabs(visit, file, current),
    }
}

fn identity(visit: &Visit, file: &PersonFile) -> Identity {
    let row = &file.row;
    let right = words::right(rows::right_state(row)).0;
    let right = match row.since {
        Some(since) => {
            t("people-right-since").s("state", right).s("month", format::month_year(since)).to_string()
        }
        None => right,
    };
    Identity {
        name: rows::name(row),
        state: rows::state_tag(row),
        flags: rows::flags(row, file.due.as_ref()),
        age: rows::age(row, visit.today()),
        place: row.commune.as_deref().map(rows::commune),
        household: row.household_id.map(|_| rows::family(row)),
        right,
    }
}

fn due(visit: &Visit, file: &PersonFile) -> Option<Due> {
    let due = file.due.as_ref()?;
    let today = visit.today();
    let lead = if due.late { "people-due-late" } else { "people-due-before" };
    Some(Due {
        lead: t(lead).to_string(),
        when: format::short(due.due_on, today),
        what: rows::due_words(due),
        who: who(visit, file, &rows::owner(due)),
        clock: Some(rows::clock(due, today)),
        late: due.late,
    })
}

/// The owner of the step, and when the clock began.
fn who(visit: &Visit, file: &PersonFile, owner: &str) -> String {
    match file.row.reception.or(file.row.claim_reception) {
        Some(on) => {
            t("people-due-who").s("owner", owner).s("date", format::day_month(on, visit.today())).to_string()
        }
        None => owner.to_owned(),
    }
}

fn steps(visit: &Visit, file: &PersonFile) -> Vec<Step> {
    let row = &file.row;
    let today = visit.today();
    let gender = rows::gender(row);
    let state = PathState::parse(&row.state).unwrap_or(PathState::Known);
    let first = file.events.last().map(|(e, _)| format::short(e.stamp.created.date(), today));
    let received = row.reception.or(row.claim_reception).map(|d| format::short(d, today));
    let word = |f, m| t(gender.choose(f, m)).to_string();
    let here = |is: bool, passed: bool| match (is, passed) {
        (true, _) => Mark::Here,
        (false, true) => Mark::Done,
        (false, false) => Mark::Next,
    };
    let mut steps = vec![
        Step {
            label: word("words-state-known-f", "words-state-known-m"),
            when: first,
            mark: here(state == PathState::Known, true),
        },
        Step {
            label: t("words-state-to-orient").to_string(),
            when: received.filter(|_| state != PathState::Known),
            mark: here(
                state == PathState::ToOrient,
                state.is_followed()
                    || state == PathState::Exited
                    || state == PathState::RightClosed && row.reception.is_some(),
            ),
        },
    ];
    if matches!(state, PathState::RightClosed | PathState::Exited) {
        let on = if state == PathState::Exited { row.left_on.or(row.exited_on) } else { row.closed_on };
        steps.push(Step {
            label: words::state(state, gender).label,
            when: on.map(|d| format::short(d, today)),
            mark: Mark::Here,
        });
        return steps;
    }
    let later = [
        word("people-step-oriented-f", "people-step-oriented-m"),
        word("people-step-enrolled-f", "people-step-enrolled-m"),
        t("people-step-contract").to_string(),
        t("people-step-outcome").to_string(),
    ];
    steps.extend(later.map(|label| Step { label, when: None, mark: Mark::Next }));
    let at_work = state == PathState::InOutcome;
    let enrolled = state.is_enrolled() || at_work && row.enrolled_on.is_some();
    if let Some(oriented) = steps.get_mut(2).filter(|_| state.is_followed()) {
        let decided = row.oriented_on.is_some();
        oriented.mark = match (enrolled || at_work, decided) {
            (true, true) => Mark::Done,
            (true, false) => Mark::Next,
            (false, _) => Mark::Here,
        };
        oriented.when = row.oriented_on.map(|d| format::short(d, today));
    }
    let contracted = state == PathState::Contracted;
    if let Some(entered) = steps.get_mut(3).filter(|_| enrolled) {
        entered.mark = if contracted || at_work { Mark::Done } else { Mark::Here };
        entered.when = row.enrolled_on.map(|d| format::short(d, today));
    }
    let bound = contracted || at_work && row.contract_on.is_some();
    if let Some(signed) = steps.get_mut(4).filter(|_| bound) {
        signed.mark = if at_work { Mark::Done } else { Mark::Here };
        signed.when = row.contract_on.map(|d| format::short(d, today));
    }
    if let Some(lived) = steps.get_mut(5).filter(|_| at_work) {
        lived.mark = Mark::Here;
        lived.when = row.outcome_on.map(|d| format::short(d, today));
    }
    steps
}

/// Frozen or archived, a mistake to mend, a use that is contested.
fn notices(visit: &Visit, file: &PersonFile) -> Vec<Notice> {
    let shelf = file.standing.shelf.as_ref().map(|shelf| Notice {
        text: privacy::why(shelf),
        note: String::new(),
        link: None,
    });
    let asked = file.standing.notices.iter().map(|notice| {
        let key = match (notice.right, notice.answer_by) {
            (Right::Rectification, _) => "privacy-notice-rectification",
            (Right::Restriction, _) => "privacy-notice-restriction",
            (_, Some(_)) => "privacy-notice-objection",
            (_, None) => "privacy-notice-opposed",
        };
        let mends = notice.right == Right::Rectification && file.may_edit_contacts;
        let contacts = visit.path(&format!("/personnes/{}/contacts", file.row.id));
        Notice {
            text: t(key).s("day", notice.answer_by.map(format::full).unwrap_or_default()).to_string(),
            note: notice.note.clone(),
            link: mends.then(|| Link::new(t("privacy-notice-mend").to_string(), contacts)),
        }
    });
    shelf.into_iter().chain(asked).chain(super::transfer::notice(visit, file)).collect()
}

fn tabs(visit: &Visit, file: &PersonFile, current: Tab) -> Vec<NavItem> {
    let base = visit.path(&format!("/personnes/{}", file.row.id));
    let reads = app::access::permit(&visit.ctx(), Action::ReadDocuments).is_ok();
    let documents = reads.then_some((Tab::Documents, "documents-tab", "/documents", None));
    // By an exceptional access, and out of the lists, no text is read.
    let usual =
        file.standing.shelf.is_none() && file.why.iter().any(|why| why.relation != Relation::Exceptional);
    let together = usual && app::access::permit(&visit.ctx(), Action::ReadDiagnosis).is_ok();
    let together = together.then_some((Tab::Diagnosis, "diagnosis-tab", "/diagnostic", None));
    let booked = app::access::permit(&visit.ctx(), Action::ReadAppointments).is_ok();
    let booked = booked.then_some((Tab::Appointments, "agenda-tab-person", "/rendez-vous", None));
    let writes = app::access::permit(&visit.ctx(), Action::EditAppointments).is_ok();
    let writes = writes.then_some((Tab::Messages, "messages-tab", "/messages", None));
    let officer = app::access::permit(&visit.ctx(), Action::ManageRights).is_ok();
    let rights = officer.then_some((Tab::Rights, "people-tab-rights", "/droits", None));
    [
        Some((Tab::Essential, "people-tab-essential", "", None)),
        Some((Tab::Right, "people-tab-right", "/droit", Some(format::count(file.files.len())))),
        together,
        booked,
        writes,
        documents,
        Some((Tab::Opened, "people-tab-opened", "/consultations", None)),
        rights,
    ]
    .into_iter()
    .flatten()
    .map(|(tab, key, path, count)| NavItem {
        label: t(key).to_string(),
        href: format!("{base}{path}"),
        count,
        current: tab == current,
    })
    .collect()
}
