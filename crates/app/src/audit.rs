//! The journal: writing an act down, reading it again, proving that it is whole.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::privacy::retention::is_contact;
use serde_json::Value;
use store::audit::JournalRow;
pub use store::audit::{ChainReport, JournalFilter, JournalLine};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::Context;
use crate::access::{Refused, permit};

/// Why the journal is not shown.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes an act of the actor of `ctx` at the end of the journal, in the transaction of what was done.
///
/// `detail` holds no personal data: counts, codes, before and after of a setting.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    ctx: &Context,
    tx: &Tx,
    act: Act,
    person_id: Option<Uuid>,
    object: Option<String>,
    detail: Value,
) -> Result<i64, StoreError> {
    if let Some(person) = person_id.filter(|_| ctx.actor.id.is_some() && is_contact(act)) {
        store::privacy::ends::touch(tx, person, ctx.today()).await?;
    }
    let row = JournalRow {
        at: ctx.now(),
        actor_kind: ctx.actor.kind.code().to_owned(),
        actor_id: ctx.actor.id,
        actor_name: ctx.actor.name.clone(),
        role: ctx.actor.roles_in_words(),
        act: act.code().to_owned(),
        person_id,
        object,
        reason: ctx.actor.reason.clone(),
        detail,
    };
    store::audit::append(tx, row).await
}

/// A page of the journal, the most recent first. Everybody may read their own acts; the rest needs a permission.
///
/// # Errors
/// [`JournalError::Refused`] for the acts of others without the permission.
pub async fn page(ctx: &Context, filter: &JournalFilter) -> Result<Vec<JournalLine>, JournalError> {
    let own = ctx.actor.id.is_some() && filter.actor == ctx.actor.id;
    if !own {
        permit(ctx, Action::ReadJournal)?;
    }
    Ok(store::audit::list(ctx.db(), filter).await?)
}

/// Who opened or changed the file of this person, the most recent first.
///
/// # Errors
/// [`JournalError::Refused`] without the permission to read the journal.
pub async fn of_person(ctx: &Context, person_id: Uuid, limit: u64) -> Result<Vec<JournalLine>, JournalError> {
    permit(ctx, Action::ReadJournal)?;
    Ok(store::audit::of_person(ctx.db(), person_id, limit).await?)
}

/// Reads the whole journal and says whether it holds.
///
/// # Errors
/// [`JournalError::Refused`] without the permission to read the journal.
pub async fn verify(ctx: &Context) -> Result<ChainReport, JournalError> {
    permit(ctx, Action::ReadJournal)?;
    Ok(store::audit::verify_chain(ctx.db()).await?)
}

/// Everybody who may have written a line under an account, by name: the filter of the journal.
///
/// # Errors
/// [`JournalError::Refused`] without the permission to read the journal.
pub async fn writers(ctx: &Context) -> Result<Vec<(Uuid, String)>, JournalError> {
    permit(ctx, Action::ReadJournal)?;
    let accounts = store::access::account::all(ctx.db()).await?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}
