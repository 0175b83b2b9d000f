//! Write in which language somebody speaks, and by which channels one may reach them.

use domain::people::contact::{Consent, Kind, LANGUAGES};
use serde_json::json;
use store::StoreError;
use store::people::contact::{self as rows, ended};
use uuid::Uuid;

use super::open::{person, told};
use super::{ContactError, typed};
use crate::Context;

/// An answer that changes; what the form leaves as it was is not one, so that two people may write at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Language or consent.
    pub kind: Kind,
    /// A language, `yes` or `no`; `None` takes the answer back.
    pub value: Option<String>,
}

/// Writes the answers that change; the journal keeps each, before and after.
///
/// # Errors
/// [`ContactError::Answer`] for an answer that is not offered.
pub async fn prefer(ctx: &Context, id: Uuid, changes: Vec<Preference>) -> Result<(), ContactError> {
    let (row, records) = person(ctx, id).await?;
    if !changes.iter().all(is_offered) {
        return Err(ContactError::Answer);
    }
    let tx = ctx.db().begin().await?;
    let all = rows::of(ctx.db().keys(), &tx, &records).await?;
    for Preference { kind, value } in changes {
        let held: Vec<_> = all.iter().filter(|c| c.kind == kind.code() && c.ended.is_none()).collect();
        let before = held.first().map(|c| c.value.clone());
        if before == value {
            continue;
        }
        for old in held {
            rows::end(&tx, old.id, Some((ended::REPLACED, ctx.now(), ctx.actor.id))).await?;
        }
        let detail = json!({ "kind": kind.code(), "before": before, "after": value });
        let added = value.map(|value| typed(ctx, row.id, kind, value, false));
        let key = added.as_ref().map(|row| row.id);
        rows::add(ctx.db().keys(), &tx, added.into_iter().collect()).await?;
        told(ctx, &tx, row.id, key, detail).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

fn is_offered(change: &Preference) -> bool {
    let Some(value) = &change.value else { return true };
    match change.kind {
        Kind::Language => LANGUAGES.contains(&value.as_str()),
        Kind::Consent(_) => Consent::parse(value).is_some(),
        Kind::Phone | Kind::Email | Kind::Address => false,
    }
}
