//! One person and what surrounds them.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::access::scope::Scope;
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::PersonRow;
use crate::Tx;
use crate::bulk::lists;
use crate::db::Db;
use crate::entity::{account, person, referent};
use crate::error::Result;
use crate::scope::{active, during, visible, within_reach};

/// A person, when `scope` holds them. A merged record answers by the one it joined.
///
/// # Errors
/// When the database does not answer.
pub async fn get(db: &Db, scope: &Scope, today: NaiveDate, id: Uuid) -> Result<Option<PersonRow>> {
    let seen = |id| person::Entity::find_by_id(id).filter(visible(scope, today)).one(db.read());
    if let Some(row) = seen(id).await? {
        return Ok(Some(row));
    }
    let mut target = id;
    // Chains of merges are short; the bound only guards against a cycle that verify would report.
    for _ in 0..16 {
        let Some(row) = person::Entity::find_by_id(target).one(db.read()).await? else { return Ok(None) };
        match row.merged_into {
            Some(next) => target = next,
            None => break,
        }
    }
    if target == id { Ok(None) } else { Ok(seen(target).await?) }
}

/// Persons by key, whatever the scope: for use cases that already asked for them.
///
/// # Errors
/// When the database does not answer.
pub async fn rows(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<PersonRow>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        found.extend(
            person::Entity::find().filter(person::Column::Id.is_in(part.iter().copied())).all(c).await?,
        );
    }
    Ok(found)
}

/// Those who left for another département, once somebody said that they arrived.
///
/// # Errors
/// When the database does not answer.
pub async fn left(c: &impl ConnectionTrait) -> Result<Vec<PersonRow>> {
    let gone = person::Entity::find()
        .filter(person::Column::LeftOn.is_not_null())
        .filter(person::Column::ConfirmBy.is_null())
        .filter(person::Column::MergedInto.is_null());
    Ok(gone.all(c).await?)
}

/// Those of these persons whom `scope` holds.
///
/// # Errors
/// When the database does not answer.
pub async fn seen(
    c: &impl ConnectionTrait,
    scope: &Scope,
    today: NaiveDate,
    ids: &[Uuid],
) -> Result<Vec<PersonRow>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        let these = person::Column::Id.is_in(part);
        found.extend(person::Entity::find().filter(visible(scope, today)).filter(these).all(c).await?);
    }
    Ok(found)
}

/// Persons by key whom nothing hides, whatever the scope.
///
/// # Errors
/// When the database does not answer.
pub async fn shown(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<PersonRow>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        let these = person::Entity::find().filter(person::Column::Id.is_in(part));
        found.extend(these.filter(Expr::col(Alias::new("hidden")).eq(false)).all(c).await?);
    }
    Ok(found)
}

/// A person whom `scope` would hold, were they not archived or frozen; somebody anonymous is nobody.
///
/// # Errors
/// When the database does not answer.
pub async fn hidden(db: &Db, scope: &Scope, today: NaiveDate, id: Uuid) -> Result<Option<PersonRow>> {
    let hidden = person::Entity::find_by_id(id)
        .filter(within_reach(scope, today))
        .filter(Expr::col(Alias::new("hidden")).eq(true))
        .filter(Expr::col(Alias::new("anonymised_on")).is_null());
    Ok(hidden.one(db.read()).await?)
}

