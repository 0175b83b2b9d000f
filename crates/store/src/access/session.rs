//! Sessions, known by the hash of their cookie.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::account::Account;
use crate::db::{Db, Tx};
use crate::entity::{account, session};
use crate::error::Result;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie.
    pub hash: Vec<u8>,
    /// Whose session.
    pub account_id: Uuid,
    /// The token every form carries.
    pub csrf: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub seen_at: DateTime<Utc>,
    /// The first instant at which it no longer works.
    pub expires_at: DateTime<Utc>,
    /// The reason written to open files outside one's caseload.
    pub reason: Option<String>,
    /// Until when that reason holds.
    pub reason_until: Option<DateTime<Utc>>,
    /// What is still to prove: `full` when nothing is.
    pub stage: String,
    /// How its holder proved who they are: `password`, `demo`…
    pub how: String,
    /// The browser and system, in words.
    pub device: String,
    /// Where it was opened from, shortened.
    pub address: String,
    /// When its holder last proved who they are.
    pub proved_at: Option<DateTime<Utc>>,
}

/// What a session becomes when its holder has proved something more: another cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// SHA-256 of the new cookie.
    pub hash: Vec<u8>,
    /// The token of forms; `None` keeps the one that open pages carry.
    pub csrf: Option<String>,
    /// What is still to prove.
    pub stage: String,
    /// When it was proved.
    pub proved_at: DateTime<Utc>,
    /// The first instant at which it no longer works.
    pub expires_at: DateTime<Utc>,
}

/// Begins a session.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: Session) -> Result<()> {
    let row = session::ActiveModel {
        id: Set(new.hash),
        account_id: Set(new.account_id),
        csrf: Set(new.csrf),
        created_at: Set(new.created_at),
        seen_at: Set(new.seen_at),
        expires_at: Set(new.expires_at),
        reason: Set(new.reason),
        reason_until: Set(new.reason_until),
        stage: Set(new.stage),
        how: Set(new.how),
        device: Set(new.device),
        address: Set(new.address),
        proved_at: Set(new.proved_at),
        id_token_sealed: Set(None),
    };
    session::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

/// The session of this hash with its account, unless it has expired or the account is closed. One query.
///
/// # Errors
/// When the database does not answer.
pub async fn live(db: &Db, hash: &[u8], now: DateTime<Utc>) -> Result<Option<(Session, Account)>> {
    let to_account = session::Entity::belongs_to(account::Entity)
        .from(session::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let found = session::Entity::find_by_id(hash.to_vec())
        .filter(session::Column::ExpiresAt.gt(now))
        .join(JoinType::InnerJoin, to_account)
        .select_also(account::Entity)
        .filter(account::Column::DisabledAt.is_null())
        .one(db.read())
        .await?;
    Ok(found.and_then(|(session, account)| Some((session.into(), account?.into()))))
}

/// The session of this hash, ended or not, unless the account is closed.
///
/// # Errors
/// When the database does not answer.
pub async fn known(db: &Db, hash: &[u8]) -> Result<Option<Session>> {
    // No session ended before computers counted from there.
    Ok(live(db, hash, DateTime::UNIX_EPOCH).await?.map(|(session, _)| session))
}

/// The sealed token of a session that began at an OpenID provider.
///
/// # Errors
/// When the database does not answer.
pub async fn id_token(db: &Db, hash: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(session::Entity::find_by_id(hash.to_vec()).one(db.read()).await?.and_then(|s| s.id_token_sealed))
}

/// Keeps with a session the sealed token that ends it at the OpenID provider.
///
/// # Errors
/// When the database refuses.
pub async fn keep_id_token(tx: &Tx, hash: &[u8], sealed: Vec<u8>) -> Result<()> {
    let change = session::ActiveModel { id_token_sealed: Set(Some(sealed)), ..Default::default() };
    update(tx, hash, change).await?;
    Ok(())
}

/// Says that a session is in use, and until when it now lasts.
///
/// # Errors
/// When the database refuses.
pub async fn touch(db: &Db, hash: &[u8], seen_at: DateTime<Utc>, expires_at: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    let change =
        session::ActiveModel { seen_at: Set(seen_at), expires_at: Set(expires_at), ..Default::default() };
    update(&tx, hash, change).await?;
    Ok(tx.commit().await?)
}

/// Keeps the reason of a session.
///
/// # Errors
/// When the database refuses.
pub async fn set_reason(tx: &Tx, hash: &[u8], reason: String, until: DateTime<Utc>) -> Result<()> {
    let change = session::ActiveModel {
        reason: Set(Some(reason)),
        reason_until: Set(Some(until)),
        ..Default::default()
    };
    update(tx, hash, change).await?;
    Ok(())
}

/// Gives a session another cookie; false when it has ended meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn renew(tx: &Tx, hash: &[u8], new: Renewal) -> Result<bool> {
    let mut change = session::ActiveModel {
        id: Set(new.hash),
        stage: Set(new.stage),
        proved_at: Set(Some(new.proved_at)),
        seen_at: Set(new.proved_at),
        expires_at: Set(new.expires_at),
        ..Default::default()
    };
    if let Some(csrf) = new.csrf {
        change.csrf = Set(csrf);
    }
    update(tx, hash, change).await
}

/// When a session began; `None` when it has ended.
///
/// # Errors
/// When the database does not answer.
pub async fn created_at(tx: &Tx, hash: &[u8]) -> Result<Option<DateTime<Utc>>> {
    Ok(session::Entity::find_by_id(hash.to_vec()).one(tx).await?.map(|row| row.created_at))
}

/// The sessions of an account that still work, the most recently used first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(db: &Db, account_id: Uuid, now: DateTime<Utc>) -> Result<Vec<Session>> {
    let query = session::Entity::find()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::SeenAt)
        .order_by_asc(session::Column::Id);
    Ok(query.all(db.read()).await?.into_iter().map(Session::from).collect())
}

/// Ends a session; true when there was one.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &Tx, hash: &[u8]) -> Result<bool> {
    let gone = session::Entity::delete_by_id(hash.to_vec()).exec(tx).await?;
    Ok(gone.rows_affected > 0)
}

/// Ends every session of an account.
///
/// # Errors
/// When the database refuses.
pub async fn delete_of_account(tx: &Tx, account_id: Uuid) -> Result<()> {
    session::Entity::delete_many().filter(session::Column::AccountId.eq(account_id)).exec(tx).await?;
    Ok(())
}

/// Ends every session of an account but one; returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_others(tx: &Tx, account_id: Uuid, kept: &[u8]) -> Result<u64> {
    let gone = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::Id.ne(kept.to_vec()))
        .exec(tx)
        .await?;
    Ok(gone.rows_affected)
}

/// Removes the sessions that no longer work.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(tx).await?;
    Ok(())
}

async fn update(tx: &Tx, hash: &[u8], change: session::ActiveModel) -> Result<bool> {
    let query = session::Entity::update_many().set(change).filter(session::Column::Id.eq(hash.to_vec()));
    Ok(query.exec(tx).await?.rows_affected > 0)
}

impl From<session::Model> for Session {
    fn from(model: session::Model) -> Self {
        Self {
            hash: model.id,
            account_id: model.account_id,
            csrf: model.csrf,
            created_at: model.created_at,
            seen_at: model.seen_at,
            expires_at: model.expires_at,
            reason: model.reason,
            reason_until: model.reason_until,
            stage: model.stage,
            how: model.how,
            device: model.device,
            address: model.address,
            proved_at: model.proved_at,
        }
    }
}
