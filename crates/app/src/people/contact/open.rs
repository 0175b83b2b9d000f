//! Open the contacts of a person, to change them.

use domain::access::permission::Action;
use domain::audit::{Act, Part};
use store::people::{PersonRow, one};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{ContactError, Reach, reach};
use crate::Context;
use crate::access::scope;
use crate::people::PeopleError;

/// What the page of contacts shows.
#[derive(Debug, Clone)]
pub struct ContactPage {
    /// The person.
    pub row: PersonRow,
    /// How to reach them.
    pub reach: Reach,
}

/// The contacts of a person; the journal keeps that they were read.
///
/// # Errors
/// [`PeopleError::Unknown`] for one whom the actor may not change.
pub async fn open(ctx: &Context, id: Uuid) -> Result<ContactPage, ContactError> {
    let (row, records) = person(ctx, id).await?;
    let reach = reach(ctx, &records, &ctx.shared().await?.files).await?;
    let tx = ctx.db().begin().await?;
    let detail = serde_json::json!({ "part": Part::Contacts.code() });
    crate::audit::record(ctx, &tx, Act::ReadPerson, Some(row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(ContactPage { row, reach })
}

/// A person whose contacts the actor may change, and every record of theirs.
pub(super) async fn person(ctx: &Context, id: Uuid) -> Result<(PersonRow, Vec<Uuid>), ContactError> {
    let scope = scope(ctx, Action::EditContacts).map_err(PeopleError::from)?;
    let row = one::get(ctx.db(), &scope, ctx.today(), id).await?.ok_or(PeopleError::Unknown)?;
    let records = one::with_merged(ctx.db().read(), row.id).await?;
    Ok((row, records))
}

/// Writes a change of contacts in the journal, within its transaction.
pub(super) async fn told(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    contact: Option<Uuid>,
    detail: serde_json::Value,
) -> Result<(), StoreError> {
    let object = contact.map(|id| id.to_string());
    crate::audit::record(ctx, tx, Act::EditContact, Some(person), object, detail).await?;
    Ok(())
}
