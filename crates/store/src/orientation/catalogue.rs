//! Versions of the questionnaire and of the rules, as the département reads and changes them.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::bulk;
use crate::db::Tx;
use crate::entity::catalogue;
pub use crate::entity::catalogue::Model as CatalogueRow;
use crate::error::Result;

/// Which catalogue.
pub mod kind {
    /// The questionnaire of the orientation call.
    pub const QUESTIONNAIRE: &str = "orientation_questionnaire";
    /// The rules of the orientation.
    pub const RULES: &str = "orientation_rules";
}

/// Every version of a catalogue that the département wrote, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn versions(c: &impl ConnectionTrait, kind: &str) -> Result<Vec<CatalogueRow>> {
    Ok(catalogue::Entity::find()
        .filter(catalogue::Column::Kind.eq(kind))
        .order_by_desc(catalogue::Column::Number)
        .all(c)
        .await?)
}

/// The version in force on `day`: of those that began, the one written last.
///
/// # Errors
/// When the database does not answer.
pub async fn in_force(c: &impl ConnectionTrait, kind: &str, day: NaiveDate) -> Result<Option<CatalogueRow>> {
    Ok(catalogue::Entity::find()
        .filter(catalogue::Column::Kind.eq(kind))
        .filter(catalogue::Column::ValidFrom.lte(day))
        .order_by_desc(catalogue::Column::Number)
        .one(c)
        .await?)
}

/// The catalogues that the département wrote whose name begins so.
///
/// # Errors
/// When the database does not answer.
pub async fn kinds(c: &impl ConnectionTrait, prefix: &str) -> Result<Vec<String>> {
    Ok(catalogue::Entity::find()
        .select_only()
        .column(catalogue::Column::Kind)
        .distinct()
        .filter(catalogue::Column::Kind.starts_with(prefix))
        .into_tuple()
        .all(c)
        .await?)
}

/// A version by its number.
///
/// # Errors
/// When the database does not answer.
pub async fn numbered(c: &impl ConnectionTrait, kind: &str, number: i64) -> Result<Option<CatalogueRow>> {
    Ok(catalogue::Entity::find()
        .filter(catalogue::Column::Kind.eq(kind))
        .filter(catalogue::Column::Number.eq(number))
        .one(c)
        .await?)
}

/// Adds a version. Two at once under one number: the second is refused by the database.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: CatalogueRow) -> Result<()> {
    bulk::insert::<catalogue::Entity, _>(tx, vec![new]).await
}
