//! Give two more months to a complex request: once, in the first month, and the person is told why (RGPD, art. 12.3).

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::rights::{NoMoreTime, extended_to};
use store::StoreError;
use store::privacy::rights::{self, ExtensionRow};
use store::sealed::REQUEST_DELAY;
use uuid::Uuid;

use super::{RightsError, sealed};
use crate::Context;
use crate::access::permit;

/// Gives a request more time; `reason` is what was written to the person. Returns the new last day.
///
/// # Errors
/// [`RightsError::NoMoreTime`], [`RightsError::Answered`], [`RightsError::Unknown`].
pub async fn extend(ctx: &Context, id: Uuid, reason: &str) -> Result<NaiveDate, RightsError> {
    permit(ctx, Action::ManageRights)?;
    let tx = ctx.db().begin().await?;
    let row = rights::get(&tx, id).await?.ok_or(RightsError::Unknown)?;
    if row.answered_on.is_some() {
        return Err(RightsError::Answered);
    }
    let answer_by = extended_to(row.received_on, row.extended_on, ctx.today(), reason)?;
    let extension = ExtensionRow {
        answer_by,
        on: ctx.today(),
        by: ctx.actor.id,
        reason_sealed: sealed(ctx, REQUEST_DELAY, reason)?,
    };
    if !rights::extend(&tx, id, extension).await? {
        return Err(NoMoreTime::Twice.into());
    }
    let detail = serde_json::json!({ "right": row.kind, "until": answer_by });
    crate::audit::record(ctx, &tx, Act::ExtendRequest, Some(row.person_id), Some(id.to_string()), detail)
        .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(answer_by)
}
