//! Who follows whom, on which side, between two dates.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::following;
use domain::access::role::Role;
use domain::time::plus_days;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::db::Tx;
use crate::entity::{account, account_role, person, referent};
use crate::error::Result;
use crate::scope::{active, during, followed, spoken_for};

/// Somebody becomes the referent of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Its identifier.
    pub id: Uuid,
    /// Who is followed.
    pub person_id: Uuid,
    /// Who follows.
    pub account_id: Uuid,
    /// `social` or `employment`.
    pub side: String,
    /// First day.
    pub since: NaiveDate,
}

/// People given a referent by one statement.
const MANY: usize = 1_000;

/// Gives referents to people. The referent of the same side, if any, ends the day before.
///
/// # Errors
/// When the database refuses.
pub async fn assign(tx: &Tx, assignments: Vec<Assignment>) -> Result<()> {
    for part in assignments.chunks(MANY) {
        for one in part {
            end_previous(tx, one).await?;
        }
        let people = part.iter().map(|one| one.person_id);
        person::Entity::update_many()
            .set(person::ActiveModel { has_referent: Set(true), ..Default::default() })
            .filter(person::Column::Id.is_in(people))
            .exec(tx)
            .await?;
    }
    let rows = assignments.into_iter().map(|one| referent::Model {
        id: one.id,
        person_id: one.person_id,
        account_id: one.account_id,
        side: one.side,
        since: one.since,
        until: None,
    });
    crate::bulk::insert::<referent::Entity, _>(tx, rows.collect()).await
}

async fn end_previous(tx: &Tx, new: &Assignment) -> Result<()> {
    let running =
        Condition::any().add(referent::Column::Until.is_null()).add(referent::Column::Until.gte(new.since));
    referent::Entity::update_many()
        .set(referent::ActiveModel { until: Set(Some(plus_days(new.since, -1))), ..Default::default() })
        .filter(referent::Column::PersonId.eq(new.person_id))
        .filter(referent::Column::Side.eq(new.side.as_str()))
        .filter(running)
        .exec(tx)
        .await?;
    Ok(())
}

/// Nobody follows these records any more from the day after `last_day`.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(tx: &Tx, records: &[Uuid], last_day: NaiveDate) -> Result<()> {
    let running =
        Condition::any().add(referent::Column::Until.is_null()).add(referent::Column::Until.gt(last_day));
    referent::Entity::update_many()
        .set(referent::ActiveModel { until: Set(Some(last_day)), ..Default::default() })
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(running)
        .exec(tx)
        .await?;
    Ok(())
}

/// The people whom an account follows on `today`, whatever it may still do: no scope, for the program itself.
///
/// # Errors
/// When the database does not answer.
pub async fn people_of(c: &impl ConnectionTrait, account: Uuid, today: NaiveDate) -> Result<Vec<Uuid>> {
    let mine = followed(today).and_where(referent::Column::AccountId.eq(account)).to_owned();
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Id.in_subquery(spoken_for(mine)))
        .filter(person::Column::MergedInto.is_null())
        .order_by_asc(person::Column::Id)
        .into_tuple()
        .all(c)
        .await?)
}

/// The sides on which an account follows these records on `today`.
///
/// # Errors
/// When the database does not answer.
pub async fn sides(
    c: &impl ConnectionTrait,
    records: &[Uuid],
    account: Uuid,
    today: NaiveDate,
) -> Result<Vec<String>> {
    let mut sides: Vec<String> = referent::Entity::find()
        .select_only()
        .column(referent::Column::Side)
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(referent::Column::AccountId.eq(account))
        .filter(during(referent::Column::Since, referent::Column::Until, today))
        .into_tuple()
        .all(c)
        .await?;
    sides.sort_unstable();
    sides.dedup();
    Ok(sides)
}

/// The sides on which an account follows anybody on `today`.
///
/// # Errors
/// When the database does not answer.
pub async fn sides_of(c: &impl ConnectionTrait, account: Uuid, today: NaiveDate) -> Result<Vec<String>> {
    Ok(referent::Entity::find()
        .select_only()
        .column(referent::Column::Side)
        .filter(referent::Column::AccountId.eq(account))
        .filter(during(referent::Column::Since, referent::Column::Until, today))
        .distinct()
        .into_tuple()
        .all(c)
        .await?)
}

