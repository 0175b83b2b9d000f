//! Départements, communes, EPCI and territories of 1 January 2026.
//!
//! Source: INSEE Code officiel géographique 2026, `DGCL` (EPCI), INSEE (populations), La Poste (postcodes, positions).

use std::collections::HashMap;
use std::sync::LazyLock;

pub use crate::catalogues::{Territory, territories, territory_of};
use crate::holidays::{Zone, zone_of_department};
use crate::tsv;

const COMMUNES_FILE: &str = include_str!("../data/communes.tsv");
const FORMER_FILE: &str = include_str!("../data/former_communes.tsv");
const EPCI_FILE: &str = include_str!("../data/epci.tsv");
const DEPARTMENTS_FILE: &str = include_str!("../data/departments.tsv");

/// A commune, or an arrondissement of Paris, Lyon or Marseille.
#[derive(Debug, Clone, PartialEq)]
pub struct Commune {
    /// INSEE code, five characters: `"45234"`, `"2A004"`, `"97411"`.
    pub code: &'static str,
    /// Official name: `"Orléans"`.
    pub name: &'static str,
    /// Whole commune or arrondissement.
    pub kind: CommuneKind,
    /// Code of the département: `"45"`, `"2A"`, `"974"`.
    pub department: &'static str,
    /// SIREN of the EPCI; empty for a few islands, the overseas collectivities and arrondissements.
    pub epci: &'static str,
    /// Postcodes separated by spaces; empty for five communes without post.
    pub postcodes: &'static str,
    /// Municipal population; 0 where none is published (uninhabited lands).
    pub population: u32,
    /// Latitude in degrees; NaN in the overseas collectivities, where none is published. See [`Commune::position`].
    pub lat: f32,
    /// Longitude in degrees; NaN in the overseas collectivities. See [`Commune::position`].
    pub lon: f32,
}

impl Commune {
    /// Latitude and longitude in degrees, when they are published.
    pub fn position(&self) -> Option<(f32, f32)> {
        (self.lat.is_finite() && self.lon.is_finite()).then_some((self.lat, self.lon))
    }
}

/// What an INSEE code of five characters may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommuneKind {
    /// A commune of full standing.
    Whole,
    /// A municipal arrondissement: its population is already counted in that of its commune.
    Arrondissement,
}

/// A département, or an overseas collectivity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// `"45"`, `"2A"`, `"974"`.
    pub code: &'static str,
    /// `"Loiret"`.
    pub name: &'static str,
    /// INSEE code of the region: `"24"`.
    pub region: &'static str,
    /// `"Centre-Val de Loire"`.
    pub region_name: &'static str,
    /// Which public holidays are observed there.
    pub zone: Zone,
}

/// A group of communes with its own taxation: the usual building block of territories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epci {
    /// SIREN number, nine digits.
    pub siren: &'static str,
    /// Official name.
    pub name: &'static str,
}

// The file is sorted by département, then by name, arrondissements last: a département is a slice.
static COMMUNES: LazyLock<Vec<Commune>> =
    LazyLock::new(|| tsv::rows(COMMUNES_FILE).filter_map(parse_commune).collect());

static BY_CODE: LazyLock<HashMap<&'static str, &'static Commune>> = LazyLock::new(|| {
    let mut index: HashMap<_, _> = COMMUNES.iter().map(|commune| (commune.code, commune)).collect();
    for [former, current] in tsv::rows(FORMER_FILE) {
        if let Some(&commune) = index.get(current) {
            index.entry(former).or_insert(commune);
        }
    }
    index
});

static EPCI: LazyLock<Vec<Epci>> =
    LazyLock::new(|| tsv::rows(EPCI_FILE).map(|[siren, name]| Epci { siren, name }).collect());

static DEPARTMENTS: LazyLock<Vec<Department>> = LazyLock::new(|| {
    tsv::rows(DEPARTMENTS_FILE)
        .map(|[code, name, region, region_name]| Department {
            code,
            name,
            region,
            region_name,
            zone: zone_of_department(code),
        })
        .collect()
});

fn parse_commune(row: [&'static str; 8]) -> Option<Commune> {
    let [code, name, kind, epci, postcodes, population, lat, lon] = row;
    let degrees = |text: &str| if text.is_empty() { Some(f32::NAN) } else { text.parse().ok() };
    Some(Commune {
        code,
        name,
        kind: if kind.is_empty() { CommuneKind::Whole } else { CommuneKind::Arrondissement },
        department: department_of(code)?,
        epci,
        postcodes,
        population: if population.is_empty() { 0 } else { population.parse().ok()? },
        lat: degrees(lat)?,
        lon: degrees(lon)?,
    })
}

/// The département at the start of an INSEE code: three characters overseas, two elsewhere.
fn department_of(code: &'static str) -> Option<&'static str> {
    let overseas = code.starts_with("97") || code.starts_with("98");
    code.get(..if overseas { 3 } else { 2 })
}

/// The commune of this INSEE code. The code of a former commune (delegated or associated) gives the commune it is now
/// part of, so that addresses of old files are still found.
pub fn commune(code: &str) -> Option<&'static Commune> {
    BY_CODE.get(code).copied()
}

/// The communes of a département in alphabetical order, without arrondissements; empty if the code is unknown.
pub fn communes_of(department: &str) -> &'static [Commune] {
    let start = COMMUNES.partition_point(|commune| commune.department < department);
    let rest = COMMUNES.get(start..).unwrap_or_default();
    let end = rest
        .partition_point(|commune| commune.department == department && commune.kind == CommuneKind::Whole);
    rest.get(..end).unwrap_or_default()
}

