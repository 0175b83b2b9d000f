//! The rows of documents.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _, QueryFilter,
    QueryOrder, QuerySelect, TryInsertResult,
};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{self, lists};
use crate::db::Db;
pub use crate::entity::document::Model as DocumentRow;
pub use crate::entity::document_object::Model as ObjectRow;
use crate::entity::{account, document, document_object};
use crate::error::{Result, StoreError};

/// Rows of a batch.
const BATCH: u64 = 500;

/// A document, its bytes, and the names of those who added and removed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The document.
    pub row: DocumentRow,
    /// Its bytes.
    pub object: ObjectRow,
    /// Who added it; empty for the program.
    pub added_by: String,
    /// Who removed it; empty when nobody did.
    pub removed_by: String,
}

/// The documents of these records, the most recent first; those that were removed are among them until they are
/// destroyed.
///
/// # Errors
/// When the database does not answer.
pub async fn of_people(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<Document>> {
    let mut found = Vec::new();
    for part in lists(people) {
        let rows = document::Entity::find().filter(document::Column::PersonId.is_in(part));
        found.extend(
            rows.order_by_desc(document::Column::AddedAt).order_by_desc(document::Column::Id).all(c).await?,
        );
    }
    with_objects(c, found).await
}

/// One document of these records.
///
/// # Errors
/// When the database does not answer.
pub async fn one(c: &impl ConnectionTrait, people: &[Uuid], id: Uuid) -> Result<Option<Document>> {
    let row = document::Entity::find_by_id(id)
        .filter(document::Column::PersonId.is_in(people.iter().copied()))
        .one(c)
        .await?;
    Ok(with_objects(c, row.into_iter().collect()).await?.pop())
}

async fn with_objects(c: &impl ConnectionTrait, rows: Vec<DocumentRow>) -> Result<Vec<Document>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.object_id).collect();
    let who: Vec<Uuid> = rows.iter().flat_map(|row| [row.added_by, row.removed_by]).flatten().collect();
    let (mut objects, mut names) = (Vec::new(), Vec::new());
    for part in lists(&ids) {
        let query = document_object::Entity::find().filter(document_object::Column::Id.is_in(part));
        objects.extend(query.all(c).await?);
    }
    for part in lists(&who) {
        names.extend(account::Entity::find().filter(account::Column::Id.is_in(part)).all(c).await?);
    }
    let name = |id: Option<Uuid>| {
        names.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone()).unwrap_or_default()
    };
    let whole = |row: DocumentRow| {
        let object = objects.iter().find(|one| one.id == row.object_id)?.clone();
        Some(Document { added_by: name(row.added_by), removed_by: name(row.removed_by), row, object })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// Bytes of the documents of these records that nobody removed.
///
/// # Errors
/// When the database does not answer.
pub async fn weight(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<u64> {
    let all = of_people(c, people).await?;
    let kept = all.iter().filter(|one| one.row.removed_at.is_none());
    Ok(kept.map(|one| u64::try_from(one.object.size).unwrap_or_default()).sum())
}

/// The object of this address, held until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn object_at(tx: &Tx, address: &[u8]) -> Result<Option<ObjectRow>> {
    Ok(document_object::Entity::find()
        .filter(document_object::Column::Address.eq(address))
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Whether an object of this address is known.
///
/// # Errors
/// When the database does not answer.
pub async fn knows_object(db: &Db, address: &[u8]) -> Result<bool> {
    let query = document_object::Entity::find().filter(document_object::Column::Address.eq(address));
    Ok(query.one(db.read()).await?.is_some())
}

/// Writes an object down; `false` when another one took its address meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn add_object(tx: &Tx, row: ObjectRow) -> Result<bool> {
    let written = document_object::Entity::insert_many([row.into_active_model()])
        .on_conflict_do_nothing_on([document_object::Column::Address])
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(written, TryInsertResult::Inserted(rows) if rows > 0))
}

/// Writes a document down; its object is named again if it waited for its end.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, row: DocumentRow) -> Result<()> {
    document_object::Entity::update_many()
        .col_expr(document_object::Column::DroppedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(document_object::Column::Id.eq(row.object_id))
        .exec(tx)
        .await?;
    bulk::insert::<document::Entity, _>(tx, vec![row]).await
}

/// Marks a document removed; `false` when it was already, or is not there.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, id: Uuid, at: DateTime<Utc>, by: Option<Uuid>, reason: Vec<u8>) -> Result<bool> {
    let change = document::ActiveModel {
        removed_at: Set(Some(at)),
        removed_by: Set(by),
        removed_reason_sealed: Set(Some(reason)),
        ..Default::default()
    };
    let done = document::Entity::update_many()
        .set(change)
        .filter(document::Column::Id.eq(id))
        .filter(document::Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends documents: those removed before `before`. Objects that nobody names any more are marked; see [`forget_objects`].
/// Returns how many documents ended.
///
/// # Errors
/// When the database refuses.
pub async fn end_removed(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    let ended =
        document::Entity::delete_many().filter(document::Column::RemovedAt.lt(before)).exec(tx).await?;
    drop_unnamed(tx, now).await?;
    Ok(ended.rows_affected)
}

/// Ends every document of these records, when the time of their file is over.
///
/// # Errors
/// When the database refuses.
pub async fn end_of_people(tx: &Tx, people: &[Uuid], now: DateTime<Utc>) -> Result<()> {
    for part in lists(people) {
        document::Entity::delete_many().filter(document::Column::PersonId.is_in(part)).exec(tx).await?;
    }
    drop_unnamed(tx, now).await
}

/// Marks the objects that no document names.
async fn drop_unnamed(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    document_object::Entity::update_many()
        .col_expr(document_object::Column::DroppedAt, Expr::value(now))
        .filter(document_object::Column::DroppedAt.is_null())
        .filter(document_object::Column::Id.not_in_subquery(named()))
        .exec(tx)
        .await?;
    Ok(())
}

fn named() -> sea_orm::sea_query::SelectStatement {
    Query::select().column(document::Column::ObjectId).from(document::Entity).to_owned()
}

/// Takes away the rows of objects marked before `before`, and returns their names: their bytes may go once the
/// transaction is committed.
///
/// # Errors
/// When the database refuses.
pub async fn forget_objects(tx: &Tx, before: DateTime<Utc>) -> Result<Vec<String>> {
    let gone = document_object::Entity::find()
        .filter(document_object::Column::DroppedAt.lt(before))
        .filter(document_object::Column::Id.not_in_subquery(named()))
        .limit(BATCH)
        .lock_exclusive()
        .all(tx)
        .await?;
    let ids: Vec<Uuid> = gone.iter().map(|row| row.id).collect();
    document_object::Entity::delete_many().filter(document_object::Column::Id.is_in(ids)).exec(tx).await?;
    Ok(gone.into_iter().map(|row| row.name).collect())
}

/// Every object, by key, a batch after `after`; empty at the end.
///
/// # Errors
/// When the database does not answer.
pub async fn objects_after(db: &Db, after: Option<Uuid>) -> Result<Vec<ObjectRow>> {
    let mut query = document_object::Entity::find().order_by_asc(document_object::Column::Id).limit(BATCH);
    if let Some(after) = after {
        query = query.filter(document_object::Column::Id.gt(after));
    }
    Ok(query.all(db.read()).await?)
}

/// Which of these names no row names.
///
/// # Errors
/// When the database does not answer.
pub async fn unnamed(db: &Db, names: &[String]) -> Result<Vec<String>> {
    let mut known: Vec<String> = Vec::new();
    for part in lists(names) {
        let query = document_object::Entity::find()
            .select_only()
            .column(document_object::Column::Name)
            .filter(document_object::Column::Name.is_in(part));
        known.extend(query.into_tuple::<String>().all(db.read()).await?);
    }
    Ok(names.iter().filter(|name| !known.contains(name)).cloned().collect())
}

/// An object as the row of a document must name it.
///
/// # Errors
/// [`StoreError::Unreadable`] when its key cannot be opened.
pub fn key_of(db: &Db, row: &ObjectRow) -> Result<super::sealed::FileKey> {
    super::sealed::FileKey::unwrap(db.keys(), &row.key_sealed).map_err(|_| StoreError::Unreadable)
}
