//! The people proposed to the structures of a partner: their list, what each proposal tells, the answer.

use app::people::proposal::{
    AnswerError, AnswerInput, Proposed, ProposedLine, answer as give, count_proposed, open_proposed,
    proposed_to_me,
};
use axum::extract::Path;
use domain::access::proposal::{Reply, Shared, Standing};
use domain::people::contact::{Channel, Consent};

use super::proposals::{answered, lines, state};
use super::rows::{self, t};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Empty, Fact, Link, Tone};
use crate::view::proposals::{ProposedList, ProposedPage, ProposedRow};
use crate::view::words;

/// Where the list is.
pub(super) const LIST: &str = "/propositions";

/// `GET /{department}/propositions`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let all = proposed_to_me(&visit.ctx()).await?;
    let waiting = all.iter().filter(|one| one.standing == Standing::Waiting).count();
    let summary = t("proposals-mine-summary").n("n", waiting).to_string();
    page(&ProposedList {
        summary: if all.is_empty() { String::new() } else { summary },
        rows: all.iter().map(|one| row(&visit, one)).collect(),
        empty: nobody(&visit),
        shell: visit.shell(),
    })
}

fn row(visit: &Visit, one: &ProposedLine) -> ProposedRow {
    ProposedRow {
        link: Link::new(one.name.clone(), visit.path(&format!("{LIST}/{}", one.id))),
        structure: one.structure.clone(),
        since: format::full(one.since),
        until: format::full(one.until),
        state: state(one.standing),
    }
}

/// Nobody today, or an account that holds its role in no structure.
fn nobody(visit: &Visit) -> Empty {
    let placed = visit.ctx().actor.roles.iter().any(|held| held.structure.is_some());
    let (title, text) = if placed {
        ("proposals-mine-none", "proposals-mine-none-text")
    } else {
        ("proposals-no-place", "proposals-no-place-text")
    };
    Empty { title: t(title).to_string(), text: t(text).to_string(), action: None }
}

/// How many people are proposed to the visitor's structures, and how many wait for an answer.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn count(visit: &Visit) -> Result<(u64, u64), Fail> {
    Ok(count_proposed(&visit.ctx()).await?)
}

type Place = Path<(String, String)>;

/// `GET /{department}/propositions/{id}`.
///
/// # Errors
/// 404 for a proposal to another structure, one that is over, or none.
pub async fn one(visit: Visit, Path((_, proposal)): Place) -> Answer {
    let told = open_proposed(&visit.ctx(), id(&proposal)?).await?;
    page(&shown(&visit, &told, &Form::default(), Vec::new()))
}

/// `POST /{department}/propositions/{id}`: the answer of the structure.
///
/// # Errors
/// As [`one`].
pub async fn answer(visit: Visit, Path((_, proposal)): Place, form: Form) -> Answer {
    let proposal = id(&proposal)?;
    let input = AnswerInput { reply: Reply::parse(form.get("reply")), text: form.get("reason").to_owned() };
    match give(&visit.ctx(), proposal, &input).await {
        Ok(Reply::Accepted) => {
            let back = visit.path(&format!("{LIST}/{proposal}"));
            see_other_saying(&visit, &back, Tone::Ok, "flash-proposal-accepted")
        }
        Ok(Reply::Declined) => {
            see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-proposal-declined")
        }
        Err(error) => {
            let error = wrong(error)?;
            let told = open_proposed(&visit.ctx(), proposal).await?;
            unprocessable(&shown(&visit, &told, &form, vec![error]))
        }
    }
}

fn wrong(error: AnswerError) -> Result<FieldError, Fail> {
    let text = error.to_string();
    let field = match error {
        AnswerError::Reply => "reply",
        AnswerError::Reason | AnswerError::Text => "reason",
        AnswerError::People(error) => return Err(error.into()),
    };
    Ok(FieldError { field: field.to_owned(), text })
}

fn shown(visit: &Visit, told: &Proposed, typed: &Form, errors: Vec<FieldError>) -> ProposedPage {
    let line = &told.line;
    let since = format::full(line.since);
    let author = match &told.author {
        Some(author) => t("proposals-from").s("author", author).s("since", since),
        None => t("proposals-from-somebody").s("since", since),
    };
    ProposedPage {
        back: Link::new(t("proposals-mine").to_string(), visit.path(LIST)),
        name: line.name.clone(),
        state: state(line.standing),
        why: t("proposals-why")
            .s("name", &line.name)
            .s("structure", &line.structure)
            .s("until", format::full(line.until))
            .to_string(),
        author: author.to_string(),
        lines: lines(&told.text),
        facts: facts(told),
        answer: told.answer.as_ref().map(|one| answered(visit, one)).unwrap_or_default(),
        answered: told.answer.as_ref().map(|one| lines(&one.text)).unwrap_or_default(),
        action: visit.path(&format!("{LIST}/{}", line.id)),
        fields: fields(typed, &errors),
        errors,
        shell: visit.shell(),
    }
}

/// The name, then what was ticked and nothing else.
fn facts(told: &Proposed) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact::new(t(key).to_string(), value);
    let or = |key: &'static str, value: Option<String>| value.unwrap_or_else(|| t(key).to_string());
    let several = |all: Vec<String>| Some(all.join(", ")).filter(|text| !text.is_empty());
    let shared = |one: &Shared| match one {
        Shared::Phone => {
            let phones = told.phones.iter().map(|phone| rows::phone(phone)).collect();
            let phones = fact("proposals-told-phone", or("proposals-told-unreachable", several(phones)));
            let quiet = told.no_voicemail && !told.phones.is_empty();
            if quiet { phones.detail(words::consent(Channel::Voicemail, Consent::No)) } else { phones }
        }
        Shared::Email => {
            fact("proposals-told-email", or("proposals-told-unreachable", several(told.emails.clone())))
        }
        Shared::Commune => {
            let commune = told.commune.as_deref().map(rows::commune);
            fact("proposals-told-commune", or("proposals-told-none", commune))
        }
        Shared::Age => {
            let years = told.age.map(|years| format::plural(i64::from(years), "an", "ans"));
            fact("proposals-told-age", or("proposals-told-none", years))
        }
    };
    [fact("proposals-name", told.line.name.clone())]
        .into_iter()
        .chain(told.shares.iter().map(shared))
        .collect()
}

fn fields(typed: &Form, errors: &[FieldError]) -> Vec<Field> {
    let current = typed.get("reply");
    let choices = vec![
        Choice::new("", t("proposals-reply-choose").to_string(), current),
        Choice::new(Reply::Accepted.code(), t("proposals-reply-accepted").to_string(), current),
        Choice::new(Reply::Declined.code(), t("proposals-reply-declined").to_string(), current),
    ];
    vec![
        Field::select("reply", t("proposals-reply").to_string(), choices)
            .hint(t("proposals-reply-hint").to_string())
            .error(FieldError::of(errors, "reply")),
        Field::new(FieldKind::Textarea, "reason", t("proposals-reason").to_string())
            .hint(t("proposals-reason-hint").to_string())
            .value(typed.get("reason"))
            .error(FieldError::of(errors, "reason")),
    ]
}
