//! Open again a path that was closed: the decision that its end had ended is in force again, and who followed follows.

use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::act::{Kind, text};
use domain::followup::may::Bar;
use domain::time::plus_days;
use store::access::account;
use store::access::referent::{self, Assignment};
use store::followup::{self, ActRow};
use store::orientation::decision;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::record::{FollowError, NewAct, Subject, begin, close, subject};
use crate::Context;

/// What is typed to open a path again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReopenInput {
    /// Why.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Opens a path again.
///
/// # Errors
/// [`FollowError`].
pub async fn reopen_path(ctx: &Context, person: Uuid, input: &ReopenInput) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::LeadPath, person).await?;
    subject.stands().may_reopen()?;
    let text = text(&input.text, true)?;
    let level = subject.level(input.level, text.as_ref())?;
    let tx = begin(ctx).await?;
    let acts = followup::of(&tx, &subject.records).await?;
    let ended = acts.iter().rfind(|act| act.kind == Kind::Ended.code()).ok_or(Bar::NotEnded)?;
    if decision::in_force(&tx, &subject.records).await?.is_some() {
        return Err(Bar::NotEnded.into());
    }
    if let Some(decision) = ended.decision_id {
        decision::resume(&tx, decision).await?;
    }
    follow_again(ctx, &tx, &subject, ended).await?;
    let new = NewAct {
        kind: Kind::Reopened,
        held_on: ctx.today(),
        reason: "",
        how: "",
        next_on: None,
        decision: ended.decision_id,
        about: Some(ended.id),
        level,
        text,
    };
    close(ctx, tx, &subject, new).await
}

/// Those who followed until the end, whose account is still open, follow again from today.
async fn follow_again(ctx: &Context, tx: &Tx, subject: &Subject, ended: &ActRow) -> Result<(), StoreError> {
    let day = ended.recorded_at.with_timezone(&ctx.department.timezone).date_naive();
    let before = referent::until(tx, &subject.records, plus_days(day, -1)).await?;
    let accounts: Vec<Uuid> = before.iter().map(|(id, _)| *id).collect();
    let closed = account::closed(tx, &accounts).await?;
    let again = before.into_iter().filter(|(id, _)| !closed.contains(id)).map(|(account_id, side)| {
        Assignment { id: ctx.app.ids.make(), person_id: subject.row.id, account_id, side, since: ctx.today() }
    });
    referent::assign(tx, again.collect()).await
}
