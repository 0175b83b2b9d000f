//! What is written to people.
//!
//! ```text
//! queue ──▶ waiting ── claim ──▶ waiting, not before the claim ends ──┬─▶ sent ─▶ delivered, failed
//!              ▲                                                      ├─▶ refused, dropped, unsent
//!              └──────────────── put off (back-off) ──────────────────┘
//! ```
//!
//! What a message says is sealed, and kept as long as the person's active file: it is what they were told.

use chrono::{DateTime, Utc};
use domain::messages::state::State;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::{Db, Tx};
use crate::entity::message;
pub use crate::entity::message::Model as MessageRow;
use crate::error::Result;

/// As many rows as there are: both engines count them with a sign.
pub const ALL: u64 = u64::MAX >> 1;

/// Puts a message in the queue; `false` when this is already told by this channel.
///
/// # Errors
/// When the database refuses.
pub async fn queue(tx: &Tx, new: MessageRow) -> Result<bool> {
    let once =
        OnConflict::columns([message::Column::Notice, message::Column::Channel]).do_nothing().to_owned();
    let row = new.into_active_model().reset_all();
    let added = message::Entity::insert_many([row]).on_conflict(once).exec_without_returning(tx).await?;
    Ok(added == 1)
}

/// The message that has waited longest, taken until `until`: nobody else takes it before then.
///
/// # Errors
/// When the database refuses.
pub async fn claim(db: &Db, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<MessageRow>> {
    let due = message::Entity::find()
        .filter(message::Column::State.eq(State::Waiting.code()))
        .filter(message::Column::NextAt.lte(now))
        .order_by_asc(message::Column::NextAt)
        .order_by_asc(message::Column::Id);
    let Some(found) = due.one(db.read()).await? else { return Ok(None) };
    let tx = db.begin().await?;
    let taken = message::Entity::update_many()
        .set(message::ActiveModel { next_at: Set(until), tries: Set(found.tries + 1), ..Default::default() })
        .filter(message::Column::Id.eq(found.id))
        .filter(message::Column::State.eq(State::Waiting.code()))
        .filter(message::Column::NextAt.lte(now))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    let taken = taken.rows_affected == 1;
    Ok(taken.then(|| MessageRow { tries: found.tries + 1, next_at: until, ..found }))
}

/// Replaces a message that is still as `before`: `false` when somebody was faster.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &Tx, before: &MessageRow, after: MessageRow) -> Result<bool> {
    let done = message::Entity::update_many()
        .set(after.into_active_model().reset_all())
        .filter(message::Column::Id.eq(before.id))
        .filter(message::Column::State.eq(before.state.as_str()))
        .filter(message::Column::Tries.eq(before.tries))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// One message.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<MessageRow>> {
    Ok(message::Entity::find_by_id(id).one(c).await?)
}

/// Every message that tells one of these, whatever its channel.
///
/// # Errors
/// When the database does not answer.
pub async fn of_notices(c: &impl ConnectionTrait, notices: &[String]) -> Result<Vec<MessageRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(notices) {
        found.extend(message::Entity::find().filter(message::Column::Notice.is_in(part)).all(c).await?);
    }
    Ok(found)
}

/// What was written to the people of these records, the last first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_people(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<MessageRow>> {
    Ok(message::Entity::find()
        .filter(message::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .all(c)
        .await?)
}

/// The messages in one of these states that nobody has dealt with, the oldest first, `most` at most.
///
/// # Errors
/// When the database does not answer.
pub async fn open(c: &impl ConnectionTrait, states: &[State], most: u64) -> Result<Vec<MessageRow>> {
    Ok(message::Entity::find()
        .filter(message::Column::State.is_in(states.iter().map(|state| state.code())))
        .filter(message::Column::HandledAt.is_null())
        .order_by_asc(message::Column::CreatedAt)
        .order_by_asc(message::Column::Id)
        .limit(most)
        .all(c)
        .await?)
}

/// The messages of a template that were sent between two instants, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn sent_between(
    c: &impl ConnectionTrait,
    template: &str,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<MessageRow>> {
    Ok(message::Entity::find()
        .filter(message::Column::State.is_in([State::Sent.code(), State::Delivered.code()]))
        .filter(message::Column::Template.eq(template))
        .filter(message::Column::SentAt.between(from, until))
        .order_by_asc(message::Column::SentAt)
        .all(c)
        .await?)
}

/// What waits and is no longer so: the appointment was moved or cancelled, or went otherwise. What was never told may be told
/// again: these no longer stand for their notice.
///
/// # Errors
/// When the database refuses.
pub async fn drop_of(tx: &Tx, appointment: Uuid, now: DateTime<Utc>) -> Result<()> {
    let waiting = message::Entity::find()
        .filter(message::Column::AppointmentId.eq(appointment))
        .filter(message::Column::State.is_in([State::Waiting.code(), State::ToPrint.code()]));
    for row in waiting.all(tx).await? {
        let after = MessageRow {
            state: State::Dropped.code().to_owned(),
            notice: format!("{}:{}", row.notice, row.id.simple()),
            over_at: Some(now),
            ..row.clone()
        };
        change(tx, &row, after).await?;
    }
    Ok(())
}

/// What waits to tell this person something by this template, and is told otherwise now.
///
/// # Errors
/// When the database refuses.
pub async fn drop_waiting(tx: &Tx, person: Uuid, template: &str, now: DateTime<Utc>) -> Result<()> {
    let waiting = message::Entity::find()
        .filter(message::Column::PersonId.eq(person))
        .filter(message::Column::Template.eq(template))
        .filter(message::Column::State.eq(State::Waiting.code()));
    for row in waiting.all(tx).await? {
        drop_one(tx, row, now).await?;
    }
    Ok(())
}

async fn drop_one(tx: &Tx, row: MessageRow, now: DateTime<Utc>) -> Result<()> {
    let after = MessageRow { state: State::Dropped.code().to_owned(), over_at: Some(now), ..row.clone() };
    change(tx, &row, after).await.map(drop)
}

/// What waits to tell the same as `row` by another channel, and need not any more.
///
/// # Errors
/// When the database refuses.
pub async fn drop_others(tx: &Tx, row: &MessageRow, now: DateTime<Utc>) -> Result<()> {
    for other in of_notices(tx, std::slice::from_ref(&row.notice)).await? {
        let waits = [State::Waiting.code(), State::ToPrint.code()].contains(&other.state.as_str());
        if waits && other.id != row.id {
            drop_one(tx, other, now).await?;
        }
    }
    Ok(())
}

/// How many messages wait, and since when the oldest does.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(c: &impl ConnectionTrait) -> Result<(usize, Option<DateTime<Utc>>)> {
    let rows = open(c, &[State::Waiting], ALL).await?;
    Ok((rows.len(), rows.first().map(|row| row.created_at)))
}

/// Deletes what was written to these people.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, records: &[Uuid]) -> Result<()> {
    for part in bulk::lists(records) {
        message::Entity::delete_many().filter(message::Column::PersonId.is_in(part)).exec(tx).await?;
    }
    Ok(())
}
