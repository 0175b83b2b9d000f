//! Who follows whom, on which side, between two dates.

use chrono::NaiveDate;
use domain::time::plus_days;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::Tx;
use crate::entity::{person, referent};
use crate::error::Result;

/// Somebody becomes the referent of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its identifier.
    pub id: Uuid,
    /// Who is followed.
    pub person_id: Uuid,
    /// Who follows.
    pub account_id: Uuid,
    /// `social` or `employment`.
    pub side: String,
    /// First day.
    pub since: NaiveDate,
}

/// People given a referent by one statement.
const MANY: usize = 1_000;

/// Gives referents to people. The referent of the same side, if any, ends the day before.
///
/// # Errors
/// When the database refuses.
pub async fn assign(tx: &Tx, assignments: Vec<Assignment>) -> Result<()> {
    for part in assignments.chunks(MANY) {
        for one in part {
            end_previous(tx, one).await?;
        }
        let people = part.iter().map(|one| one.person_id);
        person::Entity::update_many()
            .set(person::ActiveModel { has_referent: Set(true), ..Default::default() })
            .filter(person::Column::Id.is_in(people))
            .exec(tx)
            .await?;
    }
    let rows = assignments.into_iter().map(|one| referent::Model {
        id: one.id,
        person_id: one.person_id,
        account_id: one.account_id,
        side: one.side,
        since: one.since,
        until: None,
    });
    crate::bulk::insert::<referent::Entity, _>(tx, rows.collect()).await
}

async fn end_previous(tx: &Tx, new: &Assignment) -> Result<()> {
    let running =
        Condition::any().add(referent::Column::Until.is_null()).add(referent::Column::Until.gte(new.since));
    referent::Entity::update_many()
        .set(referent::ActiveModel { until: Set(Some(plus_days(new.since, -1))), ..Default::default() })
        .filter(referent::Column::PersonId.eq(new.person_id))
        .filter(referent::Column::Side.eq(new.side.as_str()))
        .filter(running)
        .exec(tx)
        .await?;
    Ok(())
}

/// Nobody follows these records any more from the day after `last_day`.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(tx: &Tx, records: &[Uuid], last_day: NaiveDate) -> Result<()> {
    let running =
        Condition::any().add(referent::Column::Until.is_null()).add(referent::Column::Until.gt(last_day));
    referent::Entity::update_many()
        .set(referent::ActiveModel { until: Set(Some(last_day)), ..Default::default() })
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(running)
        .exec(tx)
        .await?;
    Ok(())
}

/// Who followed these records until that day: the last of each side, with its side.
///
/// # Errors
/// When the database does not answer.
pub async fn until(tx: &Tx, records: &[Uuid], last_day: NaiveDate) -> Result<Vec<(Uuid, String)>> {
    let mut found = referent::Entity::find()
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(referent::Column::Until.eq(last_day))
        .order_by_asc(referent::Column::Side)
        .order_by_desc(referent::Column::Since)
        .order_by_desc(referent::Column::Id)
        .all(tx)
        .await?;
    found.dedup_by(|next, one| next.side == one.side);
    Ok(found.into_iter().map(|one| (one.account_id, one.side)).collect())
}
