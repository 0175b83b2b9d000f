//! Answer who contests: the decision stays, with a reason; or another one is taken, which answers by itself.

use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::act::{AnswerKind, Kind, text};
use domain::followup::may::Bar;
use store::followup::{self, ActRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, close, subject, write};
use crate::Context;

/// What is typed of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerInput {
    /// Why the decision stays.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Answers that the decision stays.
///
/// # Errors
/// [`FollowError`].
pub async fn answer_contest(
    ctx: &Context,
    person: Uuid,
    contest: Uuid,
    input: &AnswerInput,
) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::LeadPath, person).await?;
    let text = text(&input.text, true)?;
    let level = subject.level(input.level, text.as_ref())?;
    let tx = begin(ctx).await?;
    let acts = followup::of(&tx, &subject.records).await?;
    let open = open(&acts).find(|act| act.id == contest).ok_or(Bar::NoContest)?;
    let new = answer(ctx, open, AnswerKind::Maintained, level, Some(text.unwrap_or_default()));
    close(ctx, tx, &subject, new).await
}

/// The contests that wait for an answer.
fn open(acts: &[ActRow]) -> impl Iterator<Item = &ActRow> {
    let answered =
        |id: Uuid| acts.iter().any(|act| act.kind == Kind::Answered.code() && act.about_id == Some(id));
    acts.iter().filter(move |act| act.kind == Kind::Contested.code() && !answered(act.id))
}

fn answer(ctx: &Context, to: &ActRow, kind: AnswerKind, level: Level, text: Option<String>) -> NewAct {
    NewAct {
        kind: Kind::Answered,
        held_on: ctx.today(),
        reason: kind.code(),
        how: "",
        next_on: None,
        decision: to.decision_id,
        about: Some(to.id),
        level,
        text,
    }
}

/// A new decision answers the contests of the one before; its own reason and explanation say why.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn answered_by_decision(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    account: Uuid,
) -> Result<(), StoreError> {
    let acts = followup::of(tx, records).await?;
    for one in open(&acts) {
        let new = answer(ctx, one, AnswerKind::NewDecision, Level::OF_A_NOTE, None);
        write(ctx, tx, one.person_id, account, new).await?;
    }
    Ok(())
}
