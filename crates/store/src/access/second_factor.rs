//! Second factors and the codes that replace them once each.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::bulk;
use crate::db::{Db, Tx};
use crate::entity::{recovery_code, second_factor};
use crate::error::Result;

/// The second factor of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose.
    pub account_id: Uuid,
    /// The shared secret, sealed with the keys of the département.
    pub secret_sealed: Vec<u8>,
    /// The salt of the recovery codes.
    pub salt: Vec<u8>,
    /// The last step of time whose code was accepted: none is accepted twice.
    pub last_step: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When a first code proved it; `None` until then, and it does not count.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// The second factor of an account, confirmed or not.
///
/// # Errors
/// When the database does not answer.
pub async fn of(db: &Db, account_id: Uuid) -> Result<Option<SecondFactor>> {
    find(db.read(), account_id).await
}

/// [`of`], seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn of_in(tx: &Tx, account_id: Uuid) -> Result<Option<SecondFactor>> {
    find(tx, account_id).await
}

async fn find(from: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<SecondFactor>> {
    Ok(second_factor::Entity::find_by_id(account_id).one(from).await?.map(SecondFactor::from))
}

/// The accounts whose second factor counts.
///
/// # Errors
/// When the database does not answer.
pub async fn holders(db: &Db) -> Result<Vec<Uuid>> {
    Ok(second_factor::Entity::find()
        .select_only()
        .column(second_factor::Column::AccountId)
        .filter(second_factor::Column::ConfirmedAt.is_not_null())
        .into_tuple()
        .all(db.read())
        .await?)
}

/// Begins a second factor, in place of one that was begun before.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, new: SecondFactor) -> Result<()> {
    let row = second_factor::Model {
        account_id: new.account_id,
        secret_sealed: new.secret_sealed,
        salt: new.salt,
        last_step: new.last_step,
        created_at: new.created_at,
        confirmed_at: new.confirmed_at,
    };
    bulk::upsert::<second_factor::Entity, _>(tx, vec![row]).await
}

/// Says that a first code was right: the factor counts from now on.
///
/// # Errors
/// When the database refuses.
pub async fn confirm(tx: &Tx, account_id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let change = second_factor::ActiveModel { confirmed_at: Set(Some(now)), ..Default::default() };
    let query = second_factor::Entity::update_many()
        .set(change)
        .filter(second_factor::Column::AccountId.eq(account_id));
    query.exec(tx).await?;
    Ok(())
}

/// Uses the code of a step of time; false when that step, or a later one, was used before.
///
/// # Errors
/// When the database refuses.
pub async fn use_step(tx: &Tx, account_id: Uuid, step: i64) -> Result<bool> {
    let used = second_factor::Entity::update_many()
        .set(second_factor::ActiveModel { last_step: Set(step), ..Default::default() })
        .filter(second_factor::Column::AccountId.eq(account_id))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Removes the second factor of an account and its recovery codes; true when there was one.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, account_id: Uuid) -> Result<bool> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .exec(tx)
        .await?;
    Ok(second_factor::Entity::delete_by_id(account_id).exec(tx).await?.rows_affected > 0)
}

/// Replaces the recovery codes of an account, given as hashes made with `salt`.
///
/// # Errors
/// When the database refuses.
pub async fn set_codes(tx: &Tx, account_id: Uuid, salt: Vec<u8>, hashes: Vec<Vec<u8>>) -> Result<()> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .exec(tx)
        .await?;
    second_factor::Entity::update_many()
        .set(second_factor::ActiveModel { salt: Set(salt), ..Default::default() })
        .filter(second_factor::Column::AccountId.eq(account_id))
        .exec(tx)
        .await?;
    let rows = hashes.into_iter().map(|hash| recovery_code::Model { account_id, hash, used_at: None });
    bulk::insert::<recovery_code::Entity, _>(tx, rows.collect()).await
}

/// Uses a recovery code, once only; false when it is not one, or was used.
///
/// # Errors
/// When the database refuses.
pub async fn use_code(tx: &Tx, account_id: Uuid, hash: &[u8], now: DateTime<Utc>) -> Result<bool> {
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .filter(recovery_code::Column::Hash.eq(hash.to_vec()))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(used.rows_affected == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// When the database does not answer.
pub async fn codes_left(db: &Db, account_id: Uuid) -> Result<usize> {
    let query = recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(query.all(db.read()).await?.len())
}

impl From<second_factor::Model> for SecondFactor {
    fn from(model: second_factor::Model) -> Self {
        Self {
            account_id: model.account_id,
            secret_sealed: model.secret_sealed,
            salt: model.salt,
            last_step: model.last_step,
            created_at: model.created_at,
            confirmed_at: model.confirmed_at,
        }
    }
}
