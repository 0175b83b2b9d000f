//! What becomes of an outcome: it began, it did not, it goes on, it ended, it is followed no more, it was a mistake.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::followup::act::text;
use domain::outcomes::outcome::{
    AHEAD_MONTHS, Act, CloseReason, EndReason, Outcome, Refusal, Stage, after_an_end, day,
};
use domain::time::plus_months;
use store::outcomes::{self, OutcomeRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::record::{NewAct, OutcomeError, all, close, detail, write};
use crate::Context;
use crate::followup::{begin, subject};

/// What is typed of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeInput {
    /// What changes; news have their own form.
    pub kind: Act,
    /// The day it began or ended; the later end of one that goes on, empty when it has none.
    pub day: Option<NaiveDate>,
    /// Why it ended.
    pub end: Option<EndReason>,
    /// Why news are not taken any more.
    pub close: Option<CloseReason>,
    /// The next contact that was agreed.
    pub agreed: Option<NaiveDate>,
    /// In words.
    pub text: String,
}

/// Records a change.
///
/// # Errors
/// [`OutcomeError`].
pub async fn change(ctx: &Context, person: Uuid, id: Uuid, input: &ChangeInput) -> Result<(), OutcomeError> {
    let who = subject(ctx, Action::FollowPath, person).await?;
    let tx = begin(ctx).await?;
    let known = all(&tx, &who.records).await?;
    let (row, outcome) = known.iter().find(|(row, _)| row.id == id).ok_or(OutcomeError::Unknown)?;
    if input.kind == Act::News || !outcome.stage.allows(input.kind) {
        return Err(Refusal::Stage.into());
    }
    let new = act(ctx, input, outcome, others_lived(&known, row))?;
    let told = detail(new.kind.code(), new.reason);
    write(ctx, &tx, row, (who.account, ctx.now()), new).await?;
    close(ctx, tx, &who, id, told).await
}

/// Whether the person lives, or awaits, another outcome than this one.
fn others_lived(known: &[(OutcomeRow, Outcome)], this: &OutcomeRow) -> bool {
    let others = known.iter().filter(|(row, _)| row.id != this.id);
    others.into_iter().any(|(_, one)| one.is_lived() || one.stage == Stage::Announced)
}

fn act(ctx: &Context, input: &ChangeInput, outcome: &Outcome, others: bool) -> Result<NewAct, Refusal> {
    let today = ctx.today();
    let (reason, needed) = match input.kind {
        Act::Ended => {
            let reason = input.end.ok_or(Refusal::Choice)?;
            (reason.code(), reason == EndReason::Other)
        }
        Act::Closed => {
            // The end of a path closes by itself.
            let known = input.close.filter(|one| *one != CloseReason::PathEnded);
            let reason = known.ok_or(Refusal::Choice)?;
            (reason.code(), reason == CloseReason::Other)
        }
        Act::Withdrawn => ("", true),
        _ => ("", false),
    };
    let text = text(&input.text, needed).map_err(|_| Refusal::Words)?;
    let held_on = match input.kind {
        // It may have begun some days before or after what was announced.
        Act::Started => input.day.filter(|day| *day <= today && plus_months(*day, AHEAD_MONTHS) >= today),
        Act::Ended => Some(day(input.day, outcome.starts_on, today)?),
        _ => Some(today),
    }
    .ok_or(Refusal::Day)?;
    let until = match input.kind {
        Act::Extended if input.day.is_some_and(|end| end <= today) => return Err(Refusal::End),
        Act::Extended => input.day,
        // Whoever has nothing else is called: the event opens the step by itself.
        Act::Ended | Act::NotStarted => {
            if input.agreed.is_some_and(|day| day <= today || day > plus_months(today, AHEAD_MONTHS)) {
                return Err(Refusal::Next);
            }
            let alone = outcome.kind.is_followed() && !others;
            input.agreed.or(alone.then(|| after_an_end(today)))
        }
        _ => None,
    };
    Ok(NewAct { until, reason, text, ..NewAct::of(input.kind, held_on) })
}

/// Takes news no more: the path is over here.
pub(crate) async fn end_outcomes(
    ctx: &Context,
    tx: &Tx,
    (records, account): (&[Uuid], Uuid),
    day: NaiveDate,
) -> Result<(), StoreError> {
    if outcomes::of(tx, records).await?.is_empty() {
        return Ok(());
    }
    for (row, outcome) in all(tx, records).await? {
        if outcome.stage.allows(Act::Closed) && !outcome.closed {
            let new = NewAct { reason: CloseReason::PathEnded.code(), ..NewAct::of(Act::Closed, day) };
            write(ctx, tx, &row, (account, ctx.now()), new).await?;
        }
    }
    Ok(())
}
