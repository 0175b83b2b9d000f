//! The places where people are received, and their rooms.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::agenda::gathering::MOST_SEATS;
use domain::audit::Act;
use domain::people::name::normalise;
use domain::reference::geo;
use serde_json::json;
use store::agenda::opening;
use store::agenda::site::{self as rows, RoomRow, SiteRow};
use store::{StoreError, Tx, settings};
use uuid::Uuid;

use super::make_slots;
use crate::access::{Refused, permit};
use crate::{Context, audit};

/// Longest name, in characters.
const LONGEST_NAME: usize = 120;
/// Longest address or way in, in characters.
const LONGEST_TEXT: usize = 400;

/// A place, with its rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its identifier.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// INSEE code of the commune.
    pub commune: String,
    /// Code of the territory that the commune belongs to.
    pub territory: Option<String>,
    /// How to come in: stop, entrance, floor, wheelchair.
    pub access: String,
    /// Its telephone; empty when it has none.
    pub phone: String,
    /// Its last day; `None` = until further notice.
    pub closed_on: Option<NaiveDate>,
    /// Its rooms, by name, those that are closed too.
    pub rooms: Vec<RoomRow>,
}

impl Site {
    /// Whether people are received there on `day`.
    pub fn is_open_on(&self, day: NaiveDate) -> bool {
        self.closed_on.is_none_or(|last| day <= last)
    }

    /// Name of its commune.
    pub fn town(&self) -> &str {
        geo::commune(&self.commune).map_or("", |commune| commune.name)
    }
}

/// Why a place or a room was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Empty or too long.
    #[error("Donnez un nom de 120 caractères au plus.")]
    Name,
    /// Another one is called so.
    #[error("« {0} » existe déjà : choisissez un autre nom.")]
    Taken(String),
    /// Empty or too long.
    #[error("Écrivez l’adresse, en 400 caractères au plus.")]
    Address,
    /// Too long.
    #[error("Dites comment venir en 400 caractères au plus.")]
    Access,
    /// No such commune in this département.
    #[error("« {0} » n’est pas une commune de ce département : écrivez son nom ou son code INSEE.")]
    Commune(String),
    /// Not a number of seats.
    #[error("Une salle a de 1 à 200 places.")]
    Seats,
    /// No such place.
    #[error("Ce lieu ou cette salle n’existe pas dans ce département.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is typed of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteInput {
    /// Its name.
    pub name: String,
    /// Street and number.
    pub address: String,
    /// Name or INSEE code of the commune.
    pub commune: String,
    /// How to come in.
    pub access: String,
    /// Its telephone.
    pub phone: String,
    /// Its last day.
    pub closed_on: Option<NaiveDate>,
}

/// What is typed of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoomInput {
    /// Its name.
    pub name: String,
    /// How many people sit there.
    pub seats: u16,
    /// Its last day.
    pub closed_on: Option<NaiveDate>,
}

/// The places of the département, by name, closed ones too.
///
/// # Errors
/// When the database does not answer.
pub async fn sites(ctx: &Context) -> Result<Vec<Site>, StoreError> {
    let rows = rows::all(ctx.db().read()).await?;
    let mut rooms = rows::rooms(ctx.db().read()).await?;
    let with_rooms = |row: SiteRow| {
        let (here, others) = std::mem::take(&mut rooms).into_iter().partition(|room| room.site_id == row.id);
        rooms = others;
        Site {
            rooms: here,
            id: row.id,
            name: row.name,
            address: row.address,
            commune: row.commune,
            territory: row.territory,
            access: row.access,
            phone: row.phone,
            closed_on: row.closed_on,
        }
    };
    Ok(rows.into_iter().map(with_rooms).collect())
}

