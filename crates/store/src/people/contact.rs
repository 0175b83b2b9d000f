//! The ways to reach people, and what they said of them: the only place that reads and writes `contact`.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{insert, lists};
use crate::entity::contact;
pub use crate::entity::contact::Model as ContactRow;
use crate::error::Result;

/// Why a value no longer holds.
pub mod ended {
    /// Somebody said that it reaches nobody.
    pub const UNUSABLE: &str = "unusable";
    /// A professional typed another one in its place.
    pub const REPLACED: &str = "replaced";
}

/// The contacts of these records, newest first, those that no longer hold among them.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, persons: &[Uuid]) -> Result<Vec<ContactRow>> {
    let mut found = Vec::new();
    for part in lists(persons) {
        let query = contact::Entity::find().filter(contact::Column::PersonId.is_in(part));
        found.extend(
            query.order_by_desc(contact::Column::Stamp).order_by_asc(contact::Column::Id).all(c).await?,
        );
    }
    Ok(found)
}

/// The records that hold one of these values.
///
/// # Errors
/// When the database does not answer.
pub async fn holders(c: &impl ConnectionTrait, values: &[String]) -> Result<Vec<Uuid>> {
    let mut found = Vec::new();
    for part in lists(values) {
        let query = contact::Entity::find().select_only().column(contact::Column::PersonId);
        let query = query.filter(contact::Column::Value.is_in(part.iter().map(String::as_str)));
        found.extend(query.into_tuple::<Uuid>().all(c).await?);
    }
    Ok(found)
}

/// Adds contacts.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, rows: Vec<ContactRow>) -> Result<()> {
    insert::<contact::Entity, _>(tx, rows).await
}

/// Says that a contact no longer holds, since when and by whom; or, with `None`, that it holds again.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, row: ContactRow, why: Option<(&str, DateTime<Utc>, Option<Uuid>)>) -> Result<()> {
    let mut active = row.into_active_model();
    active.ended = Set(why.map(|(word, _, _)| word.to_owned()));
    active.ended_at = Set(why.map(|(_, at, _)| at));
    active.ended_by = Set(why.and_then(|(_, _, by)| by));
    active.update(tx).await?;
    Ok(())
}
