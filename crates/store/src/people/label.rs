//! Tags, and the numbers that people have in other softwares.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{insert_missing, lists};
use crate::entity::label;
pub use crate::entity::label::Model as LabelRow;
use crate::error::Result;

/// What a label is.
pub mod kind {
    /// A word that the département gives to people.
    pub const TAG: &str = "tag";
    /// Their number in another software.
    pub const INTERNAL_ID: &str = "internal_id";
    /// Every kind.
    pub const ALL: [&str; 2] = [TAG, INTERNAL_ID];
}

/// The labels of these records, by kind and value.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, persons: &[Uuid]) -> Result<Vec<LabelRow>> {
    let mut found = Vec::new();
    for part in lists(persons) {
        let query = label::Entity::find().filter(label::Column::PersonId.is_in(part));
        found.extend(
            query
                .order_by_asc(label::Column::Kind)
                .order_by_asc(label::Column::Value)
                .order_by_asc(label::Column::PersonId)
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// The records whose number in another software begins so; at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub async fn with_number(c: &impl ConnectionTrait, start: &str, limit: u64) -> Result<Vec<Uuid>> {
    let column = Expr::col(label::Column::Search);
    let query = label::Entity::find().select_only().column(label::Column::PersonId);
    let query = query
        .filter(label::Column::Kind.eq(kind::INTERNAL_ID))
        .filter(column.clone().gte(start).and(column.lt(format!("{start}\u{10ffff}"))))
        .limit(limit);
    Ok(query.into_tuple().all(c).await?)
}

/// Adds labels; those already there stay as they are.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, rows: Vec<LabelRow>) -> Result<()> {
    insert_missing::<label::Entity, _>(tx, rows).await
}