/// The records that joined this one, at any depth, itself first.
///
/// # Errors
/// When the database does not answer.
pub async fn with_merged(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Uuid>> {
    with_all_merged(c, &[id]).await
}

/// These records and those that joined one of them, at any depth, themselves first.
///
/// # Errors
/// When the database does not answer.
pub async fn with_all_merged(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut all = ids.to_vec();
    all.extend(merged_into(c, ids).await?.into_iter().map(|(child, _)| child));
    Ok(all)
}

/// The records merged into these people, at any depth, each with the one that speaks for it.
///
/// # Errors
/// When the database does not answer.
pub async fn merged_into(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    let mut found: Vec<(Uuid, Uuid)> = Vec::new();
    let mut layer: Vec<(Uuid, Uuid)> = people.iter().map(|p| (*p, *p)).collect();
    while !layer.is_empty() {
        let mut next = Vec::new();
        for part in lists(&layer) {
            let any = person::Column::MergedInto.is_in(part.iter().map(|(id, _)| *id));
            for row in person::Entity::find().filter(any).order_by_asc(person::Column::Id).all(c).await? {
                let root = part
                    .iter()
                    .find(|(id, _)| Some(*id) == row.merged_into)
                    .map_or(row.id, |(_, root)| *root);
                if found.iter().all(|(id, _)| *id != row.id) {
                    next.push((row.id, root));
                }
            }
        }
        found.extend(next.iter().copied());
        layer = next;
    }
    Ok(found)
}

/// Every record that joined another one, with the one that speaks for it at the end of the chain.
///
/// # Errors
/// When the database does not answer.
pub async fn joined(db: &Db) -> Result<HashMap<Uuid, Uuid>> {
    let pairs: Vec<(Uuid, Uuid)> = person::Entity::find()
        .select_only()
        .columns([person::Column::Id, person::Column::MergedInto])
        .filter(person::Column::MergedInto.is_not_null())
        .into_tuple()
        .all(db.read())
        .await?;
    let next: HashMap<Uuid, Uuid> = pairs.into_iter().collect();
    let root = |mut id: Uuid| {
        // Chains are short; the bound only guards against a cycle that verify would report.
        for _ in 0..16 {
            match next.get(&id) {
                Some(to) => id = *to,
                None => break,
            }
        }
        id
    };
    Ok(next.iter().map(|(child, to)| (*child, root(*to))).collect())
}

/// People who have no place in any household, and still have a name.
///
/// # Errors
/// When the database does not answer.
pub async fn without_household(c: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    use sea_orm::sea_query::Query;
    let placed = Query::select()
        .column(crate::entity::membership::Column::PersonId)
        .from(crate::entity::membership::Entity)
        .to_owned();
    Ok(person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(person::Column::Id.not_in_subquery(placed))
        .filter(Expr::col(Alias::new("anonymised_on")).is_null())
        .order_by_asc(person::Column::Id)
        .into_tuple()
        .all(c)
        .await?)
}

/// Writes persons back.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, rows: Vec<PersonRow>) -> Result<()> {
    crate::bulk::upsert::<person::Entity, _>(tx, rows).await
}

/// Somebody who follows a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referent {
    /// The person followed.
    pub person_id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// Name.
    pub name: String,
    /// `social` or `employment`.
    pub side: String,
    /// Since when.
    pub since: NaiveDate,
}

/// Who follows these persons on `today`: whoever has left, or has no role that follows any more, does not.
///
/// # Errors
/// When the database does not answer.
pub async fn referents(c: &impl ConnectionTrait, ids: &[Uuid], today: NaiveDate) -> Result<Vec<Referent>> {
    let mut found = Vec::new();
    for part in lists(ids) {
        let rows = referent::Entity::find()
            .filter(referent::Column::PersonId.is_in(part.iter().copied()))
            .filter(during(referent::Column::Since, referent::Column::Until, today))
            .filter(referent::Column::AccountId.in_subquery(active(today)))
            .order_by_asc(referent::Column::Side)
            .order_by_asc(referent::Column::Id)
            .all(c)
            .await?;
        found.extend(rows);
    }
    let mut accounts: Vec<Uuid> = found.iter().map(|r| r.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let names = account::Entity::find().filter(account::Column::Id.is_in(accounts)).all(c).await?;
    Ok(found
        .into_iter()
        .map(|r| Referent {
            person_id: r.person_id,
            account_id: r.account_id,
            name: names.iter().find(|a| a.id == r.account_id).map(|a| a.name.clone()).unwrap_or_default(),
            side: r.side,
            since: r.since,
        })
        .collect())
}
