//! Write a contract: the dates, the weekly hours, one commitment a line.

use app::engagement::{ContractError, DraftInput, Planned, Proposed, draft, proposed};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use chrono::NaiveDate;
use domain::audit::Part;
use domain::engagement::terms::{Lighter, Party, last_day};
use uuid::Uuid;

use super::super::followup::{Typed, lower};
use super::super::rows::{self, t};
use super::{contract_path, fail, person_link, wrong};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::{self, engagement as said};

/// What the form is about.
#[derive(Clone, Copy)]
enum Which {
    /// A new contract, which may follow another one.
    New(Option<Uuid>),
    /// A draft.
    Draft(Uuid),
}

async fn shown(visit: &Visit, file: &PersonFile, which: Which, typed: Typed<'_>) -> Result<FormPage, Fail> {
    let (edited, after) = match which {
        Which::New(after) => (None, after),
        Which::Draft(draft) => (Some(draft), None),
    };
    let begun = proposed(&visit.ctx(), file.row.id, edited, after).await.map_err(fail)?;
    let person = person_link(visit, file);
    let action = match which {
        Which::New(None) => format!("{}/contrat", person.href),
        Which::New(Some(after)) => format!("{}/contrat?suite={after}", person.href),
        Which::Draft(draft) => format!("{}/contrat/{draft}/texte?etat={}", person.href, begun.revision),
    };
    Ok(FormPage {
        title: t(if edited.is_some() { "engagement-edit" } else { "engagement-new" }).to_string(),
        lead: lead(file, &begun),
        action,
        errors: typed.errors.to_vec(),
        fields: fields(&begun, typed),
        ticks: None,
        submit: t("engagement-save").to_string(),
        back: person,
        shell: visit.shell(),
    })
}

/// Who signs, in which programme.
fn lead(file: &PersonFile, begun: &Proposed) -> String {
    let who: Vec<String> = begun.signatories.iter().map(|one| lower(&said::signatory(*one))).collect();
    let key = match (begun.programme.is_some(), begun.validation) {
        (true, true) => "engagement-write-lead-validated",
        (true, false) => "engagement-write-lead",
        (false, _) => "engagement-write-lead-alone",
    };
    let programme = begun.programme.as_deref().map(words::programme).unwrap_or_default();
    t(key).s("name", rows::name(&file.row)).s("who", who.join(", ")).s("programme", programme).to_string()
}

fn fields(begun: &Proposed, typed: Typed<'_>) -> Vec<Field> {
    let text = begun.text.as_ref();
    let ends = match text.filter(|_| begun.revision > 0) {
        Some(text) => text.ends_on,
        None => last_day(begun.starts_on, begun.months),
    };
    let target = i64::from(begun.target);
    let value = |name: &str, usual: String| {
        if typed.form.has(name) { typed.form.get(name).to_owned() } else { usual }
    };
    let error = |name: &str| FieldError::of(typed.errors, name);
    let hours = text.map_or(begun.target, |text| text.hours.weekly);
    let chosen = value(
        "lighter",
        text.and_then(|text| text.hours.lighter).map(Lighter::code).unwrap_or_default().to_owned(),
    );
    let mut lighter = vec![Choice::new("", t("engagement-lighter-none").to_string(), &chosen)];
    lighter.extend(Lighter::ALL.iter().map(|one| Choice::new(one.code(), said::lighter(*one), &chosen)));
    let area = |name: &str, label: &str, usual: String| {
        Field::new(FieldKind::Textarea, name, t(label).to_string())
            .hint(t("engagement-lines-hint").to_string())
            .value(value(name, usual))
            .error(error(name))
    };
    let mut until = typed
        .date("until", "engagement-lighter-until", text.and_then(|text| text.hours.until))
        .hint(t("engagement-lighter-until-hint").to_string());
    until.optional = true;
    vec![
        typed.date("starts_on", "engagement-starts", Some(begun.starts_on)),
        typed
            .date("ends_on", "engagement-ends", Some(ends))
            .hint(t("engagement-ends-hint").n("n", i64::from(begun.months)).to_string()),
        Field::new(FieldKind::Text, "weekly", t("engagement-weekly").to_string())
            .hint(t("engagement-weekly-hint").n("n", target).to_string())
            .value(value("weekly", hours.to_string()))
            .error(error("weekly")),
        Field::select("lighter", t("engagement-lighter").to_string(), lighter)
            .hint(t("engagement-lighter-hint").n("n", target).to_string())
            .error(error("lighter")),
        until,
        area("person", "engagement-person-field", commitments(begun, Party::Person)),
        area("organisation", "engagement-organisation-field", commitments(begun, Party::Organisation)),
    ]
}

