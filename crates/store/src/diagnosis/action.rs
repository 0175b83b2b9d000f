//! Actions decided with people: each change adds a version.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::planned_action;
pub use crate::entity::planned_action::Model as ActionRow;
use crate::error::Result;

/// Every version of the actions of these records, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ActionRow>> {
    Ok(planned_action::Entity::find()
        .filter(planned_action::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(planned_action::Column::WrittenAt)
        .order_by_asc(planned_action::Column::Id)
        .all(c)
        .await?)
}

/// Adds a version. When it replaces another one, that one must be the latest: `false` when somebody was faster.
///
/// # Errors
/// When the database refuses.
pub async fn write(tx: &Tx, new: ActionRow, replaces: Option<Uuid>) -> Result<bool> {
    let (id, at): (Uuid, DateTime<Utc>) = (new.id, new.written_at);
    if let Some(before) = replaces {
        let change = planned_action::ActiveModel {
            superseded_by: Set(Some(id)),
            superseded_at: Set(Some(at)),
            ..Default::default()
        };
        let done = planned_action::Entity::update_many()
            .set(change)
            .filter(planned_action::Column::Id.eq(before))
            .filter(planned_action::Column::SupersededBy.is_null())
            .exec(tx)
            .await?;
        if done.rows_affected != 1 {
            return Ok(false);
        }
    }
    bulk::insert::<planned_action::Entity, _>(tx, vec![new]).await?;
    Ok(true)
}
