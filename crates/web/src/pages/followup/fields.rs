//! The fields of the acts of a path.

use app::followup::{Terms, who_could_follow};
use app::orientation::Candidate;
use app::people::notes::levels;
use app::people::person::PersonFile;
use domain::access::relation::Relation;
use domain::followup::act::{
    CallResult, Channel, ContestKind, EndReason, KEEP_MONTHS, KeepReason, Presence, ReviewResult,
};
use domain::time::plus_months;

use super::super::rows::t;
use crate::form::Form;
use crate::format;
use crate::respond::Fail;
use crate::site::Visit;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::words::{self, followup as said};

/// What was typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Typed<'a> {
    pub form: &'a Form,
    pub errors: &'a [FieldError],
}

impl Typed<'_> {
    pub(in crate::pages) fn select(self, name: &str, label: &str, all: Vec<(&'static str, String)>) -> Field {
        let typed = self.form.get(name);
        let mut choices = vec![Choice::new("", t("followup-choose").to_string(), typed)];
        choices.extend(all.into_iter().map(|(code, label)| Choice::new(code, label, typed)));
        Field::select(name, t(label).to_string(), choices).error(FieldError::of(self.errors, name))
    }

    pub(in crate::pages) fn date(self, name: &str, label: &str, usual: Option<chrono::NaiveDate>) -> Field {
        let typed = self.form.some(name).map(str::to_owned);
        let value = typed.or_else(|| usual.filter(|_| !self.form.has(name)).map(|day| day.to_string()));
        Field::new(FieldKind::Date, name, t(label).to_string())
            .value(value.unwrap_or_default())
            .error(FieldError::of(self.errors, name))
    }

    pub(in crate::pages) fn text(self, label: &str, hint: &str) -> Field {
        Field::new(FieldKind::Textarea, "text", t(label).to_string())
            .hint(t(hint).to_string())
            .value(self.form.get("text"))
            .error(FieldError::of(self.errors, "text"))
    }

    pub(in crate::pages) fn level(self, file: &PersonFile) -> Field {
        let relations: Vec<Relation> = file.why.iter().map(|why| why.relation).collect();
        let typed = self.form.get("level");
        let all = levels(&relations).into_iter();
        let choices = all.map(|one| Choice::new(one.code(), words::level(one), typed)).collect();
        Field::select("level", t("followup-level").to_string(), choices)
            .error(FieldError::of(self.errors, "level"))
    }
}

pub(super) fn end(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> Vec<Field> {
    let reasons = EndReason::ALL.iter().map(|one| (one.code(), said::end_reason(*one))).collect();
    vec![
        typed.select("reason", "followup-end-reason", reasons),
        typed.date("day", "followup-day", Some(visit.today())),
        typed.text("followup-text", "followup-text-hint"),
        typed.level(file),
    ]
}

pub(super) fn keep(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> Vec<Field> {
    let reasons = KeepReason::ALL.iter().map(|one| (one.code(), said::keep_reason(*one))).collect();
    let last = plus_months(visit.today(), KEEP_MONTHS);
    vec![
        typed.select("reason", "followup-keep-reason", reasons),
        typed
            .date("next_on", "followup-keep-next", None)
            .hint(t("followup-keep-next-hint").s("date", format::full(last)).to_string()),
        typed.text("followup-text", "followup-text-hint"),
        typed.level(file),
    ]
}

pub(super) fn reopen(file: &PersonFile, typed: Typed<'_>) -> Vec<Field> {
    vec![typed.text("followup-reopen-text", "followup-reopen-text-hint"), typed.level(file)]
}

pub(super) fn review(visit: &Visit, file: &PersonFile, terms: Terms, typed: Typed<'_>) -> Vec<Field> {
    let presences = Presence::ALL.iter().map(|one| (one.code(), said::presence(*one))).collect();
    let results = ReviewResult::ALL.iter().map(|one| (one.code(), said::review_result(*one))).collect();
    let hint = if terms.required { "followup-review-next-law" } else { "followup-review-next-free" };
    vec![
        typed.date("day", "followup-day-held", Some(visit.today())),
        typed.select("presence", "followup-review-presence", presences),
        typed.select("result", "followup-review-result", results),
        typed
            .date("next_on", "followup-review-next", terms.required.then_some(terms.proposed))
            .hint(t(hint).n("months", i64::from(terms.months)).to_string()),
        typed.text("followup-review-text", "followup-review-text-hint"),
        typed.level(file),
    ]
}

pub(super) fn contest(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> Vec<Field> {
    let kinds = ContestKind::ALL.iter().map(|one| (one.code(), said::contest_kind(*one))).collect();
    let channels = Channel::ALL.iter().map(|one| (one.code(), said::channel(*one))).collect();
    vec![
        typed.select("kind", "followup-contest-kind", kinds),
        typed.date("day", "followup-day-held", Some(visit.today())),
        typed.select("channel", "followup-contest-channel", channels),
        typed.text("followup-contest-words", "followup-contest-words-hint"),
        typed.level(file),
    ]
}

pub(super) fn answer(file: &PersonFile, typed: Typed<'_>) -> Vec<Field> {
    vec![typed.text("followup-answer-text", "followup-answer-text-hint"), typed.level(file)]
}

pub(super) fn call(file: &PersonFile, typed: Typed<'_>) -> Vec<Field> {
    let results = CallResult::ALL.iter().map(|one| (one.code(), said::call_result(*one))).collect();
    vec![
        typed.select("result", "followup-call-result", results),
        typed.text("followup-text", "followup-text-hint"),
        typed.level(file),
    ]
}

pub(super) async fn referent(visit: &Visit, file: &PersonFile, typed: Typed<'_>) -> Result<Vec<Field>, Fail> {
    let found = who_could_follow(&visit.ctx(), file.row.id).await.map_err(super::acts::refused)?;
    let chosen = typed.form.get("referent");
    let mut choices = vec![Choice::new("", t("followup-choose").to_string(), chosen)];
    choices.extend(found.iter().map(|one| Choice::new(&one.id.to_string(), professional(one), chosen)));
    Ok(vec![
        Field::select("referent", t("followup-referent-who").to_string(), choices)
            .hint(t("followup-referent-hint").to_string())
            .error(FieldError::of(typed.errors, "referent")),
    ])
}

/// A professional who could follow somebody: where, with how many people.
pub(in crate::pages) fn professional(one: &Candidate) -> String {
    let follows = i64::try_from(one.follows).unwrap_or(i64::MAX);
    let most = one.capacity.map(|most| i64::try_from(most).unwrap_or(i64::MAX));
    let load = match most {
        Some(most) => t("calls-load").n("n", follows).n("most", most).to_string(),
        None => t("calls-load-alone").n("n", follows).to_string(),
    };
    match &one.place {
        Some(place) => t("followup-referent-one")
            .s("name", &one.name)
            .s("place", &place.name)
            .s("load", load)
            .to_string(),
        None => t("followup-referent-alone").s("name", &one.name).s("load", load).to_string(),
    }
}
