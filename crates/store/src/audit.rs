//! The journal: appended only, each row chained to the one before by its hash.
//!
//! Nothing here changes or removes a row. Whoever does so with other tools breaks the chain, and [`verify_chain`] names
//! the first row that does not hold.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::crypto::sha256;
use crate::db::{Db, Tx};
use crate::entity::{journal, journal_head};
use crate::error::Result;

/// The one row of `journal_head`.
const HEAD: i64 = 1;

/// What the first row is chained to.
const GENESIS: [u8; 32] = [0; 32];

/// Rows read at a time while the chain is verified.
const BATCH: u64 = 2_000;

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

/// Which rows to read; the most recent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFilter {
    /// Only this act.
    pub act: Option<String>,
    /// Only this account or token.
    pub actor: Option<Uuid>,
    /// Only this person's file.
    pub person: Option<Uuid>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
    /// Rows older than this number (the next page).
    pub before_number: Option<i64>,
    /// At most so many rows.
    pub limit: u64,
}

impl Default for JournalFilter {
    fn default() -> Self {
        Self { act: None, actor: None, person: None, from: None, to: None, before_number: None, limit: 50 }
    }
}

/// What the verification found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainReport {
    /// Rows read.
    pub rows: i64,
    /// Number of the first row that is changed, missing or not chained; `None` when the journal is whole.
    pub broken_at: Option<i64>,
}

/// Writes a row at the end of the chain and returns its number.
///
/// The head is locked until the transaction ends, so that rows are numbered without a gap in the order of commits.
///
/// # Errors
/// When the database refuses.
pub async fn append(tx: &Tx, row: JournalRow) -> Result<i64> {
    let head = lock_head(tx).await?;
    let number = head.number + 1;
    let detail = row.detail.to_string();
    let hash = link(&head.hash, number, &row, &detail);
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
    journal_head::Entity::update_many()
        .col_expr(journal_head::Column::Number, number.into())
        .col_expr(journal_head::Column::Hash, hash.into())
        .filter(journal_head::Column::Id.eq(HEAD))
        .exec(tx)
        .await?;
    Ok(number)
}

/// Reads the whole journal and checks every link. Rows may be appended meanwhile.
///
/// # Errors
/// When the database does not answer.
pub async fn verify_chain(db: &Db) -> Result<ChainReport> {
    let before = head(db).await?;
    let mut report = ChainReport { rows: 0, broken_at: None };
    let mut previous = GENESIS.to_vec();
    let mut number = 0;
    loop {
        let batch = journal::Entity::find()
            .filter(journal::Column::Number.gt(number))
            .order_by_asc(journal::Column::Number)
            .limit(BATCH)
            .all(db.read())
            .await?;
        if batch.is_empty() {
            break;
        }
        for model in batch {
            let expected = number + 1;
            number = model.number;
            report.rows += 1;
            let (stored, chained_to, detail) =
                (model.hash.clone(), model.previous.clone(), model.detail.clone());
            let line = line(model);
            let whole = line.number == expected
                && chained_to == previous
                && (before.number != expected || before.hash == stored)
                && link(&previous, line.number, &line.row, &detail) == stored;
            if !whole && report.broken_at.is_none() {
                report.broken_at = Some(expected);
            }
            previous = stored;
        }
    }
    // Rows cut off the end, or added without the head: the head was at most here before, and is at least here after.
    if report.broken_at.is_none() && number < before.number {
        report.broken_at = Some(number + 1);
    }
    let after = head(db).await?;
    if report.broken_at.is_none() && number > after.number {
        report.broken_at = Some(after.number + 1);
    }
    Ok(report)
}

/// The rows that pass the filter, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &Db, filter: &JournalFilter) -> Result<Vec<JournalLine>> {
    let mut query = journal::Entity::find().order_by_desc(journal::Column::Number).limit(filter.limit);
    if let Some(act) = &filter.act {
        query = query.filter(journal::Column::Act.eq(act.as_str()));
    }
    if let Some(actor) = filter.actor {
        query = query.filter(journal::Column::ActorId.eq(actor));
    }
    if let Some(person) = filter.person {
        query = query.filter(journal::Column::PersonId.eq(person));
    }
    if let Some(from) = filter.from {
        query = query.filter(journal::Column::At.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(journal::Column::At.lt(to));
    }
    if let Some(number) = filter.before_number {
        query = query.filter(journal::Column::Number.lt(number));
    }
    Ok(query.all(db.read()).await?.into_iter().map(line).collect())
}

/// Who did what to the file of this person, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_person(db: &Db, person_id: Uuid, limit: u64) -> Result<Vec<JournalLine>> {
    list(db, &JournalFilter { person: Some(person_id), limit, ..JournalFilter::default() }).await
}

fn empty_head() -> journal_head::Model {
    journal_head::Model { id: HEAD, number: 0, hash: GENESIS.to_vec() }
}

async fn head(db: &Db) -> Result<journal_head::Model> {
    Ok(journal_head::Entity::find_by_id(HEAD).one(db.read()).await?.unwrap_or_else(empty_head))
}

/// The head, locked; made when this is the first row ever.
async fn lock_head(tx: &Tx) -> Result<journal_head::Model> {
    let query = || journal_head::Entity::find_by_id(HEAD).lock_exclusive();
    if let Some(head) = query().one(tx).await? {
        return Ok(head);
    }
    let row = journal_head::ActiveModel { id: Set(HEAD), number: Set(0), hash: Set(GENESIS.to_vec()) };
    // Two first rows at once: the second waits here for the first, then reads what it wrote.
    journal_head::Entity::insert_many([row])
        .on_conflict_do_nothing_on([journal_head::Column::Id])
        .exec_without_returning(tx)
        .await?;
    Ok(query().one(tx).await?.unwrap_or_else(empty_head))
}

/// The hash of a row: what came before, then every field, each preceded by its length and absent ones told apart.
fn link(previous: &[u8], number: i64, row: &JournalRow, detail: &str) -> Vec<u8> {
    fn present(value: Option<&[u8]>) -> [&[u8]; 2] {
        value.map_or([b"0", b""], |bytes| [b"1", bytes])
    }
    let (number, at) = (number.to_le_bytes(), row.at.timestamp_micros().to_le_bytes());
    let [a, actor_id] = present(row.actor_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let [b, person_id] = present(row.person_id.as_ref().map(|id| id.as_bytes().as_slice()));
    let [c, object] = present(row.object.as_deref().map(str::as_bytes));
    let [d, reason] = present(row.reason.as_deref().map(str::as_bytes));
    sha256(&[
        previous,
        &number,
        &at,
        row.actor_kind.as_bytes(),
        a,
        actor_id,
        row.actor_name.as_bytes(),
        row.role.as_bytes(),
        row.act.as_bytes(),
        b,
        person_id,
        c,
        object,
        d,
        reason,
        detail.as_bytes(),
    ])
}

fn line(model: journal::Model) -> JournalLine {
    JournalLine {
        number: model.number,
        row: JournalRow {
            at: model.at,
            actor_kind: model.actor_kind,
            actor_id: model.actor_id,
            actor_name: model.actor_name,
            role: model.role,
            act: model.act,
            person_id: model.person_id,
            object: model.object,
            reason: model.reason,
            detail: serde_json::from_str(&model.detail).unwrap_or_default(),
        },
    }
}
