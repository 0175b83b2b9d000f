//! Who is proposed first among those who could follow somebody. Nobody is left out: full caseloads are said, not hidden.

use super::rules::Path;
use crate::access::side::Side;

/// What the order looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Their structure acts for the organisation that is proposed.
    pub of_organisation: bool,
    /// On which side they follow.
    pub side: Side,
    /// Their rank in the sector where the person lives, 1 first; `None` = it is not theirs.
    pub sector: Option<u32>,
    /// How many more people they can follow; `None` = nobody has said how many at most.
    pub free: Option<i64>,
    /// The same, of their structure.
    pub structure_free: Option<i64>,
    /// From the home of the person, as the crow flies, in kilometres; `None` = not known.
    pub distance_km: Option<u32>,
    /// How many people they follow today.
    pub follows: u64,
}

impl Standing {
    /// They or their structure follow as many people as they can.
    pub fn is_full(self) -> bool {
        [self.free, self.structure_free].into_iter().flatten().any(|free| free <= 0)
    }
}

/// The smallest comes first: the organisation, the side that the path asks for, room, the sector, distance, then the
/// lightest caseload.
pub fn rank(one: Standing, path: Option<Path>) -> impl Ord {
    let wanted = match path {
        Some(Path::Social) => one.side.is_social(),
        Some(Path::Emploi) => one.side.is_employment(),
        _ => true,
    };
    let sector = one.sector.unwrap_or(u32::MAX);
    let distance = one.distance_km.unwrap_or(u32::MAX);
    (!one.of_organisation, !wanted, one.is_full(), sector, distance, one.follows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NEAR: Standing = Standing {
        of_organisation: true,
        side: Side::Employment,
        sector: None,
        free: Some(3),
        structure_free: None,
        distance_km: Some(1),
        follows: 27,
    };

    #[test]
    fn who_has_room_comes_before_who_is_near_and_full() {
        let full = Standing { free: Some(0), ..NEAR };
        let far = Standing { distance_km: Some(40), ..NEAR };
        assert!(rank(far, Some(Path::Emploi)) < rank(full, Some(Path::Emploi)));
    }

    #[test]
    fn the_side_of_the_path_comes_before_the_distance() {
        let social = Standing { side: Side::Social, distance_km: Some(40), ..NEAR };
        assert!(rank(social, Some(Path::Social)) < rank(NEAR, Some(Path::Social)));
        assert!(rank(NEAR, Some(Path::SocioProfessionnel)) < rank(social, Some(Path::SocioProfessionnel)));
    }

    #[test]
    fn who_holds_the_sector_comes_before_who_is_near_unless_they_are_full() {
        let of_sector = Standing { sector: Some(1), distance_km: Some(40), ..NEAR };
        assert!(rank(of_sector, Some(Path::Emploi)) < rank(NEAR, Some(Path::Emploi)));
        let second = Standing { sector: Some(2), distance_km: Some(0), ..NEAR };
        assert!(rank(of_sector, Some(Path::Emploi)) < rank(second, Some(Path::Emploi)));
        let full = Standing { free: Some(0), ..of_sector };
        assert!(rank(NEAR, Some(Path::Emploi)) < rank(full, Some(Path::Emploi)));
        let place_full = Standing { structure_free: Some(-2), ..of_sector };
        assert!(rank(NEAR, Some(Path::Emploi)) < rank(place_full, Some(Path::Emploi)));
        let far_and_full = Standing { sector: None, ..full };
        assert!(
            rank(full, Some(Path::Emploi)) < rank(far_and_full, Some(Path::Emploi)),
            "full: the sector first"
        );
    }

    #[test]
    fn the_sector_does_not_come_before_the_side_or_the_organisation() {
        let other_side = Standing { sector: Some(1), side: Side::Social, ..NEAR };
        assert!(rank(NEAR, Some(Path::Emploi)) < rank(other_side, Some(Path::Emploi)));
        let elsewhere = Standing { sector: Some(1), of_organisation: false, ..NEAR };
        assert!(rank(NEAR, Some(Path::Emploi)) < rank(elsewhere, Some(Path::Emploi)));
    }

    proptest! {
        #[test]
        fn with_room_the_sector_always_wins_over_the_distance(km in 0u32..300, other in 0u32..300, n in 1u32..9) {
            let mine = Standing { sector: Some(n), distance_km: Some(km), ..NEAR };
            let near = Standing { distance_km: Some(other), ..NEAR };
            prop_assert!(rank(mine, Some(Path::Emploi)) < rank(near, Some(Path::Emploi)));
        }
    }
}
