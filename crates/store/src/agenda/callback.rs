//! Calls that people ask for by their link; one at a time for somebody.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::db::Tx;
use crate::entity::callback_request;
pub use crate::entity::callback_request::Model as CallbackRow;
use crate::error::Result;

/// Keeps what somebody wishes: over their open wish, whose number and first date stay where nothing else is said, else as a
/// new one. Its key.
///
/// # Errors
/// When the database refuses.
pub async fn wish(tx: &Tx, new: CallbackRow) -> Result<Uuid> {
    let mut change = callback_request::ActiveModel {
        half_day: Set(new.half_day.clone()),
        words_sealed: Set(new.words_sealed.clone()),
        not_before: Set(new.not_before),
        ..Default::default()
    };
    if new.phone_sealed.is_some() {
        change.phone_sealed = Set(new.phone_sealed.clone());
    }
    let (person, id) = (new.open_for, new.id);
    let once = OnConflict::column(callback_request::Column::OpenFor).do_nothing().to_owned();
    let row = new.into_active_model().reset_all();
    let added =
        callback_request::Entity::insert_many([row]).on_conflict(once).exec_without_returning(tx).await?;
    if added == 1 {
        return Ok(id);
    }
    let theirs = callback_request::Column::OpenFor.eq(person);
    callback_request::Entity::update_many().set(change).filter(theirs.clone()).exec(tx).await?;
    let open = callback_request::Entity::find().filter(theirs).one(tx).await?;
    Ok(open.map_or(id, |row| row.id))
}

/// An open request waits until `not_before`: nobody picked up.
///
/// # Errors
/// When the database refuses.
pub async fn put_off(tx: &Tx, id: Uuid, not_before: DateTime<Utc>) -> Result<()> {
    callback_request::Entity::update_many()
        .set(callback_request::ActiveModel { not_before: Set(not_before), ..Default::default() })
        .filter(callback_request::Column::Id.eq(id))
        .filter(callback_request::Column::DoneAt.is_null())
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
