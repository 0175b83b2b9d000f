//! Blocks: rows sealed together, and the stub they leave when they expire.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chain::Walk;
use super::{Fault, head};
use crate::bulk;
use crate::crypto::Keys;
use crate::db::{Db, Tx};
use crate::entity::{journal, journal_block, journal_head};
use crate::error::{Result, StoreError};

/// Rows read at a time.
const BATCH: u64 = 1_000;

/// A sealed block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its rank, from 1, without a gap.
    pub number: i64,
    /// Its first row.
    pub first_row: i64,
    /// Its last row.
    pub last_row: i64,
    /// The earliest act.
    pub first_at: DateTime<Utc>,
    /// The latest act.
    pub last_at: DateTime<Utc>,
    /// HMAC-SHA-256 of all of the above, of the hash of its last row and of the seal of the block before.
    pub seal: Vec<u8>,
    /// When it was sealed.
    pub sealed_at: DateTime<Utc>,
    /// When its rows expired: only this stub is left.
    pub expired_at: Option<DateTime<Utc>>,
}

impl Block {
    /// The seal as it is noted elsewhere: `12:9f3ac2d1…`, with so many of its 64 characters.
    pub fn noted(&self, characters: usize) -> String {
        let hex = |mut text: String, byte: &u8| {
            // Writing to a text never fails.
            let _ = write!(text, "{byte:02x}");
            text
        };
        let seal = self.seal.iter().take(characters.div_ceil(2)).fold(String::new(), hex);
        format!("{}:{seal}", self.number)
    }
}

/// Which rows to seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealOrder {
    /// Rows of a full block, at least 1.
    pub rows: i64,
    /// What to do with the rows that do not fill a block.
    pub partial: Partial,
    /// The present instant.
    pub at: DateTime<Utc>,
}

/// What to do with the rows that do not fill a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partial {
    /// They wait.
    Wait,
    /// They are sealed when the first of them is older than this.
    OlderThan(DateTime<Utc>),
    /// They are sealed.
    Seal,
}

/// What was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sealing {
    /// The new blocks.
    pub blocks: Vec<Block>,
    /// Why nothing was sealed: a journal that does not hold stays as it is, for who looks into it.
    pub fault: Option<Fault>,
}

/// What expired.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expiry {
    /// The blocks whose rows are gone.
    pub blocks: Vec<Block>,
    /// Why no more went: a block that does not hold is kept, for who looks into it.
    pub fault: Option<Fault>,
}

/// Seals the rows that no block holds yet, once the whole chain up to the head is read and holds. Writers wait no longer
/// than for each other: rows are read beside them, and the head is taken for two statements.
///
/// # Errors
/// When the database does not answer.
pub async fn seal(db: &Db, order: &SealOrder) -> Result<Sealing> {
    let snapshot = db.snapshot().await?;
    let drafted = draft(&snapshot, db.keys(), order).await;
    snapshot.rollback().await?;
    let (known, drafts) = match drafted? {
        Ok(drafted) => drafted,
        Err(fault) => return Ok(Sealing { blocks: Vec::new(), fault: Some(fault) }),
    };
    if drafts.is_empty() {
        return Ok(Sealing::default());
    }
    let tx = db.begin().await?;
    let mut head = head::lock(&tx, db.keys()).await?;
    // Somebody else sealed meanwhile, or touched the head: the next call looks again.
    if head.block != known || head.broken_at.is_some() {
        tx.rollback().await?;
        return Ok(Sealing::default());
    }
    let last = drafts.last().ok_or_else(|| StoreError::Other("un bloc sans ligne".to_owned()))?;
    (head.block, head.block_seal) = (Some(last.number), Some(last.seal.clone()));
    bulk::insert::<journal_block::Entity, _>(&tx, drafts.clone()).await?;
    journal_head::Entity::update_many()
        .set(head::sealed(db.keys(), head)?)
        .filter(journal_head::Column::Id.eq(head::ID))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(Sealing { blocks: drafts.into_iter().map(shown).collect(), fault: None })
}

type Drafted = std::result::Result<(Option<i64>, Vec<journal_block::Model>), Fault>;

