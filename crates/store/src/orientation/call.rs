//! Calls: the answers of a questionnaire, reservations, attempts.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::call_attempt::Model as AttemptRow;
pub use crate::entity::call_file::Model as CallRow;
pub use crate::entity::call_lease::Model as LeaseRow;
use crate::entity::{call_attempt, call_file, call_lease};
use crate::error::Result;

/// The questionnaire that is open for one of these records.
///
/// # Errors
/// When the database does not answer.
pub async fn open_for(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Option<CallRow>> {
    Ok(call_file::Entity::find()
        .filter(call_file::Column::OpenFor.is_in(records.iter().copied()))
        .order_by_desc(call_file::Column::ChangedAt)
        .one(c)
        .await?)
}

/// Every questionnaire of these records, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<CallRow>> {
    Ok(call_file::Entity::find()
        .filter(call_file::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(call_file::Column::OpenedAt)
        .order_by_asc(call_file::Column::Id)
        .all(c)
        .await?)
}

/// These questionnaires, in this order.
///
/// # Errors
/// When the database does not answer.
pub async fn many(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<CallRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for part in bulk::lists(ids) {
        found.extend(call_file::Entity::find().filter(call_file::Column::Id.is_in(part)).all(c).await?);
    }
    found.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(found)
}

/// Opens a questionnaire.
///
/// # Errors
/// When the database refuses, another one open for the person included.
pub async fn open(tx: &Tx, new: CallRow) -> Result<()> {
    bulk::insert::<call_file::Entity, _>(tx, vec![new]).await
}

/// Writes the answers over those of revision `before`; `false` when somebody was faster, or it is closed.
///
/// # Errors
/// When the database refuses.
pub async fn write(
    tx: &Tx,
    id: Uuid,
    before: i64,
    answers_sealed: Vec<u8>,
    by: Uuid,
    at: DateTime<Utc>,
) -> Result<bool> {
    let change = call_file::ActiveModel {
        answers_sealed: Set(answers_sealed),
        revision: Set(before + 1),
        changed_by: Set(by),
        changed_at: Set(at),
        ..Default::default()
    };
    let done = call_file::Entity::update_many()
        .set(change)
        .filter(call_file::Column::Id.eq(id))
        .filter(call_file::Column::Revision.eq(before))
        .filter(call_file::Column::ClosedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Closes the questionnaires that are open for these records, of which a merge may leave two: a decision was made.
///
/// # Errors
/// When the database refuses.
pub async fn close(tx: &Tx, records: &[Uuid], at: DateTime<Utc>) -> Result<()> {
    let change =
        call_file::ActiveModel { open_for: Set(None), closed_at: Set(Some(at)), ..Default::default() };
    call_file::Entity::update_many()
        .set(change)
        .filter(call_file::Column::OpenFor.is_in(records.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Reserves a person for an operator until an instant; `false` when somebody else has them. One who has them already keeps
/// them longer. Holds on both engines whoever comes at the same time: the key of the table is the person.
///
/// # Errors
/// When the database refuses.
pub async fn reserve(tx: &Tx, new: LeaseRow, now: DateTime<Utc>) -> Result<bool> {
    let free = Condition::any()
        .add(call_lease::Column::Until.lt(now))
        .add(call_lease::Column::AccountId.eq(new.account_id));
    let change = call_lease::ActiveModel {
        account_id: Set(new.account_id),
        taken_at: Set(new.taken_at),
        until: Set(new.until),
        ..Default::default()
    };
    let renewed = call_lease::Entity::update_many()
        .set(change)
        .filter(call_lease::Column::PersonId.eq(new.person_id))
        .filter(free)
        .exec(tx)
        .await?;
    if renewed.rows_affected == 1 {
        return Ok(true);
    }
    let (person, account) = (new.person_id, new.account_id);
    bulk::insert_missing::<call_lease::Entity, _>(tx, vec![new]).await?;
    let kept = call_lease::Entity::find_by_id(person).one(tx).await?;
    Ok(kept.is_some_and(|lease| lease.account_id == account))
}

/// Gives a person back to the queue, when this operator has them.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &Tx, person: Uuid, account: Uuid) -> Result<bool> {
    let mine = Condition::all()
        .add(call_lease::Column::PersonId.eq(person))
        .add(call_lease::Column::AccountId.eq(account));
    Ok(call_lease::Entity::delete_many().filter(mine).exec(tx).await?.rows_affected == 1)
}

/// Who has this person at `now`.
///
/// # Errors
/// When the database does not answer.
pub async fn lease(c: &impl ConnectionTrait, person: Uuid, now: DateTime<Utc>) -> Result<Option<LeaseRow>> {
    Ok(call_lease::Entity::find_by_id(person).filter(call_lease::Column::Until.gte(now)).one(c).await?)
}

/// Whom this operator has at `now`, the last taken first.
///
/// # Errors
/// When the database does not answer.
pub async fn leases_of(c: &impl ConnectionTrait, account: Uuid, now: DateTime<Utc>) -> Result<Vec<LeaseRow>> {
    Ok(call_lease::Entity::find()
        .filter(call_lease::Column::AccountId.eq(account))
        .filter(call_lease::Column::Until.gte(now))
        .order_by_desc(call_lease::Column::TakenAt)
        .all(c)
        .await?)
}

/// Removes the reservations that ended before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn sweep_leases(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = call_lease::Column::Until.lt(before);
    Ok(call_lease::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}

/// The attempts to reach these records, the last first.
///
/// # Errors
/// When the database does not answer.
pub async fn attempts(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<AttemptRow>> {
    Ok(call_attempt::Entity::find()
        .filter(call_attempt::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(call_attempt::Column::At)
        .order_by_desc(call_attempt::Column::Id)
        .all(c)
        .await?)
}

/// Adds an attempt, which becomes the latest of the person.
///
/// # Errors
/// When the database refuses.
pub async fn add_attempt(tx: &Tx, new: AttemptRow) -> Result<()> {
    call_attempt::Entity::update_many()
        .set(call_attempt::ActiveModel { latest: Set(false), ..Default::default() })
        .filter(call_attempt::Column::PersonId.eq(new.person_id))
        .filter(call_attempt::Column::Latest.eq(true))
        .exec(tx)
        .await?;
    bulk::insert::<call_attempt::Entity, _>(tx, vec![new]).await
}
