//! From one generation of keys to the next, beside the running server.
//!
//! Columns are taken one after the other, in batches by primary key, each batch one transaction with the row that says how
//! far it came. A value is replaced only if it is still the one that was read. Killed at any instant, the next step
//! begins after the last batch: nothing is ever unreadable, since the ring holds both generations until the end.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult};
use uuid::Uuid;

use super::{SEALED, SEALED_KEY, SealedColumn};
use crate::crypto::{HEADER, KeyId, Keys};
use crate::db::Db;
use crate::entity::key_rotation;
use crate::error::{Result, StoreError};
use crate::people::PersonRow;
use crate::{Tx, bulk};

/// Values sealed again in one transaction.
const BATCH: u64 = 500;

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many values were sealed again; there may be more.
    Resealed(usize),
    /// Every value is under the keys that write.
    Done,
}

/// A value to seal again.
pub(super) struct Value {
    id: Uuid,
    second: Option<Vec<u8>>,
    sealed: Vec<u8>,
    index: Option<Vec<u8>>,
}

impl Value {
    fn read(column: &SealedColumn, row: &QueryResult) -> Result<Self> {
        let [id, more @ ..] = column.key else {
            return Err(StoreError::Other(format!("{} n’a pas de clé", column.table)));
        };
        Ok(Self {
            id: row.try_get("", id)?,
            second: more.first().map(|name| row.try_get("", name)).transpose()?,
            sealed: row.try_get("", column.sealed)?,
            index: column.index.map(|i| row.try_get("", i.column)).transpose()?.flatten(),
        })
    }

    /// The first column of its key.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// As it is stored.
    pub fn sealed(&self) -> &[u8] {
        &self.sealed
    }

    /// It opens, and its index is its own.
    pub fn is_readable(&self, keys: &Keys, column: &SealedColumn) -> bool {
        let Ok(plain) = keys.decrypt(column.place, &self.sealed) else { return false };
        let indexes = |text: &str| column.indexes_of(keys, text);
        self.index.as_ref().is_none_or(|index| indexes(&String::from_utf8_lossy(&plain)).contains(index))
    }
}

/// The values of a column that are not under the keys that write.
pub(super) fn elsewhere(column: &SealedColumn, key: KeyId) -> SelectStatement {
    let header = Expr::cust(format!("substr({}, 1, {HEADER})", column.sealed));
    let mut query = all(column);
    query.and_where(header.ne(key.header()));
    query
}

/// Every value of a column, in the order of its key.
pub(super) fn all(column: &SealedColumn) -> SelectStatement {
    let mut query = Query::select();
    query.from(Alias::new(column.table)).column(Alias::new(column.sealed));
    for name in column.key {
        query.column(Alias::new(*name)).order_by(Alias::new(*name), Order::Asc);
    }
    if let Some(index) = column.index {
        query.column(Alias::new(index.column));
    }
    query.and_where(Expr::col(Alias::new(column.sealed)).is_not_null());
    query
}

/// Runs a query of [`all`] from a key on.
pub(super) async fn load(
    c: &impl ConnectionTrait,
    column: &SealedColumn,
    mut query: SelectStatement,
    from: Option<Uuid>,
) -> Result<Vec<Value>> {
    if let (Some(from), Some(id)) = (from, column.key.first()) {
        query.and_where(Expr::col(Alias::new(*id)).gte(from));
    }
    let statement = c.get_database_backend().build(query.limit(BATCH));
    c.query_all_raw(statement).await?.iter().map(|row| Value::read(column, row)).collect()
}

/// Seals values again, each only if it is still the one that was read; returns how many were replaced.
pub(super) async fn reseal(keys: &Keys, tx: &Tx, column: &SealedColumn, values: Vec<Value>) -> Result<usize> {
    let mut replaced = 0;
    for value in values {
        let plain = keys.decrypt(column.place, &value.sealed)?;
        let mut update = Query::update();
        update.table(Alias::new(column.table));
        update.value(Alias::new(column.sealed), keys.encrypt(column.place, &plain)?);
        if let (Some(index), Some(_)) = (column.index, &value.index) {
            let text = String::from_utf8_lossy(&plain);
            update.value(Alias::new(index.column), column.index_of(keys, &text));
        }
        for (name, part) in
            column.key.iter().zip([Some(Expr::value(value.id)), value.second.map(Expr::value)])
        {
            if let Some(part) = part {
                update.and_where(Expr::col(Alias::new(*name)).eq(part));
            }
        }
        update.and_where(Expr::col(Alias::new(column.sealed)).eq(value.sealed));
        let statement = tx.get_database_backend().build(&update);
        replaced += usize::try_from(tx.execute_raw(statement).await?.rows_affected()).unwrap_or_default();
    }
    Ok(replaced)
}

