//! Requests of people about their data, and what freezes it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{insert, lists};
use crate::entity::person;
use crate::entity::rights_request;
pub use crate::entity::rights_request::Model as RequestRow;
use crate::error::Result;
use crate::people::PersonRow;

/// Writes a request.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &Tx, row: RequestRow) -> Result<()> {
    insert::<rights_request::Entity, _>(tx, vec![row]).await
}

/// The requests, those that wait first, the most urgent before.
///
/// # Errors
/// When the database does not answer.
pub async fn list(c: &impl ConnectionTrait, limit: u64) -> Result<Vec<RequestRow>> {
    Ok(rights_request::Entity::find()
        .order_by_desc(Expr::col(rights_request::Column::AnsweredOn).is_null())
        .order_by_asc(rights_request::Column::AnswerBy)
        .order_by_asc(rights_request::Column::Id)
        .limit(limit)
        .all(c)
        .await?)
}

/// A request.
///
/// # Errors
/// When the database does not answer.
pub async fn get(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<RequestRow>> {
    Ok(rights_request::Entity::find_by_id(id).one(c).await?)
}

/// What is written of an answer.
#[derive(Debug, Clone)]
pub struct AnswerRow {
    /// The word of the database.
    pub reply: String,
    /// When.
    pub on: NaiveDate,
    /// By whom.
    pub by: Option<Uuid>,
    /// What was written to the person, sealed.
    pub note_sealed: Option<Vec<u8>>,
}

/// Writes the answer of a request that waits; `false` when it was answered already.
///
/// # Errors
/// When the database refuses.
pub async fn answer(tx: &Tx, id: Uuid, row: AnswerRow) -> Result<bool> {
    let done = rights_request::Entity::update_many()
        .set(rights_request::ActiveModel {
            reply: sea_orm::Set(Some(row.reply)),
            answered_on: sea_orm::Set(Some(row.on)),
            answered_by: sea_orm::Set(row.by),
            reply_note_sealed: sea_orm::Set(row.note_sealed),
            ..Default::default()
        })
        .filter(rights_request::Column::Id.eq(id))
        .filter(rights_request::Column::AnsweredOn.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What is written of two more months.
#[derive(Debug, Clone)]
pub struct ExtensionRow {
    /// The new last day.
    pub answer_by: NaiveDate,
    /// When it was decided.
    pub on: NaiveDate,
    /// By whom.
    pub by: Option<Uuid>,
    /// What was written to the person, sealed.
    pub reason_sealed: Option<Vec<u8>>,
}

/// Gives more time to a request that waits and had none before; `false` otherwise.
///
/// # Errors
/// When the database refuses.
pub async fn extend(tx: &Tx, id: Uuid, row: ExtensionRow) -> Result<bool> {
    let done = rights_request::Entity::update_many()
        .set(rights_request::ActiveModel {
            answer_by: sea_orm::Set(row.answer_by),
            extended_on: sea_orm::Set(Some(row.on)),
            extended_by: sea_orm::Set(row.by),
            extension_sealed: sea_orm::Set(row.reason_sealed),
            ..Default::default()
        })
        .filter(rights_request::Column::Id.eq(id))
        .filter(rights_request::Column::AnsweredOn.is_null())
        .filter(rights_request::Column::ExtendedOn.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Keeps when the copy was first taken away.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    rights_request::Entity::update_many()
        .col_expr(rights_request::Column::TakenAt, Expr::value(at))
        .filter(rights_request::Column::Id.eq(id))
        .filter(rights_request::Column::TakenAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// The requests of these records, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_records(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<RequestRow>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        let these = rights_request::Entity::find().filter(rights_request::Column::PersonId.is_in(part));
        found.extend(these.order_by_asc(rights_request::Column::Id).all(c).await?);
    }
    Ok(found)
}

/// Removes what was noted of the requests of these records: it may name them. What was asked and answered stays, as proof.
///
/// # Errors
/// When the database refuses.
pub async fn forget_notes(tx: &Tx, ids: &[Uuid]) -> Result<()> {
    rights_request::Entity::update_many()
        .set(rights_request::ActiveModel {
            note_sealed: sea_orm::Set(None),
            reply_note_sealed: sea_orm::Set(None),
            extension_sealed: sea_orm::Set(None),
            ..Default::default()
        })
        .filter(rights_request::Column::PersonId.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many requests wait for an answer, and how many of them should have had one before `today`.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(c: &impl ConnectionTrait, today: NaiveDate) -> Result<(u64, u64)> {
    let waiting = rights_request::Entity::find().filter(rights_request::Column::AnsweredOn.is_null());
    let late = waiting.clone().filter(rights_request::Column::AnswerBy.lt(today));
    Ok((waiting.count(c).await?, late.count(c).await?))
}

/// Freezes these records, or with `None` lets them be used again.
///
/// # Errors
/// When the database refuses.
pub async fn restrict(tx: &Tx, ids: &[Uuid], since: Option<NaiveDate>) -> Result<()> {
    let hidden =
        if since.is_some() { "true" } else { "(archived_on IS NOT NULL OR anonymised_on IS NOT NULL)" };
    for part in lists(ids) {
        person::Entity::update_many()
            .col_expr(Alias::new("restricted_on"), Expr::value(since))
            .col_expr(Alias::new("hidden"), Expr::cust(hidden))
            .filter(person::Column::Id.is_in(part))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Why somebody is in no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct Shelf {
    /// The record.
    pub id: Uuid,
    /// In the archive since.
    pub archived_on: Option<NaiveDate>,
    /// Frozen at their request since.
    pub restricted_on: Option<NaiveDate>,
}

fn shelves() -> Select<person::Entity> {
    person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .expr_as(Expr::col(Alias::new("archived_on")), "archived_on")
        .expr_as(Expr::col(Alias::new("restricted_on")), "restricted_on")
        .filter(Expr::col(Alias::new("hidden")).eq(true))
}

/// Why one person is in no list; `None` for one who is.
///
/// # Errors
/// When the database does not answer.
pub async fn shelf(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Shelf>> {
    Ok(shelves().filter(person::Column::Id.eq(id)).into_model::<Shelf>().one(c).await?)
}

/// Those who have a name and are in no list, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn hidden(c: &impl ConnectionTrait, limit: u64) -> Result<Vec<Shelf>> {
    Ok(shelves()
        .filter(Expr::col(Alias::new("anonymised_on")).is_null())
        .filter(person::Column::MergedInto.is_null())
        .order_by_asc(person::Column::SortName)
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .into_model::<Shelf>()
        .all(c)
        .await?)
}

/// A record that still has a name, whether lists show it or not, or the one that speaks for it: for the data protection
/// officer.
///
/// # Errors
/// When the database does not answer.
pub async fn anybody(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<PersonRow>> {
    let named = || person::Entity::find().filter(Expr::col(Alias::new("anonymised_on")).is_null());
    let mut next = id;
    // Chains of merges are short; the bound only guards against a cycle that verify would report.
    for _ in 0..16 {
        let Some(row) = named().filter(person::Column::Id.eq(next)).one(c).await? else { return Ok(None) };
        match row.merged_into {
            Some(into) => next = into,
            None => return Ok(Some(row)),
        }
    }
    Ok(None)
}
