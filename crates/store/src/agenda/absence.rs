//! When professionals are away.

use chrono::{DateTime, Utc};
use domain::agenda::span::Span;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::absence;
pub use crate::entity::absence::Model as AbsenceRow;
use crate::error::Result;

/// The absences of these professionals that touch `span`, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn during(c: &impl ConnectionTrait, accounts: &[Uuid], span: Span) -> Result<Vec<AbsenceRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(accounts) {
        let rows = absence::Entity::find()
            .filter(absence::Column::AccountId.is_in(part))
            .filter(absence::Column::EndsAt.gt(span.start))
            .filter(absence::Column::StartsAt.lt(span.end))
            .order_by_asc(absence::Column::StartsAt)
            .order_by_asc(absence::Column::Id)
            .all(c)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// One absence.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<AbsenceRow>> {
    Ok(absence::Entity::find_by_id(id).one(c).await?)
}

/// Adds an absence.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, row: AbsenceRow) -> Result<()> {
    bulk::insert::<absence::Entity, _>(tx, vec![row]).await
}

/// Takes an absence back.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, id: Uuid) -> Result<()> {
    absence::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Absences that ended before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = absence::Column::EndsAt.lt(before);
    Ok(absence::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
