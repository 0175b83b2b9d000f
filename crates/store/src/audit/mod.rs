//! The journal: appended only, each row chained to the one before by its hash, rows sealed by blocks.
//!
//! ```text
//! append ──▶ row n+1 (hash of row n) ──▶ head: last row, last block, sealed with the key
//! seal   ──▶ block: rows a to b, their hash, the seal of the block before, sealed with the key
//! expire ──▶ the rows of the oldest blocks go; their stub stays, sealed once more
//! ```
//!
//! Nothing here changes or removes a row but expiry, by whole blocks. Whoever does so with other tools breaks the chain
//! or a seal, and [`verify_chain`] names the first row or block that does not hold. See `docs/adr/0006-the-journal-is-sealed-by-blocks.md`.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::crypto::Keys;
use crate::db::Tx;
use crate::entity::{journal, journal_head};
use crate::error::Result;

mod block;
mod chain;
mod fault;
mod head;
mod list;
mod reseal;
mod verify;

pub use block::{Block, Expiry, Partial, SealOrder, Sealing, block, blocks, expire, first_kept, seal};
pub use fault::Fault;
pub(crate) use head::{begins_to_be_sealed, seal_head_once};
pub use list::{JournalFilter, Reach, count, last_at, last_of, list};
pub use reseal::{reseal, seals};
pub use verify::{ChainReport, verify_chain, verify_in};

/// An act to write down.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalRow {
    /// When.
    pub at: DateTime<Utc>,
    /// `user`, `token` or `system`.
    pub actor_kind: String,
    /// The account or the token.
    pub actor_id: Option<Uuid>,
    /// Their name at that time.
    pub actor_name: String,
    /// In which roles.
    pub role: String,
    /// [`domain::audit::Act::code`].
    pub act: String,
    /// Whose file.
    pub person_id: Option<Uuid>,
    /// What else was touched: an import, a territory, an account.
    pub object: Option<String>,
    /// The reason the actor wrote.
    pub reason: Option<String>,
    /// More, without personal data.
    pub detail: serde_json::Value,
}

/// A row as it stands in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalLine {
    /// Its rank, from 1, without a gap.
    pub number: i64,
    /// What was written.
    pub row: JournalRow,
}

/// Writes a row at the end of the chain and returns its number.
///
/// The head is locked until the transaction ends, so that rows are numbered without a gap in the order of commits.
/// A head that does not hold is never taken for a good one: rows go on, and the head says for ever from which row.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &Tx, keys: &Keys, row: JournalRow) -> Result<i64> {
    let mut head = head::lock(tx, keys).await?;
    let number = head.number + 1;
    let detail = row.detail.to_string();
    let hash = chain::link(&head.hash, number, &row, &detail);
    let line = journal::ActiveModel {
        number: Set(number),
        at: Set(row.at),
        actor_kind: Set(row.actor_kind),
        actor_id: Set(row.actor_id),
        actor_name: Set(row.actor_name),
        role: Set(row.role),
        act: Set(row.act),
        person_id: Set(row.person_id),
        object: Set(row.object),
        reason: Set(row.reason),
        detail: Set(detail),
        previous: Set(head.hash),
        hash: Set(hash.clone()),
    };
    journal::Entity::insert_many([line]).exec_without_returning(tx).await?;
    head.number = number;
    head.hash = hash;
    journal_head::Entity::update_many()
        .set(head::sealed(keys, head)?)
        .filter(journal_head::Column::Id.eq(head::ID))
        .exec(tx)
        .await?;
    Ok(number)
}
