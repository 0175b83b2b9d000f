//! Catalogues that a département may replace by its own: how it is cut into territories, how it orients.
//!
//! Isère: the thirteen territories of the département. Loiret: four published names, proposed perimeters.
//! Alpes-de-Haute-Provence and Meuse: proposed names and perimeters, made of whole EPCI.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tsv;

const TERRITORIES_FILE: &str = include_str!("../data/catalogues/territories.tsv");
const MEMBERS_FILE: &str = include_str!("../data/catalogues/territory_communes.tsv");

const PROGRAMMES_FILE: &str = include_str!("../data/catalogues/programmes.tsv");

/// The name of a programme of the catalogue, by its code: `"referents-parcours"`.
pub fn programme_name(code: &str) -> Option<&'static str> {
    tsv::rows(PROGRAMMES_FILE).find(|[known, _, _]| *known == code).map(|[_, _, name]| name)
}

macro_rules! presets {
    ($($code:literal),+ $(,)?) => {
        const PRESETS: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("../data/catalogues/programmes/", $code, ".toml")))),+];
    };
}

presets![
    "accompagnement-emploi",
    "accompagnement-global",
    "emploi-d-abord",
    "parcours-social-sante-insertion",
    "plateforme-benevolat",
    "plateforme-orientation",
    "reciprocite",
    "referents-parcours",
    "trois-mois-pour-un-job",
    "tronc-commun",
];

/// A programme ready to be used, as its département begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// Its code.
    pub code: &'static str,
    /// Code of the département that invented it.
    pub department: &'static str,
    /// Its text (TOML).
    pub text: &'static str,
}

/// Every programme of the catalogue, in the order of the codes. A département begins with its own, and may take the others.
pub fn presets() -> impl Iterator<Item = Preset> {
    tsv::rows(PROGRAMMES_FILE).filter_map(|[code, department, _]| {
        let (code, text) = PRESETS.iter().find(|(known, _)| *known == code)?;
        Some(Preset { code, department, text })
    })
}

/// The questionnaire of the orientation call (TOML), as every département begins with it.
pub const ORIENTATION_QUESTIONNAIRE: &str = include_str!("../data/catalogues/orientation/questionnaire.toml");
/// The rules that propose an orientation (TOML), as every département begins with them.
pub const ORIENTATION_RULES: &str = include_str!("../data/catalogues/orientation/rules.toml");
/// Cases judged by hand before the rules (CSV): what the rules must answer.
pub const ORIENTATION_CASES: &str = include_str!("../data/catalogues/orientation/cases.csv");

/// The code of the notification of a decision of orientation.
pub const ORIENTATION_DECISION: &str = "orientation-decision";
/// The code of the announcement of a call that was promised.
pub const ORIENTATION_CALL: &str = "orientation-call";

macro_rules! sent {
    ($($code:literal),+ $(,)?) => {
        /// What is sent to people, by code: e-mail, SMS and letter, in French and in English.
        pub const MESSAGES: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("../data/catalogues/messages/", $code, ".md")))),+];
    };
}

sent![
    "orientation-call",
    "orientation-decision",
    "booking-invitation",
    "orientation-appointment",
    "appointment-reminder",
    "appointment-cancelled",
    "missed-appointment",
];

/// The message of this code, as every département begins with it.
pub fn message(code: &str) -> Option<&'static str> {
    MESSAGES.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
}

macro_rules! stories {
    ($($code:literal),+ $(,)?) => {
        /// Made-up paths told day by day (Markdown), by code: the demonstration plays them, the tests check each line.
        pub const STORIES: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("../data/catalogues/stories/", $code, ".md")))),+];
    };
}

stories!["alpes-sylvie", "isere-nadege", "loiret-hugo", "meuse-odile"];

/// The story of this code.
pub fn story(code: &str) -> Option<&'static str> {
    STORIES.iter().find(|(known, _)| *known == code).map(|(_, text)| *text)
}

