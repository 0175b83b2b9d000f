//! The queue of calls, in order: promised calls whose time has come, those that people asked for by their link too, then the
//! legal clock by groups, the most vulnerable and those addressed as urgent first within a group.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::scope::Scope;
use domain::followup::path::PathState;
use domain::orientation::Urgency;
use domain::orientation::queue::Attempt;
use domain::people::family::ALONE;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::db::Db;
use crate::entity::{call_attempt, call_lease, callback_request, person};
use crate::error::Result;
use crate::orientation::sector::communes;
use crate::people::one;
use crate::scope::visible;

/// Who looks at the queue, when, and of which territory.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    /// Whom they may see.
    pub scope: &'a Scope,
    /// Their account: whom they have reserved stays in their queue.
    pub account: Uuid,
    /// The present instant.
    pub now: DateTime<Utc>,
    /// The civil day.
    pub today: NaiveDate,
    /// Code of a territory.
    pub territory: Option<String>,
    /// A sector.
    pub sector: Option<Uuid>,
}

/// The first `limit` people who may be called now, the most urgent first.
///
/// # Errors
/// When the database does not answer.
pub async fn first(db: &Db, look: &Look<'_>, limit: u64) -> Result<Vec<Uuid>> {
    let promised = Condition::any()
        .add(person::Column::Id.in_subquery(latest().and_where(ending(Attempt::CallBack)).to_owned()))
        .add(person::Column::Id.in_subquery(asked(look, true)));
    let mut urgency = CaseStatement::new();
    for (rank, group) in Urgency::ALL.into_iter().enumerate() {
        if let (_, Some(last)) = group.bounds(look.today) {
            urgency =
                urgency.case(person::Column::DueOn.lte(last), Expr::val(i32::try_from(rank).unwrap_or(0)));
        }
    }
    let alone =
        Condition::all().add(person::Column::Dependants.gt(0)).add(person::Column::Family.is_in(ALONE));
    let vulnerable =
        Condition::any().add(alone).add(person::Column::Id.in_subquery(super::referral::urgent()));
    let rank = |of: Condition| Expr::expr(CaseStatement::new().case(of, Expr::val(0)).finally(Expr::val(1)));
    let query = waiting(look)
        .select_only()
        .column(person::Column::Id)
        .order_by_asc(rank(promised))
        .order_by_asc(Expr::expr(urgency.finally(Expr::val(9))))
        .order_by_asc(rank(vulnerable))
        .order_by_asc(person::Column::DueOn)
        .order_by_asc(person::Column::Id)
        .limit(limit);
    Ok(query.into_tuple().all(db.read()).await?)
}

/// How many people may be called now.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &Db, look: &Look<'_>) -> Result<u64> {
    Ok(waiting(look).count(db.read()).await?)
}

/// The calls promised for later, the nearest first: the person and the instant.
///
/// # Errors
/// When the database does not answer.
pub async fn promised(db: &Db, look: &Look<'_>, limit: u64) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    let mut found: Vec<(Uuid, DateTime<Utc>)> = call_attempt::Entity::find()
        .select_only()
        .columns([call_attempt::Column::PersonId, call_attempt::Column::NotBefore])
        .filter(call_attempt::Column::Latest.eq(true))
        .filter(call_attempt::Column::Ending.eq(Attempt::CallBack.code()))
        .filter(call_attempt::Column::NotBefore.gt(look.now))
        .filter(call_attempt::Column::PersonId.in_subquery(people(look)))
        // Who asked by their link is told with the hour that they asked for.
        .filter(call_attempt::Column::PersonId.not_in_subquery(asked(look, true)))
        .filter(call_attempt::Column::PersonId.not_in_subquery(asked(look, false)))
        .order_by_asc(call_attempt::Column::NotBefore)
        .order_by_asc(call_attempt::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db.read())
        .await?;
    found.extend(wished(db, look).await?);
    found.sort_by_key(|(_, at)| *at);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// Who asked by their link to be called at an hour to come; a record that joined another one speaks for it.
async fn wished(db: &Db, look: &Look<'_>) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    let asked: Vec<(Uuid, DateTime<Utc>)> = callback_request::Entity::find()
        .select_only()
        .columns([callback_request::Column::OpenFor, callback_request::Column::NotBefore])
        .filter(callback_request::Column::OpenFor.is_not_null())
        .filter(callback_request::Column::NotBefore.gt(look.now))
        .into_tuple()
        .all(db.read())
        .await?;
    if asked.is_empty() {
        return Ok(asked);
    }
    let joined = one::joined(db).await?;
    let root = |id: Uuid| joined.get(&id).copied().unwrap_or(id);
    let waiting: Vec<Uuid> = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Id.is_in(asked.iter().map(|(id, _)| root(*id))))
        .filter(person::Column::Id.in_subquery(people(look)))
        .into_tuple()
        .all(db.read())
        .await?;
    let asked = asked.into_iter().map(|(id, at)| (root(id), at));
    Ok(asked.filter(|(id, _)| waiting.contains(id)).collect())
}

/// Who asked by their link to be called: now, or at an hour to come. A record that joined another one speaks for it.
fn asked(look: &Look<'_>, now: bool) -> SelectStatement {
    let at = Expr::col((callback_request::Entity, callback_request::Column::NotBefore));
    let root = Func::coalesce([
        Expr::col((person::Entity, person::Column::MergedInto)),
        Expr::col((callback_request::Entity, callback_request::Column::OpenFor)),
    ]);
    Query::select()
        .expr(root)
        .from(callback_request::Entity)
        .inner_join(
            person::Entity,
            Expr::col((person::Entity, person::Column::Id))
                .equals((callback_request::Entity, callback_request::Column::OpenFor)),
        )
        .and_where(if now { at.lte(look.now) } else { at.gt(look.now) })
        .to_owned()
}

fn latest() -> SelectStatement {
    Query::select()
        .column(call_attempt::Column::PersonId)
        .from(call_attempt::Entity)
        .and_where(Expr::col(call_attempt::Column::Latest).eq(true))
        .to_owned()
}

fn ending(attempt: Attempt) -> Expr {
    Expr::col(call_attempt::Column::Ending).eq(attempt.code())
}

fn to_orient(look: &Look<'_>) -> Condition {
    visible(look.scope, look.today)
        .add(person::Column::State.eq(PathState::ToOrient.code()))
        .add_option(look.territory.as_deref().map(|code| person::Column::Territory.eq(code)))
        .add_option(look.sector.map(|sector| person::Column::Commune.in_subquery(communes(sector))))
}

fn people(look: &Look<'_>) -> SelectStatement {
    Query::select().column(person::Column::Id).from(person::Entity).cond_where(to_orient(look)).to_owned()
}

fn waiting(look: &Look<'_>) -> Select<person::Entity> {
    let later = latest().and_where(Expr::col(call_attempt::Column::NotBefore).gt(look.now)).to_owned();
    let taken = Query::select()
        .column(call_lease::Column::PersonId)
        .from(call_lease::Entity)
        .and_where(Expr::col(call_lease::Column::Until).gte(look.now))
        .and_where(Expr::col(call_lease::Column::AccountId).ne(look.account))
        .to_owned();
    person::Entity::find()
        .filter(to_orient(look))
        // Whoever asks to be called is called at the hour that they asked for, whatever was tried before.
        .filter(
            Condition::any()
                .add(person::Column::Id.in_subquery(asked(look, true)))
                .add(person::Column::Id.not_in_subquery(later)),
        )
        .filter(person::Column::Id.not_in_subquery(asked(look, false)))
        .filter(person::Column::Id.not_in_subquery(taken))
}
