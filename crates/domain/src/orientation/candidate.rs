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
    /// How many more people they can follow; `None` = nobody has said how many at most.
    pub free: Option<i64>,
    /// From the home of the person, as the crow flies, in kilometres; `None` = not known.
    pub distance_km: Option<u32>,
    /// How many people they follow today.
    pub follows: u64,
}

/// The smallest comes first: the organisation, the side that the path asks for, room, distance, then the lightest caseload.
pub fn rank(one: Standing, path: Option<Path>) -> impl Ord {
    let wanted = match path {
        Some(Path::Social) => one.side.is_social(),
        Some(Path::Emploi) => one.side.is_employment(),
        _ => true,
    };
    let full = one.free.is_some_and(|free| free <= 0);
    (!one.of_organisation, !wanted, full, one.distance_km.unwrap_or(u32::MAX), one.follows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEAR: Standing = Standing {
        of_organisation: true,
        side: Side::Employment,
        free: Some(3),
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
}