/// Begins a rotation to the keys that write, or goes on with the one that was begun.
///
/// # Errors
/// When the database does not answer.
pub async fn begin(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let key = db.keys().current();
    let tx = db.begin().await?;
    let known = key_rotation::Entity::find().all(&tx).await?;
    let mut rows = Vec::new();
    for column in &SEALED {
        let name = column.name();
        let known = known.iter().find(|row| row.column_name == name && row.key_id == key.header());
        let left = !load(&tx, column, elsewhere(column, key), None).await?.is_empty();
        if left && known.is_none_or(|row| row.finished_at.is_some()) {
            rows.push(key_rotation::Model {
                column_name: name,
                key_id: key.header(),
                after_id: None,
                resealed: known.map_or(0, |row| row.resealed),
                started_at: known.map_or(now, |row| row.started_at),
                finished_at: None,
            });
        }
    }
    bulk::upsert::<key_rotation::Entity, _>(&tx, rows).await?;
    Ok(tx.commit().await?)
}

/// The column under way, and how far it came.
async fn next(c: &impl ConnectionTrait, key: KeyId) -> Result<Option<(SealedColumn, key_rotation::Model)>> {
    let open = key_rotation::Entity::find().all(c).await?;
    let under_way = |name: &str| {
        open.iter().find(|r| r.column_name == name && r.key_id == key.header() && r.finished_at.is_none())
    };
    Ok(SEALED.iter().find_map(|column| Some((*column, under_way(&column.name())?.clone()))))
}

/// Seals one batch again.
///
/// # Errors
/// [`StoreError::KeyMissing`] when a value was sealed with a secret that is not in the ring: it stays as it is.
pub async fn step(db: &Db, now: DateTime<Utc>) -> Result<Step> {
    let key = db.keys().current();
    if next(db.read(), key).await?.is_some_and(|(column, _)| column.name() == SEALED_KEY.name()) {
        // The journal comes before the key that opens the database: without the old secret, nobody could then add a row
        // to a journal whose end is sealed with it. One that does not hold keeps its seals, and says so when it is read.
        crate::audit::reseal(db).await?;
    }
    let tx = db.begin().await?;
    let Some((column, mut row)) = next(&tx, key).await? else { return Ok(Step::Done) };
    let column = &column;
    let values = load(&tx, column, elsewhere(column, key), row.after_id).await?;
    let last = values.last().map(|value| value.id);
    let replaced = reseal(db.keys(), &tx, column, values).await?;
    row.resealed += i64::try_from(replaced).unwrap_or_default();
    match (last, row.after_id) {
        (Some(id), _) => row.after_id = Some(id),
        // What was written behind our back with the old keys is looked for from the beginning.
        (None, Some(_)) => row.after_id = None,
        (None, None) => row.finished_at = Some(now),
    }
    bulk::upsert::<key_rotation::Entity, _>(&tx, vec![row]).await?;
    tx.commit().await?;
    Ok(Step::Resealed(replaced))
}

/// Brings the sealed values of a record under the keys that write, so that their indexes can be compared.
///
/// # Errors
/// When a value cannot be read.
pub fn renew(keys: &Keys, row: &mut PersonRow) -> Result<()> {
    for (column, sealed, index) in [
        (super::NIR, &mut row.nir_sealed, &mut row.nir_index),
        (super::FRANCE_TRAVAIL, &mut row.france_travail_sealed, &mut row.france_travail_index),
    ] {
        let Some(old) = sealed.as_ref().filter(|old| !keys.sealed_now(old)) else { continue };
        let plain = keys.decrypt_text(column.place, old)?;
        *index = index.as_ref().and_then(|_| column.index_of(keys, &plain));
        *sealed = Some(keys.encrypt(column.place, plain.as_bytes())?);
    }
    Ok(())
}
