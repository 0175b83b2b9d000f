//! Sectors: communes whose people are followed by the professionals of one structure, for one side, one path, or all.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::Path;
use crate::access::side::Side;

/// For whom a sector counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Everybody of its communes.
    Everybody,
    /// Who follows on the social side.
    Social,
    /// Who follows on the employment side.
    Employment,
    /// People oriented on this path.
    Path(Path),
}

impl Purpose {
    /// Every purpose, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Everybody,
        Self::Social,
        Self::Employment,
        Self::Path(Path::Emploi),
        Self::Path(Path::SocioProfessionnel),
        Self::Path(Path::Social),
    ];

    /// The word of the database and of the table that is exported.
    pub fn code(self) -> &'static str {
        match self {
            Self::Everybody => "tous",
            Self::Social => "cote-social",
            Self::Employment => "cote-emploi",
            Self::Path(Path::Emploi) => "parcours-emploi",
            Self::Path(Path::SocioProfessionnel) => "parcours-socio-professionnel",
            Self::Path(Path::Social | Path::Undetermined) => "parcours-social",
        }
    }

    /// Reads [`Purpose::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// Whether it counts for somebody who follows on this side, on this path; a path that is not known excludes nobody.
    pub fn holds(self, side: Side, path: Option<Path>) -> bool {
        match self {
            Self::Everybody => true,
            Self::Social => side.is_social(),
            Self::Employment => side.is_employment(),
            Self::Path(wanted) => path.is_none_or(|path| path == wanted || path == Path::Undetermined),
        }
    }
}

/// The communes of `all` that no sector holds.
pub fn without<'a>(all: impl Iterator<Item = &'a str>, held: &BTreeSet<&str>) -> Vec<&'a str> {
    all.filter(|code| !held.contains(code)).collect()
}

/// The communes that two sectors of the same purpose hold, each with the names of these sectors: the priorities decide there.
pub fn shared<'a>(
    sectors: impl Iterator<Item = (&'a str, Purpose, &'a [String])>,
) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut by_place: BTreeMap<(&str, Purpose), Vec<&str>> = BTreeMap::new();
    for (name, purpose, communes) in sectors {
        for commune in communes {
            by_place.entry((commune, purpose)).or_default().push(name);
        }
    }
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for ((commune, _), names) in by_place.into_iter().filter(|(_, names)| names.len() > 1) {
        found.entry(commune).or_default().extend(names);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_purpose_is_read_again_and_counts_for_its_side_or_its_path() {
        assert!(Purpose::ALL.into_iter().all(|one| Purpose::parse(one.code()) == Some(one)));
        assert!(Purpose::Everybody.holds(Side::Employment, Some(Path::Social)));
        assert!(Purpose::Social.holds(Side::Both, None) && !Purpose::Social.holds(Side::Employment, None));
        assert!(!Purpose::Employment.holds(Side::Social, Some(Path::Emploi)));
        let emploi = Purpose::Path(Path::Emploi);
        assert!(emploi.holds(Side::Employment, Some(Path::Emploi)) && emploi.holds(Side::Social, None));
        assert!(!emploi.holds(Side::Employment, Some(Path::Social)));
    }

    #[test]
    fn communes_without_a_sector_and_those_of_two_are_told() {
        let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let (a, b, c) = (codes(&["1", "2"]), codes(&["2", "3"]), codes(&["2"]));
        let sectors =
            [("A", Purpose::Social, &a[..]), ("B", Purpose::Social, &b), ("C", Purpose::Employment, &c)];
        assert_eq!(shared(sectors.into_iter()), BTreeMap::from([("2", vec!["A", "B"])]));
        let held = BTreeSet::from(["1", "2", "3"]);
        assert_eq!(without(["1", "4"].into_iter(), &held), ["4"]);
    }
}
