//! Write that somebody works, learns or runs a business, or will soon.

use app::outcomes::{BeginInput, OutcomeError, begin_outcome};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::audit::Part;
use domain::outcomes::outcome::{Kind, Refusal, Stage, Work};

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{person_link, wrong};
use crate::form::Form;
use crate::respond::{Answer, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::outcomes as said;

type Place = Path<(String, String)>;

fn form_page(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> FormPage {
    let kinds = Kind::ALL.iter().map(|one| (one.code(), said::kind(*one))).collect();
    let works = Work::ALL.iter().map(|one| (one.code(), said::work(*one))).collect();
    let line = |name: &str, label: &str| {
        Field::new(FieldKind::Text, name, t(label).to_string())
            .value(typed.form.get(name))
            .error(FieldError::of(typed.errors, name))
    };
    let mut fields = vec![
        typed.select("kind", "outcomes-kind", kinds),
        Field { optional: true, ..typed.select("work", "outcomes-work", works) }
            .hint(t("outcomes-work-hint").to_string()),
        line("name", "outcomes-name").hint(t("outcomes-name-hint").to_string()),
        typed
            .date("starts_on", "outcomes-starts", Some(visit.today()))
            .hint(t("outcomes-starts-hint").to_string()),
        Field { optional: true, ..typed.date("ends_on", "outcomes-ends", None) },
        Field { optional: true, ..line("hours", "outcomes-hours") },
    ];
    let before: Vec<_> = file.outcomes.iter().filter(|one| one.now.stage != Stage::Withdrawn).collect();
    if !before.is_empty() {
        let typed = typed.form.get("follows");
        let mut choices = vec![Choice::new("", t("outcomes-follows-none").to_string(), typed)];
        choices.extend(before.iter().map(|one| {
            let label = t("outcomes-one").s("kind", said::kind(one.now.kind)).s("name", &one.name);
            Choice::new(&one.id.to_string(), label.to_string(), typed)
        }));
        fields.push(Field::select("follows", t("outcomes-follows").to_string(), choices));
    }
    let person = person_link(visit, file);
    FormPage {
        title: t("outcomes-new").to_string(),
        lead: t("outcomes-new-lead").s("name", rows::name(&file.row)).to_string(),
        action: format!("{}/activite", person.href),
        errors: typed.errors.to_vec(),
        fields,
        ticks: None,
        submit: t("outcomes-new-go").to_string(),
        back: person,
        shell: visit.shell(),
    }
}

/// `GET /{department}/personnes/{id}/activite`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn new_page(visit: Visit, Path((_, person)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    if !file.enrolling.follow {
        return see_other(&visit.path(&format!("/personnes/{}", file.row.id)));
    }
    let form = Form::default();
    page(&form_page(&visit, &file, Typed { form: &form, errors: &[] }))
}

/// `POST /{department}/personnes/{id}/activite`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn new(visit: Visit, Path((_, person)): Place, form: Form) -> Answer {
    let person = id(&person)?;
    let typed_hours = form.some("hours");
    let input = BeginInput {
        kind: Kind::parse(form.get("kind")),
        work: Work::parse(form.get("work")),
        // What is no number is refused as a number that is too small.
        hours: typed_hours.map(|hours| hours.trim().parse().unwrap_or(0)),
        starts_on: form.get("starts_on").parse().ok(),
        ends_on: form.get("ends_on").parse().ok(),
        name: form.get("name").to_owned(),
        follows: form.get("follows").parse().ok(),
    };
    let error = match begin_outcome(&visit.ctx(), person, &input).await {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}"));
            return see_other_saying(&visit, &to, Tone::Ok, "flash-outcome");
        }
        Err(OutcomeError::Refused(refusal @ Refusal::Choice)) => {
            let field = if input.kind.is_none() { "kind" } else { "work" };
            FieldError { field: field.to_owned(), text: refusal.to_string() }
        }
        Err(error) => wrong(error)?,
    };
    let file = open(&visit.ctx(), person, Part::Essential).await?;
    unprocessable(&form_page(&visit, &file, Typed { form: &form, errors: &[error] }))
}
