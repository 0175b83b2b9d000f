//! Forms sent after the end of their session, sealed.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::db::{Db, Tx};
use crate::entity::kept_form;
use crate::error::Result;

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFormRow {
    /// Its identifier.
    pub id: Uuid,
    /// Who sent it.
    pub account_id: Uuid,
    /// Where it was sent and what it held, sealed.
    pub content_sealed: Vec<u8>,
    /// The first instant at which nobody is shown it any more.
    pub expires_at: DateTime<Utc>,
}

/// How many forms of this account still wait.
///
/// # Errors
/// When the database does not answer.
pub async fn count(tx: &Tx, account: Uuid, now: DateTime<Utc>) -> Result<u64> {
    Ok(of(account, now).count(tx).await?)
}

/// Keeps a form.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: KeptFormRow) -> Result<()> {
    let row = kept_form::ActiveModel {
        id: Set(new.id),
        account_id: Set(new.account_id),
        content_sealed: Set(new.content_sealed),
        expires_at: Set(new.expires_at),
    };
    kept_form::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

/// A form of this account; nobody else finds it.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &Db, id: Uuid, account: Uuid, now: DateTime<Utc>) -> Result<Option<KeptFormRow>> {
    let found = of(account, now).filter(kept_form::Column::Id.eq(id)).one(db.read()).await?;
    Ok(found.map(|row| KeptFormRow {
        id: row.id,
        account_id: row.account_id,
        content_sealed: row.content_sealed,
        expires_at: row.expires_at,
    }))
}

/// Drops a form of this account.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &Tx, id: Uuid, account: Uuid) -> Result<()> {
    let mine = kept_form::Column::AccountId.eq(account);
    kept_form::Entity::delete_many().filter(kept_form::Column::Id.eq(id)).filter(mine).exec(tx).await?;
    Ok(())
}

fn of(account: Uuid, now: DateTime<Utc>) -> sea_orm::Select<kept_form::Entity> {
    kept_form::Entity::find()
        .filter(kept_form::Column::AccountId.eq(account))
        .filter(kept_form::Column::ExpiresAt.gt(now))
}
