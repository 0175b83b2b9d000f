//! The values of the fields of a diagnosis.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::diagnosis_entry;
pub use crate::entity::diagnosis_entry::Model as EntryRow;
use crate::error::Result;

/// Every value of these diagnoses, in the order they were written.
///
/// # Errors
/// When the database does not answer.
pub async fn entries(c: &impl ConnectionTrait, diagnoses: &[Uuid]) -> Result<Vec<EntryRow>> {
    Ok(diagnosis_entry::Entity::find()
        .filter(diagnosis_entry::Column::DiagnosisId.is_in(diagnoses.iter().copied()))
        .order_by_asc(diagnosis_entry::Column::WrittenAt)
        .order_by_asc(diagnosis_entry::Column::Id)
        .all(c)
        .await?)
}

/// Adds a value, which takes the place of these.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, new: EntryRow, replaces: &[Uuid]) -> Result<()> {
    if !replaces.is_empty() {
        let change = diagnosis_entry::ActiveModel {
            replaced_by: Set(Some(new.id)),
            replaced_at: Set(Some(new.written_at)),
            ..Default::default()
        };
        diagnosis_entry::Entity::update_many()
            .set(change)
            .filter(diagnosis_entry::Column::Id.is_in(replaces.iter().copied()))
            .filter(diagnosis_entry::Column::ReplacedBy.is_null())
            .exec(tx)
            .await?;
    }
    bulk::insert::<diagnosis_entry::Entity, _>(tx, vec![new]).await
}
