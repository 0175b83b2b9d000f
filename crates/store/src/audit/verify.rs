//! Is the journal what was written? Every row, block and stub, and the place where it ends.

use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Fault;
use super::block::{Block, end_of, rows_after, seal_of, shown, stub_of};
use super::chain::Walk;
use super::head::{self, Head};
use crate::crypto::Keys;
use crate::db::{Db, Tx};
use crate::entity::{journal, journal_block, journal_head};
use crate::error::{Result, StoreError};

/// Rows read at a time.
const BATCH: u64 = 2_000;

/// What the verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChainReport {
    /// Rows that hold.
    pub rows: i64,
    /// Blocks that hold, stubs included.
    pub blocks: i64,
    /// Those of which only the stub is left.
    pub stubs: i64,
    /// The last block that holds.
    pub last: Option<Block>,
    /// The first thing that does not hold; `None` when the journal is whole.
    pub fault: Option<Fault>,
}

/// Reads the whole journal and checks every link and every seal. Rows may be appended and sealed meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn verify_chain(db: &Db) -> Result<ChainReport> {
    let snapshot = db.snapshot().await?;
    let report = verify_in(&snapshot, db.keys()).await;
    snapshot.rollback().await?;
    report
}

/// [`verify_chain`], as a transaction sees the journal.
///
/// # Errors
/// When the database does not answer.
pub async fn verify_in(tx: &Tx, keys: &Keys) -> Result<ChainReport> {
    let mut report = ChainReport::default();
    let Some(head) = legible(journal_head::Entity::find_by_id(head::ID).one(tx).await)? else {
        report.fault = Some(Fault::Head(1));
        return Ok(report);
    };
    let head = head.filter(|head| head::holds(keys, head));
    let query = journal_block::Entity::find().order_by_asc(journal_block::Column::Number);
    let Some(blocks) = legible(query.all(tx).await)? else {
        report.fault = Some(Fault::Block(1));
        return Ok(report);
    };
    let (sound, fault) = sound_blocks(keys, &blocks, head.as_ref());
    let sound = blocks.get(..sound).unwrap_or_default();
    report.fault = match walk_rows(tx, sound, fault, &mut report).await? {
        Ok(walk) => end(&walk, head.as_ref()),
        Err(fault) => Some(fault),
    };
    Ok(report)
}

/// How many blocks hold, and what is wrong with the next one.
fn sound_blocks(keys: &Keys, blocks: &[journal_block::Model], head: Option<&Head>) -> (usize, Option<Fault>) {
    let (mut walk, mut seal, mut stubs) = (Walk::start(), Vec::new(), true);
    for (sound, block) in blocks.iter().enumerate() {
        let number = i64::try_from(sound).unwrap_or(i64::MAX) + 1;
        let fits = block.number == number
            && block.first_row == walk.number + 1
            && block.last_row >= block.first_row
            && block.row_count == block.last_row - block.first_row + 1
            && block.previous == walk.hash
            && block.previous_seal == seal;
        let fault = match seal_of(keys, block) {
            _ if !fits => Some(Fault::Block(number)),
            None => Some(Fault::Key(number)),
            Some(made) if made != block.seal => Some(Fault::Block(number)),
            Some(_) => fault_of_stub(keys, block, stubs),
        };
        if fault.is_some() {
            return (sound, fault);
        }
        stubs = block.expired_at.is_some();
        (walk, seal) = (end_of(block), block.seal.clone());
    }
    let count = i64::try_from(blocks.len()).unwrap_or(i64::MAX);
    let Some(head) = head else { return (blocks.len(), None) };
    let known = head.block.unwrap_or_default();
    let fault = match known.cmp(&count) {
        std::cmp::Ordering::Less => Some(Fault::Block(known + 1)),
        std::cmp::Ordering::Greater => Some(Fault::Block(count + 1)),
        std::cmp::Ordering::Equal if head.block_seal.clone().unwrap_or_default() != seal => {
            Some(Fault::Block(count))
        }
        std::cmp::Ordering::Equal => None,
    };
    let sound = blocks.len().min(usize::try_from(known).unwrap_or_default());
    (sound, fault)
}

