//! Links by which a person books without an account: found by the keyed hash of their token.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::{Db, Tx};
use crate::entity::booking_link;
pub use crate::entity::booking_link::Model as LinkRow;
use crate::error::Result;

/// What the database keeps of a token: 55 bits could be tried one by one by who holds a copy of it, were they not hashed with
/// a key that is sealed there. That key outlives a change of secret, and so do the links.
///
/// # Errors
/// When the database was not prepared.
pub fn hash(db: &Db, token: &str) -> Result<Vec<u8>> {
    Ok(db.content_key()?.hash(&format!("booking link {token}")))
}

/// Adds a link.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, row: LinkRow) -> Result<()> {
    bulk::insert::<booking_link::Entity, _>(tx, vec![row]).await
}

/// The link of this hash, whether it still works or not.
///
/// # Errors
/// When the database does not answer.
pub async fn by_hash(c: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<LinkRow>> {
    let this = booking_link::Column::TokenHash.eq(hash.to_vec());
    Ok(booking_link::Entity::find().filter(this).one(c).await?)
}

/// Holds a link until the end of the transaction, and gives it as it stands now: two browsers that use one link at the same
/// time come one after the other.
///
/// # Errors
/// When the database refuses.
pub async fn hold(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<Option<LinkRow>> {
    set(tx, id, booking_link::ActiveModel { used_at: Set(Some(now)), ..Default::default() }).await?;
    Ok(booking_link::Entity::find_by_id(id).one(tx).await?)
}

/// Says which appointment was booked by a link.
///
/// # Errors
/// When the database refuses.
pub async fn booked(tx: &Tx, id: Uuid, appointment: Uuid) -> Result<()> {
    set(tx, id, booking_link::ActiveModel { appointment_id: Set(Some(appointment)), ..Default::default() })
        .await
}

/// Ends a link of these records; false when it is not theirs or was ended before.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, id: Uuid, records: &[Uuid], now: DateTime<Utc>) -> Result<bool> {
    let done = booking_link::Entity::update_many()
        .set(booking_link::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
        .filter(booking_link::Column::Id.eq(id))
        .filter(booking_link::Column::PersonId.is_in(records.iter().copied()))
        .filter(booking_link::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The links of these records that still work, the last made first.
///
/// # Errors
/// When the database does not answer.
pub async fn live(c: &impl ConnectionTrait, records: &[Uuid], now: DateTime<Utc>) -> Result<Vec<LinkRow>> {
    Ok(booking_link::Entity::find()
        .filter(booking_link::Column::PersonId.is_in(records.iter().copied()))
        .filter(booking_link::Column::EndedAt.is_null())
        .filter(booking_link::Column::ExpiresAt.gt(now))
        .order_by_desc(booking_link::Column::MadeAt)
        .order_by_desc(booking_link::Column::Id)
        .all(c)
        .await?)
}

/// Deletes the links that could no longer be used at `before`.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = booking_link::Column::ExpiresAt.lt(before);
    Ok(booking_link::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// Deletes the links of these records.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, records: &[Uuid]) -> Result<()> {
    let theirs = booking_link::Column::PersonId.is_in(records.iter().copied());
    booking_link::Entity::delete_many().filter(theirs).exec(tx).await?;
    Ok(())
}

async fn set(tx: &Tx, id: Uuid, change: booking_link::ActiveModel) -> Result<()> {
    booking_link::Entity::update_many().set(change).filter(booking_link::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}
