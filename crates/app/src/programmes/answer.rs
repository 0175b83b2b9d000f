//! Answer a prescription: enrol with who accompanies, put on the waiting list, or refuse with a reason and what next.

use domain::access::permission::Action;
use domain::access::side::Side;
use domain::access::visibility::Level;
use domain::programmes::admission::{Replies, Reply, obstacles};
use domain::programmes::course::{Kind, RefusalReason, WAITING_DAYS};
use domain::programmes::programme::Programme;
use domain::time::plus_days;
use serde_json::{Map, Value, json};
use store::access::referent::{Assignment, assign};
use store::people::one::{self, Referent};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::catalogue::in_force;
use super::record::{EnrolError, Found, NewAct, close, find, text, write};
use crate::Context;
use crate::followup::{Subject, begin, subject};
use crate::orientation::{Candidate, candidates};

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They enter.
    Enrol,
    /// They fit, and wait for a place.
    Wait,
    /// Not now.
    Refuse,
}

/// What is typed of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerInput {
    /// What is answered.
    pub verdict: Option<Verdict>,
    /// The answers to the conditions, confirmed.
    pub replies: Replies,
    /// Why a « no » does not keep them out, by the code of the condition.
    pub lifted: Vec<(String, String)>,
    /// Who accompanies on each side.
    pub social: Option<Uuid>,
    /// Who accompanies towards work.
    pub employment: Option<Uuid>,
    /// Why they are refused.
    pub reason: Option<RefusalReason>,
    /// What next, or why in words.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Those who could accompany a person on each side that the programme asks for; those who follow them already come first.
///
/// # Errors
/// [`EnrolError`].
pub async fn could_accompany(
    ctx: &Context,
    person: Uuid,
    programme: &Programme,
) -> Result<Vec<(Side, Vec<Candidate>)>, EnrolError> {
    let subject = subject(ctx, Action::AnswerPrescription, person).await?;
    Ok(could(ctx, &subject, programme).await?)
}

async fn could(
    ctx: &Context,
    subject: &Subject,
    programme: &Programme,
) -> Result<Vec<(Side, Vec<Candidate>)>, StoreError> {
    let social = subject.relations.iter().any(|relation| relation.is_social());
    let all = candidates(ctx, &subject.row, (None, None), social).await?;
    let now = one::referents(ctx.db().read(), &subject.records, ctx.today()).await?;
    let on = |side: Side| {
        let follows = |one: &Candidate| now.iter().any(|referent| is_on(referent, one.id, side));
        let mut found: Vec<Candidate> = all.iter().filter(|one| one.side == side).cloned().collect();
        found.sort_by_key(|one| !follows(one));
        (side, found)
    };
    Ok(programme.sides.iter().map(|side| on(*side)).collect())
}

fn is_on(referent: &Referent, account: Uuid, side: Side) -> bool {
    referent.account_id == account && referent.side == side.code()
}

/// Answers a prescription, or gives a place to who waits.
///
/// # Errors
/// [`EnrolError`].
pub async fn answer(
    ctx: &Context,
    person: Uuid,
    enrolment: Uuid,
    input: &AnswerInput,
) -> Result<(), EnrolError> {
    let subject = subject(ctx, Action::AnswerPrescription, person).await?;
    let verdict = input.verdict.ok_or(EnrolError::Choice)?;
    let row = store::programmes::of(ctx.db().read(), &subject.records)
        .await?
        .into_iter()
        .find(|one| one.id == enrolment)
        .ok_or(EnrolError::Unknown)?;
    let offered = in_force(ctx, &row.programme).await?.ok_or(EnrolError::Programme)?;
    let new = match verdict {
        Verdict::Refuse => refusal(ctx, &subject, &offered.programme, input)?,
        Verdict::Wait | Verdict::Enrol => admission(ctx, &subject, &offered.programme, input, verdict)?,
    };
    let named = match verdict {
        Verdict::Enrol => professionals(ctx, &subject, &offered.programme, input).await?,
        _ => Vec::new(),
    };
    let tx = begin(ctx).await?;
    let Found { course, terms, .. } = find(ctx, &tx, &subject.records, enrolment).await?;
    course.may(new.kind, terms)?;
    let detail = json!({ "kind": new.kind.code(), "reason": new.reason, "until": new.until });
    name(ctx, &tx, &subject, &named).await?;
    write(ctx, &tx, (enrolment, subject.row.id, subject.account), new).await?;
    close(ctx, tx, subject.row.id, (enrolment, &row.programme), detail).await
}

