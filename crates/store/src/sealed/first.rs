//! What a database from before the ring needs, once the keys are known: values in clear are sealed, values without header
//! get one, and the key of content hashes is kept apart.
//!
//! Runs when a database is made or brought to date, before anybody uses it; killed at any instant, it goes on where it
//! was. The row of `sealed_key` is written last and says that all is done.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::rotate::{all, load, reseal};
use super::{CONTACT, CONTENT, FRANCE_TRAVAIL, NIR, REJECT, SEALED_KEY, SealedColumn};
use crate::Tx;
use crate::crypto::ContentKey;
use crate::db::Db;
use crate::entity::{content, sealed_key};
use crate::error::{Result, StoreError};

/// The row that holds the key of content hashes.
const CONTENT_KEY: Uuid = Uuid::from_u128(1);
/// Values sealed in one transaction.
const BATCH: u64 = 500;

/// The key of content hashes; `None` while values wait to be sealed.
///
/// # Errors
/// When the database does not answer, or the ring does not open it.
pub(crate) async fn content_key(db: &Db) -> Result<Option<ContentKey>> {
    let row = sealed_key::Entity::find_by_id(CONTENT_KEY).one(db.read()).await?;
    let Some(row) = row else { return Ok(None) };
    let bytes = db.keys().decrypt(SEALED_KEY.place, &row.value_sealed)?;
    Ok(Some(ContentKey(bytes.try_into().map_err(|_| StoreError::Unreadable)?)))
}

/// Seals what waits, and makes the key of content hashes; does nothing when that was done.
///
/// # Errors
/// When the database refuses, or a value cannot be read with this ring.
pub(crate) async fn prepare(db: &Db) -> Result<ContentKey> {
    if let Some(known) = content_key(db).await? {
        return Ok(known);
    }
    let key = first_key(db).await?;
    let mut moved = false;
    for (what, column) in
        [("contact.value", CONTACT), ("person.france_travail", FRANCE_TRAVAIL), ("content.payload", CONTENT)]
    {
        while seal_some(db, what, &column).await? {
            moved = true;
        }
    }
    for column in [NIR, REJECT] {
        give_headers(db, &column).await?;
    }
    if moved {
        forget_clear_pages(db).await?;
    }
    let tx = db.begin().await?;
    let row = sealed_key::Model {
        id: CONTENT_KEY,
        name: "content".to_owned(),
        value_sealed: db.keys().encrypt(SEALED_KEY.place, &key.0)?,
    };
    // Two programs may make the same new database at once: the first key stays.
    let row: sealed_key::ActiveModel = row.into();
    let keep = OnConflict::column(sealed_key::Column::Id).do_nothing().to_owned();
    sealed_key::Entity::insert(row).on_conflict(keep).exec_without_returning(&tx).await?;
    tx.commit().await?;
    content_key(db).await?.ok_or(StoreError::Unsealed)
}

/// The key of content hashes: random in a new database, the one already used in an older one.
async fn first_key(db: &Db) -> Result<ContentKey> {
    if content::Entity::find().one(db.read()).await?.is_none() {
        return Ok(ContentKey::random());
    }
    for column in [NIR, REJECT] {
        if let Some(value) = load(db.read(), &column, all(&column), None).await?.first()
            && let Some(key) = db.keys().first_content_key(column.place, value.sealed())
        {
            return Ok(ContentKey(key));
        }
    }
    // Nothing sealed tells which secret was used: a random key only makes the next file look new.
    Ok(ContentKey::random())
}

/// Seals some of the values that wait for a column; `false` when none waits.
async fn seal_some(db: &Db, what: &str, column: &SealedColumn) -> Result<bool> {
    let tx = db.begin().await?;
    let waiting = Query::select()
        .columns(["id", "hash", "value"].map(Alias::new))
        .from(Alias::new("unsealed"))
        .and_where(Expr::col(Alias::new("what")).eq(what))
        .order_by(Alias::new("id"), Order::Asc)
        .order_by(Alias::new("hash"), Order::Asc)
        .limit(BATCH)
        .to_owned();
    let rows = tx.query_all_raw(tx.get_database_backend().build(&waiting)).await?;
    for row in &rows {
        let (id, hash): (Uuid, Vec<u8>) = (row.try_get("", "id")?, row.try_get("", "hash")?);
        let value: String = row.try_get("", "value")?;
        place(db, &tx, column, (id, &hash), &value).await?;
        let gone = Query::delete()
            .from_table(Alias::new("unsealed"))
            .and_where(Expr::col(Alias::new("what")).eq(what))
            .and_where(Expr::col(Alias::new("id")).eq(id))
            .and_where(Expr::col(Alias::new("hash")).eq(hash))
            .to_owned();
        tx.execute_raw(tx.get_database_backend().build(&gone)).await?;
    }
    tx.commit().await?;
    Ok(!rows.is_empty())
}

async fn place(db: &Db, tx: &Tx, column: &SealedColumn, key: (Uuid, &[u8]), value: &str) -> Result<()> {
    let mut update = Query::update();
    update.table(Alias::new(column.table));
    update.value(Alias::new(column.sealed), db.keys().encrypt(column.place, value.as_bytes())?);
    if let Some(index) = column.index {
        update.value(Alias::new(index.column), column.index_of(db.keys(), value));
    }
    for (name, part) in column.key.iter().zip([Expr::value(key.0), Expr::value(key.1.to_vec())]) {
        update.and_where(Expr::col(Alias::new(*name)).eq(part));
    }
    tx.execute_raw(tx.get_database_backend().build(&update)).await?;
    Ok(())
}

/// Seals again the values that have no header, so that each says its key and each index its generation.
async fn give_headers(db: &Db, column: &SealedColumn) -> Result<()> {
    loop {
        let mut query = all(column);
        let bare = Expr::cust(format!("substr({}, 1, 2)", column.sealed)).ne(b"D1".to_vec());
        query.and_where(match column.index {
            Some(index) => bare.or(Expr::cust(format!("length({}) = 32", index.column))),
            None => bare,
        });
        let tx = db.begin().await?;
        let values = load(&tx, column, query, None).await?;
        if values.is_empty() {
            return Ok(());
        }
        reseal(db.keys(), &tx, column, values).await?;
        tx.commit().await?;
    }
}

/// Values deleted in clear are still on the pages of the file: they are written anew.
async fn forget_clear_pages(db: &Db) -> Result<()> {
    if db.is_postgres() {
        for table in ["unsealed", "contact", "person", "content"] {
            db.execute_raw(&format!("VACUUM FULL {table}")).await?;
        }
        return Ok(());
    }
    db.execute_raw("VACUUM").await?;
    db.execute_raw("PRAGMA wal_checkpoint(TRUNCATE)").await
}
