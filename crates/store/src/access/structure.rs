//! Structures in which roles are held, and the territories they serve.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::{account_role, structure, structure_territory};
use crate::error::Result;
use crate::scope::during;

/// A structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: StructureKind,
    /// On which side its people work.
    pub side: Side,
    /// That it follows somebody is hidden from everybody outside the social side.
    pub sensitive: bool,
    /// INSEE code of the commune where it is.
    pub commune: Option<String>,
    /// First day.
    pub since: NaiveDate,
    /// Last day; `None` = until further notice.
    pub until: Option<NaiveDate>,
    /// Codes of the territories it serves; empty = the whole département.
    pub territories: Vec<String>,
}

impl Structure {
    /// Whether it is open on `day`.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|last| day <= last)
    }
}

/// Adds a structure, or replaces what is known of it.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, one: Structure) -> Result<()> {
    let (id, territories) = (one.id, one.territories);
    let row = structure::Model {
        id,
        name: one.name,
        kind: one.kind.code().to_owned(),
        side: one.side.code().to_owned(),
        sensitive: one.sensitive,
        commune: one.commune,
        since: one.since,
        until: one.until,
    };
    bulk::upsert::<structure::Entity, _>(tx, vec![row]).await?;
    let served = structure_territory::Column::StructureId.eq(id);
    structure_territory::Entity::delete_many().filter(served).exec(tx).await?;
    let rows =
        territories.into_iter().map(|territory| structure_territory::Model { structure_id: id, territory });
    bulk::insert_missing::<structure_territory::Entity, _>(tx, rows.collect()).await
}

/// Every structure, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Structure>> {
    let query =
        structure::Entity::find().order_by_asc(structure::Column::Name).order_by_asc(structure::Column::Id);
    with_territories(c, query.all(c).await?).await
}

/// These structures.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Structure>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = structure::Entity::find().filter(structure::Column::Id.is_in(ids.iter().copied()));
    with_territories(c, query.all(c).await?).await
}

async fn with_territories(c: &impl ConnectionTrait, rows: Vec<structure::Model>) -> Result<Vec<Structure>> {
    let ids = rows.iter().map(|row| row.id);
    let served = structure_territory::Entity::find()
        .filter(structure_territory::Column::StructureId.is_in(ids))
        .order_by_asc(structure_territory::Column::Territory)
        .all(c)
        .await?;
    let mut territories: HashMap<Uuid, Vec<String>> = HashMap::new();
    for one in served {
        territories.entry(one.structure_id).or_default().push(one.territory);
    }
    let whole = |row: structure::Model| Structure {
        territories: territories.get(&row.id).cloned().unwrap_or_default(),
        id: row.id,
        name: row.name,
        kind: StructureKind::parse(&row.kind).unwrap_or(StructureKind::Other),
        side: Side::parse(&row.side).unwrap_or(Side::Both),
        sensitive: row.sensitive,
        commune: row.commune,
        since: row.since,
        until: row.until,
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// How many accounts hold a role in each structure on `day`.
///
/// # Errors
/// When the database does not answer.
pub async fn members(c: &impl ConnectionTrait, day: NaiveDate) -> Result<HashMap<Uuid, u64>> {
    let rows: Vec<(Uuid, Option<Uuid>)> = account_role::Entity::find()
        .select_only()
        .column(account_role::Column::AccountId)
        .column(account_role::Column::Structure)
        .distinct()
        .filter(account_role::Column::Structure.is_not_null())
        .filter(during(account_role::Column::Since, account_role::Column::Until, day))
        .into_tuple()
        .all(c)
        .await?;
    let mut count = HashMap::new();
    for structure in rows.into_iter().filter_map(|(_, structure)| structure) {
        *count.entry(structure).or_default() += 1;
    }
    Ok(count)
}

/// The accounts that hold a role in a structure on `day`.
///
/// # Errors
/// When the database does not answer.
pub async fn accounts(c: &impl ConnectionTrait, structure: Uuid, day: NaiveDate) -> Result<HashSet<Uuid>> {
    let ids: Vec<Uuid> = account_role::Entity::find()
        .select_only()
        .column(account_role::Column::AccountId)
        .filter(account_role::Column::Structure.eq(structure))
        .filter(during(account_role::Column::Since, account_role::Column::Until, day))
        .into_tuple()
        .all(c)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Of these accounts, those that hold or held a role in a sensitive structure, each with the last day of that role
/// (`None` = until further notice). What they began to do until that day is hidden outside the social side.
///
/// # Errors
/// When the database does not answer.
pub async fn in_sensitive(
    c: &impl ConnectionTrait,
    accounts: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<(Uuid, Option<NaiveDate>)>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let hidden = Query::select()
        .column(structure::Column::Id)
        .from(structure::Entity)
        .and_where(structure::Column::Sensitive.eq(true))
        .to_owned();
    let mut found = Vec::new();
    for part in bulk::lists(accounts) {
        let rows: Vec<(Uuid, Option<NaiveDate>)> = account_role::Entity::find()
            .select_only()
            .column(account_role::Column::AccountId)
            .column(account_role::Column::Until)
            .filter(account_role::Column::AccountId.is_in(part))
            .filter(account_role::Column::Since.lte(day))
            .filter(account_role::Column::Structure.in_subquery(hidden.clone()))
            .into_tuple()
            .all(c)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}