/// The municipal arrondissements of a département; empty but in those of Paris, Lyon and Marseille.
pub fn arrondissements_of(department: &str) -> impl Iterator<Item = &'static Commune> {
    let start = COMMUNES.partition_point(|commune| commune.department < department);
    let rest = COMMUNES.get(start..).unwrap_or_default();
    let department = department.to_owned();
    rest.iter()
        .take_while(move |commune| commune.department == department)
        .filter(|commune| commune.kind == CommuneKind::Arrondissement)
}

/// The départements and overseas collectivities, by code.
pub fn departments() -> &'static [Department] {
    &DEPARTMENTS
}

/// The département of this code.
pub fn department(code: &str) -> Option<&'static Department> {
    find(&DEPARTMENTS, code, |department| department.code)
}

/// The EPCI of this SIREN number.
pub fn epci(siren: &str) -> Option<&'static Epci> {
    find(&EPCI, siren, |epci| epci.siren)
}

fn find<T>(sorted: &'static [T], key: &str, key_of: impl Fn(&T) -> &'static str) -> Option<&'static T> {
    let index = sorted.binary_search_by(|item| key_of(item).cmp(key)).ok()?;
    sorted.get(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_is_lost_while_reading() {
        assert_eq!(COMMUNES.len(), tsv::announced(COMMUNES_FILE));
        assert_eq!(EPCI.len(), tsv::announced(EPCI_FILE));
        assert_eq!(DEPARTMENTS.len(), tsv::announced(DEPARTMENTS_FILE));
        assert_eq!(BY_CODE.len(), COMMUNES.len() + tsv::announced(FORMER_FILE));
    }

    #[test]
    fn a_commune_is_found_by_its_code() {
        let orleans = commune("45234").unwrap();
        assert_eq!(orleans.name, "Orléans");
        assert_eq!(orleans.department, "45");
        assert_eq!(epci(orleans.epci).unwrap().name, "Orléans Métropole");
        assert!(orleans.postcodes.split(' ').any(|postcode| postcode == "45000"));
        assert!(orleans.population > 100_000);
        assert!(commune("00000").is_none());
        assert!(commune("").is_none());
    }

    #[test]
    fn the_arrondissements_of_the_three_towns_are_told_apart() {
        for (department, town, count) in [("75", "Paris", 20), ("69", "Lyon", 9), ("13", "Marseille", 16)] {
            let all: Vec<_> = arrondissements_of(department).collect();
            assert_eq!(all.len(), count);
            assert!(all.iter().all(|one| one.name.starts_with(town)), "{town}");
        }
        assert_eq!(arrondissements_of("55").count(), 0);
    }

    #[test]
    fn the_code_of_a_former_commune_gives_the_commune_of_today() {
        let today = commune("01033").unwrap();
        assert_eq!(commune("01091").unwrap().code, today.code, "Châtillon-en-Michaille is in Valserhône");
        for [former, current] in tsv::rows(FORMER_FILE) {
            assert_eq!(commune(former).unwrap().code, current);
        }
    }

    #[test]
    fn overseas_and_corsican_communes_belong_to_their_departement() {
        assert_eq!(commune("97411").unwrap().department, "974");
        assert_eq!(commune("2A004").unwrap().department, "2A");
        assert!(commune("98735").unwrap().position().is_none());
        assert!(commune("97411").unwrap().position().is_some());
    }

    #[test]
    fn every_commune_has_a_known_departement_and_epci() {
        for commune in COMMUNES.iter() {
            assert!(department(commune.department).is_some(), "{}", commune.code);
            assert!(commune.epci.is_empty() || epci(commune.epci).is_some(), "{}", commune.code);
        }
    }

    #[test]
    fn communes_of_a_departement_are_all_there_in_the_order_of_a_reader() {
        for (code, count) in [("04", 198), ("38", 512), ("45", 325), ("55", 499), ("75", 1)] {
            assert_eq!(communes_of(code).len(), count, "{code}");
            assert!(communes_of(code).iter().all(|commune| commune.department == code));
        }
        assert!(communes_of("99").is_empty());
        let position = |name| communes_of("38").iter().position(|commune| commune.name == name).unwrap();
        assert!(position("Échirolles") > position("Dolomieu"));
        assert!(position("Échirolles") < position("Grenoble"));
    }

    #[test]
    fn an_arrondissement_is_found_but_not_listed_beside_its_commune() {
        assert_eq!(commune("75111").unwrap().kind, CommuneKind::Arrondissement);
        assert_eq!(communes_of("75")[0].name, "Paris");
    }

    #[test]
    fn departements_know_their_region_and_their_holidays() {
        let moselle = department("57").unwrap();
        assert_eq!((moselle.name, moselle.region_name), ("Moselle", "Grand Est"));
        assert_eq!(moselle.zone, Zone::AlsaceMoselle);
        assert!(departments().is_sorted_by_key(|department| department.code));
        assert!(department("20").is_none());
    }
}
