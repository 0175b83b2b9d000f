//! What changes of a course: one page each, from the person's.

use app::people::person::{PersonFile, open};
use app::programmes::{ChangeInput, CourseTold, change as record};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::programmes::course::{ExitReason, Kind, PauseReason, Stage};
use uuid::Uuid;

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{person_link, wrong};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::Field;
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::{self, programmes as said};

type Place = Path<(String, String, String, String)>;

/// The changes that have a page: address, what it is, its title, what it does.
pub(super) const CHANGES: [(&str, Kind, &str, &str); 8] = [
    ("pause", Kind::Paused, "programmes-pause", "programmes-pause-lead"),
    ("reprise", Kind::Resumed, "programmes-resume", "programmes-resume-lead"),
    ("demande", Kind::RenewalAsked, "programmes-ask-renewal", "programmes-ask-renewal-lead"),
    ("renouvellement", Kind::Renewed, "programmes-renew", "programmes-renew-lead"),
    ("fin", Kind::RenewalDenied, "programmes-deny-renewal", "programmes-deny-renewal-lead"),
    ("sortie", Kind::Exited, "programmes-exit", "programmes-exit-lead"),
    ("refus", Kind::Declined, "programmes-decline", "programmes-decline-lead"),
    ("retrait", Kind::Withdrawn, "programmes-withdraw", "programmes-withdraw-lead"),
];

/// The changes that fit where a course stands, and who looks.
pub(super) fn fitting(course: &CourseTold) -> impl Iterator<Item = (&'static str, Kind, &'static str)> {
    let (stage, renewal) = (course.stage, course.renewal);
    CHANGES.into_iter().filter_map(move |(path, kind, title, _)| {
        let fits = match kind {
            Kind::Paused => stage == Stage::Active,
            Kind::Resumed => matches!(stage, Stage::Paused(_)),
            Kind::RenewalAsked => renewal.left && !renewal.asked && !renewal.decides,
            Kind::Renewed => renewal.left && renewal.decides,
            Kind::RenewalDenied => renewal.asked && renewal.decides,
            Kind::Exited => stage.is_active(),
            _ => stage.is_awaited(),
        };
        fits.then_some((path, kind, title))
    })
}

fn shown(
    visit: &Visit,
    file: &PersonFile,
    enrolment: Uuid,
    path: &str,
    typed: Typed<'_>,
) -> Result<FormPage, Fail> {
    let found = CHANGES.into_iter().find(|(known, ..)| *known == path);
    let (_, kind, title, lead) = found.ok_or(Fail::Problem(Problem::NotFound))?;
    let course = file.courses.iter().find(|one| one.id == enrolment);
    let course = course.ok_or(Fail::Problem(Problem::NotFound))?;
    let mut fields: Vec<Field> = Vec::new();
    match kind {
        Kind::Paused => {
            let reasons = PauseReason::ALL.iter().map(|one| (one.code(), said::pause(*one))).collect();
            fields.push(typed.select("reason", "programmes-pause-reason", reasons));
            fields.push(
                typed
                    .date("until", "programmes-pause-until", None)
                    .hint(t("programmes-pause-hint").to_string()),
            );
        }
        Kind::Exited => {
            let all = ExitReason::ALL.iter().filter(|one| **one != ExitReason::PathEnded);
            let reasons = all.map(|one| (one.code(), said::exit(*one))).collect();
            fields.push(typed.select("reason", "programmes-exit-reason", reasons));
        }
        _ => {}
    }
    let hint = match kind {
        Kind::RenewalDenied => "programmes-deny-hint",
        // A reason may ask for words; these have none.
        Kind::Paused | Kind::Exited => "followup-text-hint",
        _ => "programmes-words-hint",
    };
    fields.push(typed.text("followup-text", hint));
    fields.push(typed.level(file));
    let person = person_link(visit, file);
    Ok(FormPage {
        title: t(title).to_string(),
        lead: t(lead)
            .s("name", rows::name(&file.row))
            .s("programme", words::programme(&course.programme))
            .to_string(),
        action: format!("{}/dispositif/{enrolment}/{path}", person.href),
        errors: typed.errors.to_vec(),
        fields,
        ticks: None,
        submit: t("programmes-change-go").to_string(),
        back: person,
        shell: visit.shell(),
    })
}

/// `GET /{department}/personnes/{id}/dispositif/{enrolment}/{change}`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for a change that is none.
pub async fn change_page(visit: Visit, Path((_, person, enrolment, path)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    let enrolment = id(&enrolment)?;
    let form = Form::default();
    let shown = shown(&visit, &file, enrolment, &path, Typed { form: &form, errors: &[] })?;
    let course = file.courses.iter().find(|one| one.id == enrolment);
    if !course.is_some_and(|course| fitting(course).any(|(known, ..)| known == path)) {
        return see_other(&visit.path(&format!("/personnes/{}", file.row.id)));
    }
    page(&shown)
}

/// `POST /{department}/personnes/{id}/dispositif/{enrolment}/{change}`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn change(visit: Visit, Path((_, person, enrolment, path)): Place, form: Form) -> Answer {
    let (person, enrolment) = (id(&person)?, id(&enrolment)?);
    let found = CHANGES.into_iter().find(|(known, ..)| *known == path);
    let (_, kind, ..) = found.ok_or(Fail::Problem(Problem::NotFound))?;
    let input = ChangeInput {
        kind,
        reason: form.get("reason").to_owned(),
        until: form.get("until").parse().ok(),
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
    };
    match record(&visit.ctx(), person, enrolment, &input).await {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-course")
        }
        Err(error) => {
            let errors = wrong(error)?;
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            let again = Typed { form: &form, errors: &errors };
            unprocessable(&shown(&visit, &file, enrolment, &path, again)?)
        }
    }
}
