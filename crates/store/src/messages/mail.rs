//! Letters that wait to leave.
//!
//! ```text
//! queue ──▶ waiting ── claim ──▶ waiting, not before the claim ends ──┬─▶ sent
//!              ▲                                                      ├─▶ expired, or nobody to write to
//!              └──────────────── put off (back-off) ──────────────────┘
//! ```
//!
//! What a letter says is sealed, and dropped once it is over.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::{Db, Tx};
use crate::entity::mail;
use crate::error::Result;

/// The state of a letter that has not left yet.
const WAITING: &str = "waiting";

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its identifier, also that of the message.
    pub id: Uuid,
    /// What it is about: `invitation`, `password_reset`…
    pub kind: String,
    /// Recipient, subject and text, sealed; `None` once it is over.
    pub content_sealed: Option<Vec<u8>>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// The first instant at which it is not worth sending any more.
    pub expires_at: DateTime<Utc>,
    /// How many times it was tried.
    pub tries: i64,
}

/// How a letter ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it.
    Sent,
    /// It could not leave in time.
    Expired,
    /// Nobody to write to.
    Nobody,
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Expired => "expired",
            Self::Nobody => "nobody",
        }
    }
}

/// Puts a letter in the queue, to leave as soon as the transaction is committed.
///
/// # Errors
/// When the database refuses.
pub async fn queue(tx: &Tx, new: Mail) -> Result<()> {
    let row = mail::ActiveModel {
        id: Set(new.id),
        kind: Set(new.kind),
        state: Set(WAITING.to_owned()),
        content_sealed: Set(new.content_sealed),
        created_at: Set(new.created_at),
        expires_at: Set(new.expires_at),
        next_at: Set(new.created_at),
        tries: Set(new.tries),
        over_at: Set(None),
    };
    mail::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

/// The letter that has waited longest, taken until `until`: nobody else takes it before then.
///
/// # Errors
/// When the database refuses.
pub async fn claim(db: &Db, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Mail>> {
    let due = mail::Entity::find()
        .filter(mail::Column::State.eq(WAITING))
        .filter(mail::Column::NextAt.lte(now))
        .order_by_asc(mail::Column::NextAt)
        .order_by_asc(mail::Column::Id);
    let Some(found) = due.one(db.read()).await? else { return Ok(None) };
    let tx = db.begin().await?;
    let taken = mail::Entity::update_many()
        .set(mail::ActiveModel { next_at: Set(until), tries: Set(found.tries + 1), ..Default::default() })
        .filter(mail::Column::Id.eq(found.id))
        .filter(mail::Column::State.eq(WAITING))
        .filter(mail::Column::NextAt.lte(now))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok((taken.rows_affected == 1).then(|| Mail { tries: found.tries + 1, ..Mail::from(found) }))
}

/// Puts a letter that could not leave off until `next_at`.
///
/// # Errors
/// When the database refuses.
pub async fn put_off(tx: &Tx, id: Uuid, next_at: DateTime<Utc>) -> Result<()> {
    update(tx, id, mail::ActiveModel { next_at: Set(next_at), ..Default::default() }).await
}

/// Ends a letter and drops what it says.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, id: Uuid, outcome: Outcome, now: DateTime<Utc>) -> Result<()> {
    let change = mail::ActiveModel {
        state: Set(outcome.code().to_owned()),
        content_sealed: Set(None),
        over_at: Set(Some(now)),
        ..Default::default()
    };
    update(tx, id, change).await
}

/// How many letters wait, and for how long the oldest has.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(db: &Db) -> Result<(usize, Option<DateTime<Utc>>)> {
    let query = mail::Entity::find().filter(mail::Column::State.eq(WAITING));
    let rows = query.order_by_asc(mail::Column::CreatedAt).all(db.read()).await?;
    Ok((rows.len(), rows.first().map(|row| row.created_at)))
}

async fn update(tx: &Tx, id: Uuid, change: mail::ActiveModel) -> Result<()> {
    mail::Entity::update_many().set(change).filter(mail::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

impl From<mail::Model> for Mail {
    fn from(model: mail::Model) -> Self {
        Self {
            id: model.id,
            kind: model.kind,
            content_sealed: model.content_sealed,
            created_at: model.created_at,
            expires_at: model.expires_at,
            tries: model.tries,
        }
    }
}
