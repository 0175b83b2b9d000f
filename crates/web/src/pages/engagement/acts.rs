//! What becomes of a contract: signatures, validation, end; one page each. And one of before 2025.

use app::engagement::{
    ChangeInput, ContractTold, HandInput, OldInput, change, record_old, sign as sign_own, sign_by_hand,
};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::audit::Part;
use domain::engagement::contract::{EndReason, Kind, Signatory};

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{contract_path, find, person_link, wrong};
use crate::form::{Form, Query};
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldError};
use crate::view::form_page::{FormPage, Tick, Ticks};
use crate::view::parts::{Link, Tone};
use crate::view::words::engagement as said;

type Place = Path<(String, String, String, String)>;

/// What has a page of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    /// Signatures on paper.
    Paper,
    /// Anything else that is recorded.
    Change(Kind),
}

/// Address, what it is, title, what it does, what is said once it is done.
const ACTS: [(&str, Which, &str, &str, &str); 6] = [
    ("papier", Which::Paper, "engagement-hand", "engagement-hand-lead", "flash-contract-signed"),
    (
        "validation",
        Which::Change(Kind::Validated),
        "engagement-validate",
        "engagement-validate-lead",
        "flash-contract-validated",
    ),
    (
        "renvoi",
        Which::Change(Kind::Returned),
        "engagement-return",
        "engagement-return-lead",
        "flash-contract-returned",
    ),
    (
        "heures",
        Which::Change(Kind::HoursKept),
        "engagement-keep-hours",
        "engagement-keep-hours-lead",
        "flash-contract-hours",
    ),
    ("fin", Which::Change(Kind::Ended), "engagement-end", "engagement-end-lead", "flash-contract-ended"),
    (
        "abandon",
        Which::Change(Kind::Dropped),
        "engagement-drop",
        "engagement-drop-lead",
        "flash-contract-dropped",
    ),
];

fn known(path: &str) -> Result<(Which, &'static str, &'static str, &'static str), Fail> {
    let found = ACTS.into_iter().find(|(known, ..)| *known == path);
    found
        .map(|(_, which, title, lead, said)| (which, title, lead, said))
        .ok_or(Fail::Problem(Problem::NotFound))
}

/// The acts that the actor may record today, each with its title.
pub(super) fn fitting(
    file: &PersonFile,
    one: &ContractTold,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let which = ACTS.into_iter().filter(|(_, which, ..)| may(file, one, *which));
    which.map(|(path, _, title, ..)| (path, title)).collect::<Vec<_>>().into_iter()
}

/// The actor may do it today.
fn may(file: &PersonFile, one: &ContractTold, which: Which) -> bool {
    let rights = file.contracting;
    let (kind, theirs) = match which {
        Which::Paper => (Kind::Signed, rights.write),
        Which::Change(kind @ (Kind::Validated | Kind::Returned)) => (kind, rights.decide),
        Which::Change(kind @ Kind::Ended) => (kind, rights.write || rights.decide),
        Which::Change(kind @ Kind::HoursKept) => (kind, rights.write && one.lighter_until.is_some()),
        Which::Change(kind) => (kind, rights.write),
    };
    theirs && one.stage.allows(kind)
}

fn shown(
    visit: &Visit,
    file: &PersonFile,
    one: &ContractTold,
    path: &str,
    typed: Typed<'_>,
) -> Result<FormPage, Fail> {
    let (which, title, lead, _) = known(path)?;
    let here = contract_path(visit, file, one.id);
    let mut fields: Vec<Field> = Vec::new();
    match which {
        Which::Paper => fields.push(typed.date("day", "engagement-hand-day", Some(visit.today()))),
        Which::Change(Kind::HoursKept) => fields.push(typed.date("day", "engagement-keep-hours-day", None)),
        Which::Change(Kind::Ended) => {
            let all = EndReason::ALL.iter().filter(|one| **one != EndReason::PathEnded);
            let reasons = all.map(|one| (one.code(), said::end(*one))).collect();
            fields.push(typed.select("reason", "engagement-end-reason", reasons));
            fields.push(typed.date("day", "engagement-end-day", Some(visit.today())));
        }
        Which::Change(_) => {}
    }
    match which {
        Which::Change(Kind::Returned) => {
            fields.push(typed.text("engagement-return-text", "engagement-return-hint"));
        }
        Which::Change(Kind::Ended | Kind::HoursKept) => {
            fields.push(typed.text("followup-text", "followup-text-hint"));
        }
        _ => {}
    }
    let ticks = (which == Which::Paper).then(|| who(one, typed));
    Ok(FormPage {
        title: t(title).to_string(),
        lead: t(lead).s("name", rows::name(&file.row)).to_string(),
        action: format!("{here}/{path}?etat={}", one.revision),
        errors: typed.errors.to_vec(),
        fields,
        ticks,
        submit: t("engagement-record").to_string(),
        back: Link::new(t("engagement-back").to_string(), here),
        shell: visit.shell(),
    })
}

