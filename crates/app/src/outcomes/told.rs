//! The outcomes of a person as those who open the file read them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::relation::Relation;
use domain::access::visibility::{Case, Level, sees};
use domain::outcomes::outcome::{Act, Going, Outcome, Stage, Work};
use domain::outcomes::plan::Check;
use domain::outcomes::retention::{Kept, kept};
use store::StoreError;
use store::access::account;
use store::outcomes::{self, OutcomeActRow, OutcomeRow};
use store::sealed::{OUTCOME, OUTCOME_ACT};
use uuid::Uuid;

use super::record::folded;
use crate::Context;
use crate::access::hidden_accounts;

/// An outcome of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeTold {
    /// Its identifier.
    pub id: Uuid,
    /// Where it stands.
    pub now: Outcome,
    /// The contract of work.
    pub work: Option<Work>,
    /// Hours a week.
    pub hours: Option<u32>,
    /// The employer, the organisation, the activity.
    pub name: String,
    /// The outcome that it follows.
    pub follows: Option<Uuid>,
    /// Whether they were at work after so many months; nothing of one that did not begin.
    pub kept: Vec<(u32, Kept)>,
    /// Who wrote it, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What was recorded, the last first.
    pub acts: Vec<OutcomeAct>,
}

/// What was recorded of an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeAct {
    /// What it is.
    pub kind: Act,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// The moment of the plan.
    pub check: Option<Check>,
    /// How it goes.
    pub going: Option<Going>,
    /// The date that it sets.
    pub until: Option<NaiveDate>,
    /// Code of the reason; may be empty.
    pub reason: String,
    /// Who recorded it, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What was written.
    pub text: Option<String>,
}

/// The outcomes of these records, the last written first, for the team of the person. `social`: the reader may know of
/// sensitive structures.
pub(crate) async fn told(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    social: bool,
) -> Result<Vec<OutcomeTold>, StoreError> {
    if !relations.iter().any(|relation| sees(*relation, Level::Team, Case::default())) {
        return Ok(Vec::new());
    }
    let rows = outcomes::of(ctx.db().read(), records).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let acts = outcomes::acts(ctx.db().read(), records).await?;
    let mut accounts: Vec<Uuid> = acts.iter().map(|act| act.account_id).collect();
    accounts.extend(rows.iter().map(|row| row.account_id));
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
    let who = |id: Uuid| account::name_of(&names, id).filter(|_| !hidden.contains(&id));
    let known: Vec<(OutcomeRow, Outcome)> =
        rows.into_iter().filter_map(|row| folded(&row, &acts).map(|now| (row, now))).collect();
    let lived: Vec<Outcome> = known.iter().map(|(_, now)| now.clone()).collect();
    let one = |(row, now): (OutcomeRow, Outcome)| {
        let began = now.kind.is_followed() && matches!(now.stage, Stage::Open | Stage::Ended);
        let open = |sealed: &Vec<u8>| ctx.db().keys().decrypt_text(OUTCOME.place, sealed);
        let mine = acts.iter().rev().filter(|act| act.outcome_id == row.id);
        Ok(OutcomeTold {
            id: row.id,
            work: Work::parse(&row.work),
            hours: row.weekly_hours.and_then(|hours| u32::try_from(hours).ok()),
            name: row.text_sealed.as_ref().map(open).transpose()?.unwrap_or_default(),
            follows: row.follows_id,
            kept: if began { kept(&now, &lived, ctx.today()).to_vec() } else { Vec::new() },
            now,
            by: who(row.account_id),
            at: row.recorded_at,
            acts: mine
                .map(|act| act_told(ctx, act, &who))
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect(),
        })
    };
    known.into_iter().rev().map(one).collect()
}

fn act_told(
    ctx: &Context,
    act: &OutcomeActRow,
    who: &impl Fn(Uuid) -> Option<String>,
) -> Result<Option<OutcomeAct>, StoreError> {
    let Some(kind) = Act::parse(&act.kind) else { return Ok(None) };
    let open = |sealed: &Vec<u8>| ctx.db().keys().decrypt_text(OUTCOME_ACT.place, sealed);
    Ok(Some(OutcomeAct {
        kind,
        held_on: act.held_on,
        check: Check::parse(&act.moment),
        going: Going::parse(&act.going),
        until: act.until_on,
        reason: act.reason.clone(),
        by: who(act.account_id),
        at: act.recorded_at,
        text: act.text_sealed.as_ref().map(open).transpose()?,
    }))
}
