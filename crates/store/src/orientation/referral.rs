//! People addressed to the platform, and the answers.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::scope::Scope;
use domain::orientation::referral::Answer;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::referral::Model as ReferralRow;
use crate::entity::{person, referral};
use crate::error::Result;
use crate::scope::{spoken_for, visible};

/// Adds one.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: ReferralRow) -> Result<()> {
    bulk::insert::<referral::Entity, _>(tx, vec![new]).await
}

/// Those of these records, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ReferralRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(records) {
        found.extend(
            referral::Entity::find()
                .filter(referral::Column::PersonId.is_in(part))
                .order_by_desc(referral::Column::SentAt)
                .order_by_desc(referral::Column::Id)
                .all(c)
                .await?,
        );
    }
    Ok(found)
}

/// One of them.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<ReferralRow>> {
    Ok(referral::Entity::find_by_id(id).one(c).await?)
}

/// Those that this account sent, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn by(c: &impl ConnectionTrait, author: Uuid, limit: u64) -> Result<Vec<ReferralRow>> {
    Ok(referral::Entity::find()
        .filter(referral::Column::AuthorId.eq(author))
        .order_by_desc(referral::Column::SentAt)
        .order_by_desc(referral::Column::Id)
        .limit(limit)
        .all(c)
        .await?)
}

/// Those that wait for an answer, whoever they are about.
///
/// # Errors
/// When the database does not answer.
pub async fn unanswered(c: &impl ConnectionTrait) -> Result<Vec<ReferralRow>> {
    Ok(referral::Entity::find().filter(referral::Column::Answer.is_null()).all(c).await?)
}

/// Those that wait for an answer, of people whom `scope` holds, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn waiting(
    c: &impl ConnectionTrait,
    scope: &Scope,
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<ReferralRow>> {
    let seen = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .cond_where(visible(scope, today))
        .to_owned();
    // A record that joined another one since is answered for by the one it joined.
    let joined = Query::select()
        .column(person::Column::Id)
        .from(person::Entity)
        .and_where(Expr::col(person::Column::MergedInto).in_subquery(seen.clone()))
        .to_owned();
    Ok(referral::Entity::find()
        .filter(referral::Column::Answer.is_null())
        .filter(
            referral::Column::PersonId.in_subquery(seen).or(referral::Column::PersonId.in_subquery(joined)),
        )
        .order_by_asc(referral::Column::SentAt)
        .order_by_asc(referral::Column::Id)
        .limit(limit)
        .all(c)
        .await?)
}

/// When the oldest of these records' that waits for an answer was sent.
///
/// # Errors
/// When the database does not answer.
pub async fn open_since(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Option<DateTime<Utc>>> {
    let rows = of(c, records).await?.into_iter().filter(|row| row.answer.is_none());
    Ok(rows.map(|row| row.sent_at).min())
}

/// Answers those of these records that wait; returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn answer(
    tx: &Tx,
    records: &[Uuid],
    answer: Answer,
    (at, by): (DateTime<Utc>, Uuid),
) -> Result<u64> {
    let mut answered = 0;
    for part in bulk::lists(records) {
        let done = referral::Entity::update_many()
            .col_expr(referral::Column::Answer, Expr::value(answer.code()))
            .col_expr(referral::Column::AnsweredAt, Expr::value(at))
            .col_expr(referral::Column::AnsweredBy, Expr::value(by))
            .filter(referral::Column::PersonId.is_in(part))
            .filter(referral::Column::Answer.is_null())
            .exec(tx)
            .await?;
        answered += done.rows_affected;
    }
    Ok(answered)
}

/// The people of urgent referrals that wait, and the records that speak for them.
pub(super) fn urgent() -> sea_orm::sea_query::SelectStatement {
    let people = Query::select()
        .column(referral::Column::PersonId)
        .from(referral::Entity)
        .and_where(Expr::col(referral::Column::Answer).is_null())
        .and_where(
            Expr::col(referral::Column::Urgency).eq(domain::orientation::referral::Urgency::Urgent.code()),
        )
        .to_owned();
    spoken_for(people)
}
