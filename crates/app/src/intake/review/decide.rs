//! Answer a question.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::intake::matching::Doubt;
use serde_json::json;
use store::StoreError;
use store::intake::review::{self, ReviewRow, status};
use store::intake::{files, record};
use uuid::Uuid;

use super::{LONGEST_REASON, ReviewError, already, merge};
use crate::Context;
use crate::access::scope;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// One person.
    Same,
    /// Two people.
    Distinct,
}

/// Answers a question; the journal keeps it. `reason` is what the actor wrote, perhaps nothing.
///
/// # Errors
/// [`ReviewError::Decided`] when somebody answered before, [`ReviewError::OneHousehold`] for two adults of a household.
pub async fn decide(ctx: &Context, id: Uuid, decision: Decision, reason: &str) -> Result<(), ReviewError> {
    let scope = scope(ctx, Action::DecideMatch)?;
    let reason = reason.trim();
    if reason.chars().count() > LONGEST_REASON {
        return Err(ReviewError::ReasonTooLong);
    }
    review::get(ctx.db(), &scope, ctx.today(), id).await?.ok_or(ReviewError::Unknown)?;
    let tx = ctx.db().begin().await?;
    // Imports and decisions read people, then write them: one at a time.
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    let row = review::get_in(&tx, id).await?.ok_or(ReviewError::Unknown)?;
    if row.status != status::OPEN {
        drop(tx);
        return Err(already(ctx, &row).await?);
    }
    let (a, b) = (merge::root(&tx, row.person_a).await?, merge::root(&tx, row.person_b).await?);
    let (before, one_record) = ([a.id, b.id], a.id == b.id);
    let mut row = ReviewRow {
        decided_by: ctx.actor.id,
        decided_at: Some(ctx.now()),
        decision_reason: Some(reason.to_owned()).filter(|r| !r.is_empty()),
        ..row
    };
    let act = match decision {
        Decision::Same => {
            if !one_record {
                merge::merge(ctx, &tx, (a, b), &mut row).await?;
            }
            status::MERGED.clone_into(&mut row.status);
            Act::Merge
        }
        Decision::Distinct if row.doubt == Doubt::TwoHouseholds.code() => {
            return Err(ReviewError::TwoHouseholds);
        }
        Decision::Distinct if one_record => return Err(ReviewError::AlreadyOne),
        Decision::Distinct => {
            status::DISTINCT.clone_into(&mut row.status);
            Act::KeepApart
        }
    };
    let people = [row.person_a, row.person_b];
    review::answer(&tx, row).await?;
    merge::mark(&tx, &[before, people].concat()).await?;
    record::rebuild_counters(&tx).await?;
    let root = merge::root(&tx, before[0]).await?.id;
    let after = merge::root(&tx, before[1]).await?.id;
    let detail = json!({ "before": before, "after": [root, after] });
    crate::audit::record(ctx, &tx, act, Some(root), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
