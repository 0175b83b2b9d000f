//! A person refuses or contests what was decided: their words are kept, nothing follows by itself, the team lead answers.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::act::{Channel, ContestKind, Kind, Refusal, day, text};
use domain::followup::may::Bar;
use domain::time::plus_days;
use store::orientation::decision;
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, close, subject};
use crate::Context;
use crate::orientation::parameter_values;

/// `contest.answer_days` where the département and the list of parameters say nothing.
const USUAL_DAYS: i64 = 30;

/// What is typed of a contest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContestInput {
    /// They refuse, or they contest.
    pub kind: Option<ContestKind>,
    /// How they said it.
    pub channel: Option<Channel>,
    /// The day.
    pub day: Option<NaiveDate>,
    /// Their words.
    pub words: String,
    /// Who may read them.
    pub level: Option<Level>,
}

/// Records that a person refuses or contests the decision in force.
///
/// # Errors
/// [`FollowError`].
pub async fn contest(ctx: &Context, person: Uuid, input: &ContestInput) -> Result<(), FollowError> {
    let subject = subject(ctx, Action::FollowPath, person).await?;
    subject.stands().may_look()?;
    let kind = input.kind.ok_or(Refusal::Reason)?;
    let channel = input.channel.ok_or(Refusal::Reason)?;
    let held_on = day(input.day, subject.row.oriented_on, ctx.today())?;
    let text = text(&input.words, true)?;
    let level = subject.level(input.level, text.as_ref())?;
    let days = parameter_values(ctx, ctx.today()).await?("contest.answer_days").unwrap_or(USUAL_DAYS);
    let tx = begin(ctx).await?;
    let in_force = decision::in_force(&tx, &subject.records).await?.ok_or(Bar::NotOriented)?;
    let new = NewAct {
        kind: Kind::Contested,
        held_on,
        reason: kind.code(),
        how: channel.code(),
        next_on: Some(plus_days(held_on, days)),
        decision: Some(in_force.id),
        about: None,
        level,
        text,
    };
    close(ctx, tx, &subject, new).await
}