/// The blocks to write, and the number of the last one there is.
async fn draft(tx: &Tx, keys: &Keys, order: &SealOrder) -> Result<Drafted> {
    let Some(head) = journal_head::Entity::find_by_id(head::ID).one(tx).await? else {
        return Ok(Err(Fault::Head(1)));
    };
    if head.broken_at.is_some() || !head::holds(keys, &head) {
        return Ok(Err(Fault::Head(head.broken_at.unwrap_or(head.number))));
    }
    let last = match head.block {
        Some(number) => match journal_block::Entity::find_by_id(number).one(tx).await? {
            Some(block) if Some(&block.seal) == head.block_seal.as_ref() => Some(block),
            _ => return Ok(Err(Fault::Block(number))),
        },
        None => None,
    };
    let mut walk = last.as_ref().map_or_else(Walk::start, end_of);
    let mut press = Press { keys, order, last, open: None, done: Vec::new() };
    while walk.number < head.number {
        let batch = rows_after(tx, walk.number, BATCH).await?;
        if batch.is_empty() {
            return Ok(Err(Fault::Row { number: walk.number + 1, block: None }));
        }
        for model in batch {
            let (at, before, number) = (model.at, walk.hash.clone(), model.number);
            if number > head.number || !walk.follow(model) {
                return Ok(Err(Fault::Row { number: walk.number + 1, block: None }));
            }
            press.add(&walk, before, at)?;
        }
    }
    if walk.hash != head.hash {
        return Ok(Err(Fault::Row { number: walk.number, block: None }));
    }
    Ok(Ok((head.block, press.finish()?)))
}

/// Presses rows into blocks.
struct Press<'a> {
    keys: &'a Keys,
    order: &'a SealOrder,
    last: Option<journal_block::Model>,
    open: Option<journal_block::Model>,
    done: Vec<journal_block::Model>,
}

