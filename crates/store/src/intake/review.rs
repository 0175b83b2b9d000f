//! Is it the same person? The queue of questions.

use domain::access::scope::Scope;
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{insert_missing, lists};
use crate::db::Db;
pub use crate::entity::review::Model as ReviewRow;
use crate::entity::{person, review};
use crate::error::Result;

/// Answers to a question.
pub mod status {
    /// Not answered.
    pub const OPEN: &str = "open";
    /// One person.
    pub const MERGED: &str = "merged";
    /// Two people.
    pub const DISTINCT: &str = "distinct";
}

/// The pairs of these persons that were asked already, in either order, with their questions.
///
/// # Errors
/// When the database does not answer.
pub async fn of_persons(c: &impl ConnectionTrait, persons: &[Uuid]) -> Result<Vec<ReviewRow>> {
    let mut found = Vec::new();
    for part in lists(persons) {
        let any = Condition::any()
            .add(review::Column::PersonA.is_in(part.iter().copied()))
            .add(review::Column::PersonB.is_in(part.iter().copied()));
        found.extend(review::Entity::find().filter(any).order_by_asc(review::Column::Id).all(c).await?);
    }
    found.sort_unstable_by_key(|r| r.id);
    found.dedup_by_key(|r| r.id);
    Ok(found)
}

/// Asks questions and marks the people concerned.
///
/// # Errors
/// When the database refuses.
pub async fn ask(tx: &Tx, rows: Vec<ReviewRow>) -> Result<()> {
    let people: Vec<Uuid> = rows.iter().flat_map(|r| [r.person_a, r.person_b]).collect();
    insert_missing::<review::Entity, _>(tx, rows).await?;
    mark_open(tx, &people, true).await
}

/// Sets the mark « a question is open » of these persons.
///
/// # Errors
/// When the database refuses.
pub async fn mark_open(tx: &Tx, people: &[Uuid], open: bool) -> Result<()> {
    for part in lists(people) {
        person::Entity::update_many()
            .col_expr(person::Column::MatchOpen, Expr::value(open))
            .filter(person::Column::Id.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// A question by its key, whatever the scope, seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn get_in(tx: &Tx, id: Uuid) -> Result<Option<ReviewRow>> {
    Ok(review::Entity::find_by_id(id).one(tx).await?)
}

/// A question by its key, when `scope` holds at least one of its two persons.
///
/// # Errors
/// When the database does not answer.
pub async fn get(db: &Db, scope: &Scope, today: chrono::NaiveDate, id: Uuid) -> Result<Option<ReviewRow>> {
    Ok(list_query(scope, today).filter(review::Column::Id.eq(id)).one(db.read()).await?)
}

/// The questions with this status, oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(
    db: &Db,
    scope: &Scope,
    today: chrono::NaiveDate,
    open: bool,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<ReviewRow>> {
    let mut query = with_status(list_query(scope, today), open).order_by_asc(review::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(review::Column::Id.gt(after));
    }
    Ok(query.all(db.read()).await?)
}

/// How many questions are open.
///
/// # Errors
/// When the database does not answer.
pub async fn count_open(db: &Db, scope: &Scope, today: chrono::NaiveDate) -> Result<u64> {
    Ok(with_status(list_query(scope, today), true).count(db.read()).await?)
}

fn with_status(query: sea_orm::Select<review::Entity>, open: bool) -> sea_orm::Select<review::Entity> {
    if open {
        query.filter(review::Column::Status.eq(status::OPEN))
    } else {
        query.filter(review::Column::Status.ne(status::OPEN))
    }
}

fn list_query(scope: &Scope, today: chrono::NaiveDate) -> sea_orm::Select<review::Entity> {
    // A question about somebody archived or frozen waits until they are seen again, whoever the other one is.
    let hidden = || {
        sea_orm::sea_query::Query::select()
            .column(person::Column::Id)
            .from(person::Entity)
            .and_where(Expr::col(Alias::new("hidden")).eq(true))
            .to_owned()
    };
    let query = review::Entity::find()
        .filter(review::Column::PersonA.not_in_subquery(hidden()))
        .filter(review::Column::PersonB.not_in_subquery(hidden()));
    if scope.is_everything() {
        return query;
    }
    // A merged record is no longer visible by itself: the one it joined speaks for it.
    let seen = || {
        sea_orm::sea_query::Query::select()
            .column(person::Column::Id)
            .from(person::Entity)
            .cond_where(crate::scope::visible(scope, today))
            .to_owned()
    };
    query.filter(
        Condition::any()
            .add(review::Column::PersonA.in_subquery(seen()))
            .add(review::Column::PersonB.in_subquery(seen())),
    )
}

/// Writes the answer of a question.
///
/// # Errors
/// When the database refuses.
pub async fn answer(tx: &Tx, row: ReviewRow) -> Result<()> {
    let id = row.id;
    let mut active = row.clone().into_active_model();
    active.status = Set(row.status);
    active.decided_by = Set(row.decided_by);
    active.decided_at = Set(row.decided_at);
    active.decision_reason = Set(row.decision_reason);
    active.undo = Set(row.undo);
    active.kept_nir_sealed = Set(row.kept_nir_sealed);
    active.kept_nir_index = Set(row.kept_nir_index);
    active.id = sea_orm::ActiveValue::Unchanged(id);
    active.update(tx).await?;
    Ok(())
}
