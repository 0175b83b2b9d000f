//! Add a phone or an e-mail, or put another one in its place.

use domain::people::contact::{Email, Kind, Phone};
use serde_json::json;
use store::StoreError;
use store::people::contact::{self as rows, ContactRow, ended};
use uuid::Uuid;

use super::open::{person, told};
use super::{ContactError, masked, typed};
use crate::Context;

/// What a professional types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    /// Phone or e-mail.
    pub kind: Kind,
    /// As typed.
    pub value: String,
    /// The household shares it.
    pub shared: bool,
    /// The contact in whose place it comes.
    pub replaces: Option<Uuid>,
}

/// Adds a contact, in the place of another one or beside the others; the journal keeps both, masked.
///
/// # Errors
/// [`ContactError::Phone`] and [`ContactError::Email`] for what cannot be read, [`ContactError::Gone`] when the contact
/// to replace no longer holds.
pub async fn write(ctx: &Context, id: Uuid, new: NewContact) -> Result<(), ContactError> {
    let (row, records) = person(ctx, id).await?;
    let value = read(new.kind, &new.value)?;
    let tx = ctx.db().begin().await?;
    let all = rows::of(ctx.db().keys(), &tx, &records).await?;
    let of_kind = |c: &&ContactRow| c.kind == new.kind.code();
    let before = match new.replaces {
        None => None,
        Some(old) => {
            let held = all.iter().filter(of_kind).find(|c| c.id == old && c.ended.is_none());
            Some(held.cloned().ok_or(ContactError::Gone)?)
        }
    };
    let same = |c: &&ContactRow| c.value == value && c.account_id.is_some() && c.ended.is_none();
    if before.as_ref().is_none_or(|b| b.value == value) && all.iter().filter(of_kind).any(|c| same(&c)) {
        return Ok(());
    }
    if let Some(before) = &before {
        let alike = all.iter().filter(of_kind).filter(|c| c.value == before.value && c.ended.is_none());
        for old in alike.filter(|_| before.value != value) {
            rows::end(&tx, old.id, Some((ended::REPLACED, ctx.now(), ctx.actor.id))).await?;
        }
    }
    let added = typed(ctx, row.id, new.kind, value, new.shared);
    let detail = json!({
        "kind": new.kind.code(),
        "before": before.map(|b| masked(new.kind, &b.value)),
        "after": masked(new.kind, &added.value),
        "shared": new.shared,
    });
    let key = added.id;
    rows::add(ctx.db().keys(), &tx, vec![added]).await?;
    told(ctx, &tx, row.id, Some(key), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The value in the form in which it is kept.
fn read(kind: Kind, text: &str) -> Result<String, ContactError> {
    match kind {
        Kind::Phone => Phone::parse(text).map(|p| p.e164().to_owned()).ok_or(ContactError::Phone),
        Kind::Email => Email::parse(text).map(|e| e.as_str().to_owned()).ok_or(ContactError::Email),
        Kind::Address | Kind::Language | Kind::Consent(_) => Err(ContactError::Answer),
    }
}
