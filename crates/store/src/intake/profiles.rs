//! Saved mappings of spreadsheets.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use crate::Tx;
use crate::db::Db;
use crate::entity::sheet_profile;
pub use crate::entity::sheet_profile::Model as ProfileRow;
use crate::error::Result;

/// Every saved mapping, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &Db) -> Result<Vec<ProfileRow>> {
    find(db.read()).await
}

/// [`all`], seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn all_in(tx: &Tx) -> Result<Vec<ProfileRow>> {
    find(tx).await
}

async fn find(c: &impl ConnectionTrait) -> Result<Vec<ProfileRow>> {
    Ok(sheet_profile::Entity::find().order_by_asc(sheet_profile::Column::Name).all(c).await?)
}

/// Keeps a mapping; replaces the one of the same name.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, row: ProfileRow) -> Result<()> {
    crate::bulk::upsert::<sheet_profile::Entity, _>(tx, vec![row]).await
}