fn refusal(
    ctx: &Context,
    subject: &Subject,
    programme: &Programme,
    input: &AnswerInput,
) -> Result<NewAct, EnrolError> {
    let reason = input.reason.ok_or(EnrolError::Choice)?;
    // Nobody is refused without what comes next.
    let text = text(&input.text, true)?;
    let days = programme.prescription.as_ref().map_or(0, |one| one.again_after_days);
    Ok(NewAct {
        kind: Kind::Refused,
        held_on: ctx.today(),
        until: Some(plus_days(ctx.today(), i64::from(days))),
        reason: reason.code(),
        detail: json!({ "replies": told(&input.replies) }),
        level: subject.level(input.level, text.as_ref())?,
        text,
    })
}

fn admission(
    ctx: &Context,
    subject: &Subject,
    programme: &Programme,
    input: &AnswerInput,
    verdict: Verdict,
) -> Result<NewAct, EnrolError> {
    let roles: Vec<_> = ctx.actor.roles.iter().map(|held| held.role).collect();
    let mut lifted = Vec::new();
    for (code, reason) in &input.lifted {
        if text(reason, true).is_ok() {
            lifted.push(code.as_str());
        }
    }
    let kept_out = obstacles(programme, &input.replies, &roles, &lifted);
    if !kept_out.is_empty() {
        return Err(EnrolError::Obstacles(kept_out));
    }
    let reasons: Map<String, Value> =
        input.lifted.iter().map(|(code, reason)| (code.clone(), reason.trim().into())).collect();
    // Reasons name a situation: they are sealed with the words of the answer.
    let words = lifted_words(programme, &reasons, input.text.trim());
    let text = text(&words, false)?;
    let waits = verdict == Verdict::Wait;
    Ok(NewAct {
        kind: if waits { Kind::Waiting } else { Kind::Enrolled },
        held_on: ctx.today(),
        until: waits.then(|| plus_days(ctx.today(), WAITING_DAYS)),
        reason: "",
        detail: json!({ "replies": told(&input.replies), "lifted": lifted }),
        level: subject.level(input.level, text.as_ref())?,
        text,
    })
}

fn lifted_words(programme: &Programme, reasons: &Map<String, Value>, words: &str) -> String {
    let mut lines = Vec::new();
    for condition in &programme.conditions {
        let reason = reasons.get(&condition.code).and_then(Value::as_str).unwrap_or_default();
        if !reason.is_empty() {
            lines.push(format!("{} {reason}", condition.question));
        }
    }
    if !words.is_empty() {
        lines.push(words.to_owned());
    }
    lines.join("\n")
}

fn told(replies: &Replies) -> Map<String, Value> {
    replies.iter().map(|(code, reply): (&String, &Reply)| (code.clone(), reply.code().into())).collect()
}

/// Who accompanies on each side: somebody of the list, each side that the programme asks for.
async fn professionals(
    ctx: &Context,
    subject: &Subject,
    programme: &Programme,
    input: &AnswerInput,
) -> Result<Vec<(Side, Uuid)>, EnrolError> {
    let mut named = Vec::new();
    for (side, who) in could(ctx, subject, programme).await? {
        let chosen = if side == Side::Social { input.social } else { input.employment };
        let one = who.into_iter().find(|one| Some(one.id) == chosen).ok_or(EnrolError::Professional)?;
        named.push((side, one.id));
    }
    Ok(named)
}

/// Names them; who follows already on that side goes on.
async fn name(ctx: &Context, tx: &Tx, subject: &Subject, named: &[(Side, Uuid)]) -> Result<(), StoreError> {
    let now = one::referents(tx, &subject.records, ctx.today()).await?;
    let new = named.iter().filter(|(side, id)| now.iter().all(|referent| !is_on(referent, *id, *side))).map(
        |(side, id)| Assignment {
            id: ctx.app.ids.make(),
            person_id: subject.row.id,
            account_id: *id,
            side: side.code().to_owned(),
            since: ctx.today(),
        },
    );
    assign(tx, new.collect()).await
}
