//! A call after an absence: it ends what is owed when they spoke.

use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::act::{CallResult, Kind, Refusal, text};
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, close, subject};
use crate::{Context, agenda};

/// What is typed of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallInput {
    /// How it ended.
    pub result: Option<CallResult>,
    /// What was said; may be empty.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Records a call to somebody who did not come.
///
/// # Errors
/// [`FollowError`].
pub async fn record_call(ctx: &Context, person: Uuid, input: &CallInput) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::FollowPath, person).await?;
    subject.stands().may_call()?;
    let result = input.result.ok_or(Refusal::Reason)?;
    let text = text(&input.text, false)?;
    let level = subject.level(input.level, text.as_ref())?;
    let tx = begin(ctx).await?;
    if result == CallResult::Reached {
        agenda::spoken(ctx, &tx, &subject.records, ctx.today()).await?;
    }
    let new = NewAct {
        kind: Kind::Called,
        held_on: ctx.today(),
        reason: result.code(),
        how: "",
        next_on: None,
        decision: None,
        about: None,
        level,
        text,
    };
    close(ctx, tx, &subject, new).await
}
