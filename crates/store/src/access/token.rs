//! Tokens of other software, known by their hash.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::db::{Db, Tx};
use crate::entity::api_token;
use crate::error::Result;

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its identifier, the actor of what it does.
    pub id: Uuid,
    /// SHA-256 of the token.
    pub hash: Vec<u8>,
    /// What it was made for.
    pub name: String,
    /// `read` or `write`.
    pub scope: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Since when it no longer works.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The first instant at which it no longer works; `None` for those made before tokens had an end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Adds a token.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: ApiToken) -> Result<()> {
    let row = api_token::ActiveModel {
        id: Set(new.id),
        hash: Set(new.hash),
        name: Set(new.name),
        scope: Set(new.scope),
        created_at: Set(new.created_at),
        last_used_at: Set(new.last_used_at),
        revoked_at: Set(new.revoked_at),
        expires_at: Set(new.expires_at),
    };
    api_token::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

/// The token of this hash, unless it was revoked or has expired.
///
/// # Errors
/// When the database does not answer.
pub async fn live(db: &Db, hash: &[u8], now: DateTime<Utc>) -> Result<Option<ApiToken>> {
    let endless = api_token::Column::ExpiresAt.is_null();
    let query = api_token::Entity::find()
        .filter(api_token::Column::Hash.eq(hash.to_vec()))
        .filter(api_token::Column::RevokedAt.is_null())
        .filter(Condition::any().add(endless).add(api_token::Column::ExpiresAt.gt(now)));
    Ok(query.one(db.read()).await?.map(ApiToken::from))
}

/// Every token, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &Db) -> Result<Vec<ApiToken>> {
    let query = api_token::Entity::find().order_by_desc(api_token::Column::Id);
    Ok(query.all(db.read()).await?.into_iter().map(ApiToken::from).collect())
}

/// One token, seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(tx: &Tx, id: Uuid) -> Result<Option<ApiToken>> {
    Ok(api_token::Entity::find_by_id(id).one(tx).await?.map(ApiToken::from))
}

/// Sets when a token ends.
///
/// # Errors
/// When the database refuses.
pub async fn set_end(tx: &Tx, id: Uuid, expires_at: DateTime<Utc>) -> Result<()> {
    let change = api_token::ActiveModel { expires_at: Set(Some(expires_at)), ..Default::default() };
    api_token::Entity::update_many().set(change).filter(api_token::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Says that a token is in use.
///
/// # Errors
/// When the database refuses.
pub async fn touch(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    let change = api_token::ActiveModel { last_used_at: Set(Some(now)), ..Default::default() };
    api_token::Entity::update_many().set(change).filter(api_token::Column::Id.eq(id)).exec(&tx).await?;
    Ok(tx.commit().await?)
}

/// Revokes a token; true when it worked until now.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let change = api_token::ActiveModel { revoked_at: Set(Some(now)), ..Default::default() };
    let done = api_token::Entity::update_many()
        .set(change)
        .filter(api_token::Column::Id.eq(id))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected > 0)
}

impl From<api_token::Model> for ApiToken {
    fn from(model: api_token::Model) -> Self {
        Self {
            id: model.id,
            hash: model.hash,
            name: model.name,
            scope: model.scope,
            created_at: model.created_at,
            last_used_at: model.last_used_at,
            revoked_at: model.revoked_at,
            expires_at: model.expires_at,
        }
    }
}