/// Adds a place (`id` = `None`) or changes one; openings there end with it. Returns its identifier.
///
/// # Errors
/// [`SiteError`].
pub async fn save_site(ctx: &Context, id: Option<Uuid>, input: &SiteInput) -> Result<Uuid, SiteError> {
    permit(ctx, Action::EditSettings)?;
    let name = named(&input.name)?;
    let (address, access) = (spaced(&input.address), input.access.trim().to_owned());
    if address.is_empty() || address.chars().count() > LONGEST_TEXT {
        return Err(SiteError::Address);
    }
    if access.chars().count() > LONGEST_TEXT {
        return Err(SiteError::Access);
    }
    let commune = commune(ctx, &input.commune)?;
    let tx = ctx.db().begin().await?;
    let known = rows::all(&tx).await?;
    let before = match id {
        None => None,
        Some(id) => Some(known.iter().find(|one| one.id == id).ok_or(SiteError::Unknown)?),
    };
    if known.iter().any(|one| Some(one.id) != id && normalise(&one.name) == normalise(&name)) {
        return Err(SiteError::Taken(name));
    }
    let row = SiteRow {
        id: id.unwrap_or_else(|| ctx.app.ids.make()),
        territory: settings::territory_of_commune(&tx, &commune).await?,
        name,
        address,
        commune,
        access,
        phone: spaced(&input.phone),
        closed_on: input.closed_on,
    };
    let told = |one: &SiteRow| json!({ "name": one.name, "address": one.address, "commune": one.commune, "closed_on": one.closed_on });
    let detail = json!({ "what": "site", "before": before.map(told), "after": told(&row) });
    let (id, closed_on) = (row.id, row.closed_on);
    rows::save(&tx, row).await?;
    if let Some(last) = closed_on {
        close(ctx, &tx, id, last).await?;
    }
    audit::record(ctx, &tx, Act::EditSettings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

/// Openings in a place that closes last no longer than it.
async fn close(ctx: &Context, tx: &Tx, site: Uuid, last: NaiveDate) -> Result<(), StoreError> {
    for row in opening::lasting(tx, last).await?.into_iter().filter(|row| row.site_id == site) {
        let days = opening::exceptions(tx, &[row.id]).await?.into_iter().map(|(_, day)| day).collect();
        let row = opening::OpeningRow { until: Some(last.max(row.since)), ..row };
        opening::save(tx, row.clone(), days).await?;
        make_slots::remove_after(ctx, tx, &row, last).await?;
    }
    Ok(())
}

/// Adds a room to a place (`id` = `None`) or changes one.
///
/// # Errors
/// [`SiteError`].
pub async fn save_room(
    ctx: &Context,
    site: Uuid,
    id: Option<Uuid>,
    input: &RoomInput,
) -> Result<Uuid, SiteError> {
    permit(ctx, Action::EditSettings)?;
    let name = named(&input.name)?;
    if !(1..=MOST_SEATS).contains(&input.seats) {
        return Err(SiteError::Seats);
    }
    let tx = ctx.db().begin().await?;
    if !rows::all(&tx).await?.iter().any(|one| one.id == site) {
        return Err(SiteError::Unknown);
    }
    let known = rows::rooms_of(&tx, site).await?;
    if id.is_some_and(|id| known.iter().all(|one| one.id != id)) {
        return Err(SiteError::Unknown);
    }
    if known.iter().any(|one| Some(one.id) != id && normalise(&one.name) == normalise(&name)) {
        return Err(SiteError::Taken(name));
    }
    let id = id.unwrap_or_else(|| ctx.app.ids.make());
    let detail = json!({ "what": "room", "site": site, "after": { "name": name, "seats": input.seats } });
    let (seats, closed_on) = (i64::from(input.seats), input.closed_on);
    rows::save_room(&tx, RoomRow { id, site_id: site, name, seats, closed_on }).await?;
    audit::record(ctx, &tx, Act::EditSettings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn named(text: &str) -> Result<String, SiteError> {
    let name = spaced(text);
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    if fits { Ok(name) } else { Err(SiteError::Name) }
}

fn commune(ctx: &Context, typed: &str) -> Result<String, SiteError> {
    let typed = typed.trim();
    let wanted = normalise(typed);
    let all = geo::communes_of(&ctx.department.code);
    let found = all.iter().find(|one| one.code == typed || normalise(one.name) == wanted);
    found.map(|one| one.code.to_owned()).ok_or_else(|| SiteError::Commune(typed.to_owned()))
}
