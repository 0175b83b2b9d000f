//! Calls that people ask for by their link; one at a time for somebody.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::callback_request;
pub use crate::entity::callback_request::Model as CallbackRow;
use crate::error::Result;

/// Adds a request.
///
/// # Errors
/// When the database refuses, another one open for the person included.
pub async fn insert(tx: &Tx, row: CallbackRow) -> Result<()> {
    bulk::insert::<callback_request::Entity, _>(tx, vec![row]).await
}

/// Writes a request over what it was.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, row: CallbackRow) -> Result<()> {
    let id = row.id;
    callback_request::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(callback_request::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Answers a request; false when somebody did before.
///
/// # Errors
/// When the database refuses.
pub async fn done(
    tx: &Tx,
    id: Uuid,
    by: Option<Uuid>,
    at: DateTime<Utc>,
    answer_sealed: Option<Vec<u8>>,
) -> Result<bool> {
    let change = callback_request::ActiveModel {
        open_for: Set(None),
        done_at: Set(Some(at)),
        done_by: Set(by),
        answer_sealed: Set(answer_sealed),
        ..Default::default()
    };
    let done = callback_request::Entity::update_many()
        .set(change)
        .filter(callback_request::Column::Id.eq(id))
        .filter(callback_request::Column::DoneAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// One request.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<CallbackRow>> {
    Ok(callback_request::Entity::find_by_id(id).one(c).await?)
}

/// The requests that nobody has answered, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn open(c: &impl ConnectionTrait) -> Result<Vec<CallbackRow>> {
    Ok(callback_request::Entity::find()
        .filter(callback_request::Column::OpenFor.is_not_null())
        .order_by_asc(callback_request::Column::AskedAt)
        .order_by_asc(callback_request::Column::Id)
        .all(c)
        .await?)
}

/// The requests of these records, the last first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<CallbackRow>> {
    Ok(callback_request::Entity::find()
        .filter(callback_request::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(callback_request::Column::AskedAt)
        .order_by_desc(callback_request::Column::Id)
        .all(c)
        .await?)
}

/// Deletes the requests of these records.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, records: &[Uuid]) -> Result<()> {
    let theirs = callback_request::Column::PersonId.is_in(records.iter().copied());
    callback_request::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}
