//! Contracts of people, and what was recorded of them.

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::bulk::{self, lists};
use crate::db::Tx;
pub use crate::entity::contract::Model as ContractRow;
pub use crate::entity::contract_act::Model as ContractActRow;
use crate::entity::{contract, contract_act, person};
use crate::error::Result;

/// The contracts of these records, the first written first.
///
/// # Errors
/// When the database does not answer; so for each read below.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ContractRow>> {
    Ok(contract::Entity::find()
        .filter(contract::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(contract::Column::CreatedAt)
        .order_by_asc(contract::Column::Id)
        .all(c)
        .await?)
}

/// Everything recorded of the contracts of these records, in the order it was.
///
/// # Errors
/// When the database does not answer.
pub async fn acts(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ContractActRow>> {
    Ok(contract_act::Entity::find()
        .filter(contract_act::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(contract_act::Column::RecordedAt)
        .order_by_asc(contract_act::Column::Id)
        .all(c)
        .await?)
}

/// Adds a contract.
///
/// # Errors
/// When the database refuses; so for each write below.
pub async fn add(tx: &Tx, new: ContractRow) -> Result<()> {
    bulk::insert::<contract::Entity, _>(tx, vec![new]).await
}

/// Writes a draft over, when nobody wrote it since `revision`; `false` when somebody did.
///
/// # Errors
/// When the database refuses.
pub async fn rewrite(tx: &Tx, row: ContractRow, revision: i64) -> Result<bool> {
    let done = contract::Entity::update_many()
        .set(contract::ActiveModel {
            starts_on: Set(row.starts_on),
            ends_on: Set(row.ends_on),
            over_on: Set(row.over_on),
            weekly_hours: Set(row.weekly_hours),
            lighter_until: Set(row.lighter_until),
            signatories: Set(row.signatories),
            validation: Set(row.validation),
            programme: Set(row.programme),
            revision: Set(row.revision),
            text_sealed: Set(row.text_sealed),
            account_id: Set(row.account_id),
            written_at: Set(row.written_at),
            ..Default::default()
        })
        .filter(contract::Column::Id.eq(row.id))
        .filter(contract::Column::Revision.eq(revision))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Adds what is recorded of a contract.
///
/// # Errors
/// When the database refuses.
pub async fn add_act(tx: &Tx, new: ContractActRow) -> Result<()> {
    bulk::insert::<contract_act::Entity, _>(tx, vec![new]).await
}

/// What is derived of a contract, kept for lists and for `verify`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Code of the stage.
    pub stage: &'static str,
    /// The day it was signed by all.
    pub signed_on: Option<NaiveDate>,
    /// Its last day, that of an early end where there was one.
    pub over_on: NaiveDate,
}

impl Derived {
    /// Whether the row says so already.
    pub fn is_told(&self, row: &ContractRow) -> bool {
        row.stage == self.stage && row.signed_on == self.signed_on && row.over_on == self.over_on
    }
}

/// Writes what is derived of a contract.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, id: Uuid, derived: &Derived) -> Result<()> {
    contract::Entity::update_many()
        .set(contract::ActiveModel {
            stage: Set(derived.stage.to_owned()),
            signed_on: Set(derived.signed_on),
            over_on: Set(derived.over_on),
            ..Default::default()
        })
        .filter(contract::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The people, at most `limit`, for whom a contract has begun or ended since it was last looked at: no scope, for the program
/// itself.
///
/// # Errors
/// When the database does not answer.
pub async fn turned(c: &impl ConnectionTrait, today: NaiveDate, limit: u64) -> Result<Vec<Uuid>> {
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::ContractTurns.lte(today))
        .filter(person::Column::MergedInto.is_null())
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(c)
        .await?)
}

/// Forgets what was written on these people; that there was a contract, its dates and its hours stay.
pub(crate) async fn forget_texts(tx: &Tx, people: &[Uuid]) -> Result<()> {
    for part in lists(people) {
        contract::Entity::update_many()
            .set(contract::ActiveModel { text_sealed: Set(None), ..Default::default() })
            .filter(contract::Column::PersonId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
        contract_act::Entity::update_many()
            .set(contract_act::ActiveModel { text_sealed: Set(None), ..Default::default() })
            .filter(contract_act::Column::PersonId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}
