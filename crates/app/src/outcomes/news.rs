//! Take news: a contact like another, and what it says of the outcome.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::contact::{Means, Outcome as Result_, Subject as About};
use domain::outcomes::outcome::{Act, Going, Refusal, agreed, day};
use domain::outcomes::plan::Check;
use uuid::Uuid;

use super::record::{NewAct, OutcomeError, all, close, detail, write};
use crate::Context;
use crate::followup::{ContactInput, begin, subject, write_contact};

/// What is typed of news.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewsInput {
    /// The day; today when it is empty.
    pub day: Option<NaiveDate>,
    /// How they spoke.
    pub means: Option<Means>,
    /// How it goes.
    pub going: Option<Going>,
    /// The moment of the plan whose news these are; `None` for an exchange in between.
    pub check: Option<Check>,
    /// The next contact that was agreed.
    pub agreed: Option<NaiveDate>,
    /// What was said.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Records news of an outcome. Returns whether they were the last of the plan.
///
/// # Errors
/// [`OutcomeError`].
pub async fn take_news(
    ctx: &Context,
    person: Uuid,
    id: Uuid,
    input: &NewsInput,
) -> Result<bool, OutcomeError> {
    let who = subject(ctx, Action::FollowPath, person).await?;
    let going = input.going.ok_or(Refusal::Choice)?;
    let until = agreed(input.agreed, going, ctx.today())?;
    let tx = begin(ctx).await?;
    let known = all(&tx, &who.records).await?.into_iter().find(|(row, _)| row.id == id);
    let (row, outcome) = known.ok_or(OutcomeError::Unknown)?;
    if !outcome.stage.allows(Act::News) {
        return Err(Refusal::Stage.into());
    }
    let held_on = day(input.day, outcome.starts_on, ctx.today())?;
    // A moment that was answered meanwhile, by somebody else, is not counted twice.
    let left = outcome.left();
    let check = input.check.filter(|check| left.contains(check));
    let contact = ContactInput {
        day: Some(held_on),
        means: input.means,
        outcome: Some(Result_::Held),
        subject: Some(About::AtWork),
        text: input.text.clone(),
        level: input.level,
    };
    let at = write_contact(ctx, &tx, &who, &contact).await?;
    let new = NewAct { check, going: Some(going), until, ..NewAct::of(Act::News, held_on) };
    write(ctx, &tx, &row, (who.account, at), new).await?;
    let last = check.is_some() && left.last() == check.as_ref();
    close(ctx, tx, &who, id, detail(Act::News.code(), going.code())).await?;
    Ok(last)
}
