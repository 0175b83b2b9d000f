//! Accounts, their dated roles, and the links with which a password is chosen.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

use crate::db::{Db, Tx};
use crate::entity::{account, account_role, one_time_link};
use crate::error::Result;
use crate::scope::during;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: Uuid,
    /// In lower case; unique.
    pub email: String,
    /// First and last name.
    pub name: String,
    /// PHC string of the password; `None` until one is chosen.
    pub password_hash: Option<String>,
    /// A demo account, with a public password.
    pub demo: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Since when it is closed.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// A role held by an account between two dates, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRole {
    /// Its identifier.
    pub id: Uuid,
    /// Whose role.
    pub account_id: Uuid,
    /// [`domain::access::role::Role::code`].
    pub role: String,
    /// Code of the territory; `None` = the whole département, or a structure.
    pub territory: Option<String>,
    /// The structure in which it is held, when it is not on a territory.
    pub structure: Option<Uuid>,
    /// First day.
    pub since: NaiveDate,
    /// Last day; `None` = until further notice.
    pub until: Option<NaiveDate>,
}

/// A link valid once, kept as the hash of its token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeLink {
    /// SHA-256 of the token.
    pub hash: Vec<u8>,
    /// For which account.
    pub account_id: Uuid,
    /// What it opens.
    pub purpose: String,
    /// The first instant at which it no longer works.
    pub expires_at: DateTime<Utc>,
}

/// Adds an account.
///
/// # Errors
/// When the database refuses, an e-mail already taken included (ask [`by_email`] first, in the same transaction).
pub async fn insert(tx: &Tx, new: Account) -> Result<()> {
    let row = account::ActiveModel {
        id: Set(new.id),
        email: Set(new.email),
        name: Set(new.name),
        password_hash: Set(new.password_hash),
        demo: Set(new.demo),
        created_at: Set(new.created_at),
        disabled_at: Set(new.disabled_at),
        signed_in_at: Set(None),
    };
    account::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

/// The account of this e-mail, in lower case.
///
/// # Errors
/// When the database does not answer.
pub async fn by_email(db: &Db, email: &str) -> Result<Option<Account>> {
    one(find_by_email(email), db.read()).await
}

/// [`by_email`], seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn by_email_in(tx: &Tx, email: &str) -> Result<Option<Account>> {
    one(find_by_email(email), tx).await
}

/// The account of this identifier.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(db: &Db, id: Uuid) -> Result<Option<Account>> {
    one(account::Entity::find_by_id(id), db.read()).await
}

/// [`by_id`], seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id_in(tx: &Tx, id: Uuid) -> Result<Option<Account>> {
    one(account::Entity::find_by_id(id), tx).await
}

/// Every account, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &Db) -> Result<Vec<Account>> {
    let query = account::Entity::find().order_by_asc(account::Column::Name).order_by_asc(account::Column::Id);
    Ok(query.all(db.read()).await?.into_iter().map(Account::from).collect())
}

/// The names of these accounts.
///
/// # Errors
/// When the database does not answer.
pub async fn names(db: &Db, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let rows =
        account::Entity::find().filter(account::Column::Id.is_in(ids.iter().copied())).all(db.read()).await?;
    Ok(rows.into_iter().map(|a| (a.id, a.name)).collect())
}

/// Those of these accounts that are closed.
///
/// # Errors
/// When the database does not answer.
pub async fn closed(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut found = Vec::new();
    for part in crate::bulk::lists(ids) {
        let rows: Vec<Uuid> = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::Id.is_in(part))
            .filter(account::Column::DisabledAt.is_not_null())
            .into_tuple()
            .all(c)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// The name of an account among those of [`names`].
pub fn name_of(names: &[(Uuid, String)], id: Uuid) -> Option<String> {
    names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
}

/// Every account of the demo, by e-mail; empty elsewhere.
///
/// # Errors
/// When the database does not answer.
pub async fn of_demo(db: &Db) -> Result<Vec<Account>> {
    let query = account::Entity::find().filter(account::Column::Demo.eq(true));
    let rows = query.order_by_asc(account::Column::Email).all(db.read()).await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// Replaces the password of an account.
///
/// # Errors
/// When the database refuses.
pub async fn set_password(tx: &Tx, id: Uuid, hash: String) -> Result<()> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, hash.into())
        .filter(account::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Replaces the hash of a password by one that costs more, unless the password was changed meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn rehash(tx: &Tx, id: Uuid, old: &str, new: String) -> Result<()> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, new.into())
        .filter(account::Column::Id.eq(id))
        .filter(account::Column::PasswordHash.eq(old))
        .exec(tx)
        .await?;
    Ok(())
}

/// Keeps when an account was last signed in to.
///
/// # Errors
/// When the database refuses.
pub async fn signed_in(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    update(tx, id, account::ActiveModel { signed_in_at: Set(Some(now)), ..Default::default() }).await
}

/// When each account was last signed in to.
///
/// # Errors
/// When the database does not answer.
pub async fn last_sign_ins(db: &Db) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .column(account::Column::SignedInAt)
        .into_tuple()
        .all(db.read())
        .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// Closes an account, or opens it again.
///
/// # Errors
/// When the database refuses.
pub async fn set_disabled(tx: &Tx, id: Uuid, since: Option<DateTime<Utc>>) -> Result<()> {
    update(tx, id, account::ActiveModel { disabled_at: Set(since), ..Default::default() }).await
}

