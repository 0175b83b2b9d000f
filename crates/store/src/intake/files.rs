//! The files themselves: received, waiting, running, done or failed.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement,
};
use uuid::Uuid;

use crate::Tx;
use crate::db::Db;
pub use crate::entity::import::Model as FileRow;
pub use crate::entity::import_reject::Model as RejectRow;
use crate::entity::{import, import_change, import_reject, person};
use crate::error::Result;

/// States of a file.
pub mod status {
    /// Received, not begun.
    pub const WAITING: &str = "waiting";
    /// A spreadsheet that no known profile reads: somebody must say what its columns are.
    pub const MAPPING: &str = "mapping";
    /// A worker reads it.
    pub const RUNNING: &str = "running";
    /// In.
    pub const DONE: &str = "done";
    /// Refused; the reason is kept.
    pub const FAILED: &str = "failed";
}

/// The rank of the next file: files are numbered in the order of their arrival.
///
/// # Errors
/// When the database does not answer.
pub async fn next_number(tx: &Tx) -> Result<i64> {
    let last: Option<Option<i64>> = import::Entity::find()
        .select_only()
        .column_as(import::Column::Number.max(), "n")
        .into_tuple()
        .one(tx)
        .await?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

/// Writes a new file row, or replaces it.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, row: FileRow) -> Result<()> {
    if row.status == status::DONE {
        crate::revision::moved(tx).await?;
    }
    crate::bulk::upsert::<import::Entity, _>(tx, vec![row]).await
}

/// A file by its key.
///
/// # Errors
/// When the database does not answer.
pub async fn get(db: &Db, id: Uuid) -> Result<Option<FileRow>> {
    Ok(import::Entity::find_by_id(id).one(db.read()).await?)
}

/// The file already in whose bytes are these.
///
/// # Errors
/// When the database does not answer.
pub async fn done_with_bytes(c: &impl ConnectionTrait, sha256: &str) -> Result<Option<FileRow>> {
    Ok(import::Entity::find()
        .filter(import::Column::Sha256.eq(sha256))
        .filter(import::Column::Status.eq(status::DONE))
        .order_by_asc(import::Column::Number)
        .one(c)
        .await?)
}

/// The files that are in, in the order of their arrival; without their reports.
///
/// # Errors
/// When the database does not answer.
pub async fn done(c: &impl ConnectionTrait) -> Result<Vec<FileRow>> {
    Ok(import::Entity::find()
        .filter(import::Column::Status.eq(status::DONE))
        .order_by_asc(import::Column::Number)
        .all(c)
        .await?)
}

/// What timelines need of a file that is in.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub struct FileHead {
    /// Its key.
    pub id: Uuid,
    /// Order of arrival.
    pub number: i64,
    /// Its name.
    pub file_name: String,
    /// Its kind.
    pub kind: Option<String>,
    /// Its stamp.
    pub stamp: Option<String>,
    /// The organisms it names, as JSON.
    pub organisms: Option<String>,
}

/// The heads of the files that are in, in the order of their arrival.
///
/// # Errors
/// When the database does not answer.
pub async fn heads(db: &Db) -> Result<Vec<FileHead>> {
    Ok(import::Entity::find()
        .select_only()
        .columns([
            import::Column::Id,
            import::Column::Number,
            import::Column::FileName,
            import::Column::Kind,
            import::Column::Stamp,
            import::Column::Organisms,
        ])
        .filter(import::Column::Status.eq(status::DONE))
        .order_by_asc(import::Column::Number)
        .into_model::<FileHead>()
        .all(db.read())
        .await?)
}

/// The last files received, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn recent(db: &Db, before_number: Option<i64>, limit: u64) -> Result<Vec<FileRow>> {
    let mut query = import::Entity::find().order_by_desc(import::Column::Number).limit(limit);
    if let Some(number) = before_number {
        query = query.filter(import::Column::Number.lt(number));
    }
    Ok(query.all(db.read()).await?)
}