/// What is written already, or what the plan and the programme propose.
fn commitments(begun: &Proposed, party: Party) -> String {
    if let Some(text) = &begun.text {
        let mine = text.commitments.iter().filter(|one| one.party == party);
        let lines: Vec<&str> = mine.map(|one| one.text.as_str()).collect();
        if !lines.is_empty() {
            return lines.join("\n");
        }
    }
    let planned = |one: &Planned| match one.due_on {
        Some(day) => t("engagement-planned").s("what", &one.label).s("date", format::full(day)).to_string(),
        None => one.label.clone(),
    };
    let (own, all) = match party {
        Party::Person => (t("engagement-usual-person").to_string(), &begun.person),
        Party::Organisation => (
            match begun.contact_days {
                Some(days) => t("engagement-usual-contact").n("n", i64::from(days)).to_string(),
                None => t("engagement-usual-organisation").to_string(),
            },
            &begun.organisation,
        ),
    };
    std::iter::once(own).chain(all.iter().map(planned)).collect::<Vec<_>>().join("\n")
}

fn input(form: &Form, after: Option<Uuid>, revision: i64) -> DraftInput {
    let day = |name: &str| form.get(name).parse::<NaiveDate>().ok();
    DraftInput {
        starts_on: day("starts_on"),
        ends_on: day("ends_on"),
        weekly: form.get("weekly").trim().parse().ok(),
        lighter: Lighter::parse(form.get("lighter")),
        until: day("until"),
        person: form.get("person").to_owned(),
        organisation: form.get("organisation").to_owned(),
        after,
        revision,
    }
}

/// `GET /{department}/personnes/{id}/contrat`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn new_page(
    visit: Visit,
    Path((_, person)): Path<(String, String)>,
    Query(asked): Query,
) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Contract).await?;
    let which = Which::New(asked.get("suite").parse().ok());
    let form = Form::default();
    page(&shown(&visit, &file, which, Typed { form: &form, errors: &[] }).await?)
}

/// `POST /{department}/personnes/{id}/contrat`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn new(
    visit: Visit,
    Path((_, person)): Path<(String, String)>,
    Query(asked): Query,
    form: Form,
) -> Answer {
    let after: Option<Uuid> = asked.get("suite").parse().ok();
    let person = id(&person)?;
    let done = draft(&visit.ctx(), person, None, &input(&form, after, 0)).await;
    answer(&visit, person, Which::New(after), &form, done).await
}

/// `GET /{department}/personnes/{id}/contrat/{contract}/texte`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn edit_page(visit: Visit, Path((_, person, contract)): Path<(String, String, String)>) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Contract).await?;
    let contract = id(&contract)?;
    let form = Form::default();
    match shown(&visit, &file, Which::Draft(contract), Typed { form: &form, errors: &[] }).await {
        Ok(form) => page(&form),
        // Somebody signed since the page was read.
        Err(Fail::Internal(_)) => {
            let to = contract_path(&visit, &file, contract);
            see_other_saying(&visit, &to, Tone::Soon, "flash-path-not-now")
        }
        Err(fail) => Err(fail),
    }
}

/// `POST /{department}/personnes/{id}/contrat/{contract}/texte`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn edit(
    visit: Visit,
    Path((_, person, contract)): Path<(String, String, String)>,
    Query(asked): Query,
    form: Form,
) -> Answer {
    let (person, contract) = (id(&person)?, id(&contract)?);
    let revision = asked.get("etat").parse().unwrap_or_default();
    let done = draft(&visit.ctx(), person, Some(contract), &input(&form, None, revision)).await;
    answer(&visit, person, Which::Draft(contract), &form, done).await
}

async fn answer(
    visit: &Visit,
    person: Uuid,
    which: Which,
    form: &Form,
    done: Result<Uuid, ContractError>,
) -> Answer {
    match done {
        Ok(contract) => {
            let to = visit.path(&format!("/personnes/{person}/contrat/{contract}"));
            see_other_saying(visit, &to, Tone::Ok, "flash-contract-saved")
        }
        Err(error) => {
            let errors = wrong(error)?;
            let file = open(&visit.ctx(), person, Part::Contract).await?;
            unprocessable(&shown(visit, &file, which, Typed { form, errors: &errors }).await?)
        }
    }
}
