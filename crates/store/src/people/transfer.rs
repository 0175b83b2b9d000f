//! People passed from one département to another.

use chrono::NaiveDate;
use domain::people::transfer::{Direction, Standing};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::transfer::Model as TransferRow;
pub use crate::entity::transfer_item::Model as ItemRow;
pub use crate::entity::transfer_peer::Model as PeerRow;
use crate::entity::{referent, transfer, transfer_item, transfer_peer};
use crate::error::Result;
use crate::scope::during;

/// Writes a transfer.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, row: TransferRow) -> Result<()> {
    bulk::insert::<transfer::Entity, _>(tx, vec![row]).await
}

/// Writes what was received with a person.
///
/// # Errors
/// When the database refuses.
pub async fn add_items(tx: &Tx, rows: Vec<ItemRow>) -> Result<()> {
    bulk::insert::<transfer_item::Entity, _>(tx, rows).await
}

/// A transfer.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<TransferRow>> {
    Ok(transfer::Entity::find_by_id(id).one(c).await?)
}

/// The transfer of this file, made or brought in here.
///
/// # Errors
/// When the database does not answer.
pub async fn of_file(
    c: &impl ConnectionTrait,
    direction: Direction,
    file: Uuid,
) -> Result<Option<TransferRow>> {
    Ok(transfer::Entity::find()
        .filter(transfer::Column::Direction.eq(direction.code()))
        .filter(transfer::Column::FileId.eq(file))
        .one(c)
        .await?)
}

/// The transfers of these records, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<TransferRow>> {
    Ok(transfer::Entity::find()
        .filter(transfer::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(transfer::Column::MadeAt)
        .order_by_desc(transfer::Column::Id)
        .all(c)
        .await?)
}

/// The transfers of the département, those that wait first, the oldest of them before.
///
/// # Errors
/// When the database does not answer.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<TransferRow>> {
    let mut rows = transfer::Entity::find()
        .order_by_asc(transfer::Column::MadeAt)
        .order_by_asc(transfer::Column::Id)
        .all(c)
        .await?;
    rows.sort_by_key(|row| row.standing != Standing::Waiting.code());
    Ok(rows)
}

/// What was received with these records, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn items(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ItemRow>> {
    Ok(transfer_item::Entity::find()
        .filter(transfer_item::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(transfer_item::Column::HappenedOn)
        .order_by_desc(transfer_item::Column::Id)
        .all(c)
        .await?)
}

/// How a transfer that waits ends.
#[derive(Debug, Clone)]
pub struct End {
    /// Where it stands now.
    pub standing: Standing,
    /// Since when.
    pub on: NaiveDate,
    /// By whom.
    pub by: Option<Uuid>,
    /// By which means, in one word.
    pub how: &'static str,
}

/// Ends a transfer that waits; `false` when it did not wait any more.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, id: Uuid, end: End) -> Result<bool> {
    let change = transfer::ActiveModel {
        standing: Set(end.standing.code().to_owned()),
        closed_on: Set(Some(end.on)),
        closed_by: Set(end.by),
        closed_how: Set(Some(end.how.to_owned())),
        ..Default::default()
    };
    let done = transfer::Entity::update_many()
        .set(change)
        .filter(transfer::Column::Id.eq(id))
        .filter(transfer::Column::Standing.eq(Standing::Waiting.code()))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Ends the work of those who follow these records: their last day is `day`.
///
/// # Errors
/// When the database refuses.
pub async fn end_referents(tx: &Tx, records: &[Uuid], day: NaiveDate) -> Result<()> {
    referent::Entity::update_many()
        .set(referent::ActiveModel { until: Set(Some(day)), ..Default::default() })
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(during(referent::Column::Since, referent::Column::Until, day))
        .exec(tx)
        .await?;
    Ok(())
}

/// Everybody who follows or followed these records, in the order of time: account, side, first day, last day.
///
/// # Errors
/// When the database does not answer.
pub async fn referents(
    c: &impl ConnectionTrait,
    records: &[Uuid],
) -> Result<Vec<(Uuid, String, NaiveDate, Option<NaiveDate>)>> {
    let rows = referent::Entity::find()
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(referent::Column::Since)
        .order_by_asc(referent::Column::Id)
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|row| (row.account_id, row.side, row.since, row.until)).collect())
}

/// The keys of other départements, by code.
///
/// # Errors
/// When the database does not answer.
pub async fn peers(c: &impl ConnectionTrait) -> Result<Vec<PeerRow>> {
    Ok(transfer_peer::Entity::find().order_by_asc(transfer_peer::Column::Department).all(c).await?)
}

/// Writes the key of another département, over the one that was known.
///
/// # Errors
/// When the database refuses.
pub async fn save_peer(tx: &Tx, row: PeerRow) -> Result<()> {
    bulk::upsert::<transfer_peer::Entity, _>(tx, vec![row]).await
}

/// Forgets transfers and what was received with these records, when the time of their file is over.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget(tx: &Tx, people: &[Uuid]) -> Result<()> {
    let these = || people.iter().copied();
    transfer_item::Entity::delete_many()
        .filter(transfer_item::Column::PersonId.is_in(these()))
        .exec(tx)
        .await?;
    transfer::Entity::delete_many().filter(transfer::Column::PersonId.is_in(these())).exec(tx).await?;
    Ok(())
}
