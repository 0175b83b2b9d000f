//! Requests of people about their data, and what freezes it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
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

/// Writes the answer of a request that waits; `false` when it was answered already.
///
/// # Errors
/// When the database refuses.
pub async fn answer(tx: &Tx, id: Uuid, reply: &str, on: NaiveDate, by: Option<Uuid>) -> Result<bool> {
    let done = rights_request::Entity::update_many()
        .set(rights_request::ActiveModel {
            reply: sea_orm::Set(Some(reply.to_owned())),
            answered_on: sea_orm::Set(Some(on)),
            answered_by: sea_orm::Set(by),
            ..Default::default()
        })
        .filter(rights_request::Column::Id.eq(id))
        .filter(rights_request::Column::AnsweredOn.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says that the copy was taken away; `false` when it was already.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &Tx, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = rights_request::Entity::update_many()
        .col_expr(rights_request::Column::TakenAt, Expr::value(at))
        .filter(rights_request::Column::Id.eq(id))
        .filter(rights_request::Column::TakenAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
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

/// Those who have a name and are in no list, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn hidden(c: &impl ConnectionTrait, limit: u64) -> Result<Vec<Shelf>> {
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .expr_as(Expr::col(Alias::new("archived_on")), "archived_on")
        .expr_as(Expr::col(Alias::new("restricted_on")), "restricted_on")
        .filter(Expr::col(Alias::new("hidden")).eq(true))
        .filter(Expr::col(Alias::new("anonymised_on")).is_null())
        .filter(person::Column::MergedInto.is_null())
        .order_by_asc(person::Column::SortName)
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .into_model::<Shelf>()
        .all(c)
        .await?)
}

/// A record that speaks for itself and still has a name, whether lists show it or not: for the data protection officer.
///
/// # Errors
/// When the database does not answer.
pub async fn anybody(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<PersonRow>> {
    Ok(person::Entity::find_by_id(id)
        .filter(person::Column::MergedInto.is_null())
        .filter(Expr::col(Alias::new("anonymised_on")).is_null())
        .one(c)
        .await?)
}
