//! Who may follow somebody: professionals with their structure, their territories, and how many people they follow.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::{account, account_capacity, account_role, referent, structure_capacity};
use crate::error::Result;
use crate::scope::during;

/// A professional who may become a referent, once for each role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Professional {
    /// The account.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// [`domain::access::role::Role::code`].
    pub role: String,
    /// The territory of the role; `None` = the whole département, or that of the structure.
    pub territory: Option<String>,
    /// The structure of the role.
    pub structure: Option<Uuid>,
    /// How many people they follow today.
    pub follows: u64,
    /// How many they follow at most; `None` = nobody has said.
    pub capacity: Option<u64>,
}

/// Those who hold one of these roles on `day`, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn holding(c: &impl ConnectionTrait, roles: &[&str], day: NaiveDate) -> Result<Vec<Professional>> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::Role.is_in(roles.iter().copied()))
        .filter(during(account_role::Column::Since, account_role::Column::Until, day))
        .order_by_asc(account_role::Column::Id)
        .all(c)
        .await?;
    let accounts: BTreeMap<Uuid, String> = account::Entity::find()
        .filter(account::Column::DisabledAt.is_null())
        .all(c)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let follows = caseloads(c, day).await?;
    let capacities: HashMap<Uuid, i64> = account_capacity::Entity::find()
        .all(c)
        .await?
        .into_iter()
        .map(|row| (row.account_id, row.people))
        .collect();
    let mut found: Vec<Professional> = held
        .into_iter()
        .filter_map(|role| {
            Some(Professional {
                id: role.account_id,
                name: accounts.get(&role.account_id)?.clone(),
                role: role.role,
                territory: role.territory,
                structure: role.structure,
                follows: follows.get(&role.account_id).copied().unwrap_or(0),
                capacity: capacities.get(&role.account_id).and_then(|n| u64::try_from(*n).ok()),
            })
        })
        .collect();
    found.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(found)
}

/// How many people each account follows on `day`.
///
/// # Errors
/// When the database does not answer.
pub async fn caseloads(c: &impl ConnectionTrait, day: NaiveDate) -> Result<HashMap<Uuid, u64>> {
    let rows: Vec<(Uuid, i64)> = referent::Entity::find()
        .select_only()
        .column(referent::Column::AccountId)
        .expr_as(Expr::col(referent::Column::PersonId).count_distinct(), "people")
        .filter(during(referent::Column::Since, referent::Column::Until, day))
        .group_by(referent::Column::AccountId)
        .into_tuple()
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|(id, n)| (id, u64::try_from(n).unwrap_or(0))).collect())
}

/// How many people this account follows at most; `None` = nobody has said.
///
/// # Errors
/// When the database does not answer.
pub async fn capacity(c: &impl ConnectionTrait, account: Uuid) -> Result<Option<i64>> {
    Ok(account_capacity::Entity::find_by_id(account).one(c).await?.map(|row| row.people))
}

/// Says how many people an account follows at most.
///
/// # Errors
/// When the database refuses.
pub async fn set_capacity(tx: &Tx, account: Uuid, people: Option<i64>) -> Result<()> {
    let Some(people) = people else {
        account_capacity::Entity::delete_by_id(account).exec(tx).await?;
        return Ok(());
    };
    let row = account_capacity::Model { account_id: account, people };
    bulk::upsert::<account_capacity::Entity, _>(tx, vec![row]).await
}

/// How many people each structure follows on `day`, by those who hold a role there.
///
/// # Errors
/// When the database does not answer.
pub async fn structure_caseloads(c: &impl ConnectionTrait, day: NaiveDate) -> Result<HashMap<Uuid, u64>> {
    let member: RelationDef = referent::Entity::belongs_to(account_role::Entity)
        .from(referent::Column::AccountId)
        .to(account_role::Column::AccountId)
        .into();
    let rows: Vec<(Uuid, i64)> = referent::Entity::find()
        .select_only()
        .column(account_role::Column::Structure)
        .expr_as(Expr::col((referent::Entity, referent::Column::PersonId)).count_distinct(), "people")
        .join(JoinType::InnerJoin, member)
        .filter(account_role::Column::Structure.is_not_null())
        .filter(during(referent::Column::Since, referent::Column::Until, day))
        .filter(during(account_role::Column::Since, account_role::Column::Until, day))
        .group_by(account_role::Column::Structure)
        .into_tuple()
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|(id, n)| (id, u64::try_from(n).unwrap_or(0))).collect())
}

/// How many people each structure follows at most on `day`; a structure of which nobody has said is left out.
///
/// # Errors
/// When the database does not answer.
pub async fn structure_capacities(c: &impl ConnectionTrait, day: NaiveDate) -> Result<HashMap<Uuid, u64>> {
    let rows = structure_capacity::Entity::find()
        .filter(structure_capacity::Column::Since.lte(day))
        .order_by_asc(structure_capacity::Column::Since)
        .all(c)
        .await?;
    let mut found = HashMap::new();
    for row in rows {
        match row.people.and_then(|n| u64::try_from(n).ok()) {
            Some(people) => found.insert(row.structure_id, people),
            None => found.remove(&row.structure_id),
        };
    }
    Ok(found)
}

/// Says how many people a structure follows at most, from `since` on; `None` = nobody says any more.
///
/// # Errors
/// When the database refuses.
pub async fn set_structure_capacity(
    tx: &Tx,
    structure: Uuid,
    since: NaiveDate,
    people: Option<i64>,
) -> Result<()> {
    let row = structure_capacity::Model { structure_id: structure, since, people };
    bulk::upsert::<structure_capacity::Entity, _>(tx, vec![row]).await
}