/// An account follows these records no more on a side from the day after `last_day`.
///
/// # Errors
/// When the database refuses.
pub async fn end_one(
    tx: &Tx,
    records: &[Uuid],
    account: Uuid,
    side: &str,
    last_day: NaiveDate,
) -> Result<()> {
    let running =
        Condition::any().add(referent::Column::Until.is_null()).add(referent::Column::Until.gt(last_day));
    referent::Entity::update_many()
        .set(referent::ActiveModel { until: Set(Some(last_day)), ..Default::default() })
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(referent::Column::AccountId.eq(account))
        .filter(referent::Column::Side.eq(side))
        .filter(running)
        .exec(tx)
        .await?;
    Ok(())
}

/// The people, at most `limit` and after that one, whose record says that somebody follows them when nobody does any more, or
/// the contrary: a role began or ended by itself. No scope, for the program itself.
///
/// # Errors
/// When the database does not answer.
pub async fn told_wrong(
    c: &impl ConnectionTrait,
    today: NaiveDate,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    let theirs = followed(today).and_where(referent::Column::AccountId.in_subquery(active(today))).to_owned();
    let is_followed = Expr::col((person::Entity, person::Column::Id)).in_subquery(spoken_for(theirs));
    let wrong = Condition::any()
        .add(Condition::all().add(person::Column::HasReferent.eq(true)).add(is_followed.clone().not()))
        .add(Condition::all().add(person::Column::HasReferent.eq(false)).add(is_followed));
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::MergedInto.is_null())
        .filter(person::Column::LeftOn.is_null())
        .filter(wrong)
        .filter(after.map_or_else(Condition::all, |id| Condition::all().add(person::Column::Id.gt(id))))
        .order_by_asc(person::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(c)
        .await?)
}

/// The day from which those who are named may not follow these records any more: the account was closed, or its role ended.
/// `day`: the civil date of an instant in the département. `None` when nobody is named: whose referent was taken away on purpose was not left alone.
///
/// # Errors
/// When the database does not answer.
pub async fn alone_since(
    c: &impl ConnectionTrait,
    records: &[Uuid],
    today: NaiveDate,
    day: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Result<Option<NaiveDate>> {
    let rows = referent::Entity::find()
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(during(referent::Column::Since, referent::Column::Until, today))
        .all(c)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(ids.clone())).all(c).await?;
    let roles = account_role::Entity::find()
        .filter(account_role::Column::AccountId.is_in(ids))
        .filter(account_role::Column::Role.is_in(following().map(Role::code)))
        .all(c)
        .await?;
    let ends = |row: &referent::Model| {
        let closed = accounts.iter().find(|one| one.id == row.account_id).and_then(|one| one.disabled_at);
        let held = roles.iter().filter(|role| role.account_id == row.account_id);
        let over = held.map(|role| role.until.map_or(today, |last| plus_days(last, 1))).max();
        let closed = closed.map(&day);
        [closed, over, Some(today)].into_iter().flatten().min().unwrap_or(today)
    };
    Ok(rows.iter().map(ends).max())
}

/// Who followed these records until that day: the last of each side, with its side.
///
/// # Errors
/// When the database does not answer.
pub async fn until(tx: &Tx, records: &[Uuid], last_day: NaiveDate) -> Result<Vec<(Uuid, String)>> {
    let mut found = referent::Entity::find()
        .filter(referent::Column::PersonId.is_in(records.iter().copied()))
        .filter(referent::Column::Until.eq(last_day))
        .order_by_asc(referent::Column::Side)
        .order_by_desc(referent::Column::Since)
        .order_by_desc(referent::Column::Id)
        .all(tx)
        .await?;
    found.dedup_by(|next, one| next.side == one.side);
    Ok(found.into_iter().map(|one| (one.account_id, one.side)).collect())
}