async fn update(tx: &Tx, id: Uuid, change: account::ActiveModel) -> Result<()> {
    account::Entity::update_many().set(change).filter(account::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// Sets the last day of a role.
///
/// # Errors
/// When the database refuses.
pub async fn end_role(tx: &Tx, id: Uuid, until: NaiveDate) -> Result<()> {
    let change = account_role::ActiveModel { until: Set(Some(until)), ..Default::default() };
    account_role::Entity::update_many().set(change).filter(account_role::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}

/// A role of an account, seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn role_in(tx: &Tx, id: Uuid) -> Result<Option<AccountRole>> {
    Ok(account_role::Entity::find_by_id(id).one(tx).await?.map(AccountRole::from))
}

/// The open accounts that hold `role` on `day`, seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn holders(tx: &Tx, role: &str, day: NaiveDate) -> Result<Vec<Uuid>> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::Role.eq(role))
        .filter(during(account_role::Column::Since, account_role::Column::Until, day))
        .all(tx)
        .await?;
    let open = account::Entity::find()
        .filter(account::Column::Id.is_in(held.into_iter().map(|one| one.account_id)))
        .filter(account::Column::DisabledAt.is_null());
    Ok(open.all(tx).await?.into_iter().map(|one| one.id).collect())
}

/// Adds roles.
///
/// # Errors
/// When the database refuses.
pub async fn add_roles(tx: &Tx, roles: Vec<AccountRole>) -> Result<()> {
    let rows = roles.into_iter().map(|role| account_role::ActiveModel {
        id: Set(role.id),
        account_id: Set(role.account_id),
        role: Set(role.role),
        territory: Set(role.territory),
        structure: Set(role.structure),
        since: Set(role.since),
        until: Set(role.until),
    });
    account_role::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// The roles of an account that are in force on `day`.
///
/// # Errors
/// When the database does not answer.
pub async fn roles_on(db: &Db, account_id: Uuid, day: NaiveDate) -> Result<Vec<AccountRole>> {
    let query = account_role::Entity::find()
        .filter(account_role::Column::AccountId.eq(account_id))
        .filter(during(account_role::Column::Since, account_role::Column::Until, day))
        .order_by_asc(account_role::Column::Id);
    Ok(query.all(db.read()).await?.into_iter().map(AccountRole::from).collect())
}

/// Every role of every account, past and future ones included.
///
/// # Errors
/// When the database does not answer.
pub async fn all_roles(db: &Db) -> Result<Vec<AccountRole>> {
    let query = account_role::Entity::find().order_by_asc(account_role::Column::Id);
    Ok(query.all(db.read()).await?.into_iter().map(AccountRole::from).collect())
}

/// Keeps a link valid once.
///
/// # Errors
/// When the database refuses.
pub async fn insert_link(tx: &Tx, link: OneTimeLink) -> Result<()> {
    let row = one_time_link::ActiveModel {
        id: Set(link.hash),
        account_id: Set(link.account_id),
        purpose: Set(link.purpose),
        expires_at: Set(link.expires_at),
        used_at: Set(None),
    };
    one_time_link::Entity::insert_many([row]).exec_without_returning(tx).await?;
    Ok(())
}

/// The account a link opens, without using it: to show the form.
///
/// # Errors
/// When the database does not answer.
pub async fn link_account(db: &Db, hash: &[u8], purpose: &str, now: DateTime<Utc>) -> Result<Option<Uuid>> {
    let query = one_time_link::Entity::find().filter(usable(hash, purpose, now));
    Ok(query.one(db.read()).await?.map(|link| link.account_id))
}

/// Uses a link: the account it opens, once only, however many ask at the same time.
///
/// # Errors
/// When the database refuses.
pub async fn take_link(tx: &Tx, hash: &[u8], purpose: &str, now: DateTime<Utc>) -> Result<Option<Uuid>> {
    let used = one_time_link::Entity::update_many()
        .set(one_time_link::ActiveModel { used_at: Set(Some(now)), ..Default::default() })
        .filter(usable(hash, purpose, now))
        .exec(tx)
        .await?;
    if used.rows_affected != 1 {
        return Ok(None);
    }
    Ok(one_time_link::Entity::find_by_id(hash.to_vec()).one(tx).await?.map(|link| link.account_id))
}

/// Makes the unused links of an account worthless: a newer one replaces them.
///
/// # Errors
/// When the database refuses.
pub async fn drop_links(tx: &Tx, account_id: Uuid, purpose: &str) -> Result<()> {
    one_time_link::Entity::delete_many()
        .filter(one_time_link::Column::AccountId.eq(account_id))
        .filter(one_time_link::Column::Purpose.eq(purpose))
        .filter(one_time_link::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

fn find_by_email(email: &str) -> Select<account::Entity> {
    account::Entity::find().filter(account::Column::Email.eq(email))
}

async fn one(query: Select<account::Entity>, from: &impl ConnectionTrait) -> Result<Option<Account>> {
    Ok(query.one(from).await?.map(Account::from))
}

fn usable(hash: &[u8], purpose: &str, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(one_time_link::Column::Id.eq(hash.to_vec()))
        .add(one_time_link::Column::Purpose.eq(purpose))
        .add(one_time_link::Column::UsedAt.is_null())
        .add(one_time_link::Column::ExpiresAt.gt(now))
}

impl From<account::Model> for Account {
    fn from(model: account::Model) -> Self {
        Self {
            id: model.id,
            email: model.email,
            name: model.name,
            password_hash: model.password_hash,
            demo: model.demo,
            created_at: model.created_at,
            disabled_at: model.disabled_at,
        }
    }
}

impl From<account_role::Model> for AccountRole {
    fn from(model: account_role::Model) -> Self {
        Self {
            id: model.id,
            account_id: model.account_id,
            role: model.role,
            territory: model.territory,
            structure: model.structure,
            since: model.since,
            until: model.until,
        }
    }
}
