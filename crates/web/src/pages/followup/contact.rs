//! Write a contact: from the person's page or the day, one form, today by default.

use app::followup::{ContactInput, FollowError, record_contact};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::followup::contact::{Means, Outcome, Refusal, Subject};

use super::super::rows::{self, t};
use super::acts::refused;
use super::fields::Typed;
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::FieldError;
use crate::view::form_page::FormPage;
use crate::view::parts::{Link, Tone};
use crate::view::words::programmes as said;

fn form_page(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> FormPage {
    let means = Means::ALL.iter().map(|one| (one.code(), said::means(*one))).collect();
    let outcomes = Outcome::ALL.iter().map(|one| (one.code(), said::outcome(*one))).collect();
    let subjects = Subject::ALL.iter().map(|one| (one.code(), said::subject(*one))).collect();
    let person = visit.path(&format!("/personnes/{}", file.row.id));
    FormPage {
        back: Link::new(t("followup-back").to_string(), person.clone()),
        title: t("followup-contact").to_string(),
        lead: t("followup-contact-lead").s("name", rows::name(&file.row)).to_string(),
        action: format!("{person}/contact"),
        errors: typed.errors.to_vec(),
        fields: vec![
            typed.select("means", "followup-contact-means", means),
            typed.select("outcome", "followup-contact-outcome", outcomes),
            typed.select("subject", "followup-contact-subject", subjects),
            typed.date("day", "followup-day-held", Some(visit.today())),
            typed.text("followup-contact-text", "followup-contact-text-hint"),
            typed.level(file),
        ],
        ticks: None,
        submit: t("followup-contact-go").to_string(),
        shell: visit.shell(),
    }
}

/// `GET /{department}/personnes/{id}/contact`: of somebody known; what a link proposes is chosen.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn contact_page(visit: Visit, Path((_, person)): Path<(String, String)>) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    if !file.enrolling.follow {
        return see_other(&visit.path(&format!("/personnes/{}", file.row.id)));
    }
    let form = Form::parse("means=phone&outcome=held&subject=situation");
    page(&form_page(&visit, &file, Typed { form: &form, errors: &[] }))
}

/// `POST /{department}/personnes/{id}/contact`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn contact(visit: Visit, Path((_, person)): Path<(String, String)>, form: Form) -> Answer {
    let person = id(&person)?;
    let input = ContactInput {
        day: form.some("day").and_then(|day| day.parse().ok()),
        means: Means::parse(form.get("means")),
        outcome: Outcome::parse(form.get("outcome")),
        subject: Subject::parse(form.get("subject")),
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
    };
    let error = match record_contact(&visit.ctx(), person, &input).await {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}"));
            return see_other_saying(&visit, &to, Tone::Ok, "flash-path-contact");
        }
        Err(error) => wrong(error, &form)?,
    };
    let file = open(&visit.ctx(), person, Part::Essential).await?;
    unprocessable(&form_page(&visit, &file, Typed { form: &form, errors: &[error] }))
}

fn wrong(error: FollowError, form: &Form) -> Result<FieldError, Fail> {
    let field = match &error {
        FollowError::Contact(Refusal::Choice) => {
            let empty = ["means", "outcome", "subject"].into_iter().find(|name| form.some(name).is_none());
            empty.unwrap_or("means")
        }
        FollowError::Contact(Refusal::Outcome) => "outcome",
        FollowError::Contact(Refusal::Day) => "day",
        FollowError::Contact(Refusal::Text) => "text",
        FollowError::Level => "level",
        _ => return Err(refused(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