/// A stub is sealed, and only stubs come before it.
fn fault_of_stub(keys: &Keys, block: &journal_block::Model, only_stubs_before: bool) -> Option<Fault> {
    let whole = match (block.expired_at, &block.stub_seal) {
        (None, None) => block.stub_key_id.is_none(),
        (Some(_), Some(seal)) => only_stubs_before && stub_of(keys, block).as_ref() == Some(seal),
        _ => false,
    };
    (!whole).then_some(Fault::Stub(block.number))
}

/// Walks along the rows, from the last stub to the end, or to the first fault.
async fn walk_rows(
    tx: &Tx,
    blocks: &[journal_block::Model],
    fault: Option<Fault>,
    report: &mut ChainReport,
) -> Result<std::result::Result<Walk, Fault>> {
    let stubs = blocks.iter().take_while(|block| block.expired_at.is_some()).count();
    let (gone, kept) = blocks.split_at_checked(stubs).unwrap_or_default();
    let mut walk = gone.last().map_or_else(Walk::start, end_of);
    report.stubs = i64::try_from(stubs).unwrap_or_default();
    report.blocks = report.stubs;
    report.last = gone.last().cloned().map(shown);
    if let Some(number) = left_before(tx, walk.number).await? {
        let block = gone.iter().find(|block| number <= block.last_row).map(|block| block.number);
        return Ok(Err(block.map_or(Fault::Row { number, block: None }, Fault::Stub)));
    }
    let mut kept = kept.iter().peekable();
    let mut most = BATCH;
    loop {
        let block = kept.peek().map(|block| block.number);
        let Some(batch) = legible(rows_after(tx, walk.number, most).await)? else {
            if most == 1 {
                return Ok(Err(Fault::Row { number: walk.number + 1, block }));
            }
            most = 1;
            continue;
        };
        if batch.is_empty() {
            break;
        }
        for model in batch {
            let block = kept.peek();
            if block.is_none()
                && let Some(fault) = fault
            {
                return Ok(Err(fault));
            }
            if !walk.follow(model) {
                let block = block.map(|block| block.number);
                return Ok(Err(Fault::Row { number: walk.number + 1, block }));
            }
            report.rows += 1;
            if let Some(ended) = kept.next_if(|block| block.last_row == walk.number) {
                if ended.hash != walk.hash {
                    return Ok(Err(Fault::Block(ended.number)));
                }
                report.blocks += 1;
                report.last = Some(shown(ended.clone()));
            }
        }
    }
    Ok(match (kept.peek(), fault) {
        (Some(block), _) => Err(Fault::Row { number: walk.number + 1, block: Some(block.number) }),
        (None, Some(fault)) => Err(fault),
        (None, None) => Ok(walk),
    })
}

/// The first row that lies where rows have expired, or before the first.
async fn left_before(tx: &Tx, number: i64) -> Result<Option<i64>> {
    let query = journal::Entity::find()
        .select_only()
        .column(journal::Column::Number)
        .filter(journal::Column::Number.lte(number))
        .order_by_asc(journal::Column::Number)
        .into_tuple::<i64>();
    Ok(query.one(tx).await?)
}

/// Does the journal end where its head says?
fn end(walk: &Walk, head: Option<&Head>) -> Option<Fault> {
    let Some(head) = head else { return Some(Fault::Head(walk.number.max(1))) };
    if let Some(number) = head.broken_at {
        return Some(Fault::Head(number));
    }
    let row = |number| Some(Fault::Row { number, block: None });
    match walk.number.cmp(&head.number) {
        std::cmp::Ordering::Less => row(walk.number + 1),
        std::cmp::Ordering::Greater => row(head.number + 1),
        std::cmp::Ordering::Equal if walk.hash != head.hash => row(walk.number),
        std::cmp::Ordering::Equal => None,
    }
}

/// `None` for a value that is not of the kind of its column: SQLite lets another tool write one.
fn legible<T>(read: std::result::Result<T, DbErr>) -> Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(DbErr::Type(_)) => Ok(None),
        Err(error) if error.to_string().contains("decoding column") => Ok(None),
        Err(error) => Err(StoreError::from(error)),
    }
}
