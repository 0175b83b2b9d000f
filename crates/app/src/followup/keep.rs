//! Keep a path although the right is closed: a reason, and a date to look again.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::act::{KEEP_MONTHS, KeepReason, Kind, Refusal, next_day, text};
use store::orientation::decision;
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, close, subject};
use crate::Context;

/// What is typed to keep a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeepInput {
    /// Why.
    pub reason: Option<KeepReason>,
    /// When to look again, in six months at most.
    pub next_on: Option<NaiveDate>,
    /// In words; needed when the reason is another one.
    pub text: String,
    /// Who may read these words.
    pub level: Option<Level>,
}

/// Keeps following a person whose right is closed.
///
/// # Errors
/// [`FollowError`].
pub async fn keep_path(ctx: &Context, person: Uuid, input: &KeepInput) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::FollowPath, person).await?;
    subject.stands().may_keep()?;
    let reason = input.reason.ok_or(Refusal::Reason)?;
    let next_on = next_day(input.next_on, ctx.today(), KEEP_MONTHS)?;
    let text = text(&input.text, reason == KeepReason::Other)?;
    let level = subject.level(input.level, text.as_ref())?;
    let tx = begin(ctx).await?;
    let in_force = decision::in_force(&tx, &subject.records).await?.map(|one| one.id);
    let new = NewAct {
        kind: Kind::Kept,
        held_on: ctx.today(),
        reason: reason.code(),
        how: "",
        next_on: Some(next_on),
        decision: in_force,
        about: None,
        level,
        text,
    };
    close(ctx, tx, &subject, new).await
}
