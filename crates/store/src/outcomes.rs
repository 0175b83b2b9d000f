//! Returns to work, trainings and businesses of people, and what was recorded of them.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk::{self, lists};
use crate::db::Tx;
pub use crate::entity::outcome::Model as OutcomeRow;
pub use crate::entity::outcome_act::Model as OutcomeActRow;
use crate::entity::{outcome, outcome_act};
use crate::error::Result;

/// The outcomes of these records, the first written first.
///
/// # Errors
/// When the database does not answer; so for each read below.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<OutcomeRow>> {
    Ok(outcome::Entity::find()
        .filter(outcome::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(outcome::Column::RecordedAt)
        .order_by_asc(outcome::Column::Id)
        .all(c)
        .await?)
}

/// Everything recorded of the outcomes of these records, in the order it was.
///
/// # Errors
/// When the database does not answer.
pub async fn acts(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<OutcomeActRow>> {
    Ok(outcome_act::Entity::find()
        .filter(outcome_act::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(outcome_act::Column::RecordedAt)
        .order_by_asc(outcome_act::Column::Id)
        .all(c)
        .await?)
}

/// Adds an outcome.
///
/// # Errors
/// When the database refuses; so for each write below.
pub async fn add(tx: &Tx, new: OutcomeRow) -> Result<()> {
    bulk::insert::<outcome::Entity, _>(tx, vec![new]).await
}

/// Adds what is recorded of an outcome.
///
/// # Errors
/// When the database refuses.
pub async fn add_act(tx: &Tx, new: OutcomeActRow) -> Result<()> {
    bulk::insert::<outcome_act::Entity, _>(tx, vec![new]).await
}

/// Writes what is derived of an outcome, kept for `verify` and for lists: its stage, and the day it ended.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, id: Uuid, stage: &str, ended_on: Option<NaiveDate>) -> Result<()> {
    outcome::Entity::update_many()
        .set(outcome::ActiveModel {
            stage: Set(stage.to_owned()),
            ended_on: Set(ended_on),
            ..Default::default()
        })
        .filter(outcome::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets what was written on these people; that they went back to work, when and for how many hours, stays.
pub(crate) async fn forget_texts(tx: &Tx, people: &[Uuid]) -> Result<()> {
    for part in lists(people) {
        outcome::Entity::update_many()
            .set(outcome::ActiveModel { text_sealed: Set(None), ..Default::default() })
            .filter(outcome::Column::PersonId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
        outcome_act::Entity::update_many()
            .set(outcome_act::ActiveModel { text_sealed: Set(None), ..Default::default() })
            .filter(outcome_act::Column::PersonId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}
