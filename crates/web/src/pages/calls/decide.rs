//! The decision, at the end of a call or without one.

use app::agenda::{AgendaError, BookError};
use app::orientation::{DecideError, DecisionInput, FirstAppointment, decide, open_decision};
use axum::extract::Path as Place;
use domain::agenda::appointment::Modality;
use domain::orientation::decision::Refusal;
use domain::orientation::rules::{Organisation, Path};
use uuid::Uuid;

use super::advice::{advice, draft};
use super::desk::DESK;
use super::panel::decision;
use super::refused;
use super::screen::{Again, head, screen, typed, write};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::calls::DecidePage;
use crate::view::form::FieldError;
use crate::view::parts::Tone;

fn input(form: &Form) -> DecisionInput {
    DecisionInput {
        path: Path::parse(form.get("path")),
        organisation: Organisation::parse(form.get("organisation")),
        programmes: form.all("programme").to_vec(),
        referent: form.get("referent").parse().ok(),
        first: first(form),
        reason: form.get("reason").to_owned(),
        explanation: form.get("explanation").to_owned(),
        after: form.get("after").parse().ok(),
    }
}

/// The slot and the way to meet: `identifier~modality`.
fn first(form: &Form) -> Option<FirstAppointment> {
    let (slot, modality) = form.get("slot").split_once('~')?;
    Some(FirstAppointment { slot: slot.parse().ok()?, modality: Modality::parse(modality)? })
}

fn wrong(error: DecideError) -> Result<FieldError, Fail> {
    let text = error.to_string();
    let field = match error {
        DecideError::Take(error) => {
            return Ok(FieldError { field: String::new(), text: refused(error)? });
        }
        DecideError::Refused(Refusal::Path) => "path-emploi",
        DecideError::Refused(Refusal::Organisation) => "organisation",
        DecideError::Refused(Refusal::Reason | Refusal::Again) => "reason",
        DecideError::Refused(Refusal::Explanation) | DecideError::TooLong => "explanation",
        DecideError::Referent | DecideError::OtherSlot => "referent-0",
        DecideError::Booking(BookError::Agenda(AgendaError::Store(error))) => {
            return Err(Fail::store(&error));
        }
        DecideError::Booking(_) => "creneau-0",
        DecideError::Changed | DecideError::NotToOrient => "",
    };
    Ok(FieldError { field: field.to_owned(), text })
}

/// `POST /{department}/personnes/{id}/appel/decision`: writes the answers, then decides.
///
/// # Errors
/// 404 for one of whom the actor may not decide.
pub async fn decide_call(visit: Visit, Place((_, person)): Place<(String, String)>, form: Form) -> Answer {
    let person = id(&person)?;
    if let Err(again) = write(&visit, person, &form).await? {
        return unprocessable(&screen(&visit, person, again).await?);
    }
    match decide(&visit.ctx(), person, &input(&form)).await {
        Ok(_) => see_other_saying(&visit, &visit.path(DESK), Tone::Ok, "flash-decided"),
        Err(error) => {
            let errors = vec![wrong(error)?];
            let again = Again { errors, typed: Some(typed(&form)), call_back: String::new() };
            unprocessable(&screen(&visit, person, again).await?)
        }
    }
}

/// `GET /{department}/personnes/{id}/orientation`.
///
/// # Errors
/// 404 for one of whom the actor may not decide.
pub async fn without_call(visit: Visit, Place((_, person)): Place<(String, String)>) -> Answer {
    page(&form_of(&visit, id(&person)?, None, Vec::new()).await?)
}

/// `POST /{department}/personnes/{id}/orientation`.
///
/// # Errors
/// 404 for one of whom the actor may not decide.
pub async fn decide_without_call(
    visit: Visit,
    Place((_, person)): Place<(String, String)>,
    form: Form,
) -> Answer {
    let person = id(&person)?;
    match decide(&visit.ctx(), person, &input(&form)).await {
        Ok(_) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-decided")
        }
        Err(error) => {
            let errors = vec![wrong(error)?];
            unprocessable(&form_of(&visit, person, Some(&form), errors).await?)
        }
    }
}

async fn form_of(
    visit: &Visit,
    person: Uuid,
    form: Option<&Form>,
    errors: Vec<FieldError>,
) -> Result<DecidePage, Fail> {
    let mut seen = open_decision(&visit.ctx(), person).await?;
    if let Some(form) = form {
        seen.draft = draft(form);
    }
    Ok(DecidePage {
        head: head(visit, &seen),
        action: visit.path(&format!("/personnes/{}/orientation", seen.file.row.id)),
        again: seen.decisions.iter().any(|one| one.ended_on.is_none()),
        advice: advice(visit, &seen, &errors),
        decisions: seen.decisions.iter().map(|one| decision(visit, one)).collect(),
        errors,
        shell: visit.shell(),
    })
}
