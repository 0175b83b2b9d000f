//! Who has a diagnosis open, on which theme.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::diagnosis_presence;
pub use crate::entity::diagnosis_presence::Model as PresenceRow;
use crate::error::Result;

/// Says that somebody is there.
///
/// # Errors
/// When the database refuses.
pub async fn here(tx: &Tx, row: PresenceRow) -> Result<()> {
    bulk::upsert::<diagnosis_presence::Entity, _>(tx, vec![row]).await
}

/// Says that somebody left.
///
/// # Errors
/// When the database refuses.
pub async fn leave(tx: &Tx, diagnosis: Uuid, account: Uuid) -> Result<()> {
    diagnosis_presence::Entity::delete_by_id((diagnosis, account)).exec(tx).await?;
    Ok(())
}

/// Who was there since an instant, the last seen first.
///
/// # Errors
/// When the database does not answer.
pub async fn present(
    c: &impl ConnectionTrait,
    diagnosis: Uuid,
    since: DateTime<Utc>,
) -> Result<Vec<PresenceRow>> {
    Ok(diagnosis_presence::Entity::find()
        .filter(diagnosis_presence::Column::DiagnosisId.eq(diagnosis))
        .filter(diagnosis_presence::Column::SeenAt.gte(since))
        .order_by_desc(diagnosis_presence::Column::SeenAt)
        .order_by_asc(diagnosis_presence::Column::AccountId)
        .all(c)
        .await?)
}

/// Removes who was there before an instant only.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = diagnosis_presence::Column::SeenAt.lt(before);
    Ok(diagnosis_presence::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
