//! The path on a person's page: what is owed, what was recorded, what one may do.

use app::engagement::ContractTold;
use app::followup::PathAct;
use app::people::due::NextDue;
use app::people::person::PersonFile;
use app::programmes::CourseTold;
use domain::engagement::contract::Stage;
use domain::followup::act::Kind;
use domain::followup::due;
use domain::outcomes::outcome::{self, Outcome};

use super::super::programmes::next_page;
use super::super::proposals::lines;
use super::super::rows::{self, t};
use crate::format;
use crate::site::Visit;
use crate::view::followup::{ActLine, PathPanel, StepLine};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words::followup as said;

/// The panel of the path.
pub fn panel(visit: &Visit, file: &PersonFile) -> PathPanel {
    let may = file.path;
    let links = [
        (file.enrolling.follow, "followup-contact", "contact"),
        (may.review, "followup-review", "suivi/point"),
        (may.contest, "followup-contest", "suivi/contestation"),
        (may.keep, "followup-keep", "suivi/garder"),
        (may.end, "followup-end", "suivi/clore"),
        (may.reopen, "followup-reopen", "suivi/rouvrir"),
    ];
    PathPanel {
        steps: file.steps.iter().map(|step| line(visit, file, step)).collect(),
        acts: file.acts.iter().map(|act| act_line(visit, file, act)).collect(),
        links: links
            .into_iter()
            .filter(|(may, ..)| *may)
            .map(|(_, key, path)| Link::new(t(key).to_string(), to(visit, file, path)))
            .collect(),
    }
}

fn to(visit: &Visit, file: &PersonFile, what: &str) -> String {
    visit.path(&format!("/personnes/{}/{what}", file.row.id))
}

fn line(visit: &Visit, file: &PersonFile, step: &NextDue) -> StepLine {
    let (may, today) = (file.path, visit.today());
    let kind = due::Kind::parse(&step.kind);
    let page = match kind {
        Some(due::Kind::Orient) if file.may_call => Some("appel"),
        Some(due::Kind::AssignReferent) if may.name => Some("suivi/referent"),
        Some(due::Kind::CloseOrKeep) if may.end => Some("suivi/clore"),
        Some(due::Kind::CloseOrKeep) if may.keep => Some("suivi/garder"),
        Some(due::Kind::CallBack) if may.call => Some("suivi/appel"),
        Some(due::Kind::Review) if may.review => Some("suivi/point"),
        Some(due::Kind::Contact | due::Kind::FirstMeeting | due::Kind::EndOfPause)
            if file.enrolling.follow =>
        {
            Some("contact")
        }
        Some(due::Kind::Diagnose) if file.enrolling.follow => Some("diagnostic"),
        Some(due::Kind::Contract)
            if file.contracting.write && !file.contracts.iter().any(|one| one.stage.is_open()) =>
        {
            Some("contrat")
        }
        _ => None,
    };
    let course = kind.and_then(|kind| {
        course_page(file, kind).or_else(|| contract_page(file, kind)).or_else(|| outcome_page(file, kind))
    });
    let course = course.map(|path| to(visit, file, &path));
    let what = rows::due_words(step);
    let open = file
        .acts
        .iter()
        .rfind(|act| act.open)
        .filter(|_| kind == Some(due::Kind::AnswerContest) && may.answer);
    let answer = open.map(|act| to(visit, file, &format!("suivi/contestation/{}", act.id)));
    StepLine {
        link: page
            .map(|path| to(visit, file, path))
            .or(answer)
            .or(course)
            .map(|href| Link::new(what.clone(), href)),
        what,
        when: t("followup-before").s("date", format::short(step.legal_on, today)).to_string(),
        who: rows::owner(step),
        why: step.reason.clone(),
        late: step.late.then(|| Tag::new(t("followup-late").to_string(), Tone::Late)),
    }
}

