//! Who could follow somebody: professionals who serve their place or hold their sector, with the room they and their structure
//! have, and how far they are.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::agenda::distance::km;
use domain::orientation::candidate::{Standing, rank};
use domain::orientation::rules::{Organisation, Path};
use domain::reference::geo::{Commune, commune};
use store::StoreError;
use store::access::structure::{self, Structure};
use store::orientation::professionals::{Professional, holding, structure_capacities, structure_caseloads};
use store::orientation::sector::{self, Holder, Sector};
use store::people::PersonRow;
use uuid::Uuid;

use crate::Context;

/// A professional who could follow somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The account.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// On which side they follow.
    pub side: Side,
    /// Where they work.
    pub place: Option<Place>,
    /// How many people they follow today.
    pub follows: u64,
    /// How many they follow at most; `None` = nobody has said.
    pub capacity: Option<u64>,
    /// Their structure is of the organisation that was chosen.
    pub of_organisation: bool,
    /// The sector where the person lives, when it is theirs.
    pub sector: Option<OfSector>,
}

/// A sector that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSector {
    /// Its name.
    pub name: String,
    /// Their rank there, 1 first.
    pub priority: u32,
}

/// Where a professional works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The structure.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The name of its commune.
    pub commune: Option<&'static str>,
    /// As the crow flies, in kilometres.
    pub distance_km: Option<u32>,
    /// How many people it follows today, and at most, where somebody has said.
    pub load: Option<(u64, u64)>,
}

impl Candidate {
    /// They or their structure follow as many people as they can.
    pub fn is_full(&self) -> bool {
        self.standing().is_full()
    }

    fn standing(&self) -> Standing {
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let left = |(follows, most): (u64, u64)| signed(most) - signed(follows);
        Standing {
            of_organisation: self.of_organisation,
            side: self.side,
            sector: self.sector.as_ref().map(|sector| sector.priority),
            free: self.capacity.map(|most| left((self.follows, most))),
            structure_free: self.place.as_ref().and_then(|place| place.load).map(left),
            distance_km: self.place.as_ref().and_then(|place| place.distance_km),
            follows: self.follows,
        }
    }
}

/// What is read once for all those who could follow somebody.
struct Surroundings {
    home: Option<&'static Commune>,
    sectors: Vec<Sector>,
    loads: HashMap<Uuid, (u64, u64)>,
    today: NaiveDate,
}

impl Surroundings {
    async fn of(ctx: &Context, row: &PersonRow) -> Result<Self, StoreError> {
        let (c, today) = (ctx.db().read(), ctx.today());
        let sectors = match row.commune.as_deref() {
            Some(code) => sector::of_commune(c, code).await?,
            None => Vec::new(),
        };
        let most = structure_capacities(c, today).await?;
        let follows = if most.is_empty() { HashMap::new() } else { structure_caseloads(c, today).await? };
        let load = |(id, most): (Uuid, u64)| (id, (follows.get(&id).copied().unwrap_or(0), most));
        Ok(Self {
            home: row.commune.as_deref().and_then(commune),
            sectors,
            loads: most.into_iter().map(load).collect(),
            today,
        })
    }

    /// The sector of the person that this professional holds, the one with the best rank.
    fn sector(&self, one: &Professional, side: Side, path: Option<Path>) -> Option<OfSector> {
        let mine = |holder: &&Holder| {
            holder.is_on(self.today)
                && match holder.account {
                    Some(account) => account == one.id,
                    None => holder.structure.is_some() && holder.structure == one.structure,
                }
        };
        let held =
            self.sectors.iter().filter(|sector| sector.purpose.holds(side, path)).filter_map(|sector| {
                let priority = sector.holders.iter().filter(mine).map(|holder| holder.priority).min()?;
                Some(OfSector { name: sector.name.clone(), priority })
            });
        held.min_by(|a, b| (a.priority, &a.name).cmp(&(b.priority, &b.name)))
    }
}

/// Who could follow this person on this path, those with room and near first. `social`: the actor may know of sensitive
/// structures.
pub(crate) async fn candidates(
    ctx: &Context,
    row: &PersonRow,
    (path, organisation): (Option<Path>, Option<Organisation>),
    social: bool,
) -> Result<Vec<Candidate>, StoreError> {
    let today = ctx.today();
    let roles = [Role::SocialReferent.code(), Role::JobCoach.code()];
    let all = holding(ctx.db().read(), &roles, today).await?;
    let structures: HashMap<Uuid, Structure> =
        structure::all(ctx.db().read()).await?.into_iter().map(|one| (one.id, one)).collect();
    let around = Surroundings::of(ctx, row).await?;
    let mut found: Vec<Candidate> = Vec::new();
    for one in all {
        let place = match one.structure {
            Some(id) => match structures.get(&id).filter(|at| at.is_open_on(today)) {
                Some(at) if social || !at.sensitive => Some(at),
                _ => continue,
            },
            None => None,
        };
        let new = candidate(&one, place, &around, (path, organisation));
        found.extend(new.filter(|new| new.sector.is_some() || serves(&one, place, row.territory.as_deref())));
    }
    found.sort_by_cached_key(|one| rank(one.standing(), path));
    // Somebody who holds two roles is proposed once, where they stand best.
    let mut known = HashSet::new();
    found.retain(|one| known.insert(one.id));
    Ok(found)
}

fn serves(one: &Professional, place: Option<&Structure>, territory: Option<&str>) -> bool {
    let here = |code: &str| territory == Some(code);
    match (&one.territory, place) {
        (Some(code), _) => here(code),
        (None, Some(at)) => at.territories.is_empty() || at.territories.iter().any(|code| here(code)),
        (None, None) => true,
    }
}

fn candidate(
    one: &Professional,
    place: Option<&Structure>,
    around: &Surroundings,
    (path, organisation): (Option<Path>, Option<Organisation>),
) -> Option<Candidate> {
    let side = Role::parse(&one.role)?.side()?;
    let kind = place.map(|at| at.kind);
    let of_organisation = organisation.is_none_or(|organisation| organisation.acts_through(kind));
    let place = place.map(|at| {
        let town = at.commune.as_deref().and_then(commune);
        let distance_km = match (around.home.and_then(Commune::position), town.and_then(Commune::position)) {
            (Some(a), Some(b)) => Some(km(wide(a), wide(b))),
            _ => None,
        };
        let load = around.loads.get(&at.id).copied();
        Place { id: at.id, name: at.name.clone(), commune: town.map(|town| town.name), distance_km, load }
    });
    Some(Candidate {
        id: one.id,
        name: one.name.clone(),
        side,
        place,
        follows: one.follows,
        capacity: one.capacity,
        of_organisation,
        sector: around.sector(one, side, path),
    })
}

fn wide((lat, lon): (f32, f32)) -> (f64, f64) {
    (f64::from(lat), f64::from(lon))
}
