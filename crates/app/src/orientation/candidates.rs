//! Who could follow somebody: professionals who serve their place, with the room they have and how far they are.

use std::collections::HashMap;

use domain::access::role::Role;
use domain::access::side::Side;
use domain::agenda::distance::km;
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
    /// How many more people they can follow; `None` = nobody has said how many at most.
    pub fn free(&self) -> Option<i64> {
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.capacity.map(|most| signed(most) - signed(self.follows))
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
    found.sort_by_key(|one| rank(one, path));
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

/// The organisation, the side that the path asks for, room, distance, then the lightest caseload.
fn rank(one: &Candidate, path: Option<Path>) -> (bool, bool, bool, u32, u64) {
    let wanted = match path {
        Some(Path::Social) => one.side.is_social(),
        Some(Path::Emploi) => one.side.is_employment(),
        _ => true,
    };
    let full = one.free().is_some_and(|free| free <= 0);
    let far = one.place.as_ref().and_then(|place| place.distance_km).unwrap_or(u32::MAX);
    (!one.of_organisation, !wanted, full, far, one.follows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_room_comes_before_who_is_near_and_full() {
        let one = |follows, distance_km| Candidate {
            id: Uuid::nil(),
            name: String::new(),
            side: Side::Employment,
            place: Some(Place { id: Uuid::nil(), name: String::new(), commune: None, distance_km }),
            follows,
            capacity: Some(30),
            of_organisation: true,
        };
        let (near_full, far_free) = (one(30, Some(1)), one(10, Some(20)));
        assert!(rank(&far_free, Some(Path::Emploi)) < rank(&near_full, Some(Path::Emploi)));
    }
}
