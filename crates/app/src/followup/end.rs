//! End a path: the decision in force ends, nobody follows any more, and the person stands where the law puts them.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::engagement::contract::EndReason as ContractEnd;
use domain::followup::act::{EndReason, Kind, Refusal, day, text};
use domain::programmes::course::ExitReason;
use domain::time::plus_days;
use store::access::referent;
use store::orientation::decision;
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, close, subject};
use crate::Context;
use crate::engagement::end_contracts;
use crate::outcomes::end_outcomes;
use crate::programmes::end_courses;

/// What is typed of an end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndInput {
    /// Why.
    pub reason: Option<EndReason>,
    /// Since which day.
    pub day: Option<NaiveDate>,
    /// In words; needed when the reason is another one.
    pub text: String,
    /// Who may read these words.
    pub level: Option<Level>,
}

/// Ends the path of a person.
///
/// # Errors
/// [`FollowError`].
pub async fn end_path(ctx: &Context, person: Uuid, input: &EndInput) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::FollowPath, person).await?;
    subject.stands().may_end()?;
    let reason = input.reason.ok_or(Refusal::Reason)?;
    let held_on = day(input.day, subject.row.oriented_on, ctx.today())?;
    let text = text(&input.text, reason == EndReason::Other)?;
    let level = subject.level(input.level, text.as_ref())?;
    let tx = begin(ctx).await?;
    let in_force = decision::in_force(&tx, &subject.records).await?.map(|one| one.id);
    decision::end(&tx, &subject.records, held_on, "exited").await?;
    end_courses(ctx, &tx, (&subject.records, subject.account), ExitReason::PathEnded).await?;
    end_contracts(ctx, &tx, (&subject.records, subject.account), held_on, ContractEnd::PathEnded).await?;
    end_outcomes(ctx, &tx, (&subject.records, subject.account), held_on).await?;
    referent::end_all(&tx, &subject.records, plus_days(ctx.today(), -1)).await?;
    let new = NewAct {
        kind: Kind::Ended,
        held_on,
        reason: reason.code(),
        how: "",
        next_on: None,
        decision: in_force,
        about: None,
        level,
        text,
    };
    close(ctx, tx, &subject, new).await
}
