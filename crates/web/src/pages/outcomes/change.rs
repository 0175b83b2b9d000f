//! What becomes of an outcome: one page each, from the person's.

use app::outcomes::{ChangeInput, OutcomeTold, change as record};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::audit::Part;
use domain::outcomes::outcome::{Act, CloseReason, EndReason, Stage};

use super::super::followup::Typed;
use super::super::rows::{self, t};
use super::{find, person_link, wrong};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::Field;
use crate::view::form_page::FormPage;
use crate::view::parts::Tone;
use crate::view::words::outcomes as said;

type Place = Path<(String, String, String, String)>;

/// The changes that have a page: address, what it is, its title, what it does.
const CHANGES: [(&str, Act, &str, &str); 6] = [
    ("debut", Act::Started, "outcomes-started", "outcomes-started-lead"),
    ("pas-de-debut", Act::NotStarted, "outcomes-not-started", "outcomes-not-started-lead"),
    ("suite", Act::Extended, "outcomes-extended", "outcomes-extended-lead"),
    ("fin", Act::Ended, "outcomes-ended", "outcomes-ended-lead"),
    ("arret-des-nouvelles", Act::Closed, "outcomes-closed", "outcomes-closed-lead"),
    ("erreur", Act::Withdrawn, "outcomes-withdrawn", "outcomes-withdrawn-lead"),
];

/// The changes that fit where an outcome stands.
pub(super) fn fitting(one: &OutcomeTold) -> impl Iterator<Item = (&'static str, &'static str)> {
    let (stage, closed, dated) = (one.now.stage, one.now.closed, one.now.ends_on.is_some());
    let followed = one.now.kind.is_followed();
    CHANGES.into_iter().filter_map(move |(path, act, title, _)| {
        let fits = match act {
            Act::Closed => followed && !closed && stage == Stage::Open,
            Act::Extended => dated && stage.allows(act),
            _ => stage.allows(act),
        };
        fits.then_some((path, title))
    })
}

fn fields(visit: &Visit, one: &OutcomeTold, act: Act, typed: Typed<'_>) -> Vec<Field> {
    let agreed = || {
        Field { optional: true, ..typed.date("agreed", "outcomes-agreed", None) }
            .hint(t("outcomes-agreed-after-hint").to_string())
    };
    let mut fields = match act {
        Act::Started => vec![typed.date("day", "outcomes-starts", Some(one.now.starts_on))],
        Act::NotStarted => vec![agreed()],
        Act::Extended => {
            let day = Field { optional: true, ..typed.date("day", "outcomes-new-end", None) };
            vec![day.hint(t("outcomes-new-end-hint").to_string())]
        }
        Act::Ended => {
            let reasons = EndReason::ALL.iter().map(|one| (one.code(), said::end(*one))).collect();
            vec![
                typed.select("reason", "outcomes-end-reason", reasons),
                typed.date("day", "outcomes-last-day", Some(visit.today())),
                agreed(),
            ]
        }
        Act::Closed => {
            let all = CloseReason::ALL.iter().filter(|one| **one != CloseReason::PathEnded);
            let reasons = all.map(|one| (one.code(), said::close(*one))).collect();
            vec![typed.select("reason", "outcomes-close-reason", reasons)]
        }
        _ => Vec::new(),
    };
    fields.push(typed.text("followup-text", "outcomes-text-hint"));
    fields
}

fn shown(
    visit: &Visit,
    file: &PersonFile,
    one: &OutcomeTold,
    path: &str,
    typed: Typed<'_>,
) -> Result<FormPage, Fail> {
    let found = CHANGES.into_iter().find(|(known, ..)| *known == path);
    let (_, act, title, lead) = found.ok_or(Fail::Problem(Problem::NotFound))?;
    let person = person_link(visit, file);
    Ok(FormPage {
        title: t(title).to_string(),
        lead: t(lead).s("name", rows::name(&file.row)).s("what", &one.name).to_string(),
        action: format!("{}/activite/{}/{path}", person.href, one.id),
        errors: typed.errors.to_vec(),
        fields: fields(visit, one, act, typed),
        ticks: None,
        submit: t("outcomes-change-go").to_string(),
        back: person,
        shell: visit.shell(),
    })
}

/// `GET /{department}/personnes/{id}/activite/{outcome}/{acte}`.
///
/// # Errors
/// 404 for one whom the actor may not see, and for a change that is none.
pub async fn change_page(visit: Visit, Path((_, person, outcome, path)): Place) -> Answer {
    let file = open(&visit.ctx(), id(&person)?, Part::Essential).await?;
    let one = find(&file, id(&outcome)?)?;
    let form = Form::default();
    let shown = shown(&visit, &file, one, &path, Typed { form: &form, errors: &[] })?;
    if !file.enrolling.follow || !fitting(one).any(|(known, _)| known == path) {
        return see_other(&visit.path(&format!("/personnes/{}", file.row.id)));
    }
    page(&shown)
}

/// `POST /{department}/personnes/{id}/activite/{outcome}/{acte}`.
///
/// # Errors
/// 404 for one whom the actor may not follow.
pub async fn change(visit: Visit, Path((_, person, outcome, path)): Place, form: Form) -> Answer {
    let (person, outcome) = (id(&person)?, id(&outcome)?);
    let found = CHANGES.into_iter().find(|(known, ..)| *known == path);
    let (_, kind, ..) = found.ok_or(Fail::Problem(Problem::NotFound))?;
    let input = ChangeInput {
        kind,
        day: form.get("day").parse().ok(),
        end: EndReason::parse(form.get("reason")),
        close: CloseReason::parse(form.get("reason")),
        agreed: form.get("agreed").parse().ok(),
        text: form.get("text").to_owned(),
    };
    match record(&visit.ctx(), person, outcome, &input).await {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-outcome-changed")
        }
        Err(error) => {
            let mut error = wrong(error)?;
            // The later end of one that goes on is typed in the field of the day.
            if kind == Act::Extended && error.field == "ends_on" {
                "day".clone_into(&mut error.field);
            }
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            let again = Typed { form: &form, errors: &[error] };
            unprocessable(&shown(&visit, &file, find(&file, outcome)?, &path, again)?)
        }
    }
}
