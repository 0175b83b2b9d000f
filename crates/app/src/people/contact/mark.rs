//! Say that a phone or an e-mail reaches nobody, or that it does again.

use domain::people::contact::Kind;
use serde_json::json;
use store::people::contact::{self as rows, ContactRow, ended};
use store::people::one;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::open::{person, told};
use super::{ContactError, masked};
use crate::Context;

/// What is said of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It reaches nobody.
    Unusable,
    /// It does, after all.
    Usable,
}

impl Mark {
    fn before_and_after(self) -> (&'static str, &'static str) {
        match self {
            Self::Unusable => ("usable", "unusable"),
            Self::Usable => ("unusable", "usable"),
        }
    }
}

/// Marks a contact, whatever its source and however many records hold it; the journal keeps it.
///
/// # Errors
/// [`ContactError::Gone`] for a contact that is not this person's, or was marked meanwhile.
pub async fn mark(ctx: &Context, id: Uuid, contact: Uuid, mark: Mark) -> Result<(), ContactError> {
    let (row, records) = person(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    let all = rows::of(ctx.db().keys(), &tx, &records).await?;
    let expected = |c: &ContactRow| match mark {
        Mark::Unusable => c.ended.is_none(),
        Mark::Usable => c.ended.as_deref() == Some(ended::UNUSABLE),
    };
    let one = all.iter().find(|c| c.id == contact && expected(c)).ok_or(ContactError::Gone)?;
    let kind = Kind::parse(&one.kind).filter(|k| matches!(k, Kind::Phone | Kind::Email));
    let kind = kind.ok_or(ContactError::Gone)?;
    let why = (mark == Mark::Unusable).then_some((ended::UNUSABLE, ctx.now(), ctx.actor.id));
    for alike in all.iter().filter(|c| c.kind == one.kind && c.value == one.value && expected(c)) {
        rows::end(&tx, alike.id, why).await?;
    }
    let (before, after) = mark.before_and_after();
    let detail = json!({
        "kind": kind.code(), "value": masked(kind, &one.value), "before": before, "after": after,
    });
    told(ctx, &tx, row.id, Some(one.id), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Marks a number or an address that a server says reaches nobody, in the transaction of what was learnt; the journal keeps it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn found_dead(
    ctx: &Context,
    tx: &Tx,
    id: Uuid,
    kind: Kind,
    value: &str,
) -> Result<(), StoreError> {
    let records = one::with_merged(tx, id).await?;
    let all = rows::of(ctx.db().keys(), tx, &records).await?;
    let same = |c: &&ContactRow| c.kind == kind.code() && c.value == value && c.ended.is_none();
    let Some(first) = all.iter().find(same) else { return Ok(()) };
    for alike in all.iter().filter(same) {
        rows::end(tx, alike.id, Some((ended::UNUSABLE, ctx.now(), ctx.actor.id))).await?;
    }
    let (before, after) = Mark::Unusable.before_and_after();
    let detail =
        json!({ "kind": kind.code(), "value": masked(kind, value), "before": before, "after": after });
    told(ctx, tx, id, Some(first.id), detail).await
}
