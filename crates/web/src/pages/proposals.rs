//! Proposing a person to a structure and ending it, from the person's page.

use app::people::person::{PersonFile, open};
use app::people::proposal::{Answered, Proposal as Kept, ProposalInput, ProposeError, end_proposal, propose};
use axum::extract::Path;
use domain::access::proposal::{Reply, Shared, Standing, usual_last_day};
use domain::audit::Part;

use super::person::essential;
use super::rows::t;
use super::users::seen;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::{Tick, Ticks};
use crate::view::parts::{Tag, Tone};
use crate::view::proposals::{Proposal, Proposals};
use crate::view::words::coded;

/// The proposals of a page, with what was typed in the form; `None` when they are not the visitor's to read.
pub(super) fn proposals(
    visit: &Visit,
    file: &PersonFile,
    typed: &Form,
    errors: Vec<FieldError>,
) -> Option<Proposals> {
    let base = visit.path(&format!("/personnes/{}/propositions", file.row.id));
    let rows = file.proposals.as_ref()?;
    let may = file.proposable.is_some();
    Some(Proposals {
        rows: rows.iter().map(|one| row(visit, &base, one, may)).collect(),
        fields: file.proposable.as_ref().map(|to| fields(visit, to, typed, &errors)).unwrap_or_default(),
        ticks: ticks(typed),
        action: may.then_some(base),
        errors,
    })
}

fn row(visit: &Visit, base: &str, one: &Kept, may: bool) -> Proposal {
    let by = t("proposals-by")
        .s("author", &one.author)
        .s("since", format::full(one.since))
        .s("until", format::full(one.until))
        .to_string();
    let ended = one.ended_on.map(|on| t("proposals-ended-on").s("date", format::full(on)).to_string());
    let told = if one.standing.lasts() { "proposals-sees" } else { "proposals-saw" };
    Proposal {
        structure: one.structure.clone(),
        state: state(one.standing),
        when: [Some(by), ended].into_iter().flatten().collect::<Vec<_>>().join(" "),
        lines: lines(&one.text),
        told: t(told).s("what", coded::shared(&one.shares)).to_string(),
        answer: one.answer.as_ref().map(|answer| answered(visit, answer)).unwrap_or_default(),
        answered: one.answer.as_ref().map(|answer| lines(&answer.text)).unwrap_or_default(),
        end: (may && one.standing.lasts()).then(|| format!("{base}/{}/terminer", one.id)),
    }
}

/// The lines of a text, but those that are empty.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// Where a proposal stands.
pub(super) fn state(standing: Standing) -> Tag {
    let (key, tone) = match standing {
        Standing::Waiting => ("proposals-state-waiting", Tone::Soon),
        Standing::Accepted => ("proposals-state-accepted", Tone::Ok),
        Standing::Declined => ("proposals-state-declined", Tone::Neutral),
        Standing::Ended => ("proposals-state-ended", Tone::Neutral),
        Standing::Past => ("proposals-state-past", Tone::Neutral),
    };
    Tag::new(t(key).to_string(), tone)
}

/// Who answered what, and when.
pub(super) fn answered(visit: &Visit, answer: &Answered) -> String {
    let key = match answer.reply {
        Reply::Accepted => "proposals-accepted-by",
        Reply::Declined => "proposals-declined-by",
    };
    t(key).s("by", &answer.by).s("when", seen(visit, Some(answer.at))).to_string()
}

fn fields(visit: &Visit, to: &[(uuid::Uuid, String)], typed: &Form, errors: &[FieldError]) -> Vec<Field> {
    let current = typed.get("structure");
    let first = if to.is_empty() { "proposals-no-structure" } else { "proposals-choose" };
    let mut choices = vec![Choice::new("", t(first).to_string(), current)];
    choices.extend(to.iter().map(|(id, name)| Choice::new(&id.to_string(), name.clone(), current)));
    let usual = usual_last_day(visit.today()).to_string();
    let last_day = if typed.has("last_day") { typed.get("last_day").to_owned() } else { usual };
    vec![
        Field::select("structure", t("proposals-to").to_string(), choices)
            .error(FieldError::of(errors, "structure")),
        Field::new(FieldKind::Textarea, "message", t("proposals-message").to_string())
            .hint(t("proposals-message-hint").to_string())
            .value(typed.get("message"))
            .error(FieldError::of(errors, "message")),
        Field::new(FieldKind::Date, "last_day", t("proposals-last-day").to_string())
            .hint(t("proposals-last-day-hint").to_string())
            .value(last_day)
            .error(FieldError::of(errors, "last_day")),
    ]
}

fn ticks(typed: &Form) -> Ticks {
    let label = |one: Shared| match one {
        Shared::Phone => "proposals-share-phone",
        Shared::Email => "proposals-share-email",
        Shared::Commune => "proposals-share-commune",
        Shared::Age => "proposals-share-age",
    };
    let ticked = typed.all("share");
    Ticks {
        legend: t("proposals-share").to_string(),
        hint: t("proposals-share-hint").to_string(),
        name: "share",
        boxes: Shared::ALL
            .into_iter()
            .map(|one| Tick {
                value: one.code().to_owned(),
                label: t(label(one)).to_string(),
                checked: ticked.iter().any(|code| code == one.code()),
            })
            .collect(),
    }
}

/// `POST /{department}/personnes/{id}/propositions`.
///
/// # Errors
/// 404 for one whom the actor does not follow.
pub async fn add(visit: Visit, Path((_, person)): Path<(String, String)>, form: Form) -> Answer {
    let person = id(&person)?;
    let input = ProposalInput {
        structure: form.get("structure").parse().ok(),
        text: form.get("message").to_owned(),
        shares: form.all("share").iter().filter_map(|code| Shared::parse(code)).collect(),
        until: form.get("last_day").parse().ok(),
    };
    match propose(&visit.ctx(), person, &input).await {
        Ok(_) => back(&visit, person, "flash-person-proposed"),
        Err(error) => {
            let error = wrong(error)?;
            let file = open(&visit.ctx(), person, Part::Essential).await?;
            let mut shown = essential(&visit, &file, None);
            shown.proposals = proposals(&visit, &file, &form, vec![error]);
            unprocessable(&shown)
        }
    }
}

/// `POST /{department}/personnes/{id}/propositions/{proposal}/terminer`.
///
/// # Errors
/// 404 for a proposal of another person, or one that is over.
pub async fn end(visit: Visit, Path((_, person, proposal)): Path<(String, String, String)>) -> Answer {
    let person = id(&person)?;
    end_proposal(&visit.ctx(), person, id(&proposal)?).await?;
    back(&visit, person, "flash-proposal-ended")
}

fn back(visit: &Visit, person: uuid::Uuid, said: &str) -> Answer {
    see_other_saying(visit, &visit.path(&format!("/personnes/{person}#propositions")), Tone::Ok, said)
}

fn wrong(error: ProposeError) -> Result<FieldError, Fail> {
    let text = error.to_string();
    let field = match error {
        ProposeError::Structure | ProposeError::Twice => "structure",
        ProposeError::Text => "message",
        ProposeError::Until => "last_day",
        ProposeError::People(error) => return Err(error.into()),
    };
    Ok(FieldError { field: field.to_owned(), text })
}
