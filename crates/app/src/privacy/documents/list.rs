//! List the documents of a person.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::privacy::document::{Format, Kind};
use store::privacy::document::{self, Document};
use uuid::Uuid;

use super::{DocumentError, LABEL, NAME, REASON, opened, records};
use crate::Context;

/// A document, in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its identifier.
    pub id: Uuid,
    /// The name of its file.
    pub name: String,
    /// Its title; empty when the name of the file is enough.
    pub label: String,
    /// What it is about.
    pub kind: Kind,
    /// What its bytes are.
    pub format: Format,
    /// How many there are.
    pub size: u64,
    /// Who added it; empty for the program.
    pub added_by: String,
    /// When.
    pub added_at: DateTime<Utc>,
    /// When it was removed, by whom and why; it can no longer be read.
    pub removed: Option<(DateTime<Utc>, String, String)>,
}

/// The documents of this person, the most recent first, then those that were removed.
///
/// # Errors
/// [`DocumentError::People`] for one whose documents the actor may not see.
pub async fn documents(ctx: &Context, person: Uuid) -> Result<Vec<DocumentLine>, DocumentError> {
    let records = records(ctx, person, Action::ReadDocuments).await?;
    let found = document::of_people(ctx.db().read(), &records).await?;
    let mut lines = found.into_iter().map(|one| line(ctx, one)).collect::<Result<Vec<_>, _>>()?;
    lines.sort_by_key(|line| (line.removed.is_some(), std::cmp::Reverse((line.added_at, line.id))));
    Ok(lines)
}

/// A document as it is read.
pub(super) fn line(ctx: &Context, one: Document) -> Result<DocumentLine, DocumentError> {
    let removed = match (one.row.removed_at, one.row.removed_reason_sealed.as_deref()) {
        (Some(at), Some(reason)) => Some((at, one.removed_by, opened(ctx, REASON, reason)?)),
        (Some(at), None) => Some((at, one.removed_by, String::new())),
        (None, _) => None,
    };
    Ok(DocumentLine {
        id: one.row.id,
        name: opened(ctx, NAME, &one.row.name_sealed)?,
        label: opened(ctx, LABEL, &one.row.label_sealed)?,
        kind: Kind::parse(&one.row.kind).unwrap_or(Kind::Other),
        format: Format::parse(&one.object.format).unwrap_or(Format::Txt),
        size: u64::try_from(one.object.size).unwrap_or_default(),
        added_by: one.added_by,
        added_at: one.row.added_at,
        removed,
    })
}