/// Takes the oldest waiting file (or one whose worker died) for `until`; two workers never take the same.
///
/// # Errors
/// When the database does not answer.
pub async fn lease(db: &Db, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<FileRow>> {
    let tx = db.begin().await?;
    let free = Condition::any().add(import::Column::Status.eq(status::WAITING)).add(
        Condition::all()
            .add(import::Column::Status.eq(status::RUNNING))
            .add(import::Column::LeasedUntil.lt(now)),
    );
    let mut query = import::Entity::find().filter(free).order_by_asc(import::Column::Number);
    if db.is_postgres() {
        query = query.lock_with_behavior(
            sea_orm::sea_query::LockType::Update,
            sea_orm::sea_query::LockBehavior::SkipLocked,
        );
    }
    let Some(row) = query.one(&tx).await? else {
        return Ok(None);
    };
    let mut active = row.into_active_model();
    active.status = Set(status::RUNNING.to_owned());
    active.leased_until = Set(Some(until));
    let row = active.update(&tx).await?;
    tx.commit().await?;
    Ok(Some(row))
}

/// Files waiting or running.
///
/// # Errors
/// When the database does not answer.
pub async fn pending(db: &Db) -> Result<Vec<FileRow>> {
    Ok(import::Entity::find()
        .filter(import::Column::Status.is_in([status::WAITING, status::RUNNING]))
        .order_by_asc(import::Column::Number)
        .all(db.read())
        .await?)
}

/// Puts a file back in the queue: it could not be read now.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(db: &Db, id: Uuid) -> Result<()> {
    let tx = db.begin().await?;
    import::Entity::update_many()
        .col_expr(import::Column::Status, Expr::value(status::WAITING))
        .filter(import::Column::Id.eq(id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// At start: what a killed process left `running` waits again. Nothing of it was written: an import is one transaction.
///
/// # Errors
/// When the database refuses.
pub async fn requeue(db: &Db) -> Result<()> {
    if db.is_postgres() {
        // Several servers share the queue: a file whose server died is taken again when its lease ends.
        return Ok(());
    }
    let tx = db.begin().await?;
    import::Entity::update_many()
        .col_expr(import::Column::Status, Expr::value(status::WAITING))
        .filter(import::Column::Status.eq(status::RUNNING))
        .filter(import::Column::Spool.is_not_null())
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the people behind one number of a report.
///
/// # Errors
/// When the database refuses.
pub async fn add_changes(tx: &Tx, import_id: Uuid, kind: &str, people: &[Uuid]) -> Result<()> {
    for part in people.chunks(1_000) {
        let row =
            |person: &Uuid| import_change::Model { import_id, kind: kind.to_owned(), person_id: *person };
        let rows = part.iter().map(row).collect();
        crate::bulk::insert_missing::<import_change::Entity, _>(tx, rows).await?;
    }
    Ok(())
}

/// Writes dossiers left out.
///
/// # Errors
/// When the database refuses.
pub async fn add_rejects(tx: &Tx, rows: Vec<RejectRow>) -> Result<()> {
    crate::bulk::insert::<import_reject::Entity, _>(tx, rows).await
}

/// The dossiers left out of a file, by position, those after position `after` first.
///
/// # Errors
/// When the database does not answer.
pub async fn rejects(db: &Db, import_id: Uuid, after: i64, limit: u64) -> Result<Vec<RejectRow>> {
    Ok(import_reject::Entity::find()
        .filter(import_reject::Column::ImportId.eq(import_id))
        .filter(import_reject::Column::Position.gt(after))
        .order_by_asc(import_reject::Column::Position)
        .limit(limit)
        .all(db.read())
        .await?)
}

/// A dossier left out.
///
/// # Errors
/// When the database does not answer.
pub async fn reject(db: &Db, import_id: Uuid, id: Uuid) -> Result<Option<RejectRow>> {
    Ok(import_reject::Entity::find_by_id(id)
        .filter(import_reject::Column::ImportId.eq(import_id))
        .one(db.read())
        .await?)
}

/// The people behind a number of a report, within `scope`, by name; `after` = the last key of the page before.
///
/// # Errors
/// When the database does not answer.
pub async fn changed_people(
    db: &Db,
    scope: &domain::access::scope::Scope,
    today: chrono::NaiveDate,
    import_id: Uuid,
    kind: &str,
    page: &crate::people::list::Page,
) -> Result<Vec<person::Model>> {
    let behind = sea_orm::sea_query::Query::select()
        .column(import_change::Column::PersonId)
        .from(import_change::Entity)
        .and_where(import_change::Column::ImportId.eq(import_id))
        .and_where(import_change::Column::Kind.eq(kind))
        .to_owned();
    let query = person::Entity::find()
        .filter(crate::scope::visible(scope, today))
        .filter(person::Column::Id.in_subquery(behind));
    Ok(crate::people::list::by_name(query, page).all(db.read()).await?)
}

/// [`get`], seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn get_in(tx: &Tx, id: Uuid) -> Result<Option<FileRow>> {
    Ok(import::Entity::find_by_id(id).one(tx).await?)
}

/// Waits for the import lock as long as SQLite waits for its own, so that a page does not hang behind an import.
///
/// # Errors
/// [`crate::StoreError::Locked`] when an import is under way.
pub async fn lock_imports_briefly(db: &Db, tx: &Tx) -> Result<()> {
    if !db.is_postgres() {
        return Ok(());
    }
    let sql = "SET LOCAL lock_timeout = '5s'";
    tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
    match lock_imports(db, tx).await {
        Err(crate::StoreError::Other(text)) if text.contains("lock timeout") => {
            Err(crate::StoreError::Locked)
        }
        other => other,
    }
}

/// Waits for the import lock of this département on PostgreSQL; held until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn lock_imports(db: &Db, tx: &Tx) -> Result<()> {
    if db.is_postgres() {
        let sql = "SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.import'))";
        tx.execute_raw(Statement::from_string(tx.get_database_backend(), sql)).await?;
    }
    Ok(())
}

/// Sets a spreadsheet aside until somebody says what its columns are; `why` is shown to them.
///
/// # Errors
/// When the database refuses.
pub async fn await_mapping(db: &Db, id: Uuid, why: &str) -> Result<()> {
    let tx = db.begin().await?;
    import::Entity::update_many()
        .set(import::ActiveModel {
            status: Set(status::MAPPING.to_owned()),
            error: Set(Some(why.to_owned())),
            leased_until: Set(None),
            ..Default::default()
        })
        .filter(import::Column::Id.eq(id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The spreadsheets that wait for somebody since before `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn awaiting_since(c: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<Vec<FileRow>> {
    Ok(import::Entity::find()
        .filter(import::Column::Status.eq(status::MAPPING))
        .filter(import::Column::ReceivedAt.lt(before))
        .order_by_asc(import::Column::Number)
        .all(c)
        .await?)
}
