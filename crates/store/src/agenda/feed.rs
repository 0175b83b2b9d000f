//! The secret address of a professional's agenda: only its hash is kept.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::calendar_feed;
use crate::error::Result;

/// Gives a professional an address, the only one that works from then on.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &Tx, account_id: Uuid, token_hash: Vec<u8>, created_at: DateTime<Utc>) -> Result<()> {
    let row = calendar_feed::Model { account_id, token_hash, created_at };
    bulk::upsert::<calendar_feed::Entity, _>(tx, vec![row]).await
}

/// Takes the address of a professional away.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, account: Uuid) -> Result<()> {
    calendar_feed::Entity::delete_by_id(account).exec(tx).await?;
    Ok(())
}

/// Whose address this is.
///
/// # Errors
/// When the database does not answer.
pub async fn account_of(c: &impl ConnectionTrait, token_hash: &[u8]) -> Result<Option<Uuid>> {
    let found = calendar_feed::Entity::find().filter(calendar_feed::Column::TokenHash.eq(token_hash));
    Ok(found.one(c).await?.map(|row| row.account_id))
}

/// Since when a professional has an address.
///
/// # Errors
/// When the database does not answer.
pub async fn since(c: &impl ConnectionTrait, account: Uuid) -> Result<Option<DateTime<Utc>>> {
    Ok(calendar_feed::Entity::find_by_id(account).one(c).await?.map(|row| row.created_at))
}
