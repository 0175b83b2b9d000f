//! Opening hours, and the days on which they do not take place.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::opening::Model as OpeningRow;
use crate::entity::{opening, opening_exception};
use crate::error::Result;

/// Every opening that lasts on `day` or later, by professional, then by hour.
///
/// # Errors
/// When the database does not answer.
pub async fn lasting(c: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<OpeningRow>> {
    let lasts = Condition::any().add(opening::Column::Until.is_null()).add(opening::Column::Until.gte(day));
    Ok(opening::Entity::find()
        .filter(lasts)
        .order_by_asc(opening::Column::AccountId)
        .order_by_asc(opening::Column::FromMinute)
        .order_by_asc(opening::Column::Id)
        .all(c)
        .await?)
}

/// The openings of these professionals, over or not, by hour.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, accounts: &[Uuid]) -> Result<Vec<OpeningRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(accounts) {
        let theirs = opening::Entity::find().filter(opening::Column::AccountId.is_in(part));
        let by_hour = theirs.order_by_asc(opening::Column::FromMinute).order_by_asc(opening::Column::Id);
        found.extend(by_hour.all(c).await?);
    }
    Ok(found)
}

/// One opening.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<OpeningRow>> {
    Ok(opening::Entity::find_by_id(id).one(c).await?)
}

/// Holds the openings of a professional until the end of the transaction: what is counted of their day stays true.
///
/// # Errors
/// When the database does not answer.
pub async fn lock(tx: &Tx, account: Uuid) -> Result<()> {
    opening::Entity::find()
        .select_only()
        .column(opening::Column::Id)
        .filter(opening::Column::AccountId.eq(account))
        .order_by_asc(opening::Column::Id)
        .lock_exclusive()
        .into_tuple::<Uuid>()
        .all(tx)
        .await?;
    Ok(())
}

/// The days on which these openings do not take place.
///
/// # Errors
/// When the database does not answer.
pub async fn exceptions(c: &impl ConnectionTrait, openings: &[Uuid]) -> Result<Vec<(Uuid, NaiveDate)>> {
    let mut found = Vec::new();
    for part in bulk::lists(openings) {
        let rows = opening_exception::Entity::find()
            .filter(opening_exception::Column::OpeningId.is_in(part))
            .order_by_asc(opening_exception::Column::Day)
            .all(c)
            .await?;
        found.extend(rows.into_iter().map(|row| (row.opening_id, row.day)));
    }
    Ok(found)
}

/// Adds an opening, or replaces what is known of it, with the days on which it does not take place.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, row: OpeningRow, exceptions: Vec<NaiveDate>) -> Result<()> {
    let opening_id = row.id;
    bulk::upsert::<opening::Entity, _>(tx, vec![row]).await?;
    let known = opening_exception::Column::OpeningId.eq(opening_id);
    opening_exception::Entity::delete_many().filter(known).exec(tx).await?;
    let days = exceptions.into_iter().map(|day| opening_exception::Model { opening_id, day });
    bulk::insert_missing::<opening_exception::Entity, _>(tx, days.collect()).await
}

/// Remembers until which day slots were made.
///
/// # Errors
/// When the database refuses.
pub async fn made(tx: &Tx, id: Uuid, until: NaiveDate) -> Result<()> {
    let change = opening::ActiveModel { made_until: Set(Some(until)), ..Default::default() };
    opening::Entity::update_many().set(change).filter(opening::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}