/// Where what a programme asks is done.
fn course_page(file: &PersonFile, kind: due::Kind) -> Option<String> {
    if kind == due::Kind::Milestone && file.enrolling.follow {
        return next_page(&file.courses);
    }
    let (end, fits): (&str, fn(&CourseTold) -> bool) = match kind {
        due::Kind::AnswerPrescription if file.enrolling.answer => ("reponse", |one| one.stage.is_awaited()),
        due::Kind::DecideRenewal if file.enrolling.follow => {
            ("renouvellement", |one| one.renewal.asked && one.renewal.decides)
        }
        due::Kind::RenewOrEnd if file.enrolling.follow => ("sortie", |one| one.stage.is_active()),
        _ => return None,
    };
    let course = file.courses.iter().find(|one| fits(one))?;
    Some(format!("dispositif/{}/{end}", course.id))
}

/// The contract that a step is about.
fn contract_page(file: &PersonFile, kind: due::Kind) -> Option<String> {
    let may = file.contracting;
    let fits: fn(&ContractTold) -> bool = match kind {
        due::Kind::Contract if may.write => |one| one.stage.is_open(),
        due::Kind::ValidateContract if may.decide => |one| one.stage == Stage::Validating,
        due::Kind::ConvertContract | due::Kind::ReviewHours | due::Kind::RenewOrEnd if may.write => {
            |one| one.in_force
        }
        _ => return None,
    };
    let contract = file.contracts.iter().find(|one| fits(one))?;
    Some(format!("contrat/{}", contract.id))
}

/// Where what a return to work asks is written: of the one whose date it is.
fn outcome_page(file: &PersonFile, kind: due::Kind) -> Option<String> {
    let row = &file.row;
    let (end, fits): (&str, &dyn Fn(&Outcome) -> bool) = match kind {
        _ if !file.enrolling.follow => return None,
        due::Kind::RetentionCheck => {
            ("nouvelles", &|one| one.next_check().is_some_and(|(_, day)| Some(day) == row.check_by))
        }
        due::Kind::AgreedContact => ("nouvelles", &Outcome::is_lived),
        due::Kind::ConfirmStart => {
            ("debut", &|one| one.stage == outcome::Stage::Announced && Some(one.starts_on) == row.start_by)
        }
        due::Kind::AskAtEnd => ("suite", &|one| one.is_lived() && one.ends_on == row.outcome_ends),
        _ => return None,
    };
    match file.outcomes.iter().find(|one| fits(&one.now)) {
        Some(one) => Some(format!("activite/{}/{end}", one.id)),
        // Their work has ended: they are called like anybody.
        None => (kind == due::Kind::AgreedContact).then(|| "contact".to_owned()),
    }
}

/// « Suivi clos : droit fermé ».
pub(super) fn title(act: &PathAct) -> String {
    let kind = said::act(act.kind);
    match said::of(act.kind, &act.reason) {
        Some(what) => t("followup-recorded").s("kind", kind).s("what", lower(&what)).to_string(),
        None => kind,
    }
}

/// With a small first letter, after a colon.
pub(in crate::pages) fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn act_line(visit: &Visit, file: &PersonFile, act: &PathAct) -> ActLine {
    let held = match said::way(&act.how) {
        Some(how) => t("followup-held-how").s("date", format::full(act.held_on)).s("how", lower(&how)),
        None => t("followup-held").s("date", format::full(act.held_on)),
    };
    let next = act.next_on.and_then(|day| {
        let key = match act.kind {
            Kind::Kept => "followup-next-kept",
            Kind::Reviewed => "followup-next-review",
            Kind::Contested if act.open => "followup-next-answer",
            _ => return None,
        };
        Some(t(key).s("date", format::full(day)).to_string())
    });
    let on = act.at.with_timezone(&visit.department.timezone).date_naive();
    let by = match &act.by {
        Some(name) => t("followup-by").s("date", format::full(on)).s("by", name).to_string(),
        None => t("followup-by-nobody").s("date", format::full(on)).to_string(),
    };
    let answer = (act.open && file.path.answer).then(|| {
        let href = to(visit, file, &format!("suivi/contestation/{}", act.id));
        Link::new(t("followup-answer").to_string(), href)
    });
    ActLine {
        title: title(act),
        tag: act.open.then(|| Tag::new(t("followup-open").to_string(), Tone::Soon)),
        lines: [Some(held.to_string()), next, Some(by)].into_iter().flatten().collect(),
        text: act.text.as_deref().map(lines).unwrap_or_default(),
        link: answer,
    }
}
