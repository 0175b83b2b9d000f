//! Accesses opened on one person for a short while, and who has read of them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::exceptional_access::Model as AccessRow;
use crate::entity::{exceptional_access, exceptional_seen};
use crate::error::Result;

/// Opens an access.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: AccessRow) -> Result<()> {
    bulk::insert::<exceptional_access::Entity, _>(tx, vec![new]).await
}

/// The access of this account to one of these records that still runs.
///
/// # Errors
/// When the database does not answer.
pub async fn running(
    c: &impl ConnectionTrait,
    account: Uuid,
    records: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Option<AccessRow>> {
    Ok(exceptional_access::Entity::find()
        .filter(exceptional_access::Column::AccountId.eq(account))
        .filter(exceptional_access::Column::PersonId.is_in(records.iter().copied()))
        .filter(exceptional_access::Column::Until.gt(now))
        .order_by_desc(exceptional_access::Column::Until)
        .one(c)
        .await?)
}

/// The most recent accesses, of everybody.
///
/// # Errors
/// When the database does not answer.
pub async fn recent(c: &impl ConnectionTrait, limit: u64) -> Result<Vec<AccessRow>> {
    Ok(exceptional_access::Entity::find()
        .order_by_desc(exceptional_access::Column::OpenedAt)
        .order_by_desc(exceptional_access::Column::Id)
        .limit(limit)
        .all(c)
        .await?)
}

/// One access.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(tx: &Tx, id: Uuid) -> Result<Option<AccessRow>> {
    Ok(exceptional_access::Entity::find_by_id(id).one(tx).await?)
}

/// The accesses that this account has read of.
///
/// # Errors
/// When the database does not answer.
pub async fn seen(c: &impl ConnectionTrait, account: Uuid) -> Result<HashSet<Uuid>> {
    let rows = exceptional_seen::Entity::find()
        .filter(exceptional_seen::Column::AccountId.eq(account))
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|row| row.access_id).collect())
}

/// Says that this account has read of an access.
///
/// # Errors
/// When the database refuses.
pub async fn mark_seen(tx: &Tx, access: Uuid, account: Uuid, at: DateTime<Utc>) -> Result<()> {
    let row = exceptional_seen::Model { access_id: access, account_id: account, seen_at: at };
    bulk::insert_missing::<exceptional_seen::Entity, _>(tx, vec![row]).await
}
