//! Failed tries to prove who one is: counted where every server sees them, and kept through a restart.

use chrono::{DateTime, Utc};
use domain::access::attempts::Bucket;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::bulk;
use crate::db::Tx;
use crate::entity::sign_in_try;
use crate::error::Result;

/// The bucket of this key, locked until the transaction ends; a full one when nobody tried yet.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, key: &[u8], now: DateTime<Utc>) -> Result<Bucket> {
    let new = sign_in_try::Model { key: key.to_vec(), used: 0, since: now };
    bulk::insert_missing::<sign_in_try::Entity, _>(tx, vec![new]).await?;
    // SQLite ignores the lock: a transaction that writes is alone there.
    let row = sign_in_try::Entity::find_by_id(key.to_vec()).lock_exclusive().one(tx).await?;
    Ok(row.map_or(Bucket::full(now), |row| Bucket {
        used: u32::try_from(row.used).unwrap_or(u32::MAX),
        since: row.since,
    }))
}

/// Keeps a bucket that [`lock`] gave.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, key: &[u8], bucket: Bucket) -> Result<()> {
    let change = sign_in_try::ActiveModel {
        used: Set(i64::from(bucket.used)),
        since: Set(bucket.since),
        ..Default::default()
    };
    let query =
        sign_in_try::Entity::update_many().set(change).filter(sign_in_try::Column::Key.eq(key.to_vec()));
    query.exec(tx).await?;
    Ok(())
}
