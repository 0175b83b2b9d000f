//! Answer a request, and let frozen data be used again.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::rights::{Reply, Right, reason_is_enough};
use store::intake::record;
use store::people::one;
use store::privacy::rights::{self, AnswerRow};
use store::sealed::REQUEST_REPLY;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{RightsError, person, sealed};
use crate::Context;
use crate::access::permit;

/// Answers a request. A restriction granted freezes the data: kept, in no list, used by nobody.
///
/// # Errors
/// [`RightsError::Answered`] the second time; [`RightsError::Reason`] for a refusal, in whole or in part, that does not say
/// why; [`RightsError::NoCopy`] when access is granted before any copy was made.
pub async fn answer(ctx: &Context, id: Uuid, reply: Reply, note: &str) -> Result<(), RightsError> {
    permit(ctx, Action::ManageRights)?;
    if reply != Reply::Granted && !reason_is_enough(note) {
        return Err(RightsError::Reason);
    }
    let tx = ctx.db().begin().await?;
    let row = rights::get(&tx, id).await?.ok_or(RightsError::Unknown)?;
    let right = Right::parse(&row.kind);
    if right == Some(Right::Access) && reply == Reply::Granted && row.taken_at.is_none() {
        return Err(RightsError::NoCopy);
    }
    let answer = AnswerRow {
        reply: reply.code().to_owned(),
        on: ctx.today(),
        by: ctx.actor.id,
        note_sealed: sealed(ctx, REQUEST_REPLY, note)?,
    };
    if !rights::answer(&tx, id, answer).await? {
        return Err(RightsError::Answered);
    }
    if right == Some(Right::Restriction) && reply != Reply::Refused {
        let person = rights::anybody(&tx, row.person_id).await?.ok_or(RightsError::Unknown)?;
        freeze(&tx, person.id, Some(ctx.today())).await?;
    }
    let detail = serde_json::json!({ "right": row.kind, "reply": reply.code() });
    crate::audit::record(ctx, &tx, Act::AnswerRequest, Some(row.person_id), Some(id.to_string()), detail)
        .await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// Lets the data of a person be used again.
///
/// # Errors
/// [`RightsError::Unknown`]; [`RightsError::Answered`] for data that are not frozen.
pub async fn lift(ctx: &Context, id: Uuid) -> Result<(), RightsError> {
    let person = person(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    let shelf = rights::shelf(&tx, person.id).await?;
    if shelf.is_none_or(|shelf| shelf.restricted_on.is_none()) {
        return Err(RightsError::Answered);
    }
    freeze(&tx, person.id, None).await?;
    crate::audit::record(ctx, &tx, Act::LiftRestriction, Some(person.id), None, serde_json::json!({}))
        .await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

async fn freeze(tx: &Tx, person: Uuid, since: Option<NaiveDate>) -> Result<(), StoreError> {
    let records = one::with_merged(tx, person).await?;
    rights::restrict(tx, &records, since).await?;
    record::rebuild_counters(tx).await
}
