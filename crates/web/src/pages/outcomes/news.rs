//! Take news of somebody who went back to work: one form, today by default.

use app::outcomes::{NewsInput, OutcomeError, OutcomeTold, take_news};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::access::visibility::Level;
use domain::audit::Part;
use domain::followup::contact::Means;
use domain::outcomes::outcome::{Act, Going, Refusal};
use domain::outcomes::plan::Check;

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{find, person_link, wrong};
use crate::form::Form;
use crate::respond::{Answer, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError};
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::{outcomes as said, programmes};

type Place = Path<(String, String, String)>;

fn form_page(visit: &Visit, file: &PersonFile, one: &OutcomeTold, typed: Typed<'_>) -> FormPage {
    let individual = Means::ALL.iter().filter(|means| means.is_individual());
    let means = individual.map(|means| (means.code(), programmes::means(*means))).collect();
    let goings = Going::ALL.iter().map(|going| (going.code(), said::going(*going))).collect();
    let mut fields = vec![
        typed.select("going", "outcomes-going", goings),
        typed.select("means", "followup-contact-means", means),
        typed.date("day", "followup-day-held", Some(visit.today())),
    ];
    let left = one.now.left();
    if !left.is_empty() {
        let usual = left.first().map(|check| check.code()).unwrap_or_default();
        let chosen = if typed.form.has("check") { typed.form.get("check") } else { &usual };
        let mut choices: Vec<Choice> =
            left.iter().map(|check| Choice::new(&check.code(), said::check(*check), chosen)).collect();
        choices.push(Choice::new("", t("outcomes-check-none").to_string(), chosen));
        let hint = t("outcomes-check-hint").to_string();
        fields.push(Field::select("check", t("outcomes-check").to_string(), choices).hint(hint));
    }
    fields.push(
        Field { optional: true, ..typed.date("agreed", "outcomes-agreed", None) }
            .hint(t("outcomes-agreed-hint").to_string()),
    );
    fields.push(typed.text("followup-contact-text", "followup-contact-text-hint"));
    fields.push(typed.level(file));
    let person = person_link(visit, file);
    FormPage {
        title: t("outcomes-news").to_string(),
        lead: t("outcomes-news-lead").s("name", rows::name(&file.row)).s("what", &one.name).to_string(),
        action: format!("{}/activite/{}/nouvelles", person.href, one.id),
        errors: typed.errors.to_vec(),
        fields,
        ticks: None,
        submit: t("outcomes-news-go").to_string(),
        back: person,
        shell: visit.shell(),
    }
}

/// `GET /{department}/personnes/{id}/activite/{outcome}/nouvelles`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for an outcome that is none of theirs.
pub async fn news_page(visit: Visit, Path((_, person, outcome)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    let one = find(&file, id(&outcome)?)?;
    if !file.enrolling.follow || !one.now.stage.allows(Act::News) {
        return see_other(&visit.path(&format!("/personnes/{}", file.row.id)));
    }
    let form = Form::parse("means=phone&going=well");
    page(&form_page(&visit, &file, one, Typed { form: &form, errors: &[] }))
}

/// `POST /{department}/personnes/{id}/activite/{outcome}/nouvelles`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn news(visit: Visit, Path((_, person, outcome)): Place, form: Form) -> Answer {
    let (person, outcome) = (id(&person)?, id(&outcome)?);
    let input = NewsInput {
        day: form.some("day").and_then(|day| day.parse().ok()),
        means: Means::parse(form.get("means")),
        going: Going::parse(form.get("going")),
        check: Check::parse(form.get("check")),
        agreed: form.get("agreed").parse().ok(),
        text: form.get("text").to_owned(),
        level: Level::parse(form.get("level")),
    };
    let error = match take_news(&visit.ctx(), person, outcome, &input).await {
        Ok(last) => {
            let to = visit.path(&format!("/personnes/{person}"));
            let said = if last { "flash-outcome-last-news" } else { "flash-outcome-news" };
            return see_other_saying(&visit, &to, Tone::Ok, said);
        }
        Err(OutcomeError::Refused(refusal @ Refusal::Choice)) => {
            FieldError { field: "going".to_owned(), text: refusal.to_string() }
        }
        Err(error) => wrong(error)?,
    };
    let file = open(&visit.ctx(), person, Part::Essential).await?;
    let again = Typed { form: &form, errors: &[error] };
    unprocessable(&form_page(&visit, &file, find(&file, outcome)?, again))
}
