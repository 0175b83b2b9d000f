//! Places where people are received, and their rooms.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::room::Model as RoomRow;
pub use crate::entity::site::Model as SiteRow;
use crate::entity::{room, site};
use crate::error::Result;

/// Every place, by name, closed ones too.
///
/// # Errors
/// When the database does not answer.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<SiteRow>> {
    Ok(site::Entity::find().order_by_asc(site::Column::Name).order_by_asc(site::Column::Id).all(c).await?)
}

/// Adds a place, or replaces what is known of it.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, row: SiteRow) -> Result<()> {
    bulk::upsert::<site::Entity, _>(tx, vec![row]).await
}

/// Every room, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn rooms(c: &impl ConnectionTrait) -> Result<Vec<RoomRow>> {
    Ok(room::Entity::find().order_by_asc(room::Column::Name).order_by_asc(room::Column::Id).all(c).await?)
}

/// The rooms of a place, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn rooms_of(c: &impl ConnectionTrait, site: Uuid) -> Result<Vec<RoomRow>> {
    let here = room::Column::SiteId.eq(site);
    Ok(room::Entity::find().filter(here).order_by_asc(room::Column::Name).all(c).await?)
}

/// Adds a room, or replaces what is known of it.
///
/// # Errors
/// When the database refuses.
pub async fn save_room(tx: &Tx, row: RoomRow) -> Result<()> {
    bulk::upsert::<room::Entity, _>(tx, vec![row]).await
}
