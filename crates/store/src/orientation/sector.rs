//! Sectors, their communes, who holds them.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::orientation::sector::Purpose;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::{sector, sector_commune, sector_holder};
use crate::error::Result;

/// A sector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// For whom it counts.
    pub purpose: Purpose,
    /// INSEE codes of its communes, in order.
    pub communes: Vec<String>,
    /// Who follows there, past and to come included, by rank.
    pub holders: Vec<Holder>,
}

/// Who follows the people of a sector: a professional, or anybody of a structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its identifier.
    pub id: Uuid,
    /// The structure.
    pub structure: Option<Uuid>,
    /// The professional; `None` = anybody of the structure.
    pub account: Option<Uuid>,
    /// Rank among those of the sector, 1 first.
    pub priority: u32,
    /// First day.
    pub since: NaiveDate,
    /// Last day; `None` = until further notice.
    pub until: Option<NaiveDate>,
}

impl Holder {
    /// Whether it holds on `day`.
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|last| day <= last)
    }
}

/// The communes of a sector, as a part of another query.
pub(crate) fn communes(sector: Uuid) -> SelectStatement {
    Query::select()
        .column(sector_commune::Column::Commune)
        .from(sector_commune::Entity)
        .and_where(Expr::col(sector_commune::Column::SectorId).eq(sector))
        .to_owned()
}

/// Key and name of each sector, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn names(c: &impl ConnectionTrait) -> Result<Vec<(Uuid, String)>> {
    let rows = sector::Entity::find()
        .order_by_asc(sector::Column::Name)
        .order_by_asc(sector::Column::Id)
        .all(c)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Every sector, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Sector>> {
    let rows = sector::Entity::find()
        .order_by_asc(sector::Column::Name)
        .order_by_asc(sector::Column::Id)
        .all(c)
        .await?;
    whole(c, rows).await
}

/// The sectors that hold one of these communes, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn of_commune(c: &impl ConnectionTrait, commune: &str) -> Result<Vec<Sector>> {
    let ids: Vec<Uuid> = sector_commune::Entity::find()
        .filter(sector_commune::Column::Commune.eq(commune))
        .all(c)
        .await?
        .into_iter()
        .map(|row| row.sector_id)
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sector::Entity::find()
        .filter(sector::Column::Id.is_in(ids))
        .order_by_asc(sector::Column::Name)
        .order_by_asc(sector::Column::Id)
        .all(c)
        .await?;
    whole(c, rows).await
}

async fn whole(c: &impl ConnectionTrait, rows: Vec<sector::Model>) -> Result<Vec<Sector>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut communes, mut holders): (HashMap<Uuid, Vec<String>>, HashMap<Uuid, Vec<Holder>>) =
        Default::default();
    for part in bulk::lists(&ids) {
        let found = sector_commune::Entity::find()
            .filter(sector_commune::Column::SectorId.is_in(part.iter().copied()))
            .order_by_asc(sector_commune::Column::Commune)
            .all(c)
            .await?;
        for row in found {
            communes.entry(row.sector_id).or_default().push(row.commune);
        }
        let found = sector_holder::Entity::find()
            .filter(sector_holder::Column::SectorId.is_in(part))
            .order_by_asc(sector_holder::Column::Priority)
            .order_by_asc(sector_holder::Column::Id)
            .all(c)
            .await?;
        for row in found {
            holders.entry(row.sector_id).or_default().push(Holder {
                id: row.id,
                structure: row.structure_id,
                account: row.account_id,
                priority: u32::try_from(row.priority).unwrap_or(u32::MAX),
                since: row.since,
                until: row.until,
            });
        }
    }
    let told = |row: sector::Model| Sector {
        communes: communes.remove(&row.id).unwrap_or_default(),
        holders: holders.remove(&row.id).unwrap_or_default(),
        purpose: Purpose::parse(&row.purpose).unwrap_or(Purpose::Everybody),
        id: row.id,
        name: row.name,
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Adds a sector, or replaces what is known of it.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, one: Sector) -> Result<()> {
    let row = sector::Model { id: one.id, name: one.name, purpose: one.purpose.code().to_owned() };
    bulk::upsert::<sector::Entity, _>(tx, vec![row]).await?;
    empty(tx, one.id).await?;
    let communes =
        one.communes.into_iter().map(|commune| sector_commune::Model { sector_id: one.id, commune });
    bulk::insert_missing::<sector_commune::Entity, _>(tx, communes.collect()).await?;
    let holders = one.holders.into_iter().map(|holder| sector_holder::Model {
        id: holder.id,
        sector_id: one.id,
        structure_id: holder.structure,
        account_id: holder.account,
        priority: i64::from(holder.priority),
        since: holder.since,
        until: holder.until,
    });
    bulk::insert::<sector_holder::Entity, _>(tx, holders.collect()).await?;
    // Pages share the names of sectors.
    crate::revision::moved(tx).await
}

/// Removes a sector; nobody who is followed changes hands.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, id: Uuid) -> Result<()> {
    empty(tx, id).await?;
    sector::Entity::delete_by_id(id).exec(tx).await?;
    crate::revision::moved(tx).await
}

async fn empty(tx: &Tx, id: Uuid) -> Result<()> {
    sector_commune::Entity::delete_many().filter(sector_commune::Column::SectorId.eq(id)).exec(tx).await?;
    sector_holder::Entity::delete_many().filter(sector_holder::Column::SectorId.eq(id)).exec(tx).await?;
    Ok(())
}
