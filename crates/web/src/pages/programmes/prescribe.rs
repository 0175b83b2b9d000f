//! Propose a person: first the programme, then its conditions one by one.

use app::people::person::{PersonFile, open};
use app::programmes::{Prescribable, PrescribeInput, prescribable, prescribe as propose};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::programmes::admission::{Replies, Reply};
use domain::programmes::programme::Condition;

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{fail, person_link, wrong};
use crate::form::{Form, Query};
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError};
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::programmes as said;

/// Before the code of a condition, in the names of fields.
const CONDITION: &str = "condition-";

/// The field of a condition, with what was typed, else what is known.
pub(super) fn condition_field(condition: &Condition, typed: Typed<'_>, known: Option<Reply>) -> Field {
    let name = format!("{CONDITION}{}", condition.code);
    let before = typed.form.some(&name).unwrap_or(known.map_or("", Reply::code)).to_owned();
    let choices = Reply::ALL.iter().map(|one| Choice::new(one.code(), said::reply(*one), &before));
    let mut all = vec![Choice::new("", t("followup-choose").to_string(), &before)];
    all.extend(choices);
    let mut field = Field::select(&name, condition.question.clone(), all);
    if !condition.question_person.is_empty() {
        field = field.hint(t("programmes-ask").s("question", &condition.question_person).to_string());
    }
    field
}

/// The answers that were typed.
pub(super) fn replies(conditions: &[Condition], form: &Form) -> Replies {
    let one = |condition: &Condition| {
        let typed = Reply::parse(form.get(&format!("{CONDITION}{}", condition.code)))?;
        Some((condition.code.clone(), typed))
    };
    conditions.iter().filter_map(one).collect()
}

fn choose(visit: &Visit, file: &PersonFile, all: &[Prescribable], typed: Typed<'_>) -> FormPage {
    let chosen = typed.form.get("dispositif");
    let mut choices = vec![Choice::new("", t("followup-choose").to_string(), chosen)];
    choices
        .extend(all.iter().map(|one| Choice::new(&one.programme.code, one.programme.name.clone(), chosen)));
    let person = person_link(visit, file);
    let mut errors = typed.errors.to_vec();
    if all.is_empty() {
        errors.push(FieldError { field: String::new(), text: t("programmes-not-yours").to_string() });
    }
    FormPage {
        title: t("programmes-propose").to_string(),
        lead: t("programmes-propose-lead").s("name", rows::name(&file.row)).to_string(),
        action: format!("{}/dispositif", person.href),
        errors,
        fields: vec![
            Field::select("dispositif", t("programmes-which").to_string(), choices)
                .error(FieldError::of(typed.errors, "dispositif")),
        ],
        ticks: None,
        submit: t("programmes-next").to_string(),
        back: person,
        shell: visit.shell(),
    }
}

fn conditions(visit: &Visit, file: &PersonFile, one: &Prescribable, typed: Typed<'_>) -> FormPage {
    let person = person_link(visit, file);
    let mut fields: Vec<Field> = one
        .programme
        .conditions
        .iter()
        .map(|condition| condition_field(condition, typed, one.known.get(&condition.code).copied()))
        .collect();
    fields.push(typed.text("programmes-why", "programmes-why-hint"));
    fields.push(typed.level(file));
    let voluntary = if one.programme.voluntary { "programmes-voluntary" } else { "programmes-decided" };
    FormPage {
        title: t("programmes-propose-for").s("programme", &one.programme.name).to_string(),
        lead: format!("{} {}", one.programme.person_summary, t(voluntary)),
        action: format!("{}/dispositif?dispositif={}", person.href, one.programme.code),
        errors: typed.errors.to_vec(),
        fields,
        ticks: None,
        submit: t("programmes-propose-go").to_string(),
        back: person,
        shell: visit.shell(),
    }
}

async fn shown(visit: &Visit, person: &str, typed: Typed<'_>, code: &str) -> Result<FormPage, Fail> {
    let file = open(&visit.ctx(), id(person)?, Part::Essential).await?;
    let all = prescribable(&visit.ctx(), file.row.id).await.map_err(fail)?;
    Ok(match all.iter().find(|one| one.programme.code == code) {
        Some(one) => conditions(visit, &file, one, typed),
        None => choose(visit, &file, &all, typed),
    })
}

/// `GET /{department}/personnes/{id}/dispositif`.
///
/// # Errors
/// 404 for one whom the actor may not propose.
pub async fn prescribe_page(
    visit: Visit,
    Path((_, person)): Path<(String, String)>,
    Query(form): Query,
) -> Answer {
    let code = form.get("dispositif").to_owned();
    page(&shown(&visit, &person, Typed { form: &form, errors: &[] }, &code).await?)
}

/// `POST /{department}/personnes/{id}/dispositif`: the programme, then its conditions.
///
/// # Errors
/// 404 for one whom the actor may not propose.
pub async fn prescribe(
    visit: Visit,
    Path((_, person)): Path<(String, String)>,
    Query(asked): Query,
    form: Form,
) -> Answer {
    let code = asked.get("dispositif").to_owned();
    let person_id = id(&person)?;
    if code.is_empty() {
        let chosen = form.get("dispositif").to_owned();
        return page(&shown(&visit, &person, Typed { form: &form, errors: &[] }, &chosen).await?);
    }
    let all = prescribable(&visit.ctx(), person_id).await.map_err(fail)?;
    let known = all.iter().find(|one| one.programme.code == code);
    let input = PrescribeInput {
        replies: known.map(|one| replies(&one.programme.conditions, &form)).unwrap_or_default(),
        programme: code.clone(),
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
    };
    match propose(&visit.ctx(), person_id, &input).await {
        Ok(_) => {
            let to = visit.path(&format!("/personnes/{person_id}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-prescribed")
        }
        Err(error) => {
            let errors = wrong(error)?;
            unprocessable(&shown(&visit, &person, Typed { form: &form, errors: &errors }, &code).await?)
        }
    }
}
