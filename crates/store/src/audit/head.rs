//! Where the journal ends. One row, sealed: cutting rows or blocks off the end cannot be hidden without the key.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sea_orm_migration::MigratorTrait;

use super::chain::GENESIS;
use crate::crypto::Keys;
use crate::db::{Db, Tx};
use crate::entity::{journal, journal_block, journal_head};
use crate::error::{Result, StoreError};
use crate::migration::Migrator;

/// The one row of `journal_head`.
pub(super) const ID: i64 = 1;

/// The migration from which heads are sealed.
const SEALED_SINCE: &str = "m0014_journal_blocks";

pub(super) type Head = journal_head::Model;

/// True when the schema does not seal the journal yet: [`seal_head_once`] follows the migration, and never again.
pub(crate) async fn begins_to_be_sealed(db: &Db) -> Result<bool> {
    // A schema newer than the program is refused by the migration itself.
    let pending = Migrator::get_pending_migrations(db.read()).await.unwrap_or_default();
    Ok(pending.iter().any(|migration| migration.name() == SEALED_SINCE))
}

/// Seals the head of a journal that was never sealed, or makes that of a new one. From then on a head that is missing or
/// does not hold is the work of another tool.
pub(crate) async fn seal_head_once(db: &Db) -> Result<()> {
    let tx = db.begin().await?;
    match journal_head::Entity::find_by_id(ID).one(&tx).await? {
        Some(head) => {
            let row = sealed(db.keys(), head)?;
            journal_head::Entity::update_many()
                .set(row)
                .filter(journal_head::Column::Id.eq(ID))
                .exec(&tx)
                .await?;
        }
        None => insert(&tx, db.keys(), empty()).await?,
    }
    Ok(tx.commit().await?)
}

/// The head, locked until the transaction ends. When it does not hold, it says from which row on.
pub(super) async fn lock(tx: &Tx, keys: &Keys) -> Result<Head> {
    let query = || journal_head::Entity::find_by_id(ID).lock_exclusive();
    let mut head = if let Some(head) = query().one(tx).await? {
        head
    } else {
        insert(tx, keys, after_what_is_left(tx).await?).await?;
        query().one(tx).await?.ok_or_else(|| StoreError::Other("la tête du journal manque".to_owned()))?
    };
    if head.broken_at.is_none() && !holds(keys, &head) {
        head.broken_at = Some(head.number + 1);
    }
    Ok(head)
}

/// A head is only missing when somebody removed it: rows go on after what is left, and the head says so.
async fn after_what_is_left(tx: &Tx) -> Result<Head> {
    let row = journal::Entity::find().order_by_desc(journal::Column::Number).one(tx).await?;
    let block = journal_block::Entity::find().order_by_desc(journal_block::Column::Number).one(tx).await?;
    let mut head = empty();
    if let Some(block) = block {
        (head.number, head.hash) = (block.last_row, block.hash);
        (head.block, head.block_seal) = (Some(block.number), Some(block.seal));
    }
    if let Some(row) = row.filter(|row| row.number > head.number) {
        (head.number, head.hash) = (row.number, row.hash);
    }
    head.broken_at = Some(head.number + 1);
    Ok(head)
}

fn empty() -> Head {
    Head {
        id: ID,
        number: 0,
        hash: GENESIS.to_vec(),
        block: None,
        block_seal: None,
        broken_at: None,
        key_id: None,
        seal: None,
    }
}

async fn insert(tx: &Tx, keys: &Keys, head: Head) -> Result<()> {
    // Two at once: the second waits for the first, then reads what it wrote.
    journal_head::Entity::insert_many([sealed(keys, head)?])
        .on_conflict_do_nothing_on([journal_head::Column::Id])
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// True when the seal of the head is that of its values.
pub(super) fn holds(keys: &Keys, head: &Head) -> bool {
    let made = head.key_id.as_ref().and_then(|key| seal(keys, key, head));
    made.is_some() && made == head.seal
}

/// The head, sealed with the key in use, as it is written.
pub(super) fn sealed(keys: &Keys, head: Head) -> Result<journal_head::ActiveModel> {
    let key = keys.seal_key();
    let made = seal(keys, &key, &head).ok_or(StoreError::Unreadable)?;
    Ok(journal_head::ActiveModel {
        id: Set(ID),
        number: Set(head.number),
        hash: Set(head.hash),
        block: Set(head.block),
        block_seal: Set(head.block_seal),
        broken_at: Set(head.broken_at),
        key_id: Set(Some(key)),
        seal: Set(Some(made)),
    })
}

fn seal(keys: &Keys, key_id: &[u8], head: &Head) -> Option<Vec<u8>> {
    let number = |n: Option<i64>| n.unwrap_or_default().to_le_bytes();
    keys.seal(
        key_id,
        &[
            b"journal head",
            &number(Some(head.number)),
            &head.hash,
            &number(head.block),
            head.block_seal.as_deref().unwrap_or_default(),
            &number(head.broken_at),
        ],
    )
}
