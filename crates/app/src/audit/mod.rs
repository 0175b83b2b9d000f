//! The journal: writing an act down, reading it again, sealing it, proving that it is whole.
//!
//! ```text
//! a use case ── record ──▶ one row, in the transaction of what was done
//! the worker ── keep ────▶ blocks sealed each day or each 1 000 rows; the oldest ones expire, their stubs stay
//! a page, a command ── verify ──▶ whole, or the first row or block that is not
//! ```

mod keep;
mod read;
mod verify;

pub use keep::{KeepError, Kept, expire, keep, seal_now};
pub(crate) use read::of_person;
pub use read::{chain_state, export, page, writers};
pub use store::audit::{Block, ChainReport, Fault, JournalFilter, JournalLine, JournalRow};
pub use verify::{verify, verify_against};

use domain::audit::Act;
use domain::privacy::retention::is_contact;
use serde_json::Value;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::Context;
use crate::access::{ActorKind, Refused};

/// Why the journal is not shown.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// More rows than a file may hold.
    #[error("Ce choix compte {0} lignes : un fichier en tient 100 000. Choisissez une période plus courte.")]
    TooMany(u64),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes an act of the actor of `ctx` at the end of the journal, in the transaction of what was done.
///
/// `detail` holds no personal data: counts, codes, `before` and `after` of what changed. A telephone or an e-mail is masked
/// there, a NIR is never told (`docs/adr/0006`).
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
    let somebody = ctx.actor.id.is_some() || ctx.actor.kind == ActorKind::Bearer;
    if let Some(person) = person_id.filter(|_| somebody && is_contact(act)) {
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
    store::audit::append(tx, ctx.db().keys(), row).await
}
