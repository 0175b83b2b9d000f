//! A joint review: the situation is looked at together, and the next look is set (CASF L262-31).

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::act::{Kind, Presence, Refusal, ReviewResult, conclude_by, day, next_day, text};
use domain::followup::may::Bar;
use domain::orientation::rules::Path;
use domain::time::plus_months;
use store::orientation::decision::{self, DecisionRow};
use uuid::Uuid;

use super::record::{FollowError, NewAct, begin, close, subject};
use crate::Context;
use crate::orientation::parameter_values;

/// The usual parameter of the social path.
const USUAL: &str = "orientation.social_review_months";
/// The longest time between two reviews where no law sets one, in months.
const LONGEST: u32 = 12;

/// What is typed of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewInput {
    /// The day it was held.
    pub day: Option<NaiveDate>,
    /// Whether the person was there.
    pub presence: Option<Presence>,
    /// What it comes to.
    pub result: Option<ReviewResult>,
    /// The next review, when the path goes on.
    pub next_on: Option<NaiveDate>,
    /// What was said.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// When the next review is to be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// In how many months at most.
    pub months: u32,
    /// The law sets it: a social path.
    pub required: bool,
    /// The date of a review held today.
    pub proposed: NaiveDate,
}

/// The delay to the next review of the decision in force.
///
/// # Errors
/// [`Bar::NotOriented`].
pub async fn review_terms(ctx: &Context, person: Uuid) -> Result<Terms, FollowError> {
    let subject = subject(ctx, Action::FollowPath, person).await?;
    let in_force = decision::in_force(ctx.db().read(), &subject.records).await?;
    let parameter = parameter_values(ctx, ctx.today()).await?;
    Ok(terms(&in_force.ok_or(Bar::NotOriented)?, parameter, ctx.today()))
}

fn terms(decision: &DecisionRow, parameter: impl Fn(&str) -> Option<i64>, today: NaiveDate) -> Terms {
    let required = Path::parse(&decision.path) == Some(Path::Social);
    let proposed: serde_json::Value = serde_json::from_str(&decision.proposed).unwrap_or_default();
    let key = proposed.pointer("/verdict/review_key").and_then(|key| key.as_str()).unwrap_or(USUAL);
    let months = parameter(key).filter(|_| required).and_then(|months| u32::try_from(months).ok());
    let months = months.unwrap_or(LONGEST);
    Terms { months, required, proposed: plus_months(today, months) }
}

/// Records a review. What it concludes is done by whoever decides: nothing follows by itself.
///
/// # Errors
/// [`FollowError`].
pub async fn review_path(
    ctx: &Context,
    person: Uuid,
    input: &ReviewInput,
) -> Result<ReviewResult, FollowError> {
    let subject = subject(ctx, Action::FollowPath, person).await?;
    subject.stands().may_look()?;
    let held_on = day(input.day, subject.row.oriented_on, ctx.today())?;
    let presence = input.presence.ok_or(Refusal::Reason)?;
    let result = input.result.ok_or(Refusal::Reason)?;
    let text = text(&input.text, true)?;
    let level = subject.level(input.level, text.as_ref())?;
    // Asked before the transaction begins: a second connection inside it could wait for itself.
    let parameter = parameter_values(ctx, ctx.today()).await?;
    let tx = begin(ctx).await?;
    let in_force = decision::in_force(&tx, &subject.records).await?.ok_or(Bar::NotOriented)?;
    let terms = terms(&in_force, parameter, ctx.today());
    let next_on = match conclude_by(result, ctx.today()) {
        Some(by) => Some(by),
        None if input.next_on.is_none() && !terms.required => None,
        None => Some(next_day(input.next_on, held_on, terms.months)?),
    };
    let new = NewAct {
        kind: Kind::Reviewed,
        held_on,
        reason: result.code(),
        how: presence.code(),
        next_on,
        decision: Some(in_force.id),
        about: None,
        level,
        text,
    };
    close(ctx, tx, &subject, new).await?;
    Ok(result)
}