/// Whose signatures stand on the paper: everybody who has not signed, until somebody unticks.
fn who(one: &ContractTold, typed: Typed<'_>) -> Ticks {
    let ticked = typed.form.all("who");
    let touched = typed.form.has("day");
    let missing = one.signatures.iter().filter(|(_, given)| given.is_none());
    let boxes = missing.map(|(who, _)| Tick {
        value: who.code().to_owned(),
        label: said::signatory(*who),
        checked: !touched || ticked.iter().any(|code| code == who.code()),
    });
    Ticks {
        legend: t("engagement-hand-who").to_string(),
        hint: FieldError::of(typed.errors, "who").unwrap_or_else(|| t("engagement-hand-hint").to_string()),
        name: "who",
        boxes: boxes.collect(),
    }
}

/// `GET /{department}/personnes/{id}/contrat/{contract}/{acte}`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for an act that is none.
pub async fn act_page(visit: Visit, Path((_, person, contract, path)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Contract).await?;
    let one = find(&file, id(&contract)?)?;
    let (which, ..) = known(&path)?;
    if !may(&file, one, which) {
        let to = contract_path(&visit, &file, one.id);
        return see_other_saying(&visit, &to, Tone::Soon, "flash-path-not-now");
    }
    let form = Form::default();
    page(&shown(&visit, &file, one, &path, Typed { form: &form, errors: &[] })?)
}

/// `POST /{department}/personnes/{id}/contrat/{contract}/{acte}`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for an act that is none.
pub async fn act(
    visit: Visit,
    Path((_, person, contract, path)): Place,
    Query(asked): Query,
    form: Form,
) -> Answer {
    let (which, _, _, said) = known(&path)?;
    let (person, contract) = (id(&person)?, id(&contract)?);
    let ctx = visit.ctx();
    let day = form.get("day").parse().ok();
    let done = match which {
        Which::Paper => {
            let who = form.all("who").iter().filter_map(|code| Signatory::parse(code)).collect();
            let input = HandInput { day, who, revision: asked.get("etat").parse().unwrap_or_default() };
            sign_by_hand(&ctx, person, contract, &input).await
        }
        Which::Change(kind) => {
            let reason = EndReason::parse(form.get("reason"));
            let input = ChangeInput { kind, reason, day, text: form.get("text").to_owned() };
            change(&ctx, person, contract, &input).await
        }
    };
    match done {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}/contrat/{contract}"));
            see_other_saying(&visit, &to, Tone::Ok, said)
        }
        Err(error) => {
            let errors = wrong(error)?;
            let file = open(&ctx, person, Part::Contract).await?;
            let one = find(&file, contract)?;
            unprocessable(&shown(&visit, &file, one, &path, Typed { form: &form, errors: &errors })?)
        }
    }
}

/// `POST /{department}/personnes/{id}/contrat/{contract}/signer`: one's own signature.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn sign(
    visit: Visit,
    Path((_, person, contract)): Path<(String, String, String)>,
    Query(asked): Query,
) -> Answer {
    let (person, contract) = (id(&person)?, id(&contract)?);
    let to = visit.path(&format!("/personnes/{person}/contrat/{contract}"));
    let revision = asked.get("etat").parse().unwrap_or_default();
    match sign_own(&visit.ctx(), person, contract, revision).await {
        Ok(()) => see_other_saying(&visit, &to, Tone::Ok, "flash-contract-signed"),
        Err(error) => {
            wrong(error)?;
            see_other_saying(&visit, &to, Tone::Soon, "flash-contract-not-signed")
        }
    }
}

fn old_form(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> FormPage {
    let person = person_link(visit, file);
    FormPage {
        title: t("engagement-old").to_string(),
        lead: t("engagement-old-lead").s("name", rows::name(&file.row)).to_string(),
        action: format!("{}/ancien-contrat", person.href),
        errors: typed.errors.to_vec(),
        fields: vec![
            typed.date("starts_on", "engagement-starts", None),
            typed.date("ends_on", "engagement-ends", None),
        ],
        ticks: None,
        submit: t("engagement-record").to_string(),
        back: person,
        shell: visit.shell(),
    }
}

/// `GET /{department}/personnes/{id}/ancien-contrat`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn old_page(visit: Visit, Path((_, person)): Path<(String, String)>) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Contract).await?;
    if !(file.contracting.write || file.contracting.decide) {
        let to = visit.path(&format!("/personnes/{}", file.row.id));
        return see_other_saying(&visit, &to, Tone::Soon, "flash-path-not-now");
    }
    let form = Form::default();
    page(&old_form(&visit, &file, Typed { form: &form, errors: &[] }))
}

/// `POST /{department}/personnes/{id}/ancien-contrat`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn old(visit: Visit, Path((_, person)): Path<(String, String)>, form: Form) -> Answer {
    let person = id(&person)?;
    let day = |name: &str| form.get(name).parse().ok();
    let input = OldInput { starts_on: day("starts_on"), ends_on: day("ends_on") };
    match record_old(&visit.ctx(), person, input).await {
        Ok(_) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-contract-old")
        }
        Err(error) => {
            let errors = wrong(error)?;
            let file = open(&visit.ctx(), person, Part::Contract).await?;
            unprocessable(&old_form(&visit, &file, Typed { form: &form, errors: &errors }))
        }
    }
}
