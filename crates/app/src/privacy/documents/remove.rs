//! Remove a document: it can no longer be read, and is destroyed later.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::document::SHORTEST_REASON;
use store::StoreError;
use store::privacy::document;
use uuid::Uuid;

use super::{DocumentError, REASON, records, sealed};
use crate::Context;

/// Removes a document of this person, for a reason.
///
/// # Errors
/// [`DocumentError::Reason`] without one; [`DocumentError::Unknown`] for one that is removed already or is not theirs.
pub async fn remove(ctx: &Context, person: Uuid, id: Uuid, reason: &str) -> Result<(), DocumentError> {
    let records = records(ctx, person, Action::EditDocuments).await?;
    let found = document::one(ctx.db().read(), &records, id).await?.ok_or(DocumentError::Unknown)?;
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        return Err(DocumentError::Reason);
    }
    let tx = ctx.db().begin().await?;
    let done = document::remove(&tx, id, ctx.now(), ctx.actor.id, sealed(ctx, REASON, reason)?).await?;
    if !done {
        return Err(DocumentError::Unknown);
    }
    let told = serde_json::json!({ "kind": found.row.kind });
    let object = Some(id.to_string());
    crate::audit::record(ctx, &tx, Act::RemoveDocument, Some(found.row.person_id), object, told).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}
