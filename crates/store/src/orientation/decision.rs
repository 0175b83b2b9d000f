//! Decisions of orientation: the latest that has not ended is in force.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::orientation_decision;
pub use crate::entity::orientation_decision::Model as DecisionRow;
use crate::error::Result;

/// Every decision on these records, the last first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<DecisionRow>> {
    Ok(orientation_decision::Entity::find()
        .filter(orientation_decision::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(orientation_decision::Column::DecidedAt)
        .order_by_desc(orientation_decision::Column::Id)
        .all(c)
        .await?)
}

/// The decision in force on these records.
///
/// # Errors
/// When the database does not answer.
pub async fn in_force(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Option<DecisionRow>> {
    Ok(of(c, records).await?.into_iter().find(|one| one.ended_on.is_none()))
}

/// Adds a decision; those in force on these records end that day, replaced.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: DecisionRow, records: &[Uuid]) -> Result<()> {
    end(tx, records, new.notified_on, "replaced").await?;
    bulk::insert::<orientation_decision::Entity, _>(tx, vec![new]).await
}

/// Ends what is in force on these records: `replaced` by another decision, `exited`, or `transferred`.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, records: &[Uuid], on: NaiveDate, why: &str) -> Result<u64> {
    let change = orientation_decision::ActiveModel {
        ended_on: Set(Some(on)),
        ended_why: Set(Some(why.to_owned())),
        ..Default::default()
    };
    let done = orientation_decision::Entity::update_many()
        .set(change)
        .filter(orientation_decision::Column::PersonId.is_in(records.iter().copied()))
        .filter(orientation_decision::Column::EndedOn.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// Puts back in force what ended on that day because the person left, which they did not.
///
/// # Errors
/// When the database refuses.
pub async fn reopen_transferred(tx: &Tx, records: &[Uuid], on: NaiveDate) -> Result<u64> {
    let change =
        orientation_decision::ActiveModel { ended_on: Set(None), ended_why: Set(None), ..Default::default() };
    let done = orientation_decision::Entity::update_many()
        .set(change)
        .filter(orientation_decision::Column::PersonId.is_in(records.iter().copied()))
        .filter(orientation_decision::Column::EndedOn.eq(on))
        .filter(orientation_decision::Column::EndedWhy.eq("transferred"))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// Puts back in force a decision that the end of the path had ended; the acts tell both.
///
/// # Errors
/// When the database refuses.
pub async fn resume(tx: &Tx, id: Uuid) -> Result<()> {
    orientation_decision::Entity::update_many()
        .set(orientation_decision::ActiveModel {
            ended_on: Set(None),
            ended_why: Set(None),
            ..Default::default()
        })
        .filter(orientation_decision::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The last decisions of the département, the most recent first; for the replay of rules, which names nobody.
///
/// # Errors
/// When the database does not answer.
pub async fn last(c: &impl ConnectionTrait, limit: u64) -> Result<Vec<DecisionRow>> {
    Ok(orientation_decision::Entity::find()
        .order_by_desc(orientation_decision::Column::DecidedAt)
        .order_by_desc(orientation_decision::Column::Id)
        .limit(limit)
        .all(c)
        .await?)
}
