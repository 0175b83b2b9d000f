//! Who could follow somebody: professionals who serve their place, with the room they have and how far they are.

use std::collections::HashMap;

use domain::access::role::Role;
use domain::access::side::Side;
use domain::agenda::distance::km;
use domain::orientation::candidate::{Standing, rank};
use domain::orientation::rules::{Organisation, Path};
use domain::reference::geo::{Commune, commune};
use store::StoreError;
use store::access::structure::{self, Structure};
use store::orientation::professionals::{Professional, holding};
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
}

impl Candidate {
    fn standing(&self) -> Standing {
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        Standing {
            of_organisation: self.of_organisation,
            side: self.side,
            free: self.capacity.map(|most| signed(most) - signed(self.follows)),
            distance_km: self.place.as_ref().and_then(|place| place.distance_km),
            follows: self.follows,
        }
    }
}

/// Who could follow this person on this path, those with room and near first. `social`: the actor may know of sensitive
/// structures.
pub(super) async fn candidates(
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
    let home = row.commune.as_deref().and_then(commune);
    let mut found: Vec<Candidate> = Vec::new();
    for one in all {
        let place = match one.structure {
            Some(id) => match structures.get(&id).filter(|at| at.is_open_on(today)) {
                Some(at) if social || !at.sensitive => Some(at),
                _ => continue,
            },
            None => None,
        };
        if serves(&one, place, row.territory.as_deref()) && found.iter().all(|known| known.id != one.id) {
            found.extend(candidate(&one, place, home, organisation));
        }
    }
    found.sort_by_cached_key(|one| rank(one.standing(), path));
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
    home: Option<&'static Commune>,
    organisation: Option<Organisation>,
) -> Option<Candidate> {
    let side = Role::parse(&one.role)?.side()?;
    let kind = place.map(|at| at.kind);
    let of_organisation = organisation.is_none_or(|organisation| organisation.acts_through(kind));
    let place = place.map(|at| {
        let town = at.commune.as_deref().and_then(commune);
        let distance_km = match (home.and_then(Commune::position), town.and_then(Commune::position)) {
            (Some(a), Some(b)) => Some(km(wide(a), wide(b))),
            _ => None,
        };
        Place { id: at.id, name: at.name.clone(), commune: town.map(|town| town.name), distance_km }
    });
    Some(Candidate {
        id: one.id,
        name: one.name.clone(),
        side,
        place,
        follows: one.follows,
        capacity: one.capacity,
        of_organisation,
    })
}

fn wide((lat, lon): (f32, f32)) -> (f64, f64) {
    (f64::from(lat), f64::from(lon))
}
