//! Where the made-up people live and were born: real communes, invented streets.

use domain::reference::{codes, geo};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::xml::capitals;

/// An address in the département.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) complement: String,
    pub(super) number: String,
    pub(super) street_type: &'static str,
    pub(super) street: &'static str,
    pub(super) commune: &'static str,
    pub(super) postcode: String,
    pub(super) town: String,
}

/// A place of birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Birthplace {
    pub(super) code: String,
    pub(super) name: String,
}

/// The communes of a département, and where its people were born.
pub(super) struct Places {
    communes: Vec<&'static geo::Commune>,
    /// Population of each commune and all before it.
    weights: Vec<u64>,
    pub(super) births: Vec<Birthplace>,
    /// `NUMORG` of its CAF.
    pub(super) organism_number: String,
}

const STREETS: [(&str, &str); 32] = [
    ("RUE", "DES TANNEURS"),
    ("RUE", "DE LA GARE"),
    ("RUE", "DU MOULIN"),
    ("RUE", "VICTOR HUGO"),
    ("AVENUE", "JEAN JAURES"),
    ("RUE", "DES LILAS"),
    ("ALLEE", "DES TILLEULS"),
    ("RUE", "PASTEUR"),
    ("PLACE", "DE LA REPUBLIQUE"),
    ("CHEMIN", "DES VIGNES"),
    ("RUE", "DES ECOLES"),
    ("BOULEVARD", "GAMBETTA"),
    ("RUE", "DE L'EGLISE"),
    ("IMPASSE", "DU LAVOIR"),
    ("RUE", "MARIE CURIE"),
    ("ROUTE", "DE LA FORET"),
    ("RUE", "GEORGE SAND"),
    ("ALLEE", "DES ACACIAS"),
    ("RUE", "DU STADE"),
    ("AVENUE", "DE LA LIBERATION"),
    ("RUE", "LOUISE MICHEL"),
    ("RUE", "DES JARDINS"),
    ("SQUARE", "HENRI MATISSE"),
    ("RUE", "DU CHATEAU D'EAU"),
    ("RUE", "JULES FERRY"),
    ("QUAI", "DES MARINIERS"),
    ("RUE", "DES CERISIERS"),
    ("RUE", "EMILE ZOLA"),
    ("CHEMIN", "DU PETIT BOIS"),
    ("RUE", "SIMONE VEIL"),
    ("RUE", "DU PRESSOIR"),
    ("AVENUE", "DES CEDRES"),
];

const COMPLEMENTS: [&str; 5] =
    ["APPT 12", "BAT B APPT 4", "CHEZ M ET MME PETIT", "ESC 2 PORTE 31", "RÉSIDENCE DU PARC"];

const ABROAD: [(&str, &str); 12] = [
    ("99352", "ORAN"),
    ("99350", "CASABLANCA"),
    ("99351", "SFAX"),
    ("99139", "BRAGA"),
    ("99341", "DAKAR"),
    ("99335", "BAMAKO"),
    ("99326", "ABIDJAN"),
    ("99312", "KINSHASA"),
    ("99114", "CLUJ"),
    ("99208", "ANKARA"),
    ("99155", "ODESSA"),
    ("99212", "KABOUL"),
];

/// Births are spread over so many communes of the département, and so many of the country.
const BIRTHS_EACH: usize = 240;

impl Places {
    pub(super) fn new(department: &str) -> Self {
        let communes: Vec<_> = geo::communes_of(department)
            .iter()
            .filter(|c| c.population > 0 && !c.postcodes.is_empty())
            .collect();
        let weights = communes
            .iter()
            .scan(0, |total, c| {
                *total += u64::from(c.population);
                Some(*total)
            })
            .collect();
        let births = births(&communes);
        Self { communes, weights, births, organism_number: organism_number(department) }
    }

    /// The département has communes where people live.
    pub(super) fn exist(&self) -> bool {
        !self.communes.is_empty()
    }

    /// An address, in a commune drawn by its population.
    pub(super) fn address(&self, rng: &mut ChaCha8Rng) -> Address {
        let total = self.weights.last().copied().unwrap_or(1).max(1);
        let drawn = rng.random_range(0..total);
        let commune = self.communes.get(self.weights.partition_point(|w| *w <= drawn)).copied();
        Self::street(rng, commune)
    }

    /// An address in this commune.
    pub(super) fn address_in(rng: &mut ChaCha8Rng, commune: &'static geo::Commune) -> Address {
        Self::street(rng, Some(commune))
    }

    fn street(rng: &mut ChaCha8Rng, commune: Option<&'static geo::Commune>) -> Address {
        let (street_type, street) = STREETS.choose(rng).copied().unwrap_or(("RUE", "DE LA GARE"));
        let complement = if rng.random_bool(0.2) { COMPLEMENTS.choose(rng).copied() } else { None };
        let postcode = commune.and_then(|c| c.postcodes.split(' ').next()).unwrap_or("");
        Address {
            complement: complement.unwrap_or("").to_owned(),
            number: rng.random_range(1..130).to_string(),
            street_type,
            street,
            commune: commune.map_or("", |c| c.code),
            postcode: postcode.to_owned(),
            town: capitals(commune.map_or("", |c| c.name), 32),
        }
    }
}

/// The large communes of the département, those of the country, and towns abroad, mixed.
fn births(own: &[&'static geo::Commune]) -> Vec<Birthplace> {
    let largest = |mut communes: Vec<&'static geo::Commune>| {
        communes.sort_by_key(|c| (std::cmp::Reverse(c.population), c.code));
        communes.truncate(BIRTHS_EACH);
        communes
    };
    let country = geo::departments().iter().flat_map(|d| geo::communes_of(d.code)).collect();
    let mut births: Vec<Birthplace> = Vec::new();
    for commune in largest(own.to_vec()).into_iter().chain(largest(country)) {
        if births.iter().all(|b| b.code != commune.code) {
            births.push(Birthplace { code: commune.code.to_owned(), name: capitals(commune.name, 26) });
        }
    }
    births.extend(ABROAD.map(|(code, name)| Birthplace { code: code.to_owned(), name: name.to_owned() }));
    births
}

/// The first CAF of the département; Corsica's are numbered 201 and 202.
fn organism_number(department: &str) -> String {
    let prefix = match department {
        "2A" => "201",
        "2B" => "202",
        other => other,
    };
    let known = codes::entries("NUMORG").iter().find(|(code, _)| code.len() == 3 && code.starts_with(prefix));
    known.map_or_else(|| format!("{prefix:0>2}1"), |(code, _)| (*code).to_owned())
}
