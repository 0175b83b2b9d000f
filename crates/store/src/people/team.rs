//! How many people each professional follows, of those that somebody may see.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::scope::Scope;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};
use uuid::Uuid;

use super::one::joined;
use crate::db::Db;
use crate::entity::{appointment, appointment_host, person, referent, slot};
use crate::error::Result;
use crate::scope::{during, visible};

/// What a professional follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Load {
    /// People followed.
    pub people: u64,
    /// Of them, those who went back to work.
    pub at_work: u64,
    /// Of them, those whose programme or contract ends within the days that are looked at.
    pub ending: u64,
}

/// A person, since when they are at work, from when the end of their programme is prepared, until when their contract binds.
type Dated = (Uuid, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>);

/// What each account follows on `today` of the people that `scope` holds; `ending`: the last day that is looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn loads(
    db: &Db,
    scope: &Scope,
    today: NaiveDate,
    ending: NaiveDate,
) -> Result<BTreeMap<Uuid, Load>> {
    let people: Vec<Dated> = person::Entity::find()
        .select_only()
        .columns([
            person::Column::Id,
            person::Column::OutcomeOn,
            person::Column::RenewBy,
            person::Column::ContractUntil,
        ])
        .filter(visible(scope, today))
        .into_tuple()
        .all(db.read())
        .await?;
    let known: BTreeMap<Uuid, _> =
        people.into_iter().map(|(id, work, renew, until)| (id, (work, renew, until))).collect();
    let rows: Vec<(Uuid, Uuid)> = referent::Entity::find()
        .select_only()
        .columns([referent::Column::AccountId, referent::Column::PersonId])
        .filter(during(referent::Column::Since, referent::Column::Until, today))
        .into_tuple()
        .all(db.read())
        .await?;
    let joined = joined(db).await?;
    let root = |id: Uuid| joined.get(&id).copied().unwrap_or(id);
    let once: BTreeSet<(Uuid, Uuid)> =
        rows.into_iter().map(|(account, person)| (account, root(person))).collect();
    let mut all: BTreeMap<Uuid, Load> = BTreeMap::new();
    for (account, person) in once {
        let Some((work, renew, until)) = known.get(&person) else { continue };
        let load = all.entry(account).or_default();
        let ends = renew.is_some_and(|day| day <= today) || until.is_some_and(|day| day <= ending);
        load.people += 1;
        load.at_work += u64::from(work.is_some());
        load.ending += u64::from(ends);
    }
    Ok(all)
}

/// How many appointments with these accounts, begun since `from` and before `until`, had each status.
///
/// # Errors
/// When the database does not answer.
pub async fn attendance(
    c: &impl ConnectionTrait,
    accounts: &[Uuid],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(Uuid, String, u64)>> {
    let of: RelationDef = appointment_host::Entity::belongs_to(appointment::Entity)
        .from(appointment_host::Column::AppointmentId)
        .to(appointment::Column::Id)
        .into();
    let rows: Vec<(Uuid, String, i64)> = appointment_host::Entity::find()
        .select_only()
        .column(appointment_host::Column::AccountId)
        .column(appointment::Column::Status)
        .expr_as(Expr::col((appointment::Entity, appointment::Column::Id)).count(), "n")
        .join(JoinType::InnerJoin, of)
        .filter(appointment_host::Column::AccountId.is_in(accounts.iter().copied()))
        .filter(appointment::Column::StartsAt.gte(from))
        .filter(appointment::Column::StartsAt.lt(until))
        .group_by(appointment_host::Column::AccountId)
        .group_by(appointment::Column::Status)
        .into_tuple()
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|(id, status, n)| (id, status, u64::try_from(n).unwrap_or(0))).collect())
}

/// The first free slot of each of these accounts from `now` on.
///
/// # Errors
/// When the database does not answer.
pub async fn next_free(
    c: &impl ConnectionTrait,
    accounts: &[Uuid],
    now: DateTime<Utc>,
) -> Result<BTreeMap<Uuid, DateTime<Utc>>> {
    let rows: Vec<(Uuid, DateTime<Utc>)> = slot::Entity::find()
        .select_only()
        .column(slot::Column::AccountId)
        .expr_as(slot::Column::StartsAt.min(), "first")
        .filter(slot::Column::AccountId.is_in(accounts.iter().copied()))
        .filter(slot::Column::Taken.eq(false))
        .filter(slot::Column::StartsAt.gte(now))
        .group_by(slot::Column::AccountId)
        .into_tuple()
        .all(c)
        .await?;
    Ok(rows.into_iter().collect())
}