impl Press<'_> {
    /// Adds the row that `walk` stands on, chained to `previous`.
    fn add(&mut self, walk: &Walk, previous: Vec<u8>, at: DateTime<Utc>) -> Result<()> {
        let open = self.open.get_or_insert_with(|| journal_block::Model {
            number: self.last.as_ref().map_or(0, |block| block.number) + 1,
            first_row: walk.number,
            last_row: walk.number,
            row_count: 0,
            first_at: at,
            last_at: at,
            previous,
            hash: Vec::new(),
            previous_seal: self.last.as_ref().map(|block| block.seal.clone()).unwrap_or_default(),
            sealed_at: self.order.at,
            key_id: self.keys.seal_key(),
            seal: Vec::new(),
            expired_at: None,
            stub_key_id: None,
            stub_seal: None,
        });
        open.last_row = walk.number;
        open.row_count += 1;
        open.hash.clone_from(&walk.hash);
        open.first_at = open.first_at.min(at);
        open.last_at = open.last_at.max(at);
        if open.row_count >= self.order.rows { self.close() } else { Ok(()) }
    }

    fn close(&mut self) -> Result<()> {
        if let Some(mut block) = self.open.take() {
            block.seal = seal_of(self.keys, &block).ok_or(StoreError::Unreadable)?;
            self.last = Some(block.clone());
            self.done.push(block);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<journal_block::Model>> {
        let due = match self.order.partial {
            Partial::Wait => false,
            Partial::OlderThan(limit) => self.open.as_ref().is_some_and(|block| block.first_at < limit),
            Partial::Seal => true,
        };
        if due {
            self.close()?;
        }
        Ok(self.done)
    }
}

/// Removes the rows of the oldest blocks whose last act is before `limit`, `most` blocks at most, and keeps their stubs.
/// Each block is read again first: one that does not hold is evidence, and stays.
///
/// # Errors
/// When the database refuses.
pub async fn expire(
    tx: &Tx,
    keys: &Keys,
    limit: DateTime<Utc>,
    at: DateTime<Utc>,
    most: u64,
) -> Result<Expiry> {
    let mut expiry = Expiry::default();
    let kept = journal_block::Entity::find()
        .filter(journal_block::Column::ExpiredAt.is_null())
        .order_by_asc(journal_block::Column::Number)
        .limit(most)
        .lock_exclusive()
        .all(tx)
        .await?;
    for mut block in kept.into_iter().take_while(|block| block.last_at < limit) {
        if let Some(fault) = fault_of(tx, keys, &block).await? {
            expiry.fault = Some(fault);
            break;
        }
        journal::Entity::delete_many().filter(within(&block)).exec(tx).await?;
        block.expired_at = Some(at);
        block.stub_key_id = Some(keys.seal_key());
        block.stub_seal = Some(stub_of(keys, &block).ok_or(StoreError::Unreadable)?);
        journal_block::Entity::update_many()
            .set(journal_block::ActiveModel {
                expired_at: Set(block.expired_at),
                stub_key_id: Set(block.stub_key_id.clone()),
                stub_seal: Set(block.stub_seal.clone()),
                ..Default::default()
            })
            .filter(journal_block::Column::Number.eq(block.number))
            .exec(tx)
            .await?;
        expiry.blocks.push(shown(block));
    }
    Ok(expiry)
}

/// What is wrong with a block that still has its rows.
async fn fault_of(tx: &Tx, keys: &Keys, block: &journal_block::Model) -> Result<Option<Fault>> {
    if seal_of(keys, block).as_ref() != Some(&block.seal) {
        return Ok(Some(Fault::Block(block.number)));
    }
    let rows = journal::Entity::find().filter(within(block)).order_by_asc(journal::Column::Number);
    let mut walk = Walk { number: block.first_row - 1, hash: block.previous.clone() };
    let broken = rows.all(tx).await?.into_iter().any(|model| !walk.follow(model));
    if broken || walk.number != block.last_row {
        return Ok(Some(Fault::Row { number: walk.number + 1, block: Some(block.number) }));
    }
    Ok((walk.hash != block.hash).then_some(Fault::Block(block.number)))
}

fn within(block: &journal_block::Model) -> sea_orm::sea_query::SimpleExpr {
    journal::Column::Number.between(block.first_row, block.last_row)
}

/// Rows in their order, after a number.
pub(super) async fn rows_after(
    tx: &Tx,
    number: i64,
    most: u64,
) -> std::result::Result<Vec<journal::Model>, sea_orm::DbErr> {
    journal::Entity::find()
        .filter(journal::Column::Number.gt(number))
        .order_by_asc(journal::Column::Number)
        .limit(most)
        .all(tx)
        .await
}

/// The last row of a block.
pub(super) fn end_of(block: &journal_block::Model) -> Walk {
    Walk { number: block.last_row, hash: block.hash.clone() }
}

/// What the seal of a block must be; `None` under a key this secret does not know.
pub(super) fn seal_of(keys: &Keys, block: &journal_block::Model) -> Option<Vec<u8>> {
    let number = i64::to_le_bytes;
    keys.seal(
        &block.key_id,
        &[
            b"journal block",
            &number(block.number),
            &number(block.first_row),
            &number(block.last_row),
            &number(block.row_count),
            &number(block.first_at.timestamp_micros()),
            &number(block.last_at.timestamp_micros()),
            &block.previous,
            &block.hash,
            &block.previous_seal,
            &number(block.sealed_at.timestamp_micros()),
        ],
    )
}

/// What the seal of a stub must be; `None` for a block that has not expired.
pub(super) fn stub_of(keys: &Keys, block: &journal_block::Model) -> Option<Vec<u8>> {
    let at = block.expired_at?.timestamp_micros().to_le_bytes();
    keys.seal(block.stub_key_id.as_ref()?, &[b"journal stub", &block.number.to_le_bytes(), &block.seal, &at])
}

/// The most recent blocks, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn blocks(db: &Db, most: u64) -> Result<Vec<Block>> {
    let query = journal_block::Entity::find().order_by_desc(journal_block::Column::Number).limit(most);
    Ok(query.all(db.read()).await?.into_iter().map(shown).collect())
}

/// A block by its number.
///
/// # Errors
/// When the database does not answer.
pub async fn block(db: &Db, number: i64) -> Result<Option<Block>> {
    Ok(journal_block::Entity::find_by_id(number).one(db.read()).await?.map(shown))
}

/// The oldest block that still has its rows.
///
/// # Errors
/// When the database does not answer.
pub async fn first_kept(db: &Db) -> Result<Option<Block>> {
    let query = journal_block::Entity::find()
        .filter(journal_block::Column::ExpiredAt.is_null())
        .order_by_asc(journal_block::Column::Number);
    Ok(query.one(db.read()).await?.map(shown))
}

pub(super) fn shown(block: journal_block::Model) -> Block {
    Block {
        number: block.number,
        first_row: block.first_row,
        last_row: block.last_row,
        first_at: block.first_at,
        last_at: block.last_at,
        seal: block.seal,
        sealed_at: block.sealed_at,
        expired_at: block.expired_at,
    }
}