/// Ways and delays of recourse, for a decision on the RSA (`rapo`) and for an aid (`ordinary`).
pub const MESSAGE_RECOURSE: &str = include_str!("../data/catalogues/messages/_recourse.md");

macro_rules! shared {
    ($($name:literal),+ $(,)?) => {
        const SHARED: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../data/catalogues/messages/_", $name, ".md")))),+];
    };
}

shared![
    "letter-header.fr",
    "letter-header.en",
    "letter-footer.fr",
    "letter-footer.en",
    "email-footer.fr",
    "email-footer.en",
];

/// A text that messages insert, by its name: the top of a letter, the end of an e-mail; the English top says that it is a
/// translation.
pub fn shared_text(name: &str) -> Option<&'static str> {
    SHARED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// A part of a département, made of whole communes: the perimeter of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Code of the département.
    pub department: &'static str,
    /// Stable code: `"sud-gresivaudan"`.
    pub code: &'static str,
    /// Name shown to people: `"Sud-Grésivaudan"`.
    pub name: &'static str,
    /// The perimeter is our proposal, to be confirmed by the département.
    pub proposed: bool,
}

// Sorted by département, then by name: a département is a slice.
static TERRITORIES: LazyLock<Vec<Territory>> = LazyLock::new(|| {
    tsv::rows(TERRITORIES_FILE)
        .map(|[department, code, name, proposed]| Territory {
            department,
            code,
            name,
            proposed: proposed == "true",
        })
        .collect()
});

static MEMBERS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| tsv::rows(MEMBERS_FILE).map(|[commune, territory]| (commune, territory)).collect());

/// The territories of a département in alphabetical order; empty when none is known.
pub fn territories(department: &str) -> &'static [Territory] {
    let start = TERRITORIES.partition_point(|territory| territory.department < department);
    let rest = TERRITORIES.get(start..).unwrap_or_default();
    rest.get(..rest.partition_point(|territory| territory.department == department)).unwrap_or_default()
}

/// The code of the territory that holds this commune (INSEE code of today, see [`crate::geo::commune`]).
pub fn territory_of(commune_code: &str) -> Option<&'static str> {
    MEMBERS.get(commune_code).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{commune, communes_of};

    #[test]
    fn no_row_is_lost_while_reading_and_no_commune_has_two_territories() {
        assert_eq!(TERRITORIES.len(), tsv::announced(TERRITORIES_FILE));
        assert_eq!(MEMBERS.len(), tsv::announced(MEMBERS_FILE));
    }

    #[test]
    fn every_commune_of_the_four_departements_has_a_territory_of_its_departement() {
        for (department, count) in [("04", 6), ("38", 13), ("45", 4), ("55", 4)] {
            let list = territories(department);
            assert_eq!(list.len(), count);
            for commune in communes_of(department) {
                let code = territory_of(commune.code).unwrap();
                assert!(list.iter().any(|territory| territory.code == code), "{}", commune.name);
            }
        }
    }

    #[test]
    fn every_member_is_a_commune_of_today() {
        for code in MEMBERS.keys() {
            assert_eq!(commune(code).unwrap().code, *code);
        }
    }

    #[test]
    fn a_perimeter_that_nobody_published_is_marked_as_proposed() {
        assert!(territories("38").iter().all(|territory| !territory.proposed));
        assert!(territories("55").iter().all(|territory| territory.proposed));
    }

    #[test]
    fn every_programme_has_a_name() {
        assert_eq!(tsv::rows::<3>(PROGRAMMES_FILE).count(), tsv::announced(PROGRAMMES_FILE));
        assert_eq!(programme_name("referents-parcours"), Some("Référents de parcours"));
        assert_eq!(programme_name("unknown"), None);
        assert_eq!(presets().count(), tsv::announced(PROGRAMMES_FILE));
    }

    #[test]
    fn a_departement_without_catalogue_has_no_territory() {
        assert!(territories("75").is_empty());
        assert_eq!(territory_of("75056"), None);
    }
}
