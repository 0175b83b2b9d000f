//! What the département sets: dated parameters and territories.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::reference::parameters;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use sea_orm_migration::MigratorTrait;

use crate::bulk;
use crate::db::{Db, Tx};
use crate::entity::{account, import, journal, parameter, person, territory, territory_commune};
use crate::error::Result;
use crate::intake::record::rebuild_counters;
use crate::migration::Migrator;
use crate::revision;

/// The value of a parameter from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name: `orientation.opens_at`.
    pub key: String,
    /// First day.
    pub since: NaiveDate,
    /// The value as written.
    pub value: String,
    /// Who or what set it.
    pub source: String,
}

/// A territory and how large it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Stable code: `verdun`.
    pub code: String,
    /// Name shown to people.
    pub name: String,
    /// The perimeter is a proposal of this program, not a decision of the département.
    pub proposed: bool,
    /// How many communes it has.
    pub communes: usize,
}

/// The value in force on `date`: what the département set, else what the law or the service says.
///
/// # Errors
/// When the database does not answer.
pub async fn value_at(db: &Db, key: &str, date: NaiveDate) -> Result<Option<String>> {
    value_in(db.read(), key, date).await
}

/// [`value_at`], seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn value_at_in(tx: &Tx, key: &str, date: NaiveDate) -> Result<Option<String>> {
    value_in(tx, key, date).await
}

async fn value_in(from: &impl ConnectionTrait, key: &str, date: NaiveDate) -> Result<Option<String>> {
    let own = parameter::Entity::find()
        .filter(parameter::Column::Key.eq(key))
        .filter(parameter::Column::Since.lte(date))
        .order_by_desc(parameter::Column::Since)
        .one(from)
        .await?;
    Ok(match own {
        Some(row) => Some(row.value).filter(|value| !value.is_empty()),
        None => parameters::value_at(key, date).map(ToOwned::to_owned),
    })
}

/// Every value the département set, by key then by date.
///
/// # Errors
/// When the database does not answer.
pub async fn own_parameters(db: &Db) -> Result<Vec<Parameter>> {
    let query =
        parameter::Entity::find().order_by_asc(parameter::Column::Key).order_by_asc(parameter::Column::Since);
    let rows = query.all(db.read()).await?.into_iter();
    Ok(rows
        .map(|row| Parameter { key: row.key, since: row.since, value: row.value, source: row.source })
        .collect())
}

/// Sets the value of a parameter from a day on; replaces the one that was set for the same day.
///
/// # Errors
/// When the database refuses.
pub async fn set_value(tx: &Tx, new: Parameter) -> Result<()> {
    let row = parameter::Model { key: new.key, since: new.since, value: new.value, source: new.source };
    bulk::upsert::<parameter::Entity, _>(tx, vec![row]).await
}

/// The territories, by name, with the number of their communes.
///
/// # Errors
/// When the database does not answer.
pub async fn territories(db: &Db) -> Result<Vec<Territory>> {
    let mut communes: HashMap<String, usize> = HashMap::new();
    for code in territory_of(db).await?.into_values() {
        *communes.entry(code).or_default() += 1;
    }
    let query =
        territory::Entity::find().order_by_asc(territory::Column::Name).order_by_asc(territory::Column::Code);
    let rows = query.all(db.read()).await?.into_iter();
    Ok(rows
        .map(|row| Territory {
            communes: communes.get(&row.code).copied().unwrap_or_default(),
            code: row.code,
            name: row.name,
            proposed: row.proposed,
        })
        .collect())
}

/// Code and name of each territory, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn territory_names(db: &Db) -> Result<Vec<(String, String)>> {
    let query =
        territory::Entity::find().order_by_asc(territory::Column::Name).order_by_asc(territory::Column::Code);
    Ok(query.all(db.read()).await?.into_iter().map(|row| (row.code, row.name)).collect())
}

/// Which territory each commune belongs to, by INSEE code.
///
/// # Errors
/// When the database does not answer.
pub async fn territory_of(db: &Db) -> Result<HashMap<String, String>> {
    let rows = territory_commune::Entity::find().all(db.read()).await?;
    Ok(rows.into_iter().map(|row| (row.commune, row.territory)).collect())
}

/// The territory of a commune, seen from inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn territory_of_commune(tx: &Tx, commune: &str) -> Result<Option<String>> {
    Ok(territory_commune::Entity::find_by_id(commune).one(tx).await?.map(|row| row.territory))
}

/// The name of a territory, seen from inside a transaction; `None` when there is no such territory.
///
/// # Errors
/// When the database does not answer.
pub async fn territory_name(tx: &Tx, code: &str) -> Result<Option<String>> {
    Ok(territory::Entity::find_by_id(code).one(tx).await?.map(|row| row.name))
}

/// Adds territories and their communes; those that exist stay as they are.
///
/// # Errors
/// When the database refuses.
pub async fn add_territories(
    tx: &Tx,
    territories: Vec<Territory>,
    communes: Vec<(String, String)>,
) -> Result<()> {
    let rows = territories.into_iter().map(|one| territory::Model {
        code: one.code,
        name: one.name,
        proposed: one.proposed,
    });
    bulk::insert_missing::<territory::Entity, _>(tx, rows.collect()).await?;
    let rows =
        communes.into_iter().map(|(commune, territory)| territory_commune::Model { commune, territory });
    bulk::insert_missing::<territory_commune::Entity, _>(tx, rows.collect()).await?;
    revision::moved(tx).await
}

/// Renames a territory. The département has looked at it: it is no longer a proposal.
///
/// # Errors
/// When the database refuses.
pub async fn rename_territory(tx: &Tx, code: &str, name: &str) -> Result<()> {
    territory::Entity::update_many()
        .set(territory::ActiveModel {
            name: Set(name.to_owned()),
            proposed: Set(false),
            ..Default::default()
        })
        .filter(territory::Column::Code.eq(code))
        .exec(tx)
        .await?;
    revision::moved(tx).await
}

/// Puts a commune into another territory, with the people who live there; returns how many moved.
///
/// # Errors
/// When the database refuses.
pub async fn move_commune(tx: &Tx, commune: &str, territory: &str) -> Result<u64> {
    let row = territory_commune::Model { commune: commune.to_owned(), territory: territory.to_owned() };
    bulk::upsert::<territory_commune::Entity, _>(tx, vec![row]).await?;
    let moved = person::Entity::update_many()
        .set(person::ActiveModel { territory: Set(Some(territory.to_owned())), ..Default::default() })
        .filter(person::Column::Commune.eq(commune))
        .exec(tx)
        .await?;
    rebuild_counters(tx).await?;
    Ok(moved.rows_affected)
}

/// The migrations that made the database what it is, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn applied_migrations(db: &Db) -> Result<Vec<String>> {
    let applied = Migrator::get_applied_migrations_read_only(db.read()).await?;
    Ok(applied.iter().map(|migration| migration.name().to_owned()).collect())
}

/// The migrations this program knows, in order.
pub fn known_migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// True when somebody has begun to use the database: an account, an import, a line of the journal.
///
/// # Errors
/// When the database does not answer.
pub async fn is_in_use(db: &Db) -> Result<bool> {
    let from = db.read();
    Ok(account::Entity::find().one(from).await?.is_some()
        || import::Entity::find().one(from).await?.is_some()
        || journal::Entity::find().one(from).await?.is_some())
}
