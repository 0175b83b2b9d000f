//! Read a document.

use domain::access::permission::Action;
use domain::audit::Act;
use store::StoreError;
use store::privacy::document;
use store::privacy::objects::Reading;
use uuid::Uuid;

use super::{DocumentError, DocumentLine, records};
use crate::Context;

/// A document about to be given.
#[derive(Debug)]
pub struct Download {
    /// What it is.
    pub line: DocumentLine,
    /// Its bytes, piece by piece.
    pub reading: Reading,
}

/// Opens a document of this person; the journal keeps it before the first byte leaves.
///
/// # Errors
/// [`DocumentError::Unknown`] for one that was removed, is another person's or does not exist;
/// [`DocumentError::Object`] when its bytes are not there or were changed.
pub async fn read(ctx: &Context, person: Uuid, id: Uuid) -> Result<Download, DocumentError> {
    let records = records(ctx, person, Action::ReadDocuments).await?;
    let found = document::one(ctx.db().read(), &records, id).await?.ok_or(DocumentError::Unknown)?;
    if found.row.removed_at.is_some() {
        return Err(DocumentError::Unknown);
    }
    let key = document::key_of(ctx.db(), &found.object)?;
    let size = u64::try_from(found.object.size).unwrap_or_default();
    let reading = ctx.department.objects.open(&found.object.name, &key, size).await?;
    let (owner, line) = (found.row.person_id, super::list::line(ctx, found)?);
    let told = serde_json::json!({ "kind": line.kind.code(), "format": line.format.code() });
    let tx = ctx.db().begin().await?;
    crate::audit::record(ctx, &tx, Act::ReadDocument, Some(owner), Some(id.to_string()), told).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(Download { line, reading })
}
