//! Acts of a path: added, never changed.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::path_act;
pub use crate::entity::path_act::Model as ActRow;
use crate::error::Result;

/// Every act on these records, in the order they were recorded.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ActRow>> {
    Ok(path_act::Entity::find()
        .filter(path_act::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(path_act::Column::RecordedAt)
        .order_by_asc(path_act::Column::Id)
        .all(c)
        .await?)
}

/// Adds an act.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, new: ActRow) -> Result<()> {
    bulk::insert::<path_act::Entity, _>(tx, vec![new]).await
}

/// Forgets what was written on these people; that it was done, and when, stays.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget_texts(tx: &Tx, people: &[Uuid]) -> Result<()> {
    path_act::Entity::update_many()
        .set(path_act::ActiveModel { text_sealed: Set(None), ..Default::default() })
        .filter(path_act::Column::PersonId.is_in(people.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}
