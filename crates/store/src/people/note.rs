//! Notes on people: each change adds a version, nothing is deleted.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::person_note;
pub use crate::entity::person_note::Model as NoteRow;
use crate::error::Result;

/// Every version of the notes on these records, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<NoteRow>> {
    Ok(person_note::Entity::find()
        .filter(person_note::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(person_note::Column::WrittenAt)
        .order_by_asc(person_note::Column::Id)
        .all(c)
        .await?)
}

/// Adds a version. When it replaces another one, that one must be the latest: `false` when somebody was faster.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &Tx, new: NoteRow, replaces: Option<Uuid>) -> Result<bool> {
    let (id, at): (Uuid, DateTime<Utc>) = (new.id, new.written_at);
    if let Some(before) = replaces {
        let change = person_note::ActiveModel {
            superseded_by: Set(Some(id)),
            superseded_at: Set(Some(at)),
            ..Default::default()
        };
        let done = person_note::Entity::update_many()
            .set(change)
            .filter(person_note::Column::Id.eq(before))
            .filter(person_note::Column::SupersededBy.is_null())
            .exec(tx)
            .await?;
        if done.rows_affected != 1 {
            return Ok(false);
        }
    }
    bulk::insert::<person_note::Entity, _>(tx, vec![new]).await?;
    Ok(true)
}
