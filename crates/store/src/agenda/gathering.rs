//! Sessions for several people.

use domain::agenda::span::Span;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::gathering;
pub use crate::entity::gathering::Model as GatheringRow;
use crate::error::Result;

impl GatheringRow {
    /// From when to when.
    pub fn span(&self) -> Span {
        Span { start: self.starts_at, end: self.ends_at }
    }
}

/// Adds sessions.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, rows: Vec<GatheringRow>) -> Result<()> {
    bulk::insert::<gathering::Entity, _>(tx, rows).await
}

/// Replaces what is known of a session.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, row: GatheringRow) -> Result<()> {
    let id = row.id;
    let change = row.into_active_model().reset_all();
    gathering::Entity::update_many().set(change).filter(gathering::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// These sessions.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<GatheringRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(ids) {
        found.extend(gathering::Entity::find().filter(gathering::Column::Id.is_in(part)).all(c).await?);
    }
    Ok(found)
}

/// A session, held until the end of the transaction: its seats are counted once.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, id: Uuid) -> Result<Option<GatheringRow>> {
    Ok(gathering::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

/// The sessions that begin in `span`, cancelled ones too, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn during(c: &impl ConnectionTrait, span: Span) -> Result<Vec<GatheringRow>> {
    Ok(gathering::Entity::find()
        .filter(gathering::Column::StartsAt.gte(span.start))
        .filter(gathering::Column::StartsAt.lt(span.end))
        .order_by_asc(gathering::Column::StartsAt)
        .order_by_asc(gathering::Column::Id)
        .all(c)
        .await?)
}
