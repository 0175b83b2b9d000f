//! New claims of one day (VIRS0901, `research/caf_flux.md` § 4), with phone numbers and e-mail addresses.

use std::io::{self, Write};

use chrono::{Datelike, NaiveDate};
use rand::Rng;

use super::household::{Adult, Household, Population, draw};
use super::xml::Xml;
use super::{File, Named, Summary, dossier, opening};

/// What file of claims to make up.
#[derive(Debug, Clone)]
pub struct GenerateInstruction {
    /// The département: `55`, `2A`, `974`.
    pub department: String,
    /// The day of the file and of its claims.
    pub day: NaiveDate,
    /// How many claims.
    pub claims: u32,
    /// The population. The claims of one day are the same people for ever, those of another day are others.
    pub seed: u64,
    /// People who are named, beside those that are drawn.
    pub named: Vec<Named>,
}

/// Writes a daily VIRS0901 file in Windows-1252.
///
/// # Errors
/// Those of the writer, and [`io::ErrorKind::InvalidInput`] for an unknown département.
pub fn instruction(order: &GenerateInstruction, out: &mut impl Write) -> io::Result<Summary> {
    let population = Population::checked(&order.department, order.seed)?;
    let mut file = File { out, summary: Summary::default() };
    file.write(&opening("NRA", "0366", "I", "I", order.day, None))?;
    // Ranks apart from those of the bénéficiaires, and from one day to the next.
    let first = 400_000 + u64::from(order.day.num_days_from_ce().unsigned_abs()) % 500 * 500;
    for rank in first..first + u64::from(order.claims) {
        let mut household = population.household(rank, order.day).arrived(order.day);
        household.moved_in = None;
        file.count(&household);
        file.write(&claim(&household, &population, order.day))?;
    }
    for one in &order.named {
        let household = population.named(one, order.day)?.arrived(order.day);
        file.count(&household);
        file.write(&claim(&household, &population, order.day))?;
    }
    file.close("NBTOTDEMRSATRANSM")
}

fn claim(household: &Household, population: &Population, day: NaiveDate) -> Xml {
    let mut rng = draw(household.seed, household.rank, "claim");
    let collected = rng.random_bool(0.4);
    let mut xml = Xml::default();
    xml.block("InfoDemandeRSA", |x| {
        x.block("IdentificationRSA", |x| {
            x.block("Organisme", |x| {
                x.leaf("FONORG", "CAF");
                x.leaf("NUMORG", &population.places.organism_number);
                x.leaf("MATRICULE", &household.matricule);
                x.leaf("STATUDEMRSA", "N");
            });
            dossier::partner(x, population);
            x.block("DemandeRSA", |x| {
                x.date("DTDEMRSA", day);
                x.leaf("NUMDEMRSA", &household.claim_number);
            });
        });
        for (i, adult) in household.adults.iter().enumerate() {
            x.block("Personne", |x| person(x, adult, if i == 0 { "DEM" } else { "CJT" }, collected, day));
        }
        for child in &household.children {
            x.block("Personne", |x| {
                let name = household.adults.last().map_or("", |a| a.last_name.as_str());
                x.block("Identification", |x| {
                    dossier::child_identity(x, child, name);
                    x.leaf("SEXE", dossier::sex(child.girl));
                });
                benefits(x, "ENF");
                for adult in &household.adults {
                    dossier::parent(x, adult);
                }
            });
        }
        administrative(x, household, rng.random_bool(0.85), rng.random_bool(0.7));
        x.block("PrestationRSA", |x| x.amount("MTESTRSA", dossier::amount_cents(household)));
    });
    xml
}

fn person(x: &mut Xml, adult: &Adult, role: &str, collected: bool, day: NaiveDate) {
    x.block("Identification", |x| {
        dossier::identity(x, adult);
        x.leaf("SEXE", dossier::sex(adult.woman));
    });
    x.block("Nationalite", |x| x.leaf("NATI", "F"));
    x.block("DossierCAF", |x| x.date("DDRATDOS", day));
    benefits(x, role);
    dossier::resources(x, adult, day);
    x.block("Activite", |x| {
        x.leaf("REG", "GE");
        x.leaf("ACT", adult.activity.0);
        x.date("DDACT", adult.activity.1);
    });
    x.block("SuiviAppuiOrientation", |x| x.leaf("SITPERSSOCPRO", if collected { "EF" } else { "AF" }));
}

fn benefits(x: &mut Xml, role: &str) {
    for (nature, role) in [("PFA", if role == "DEM" { "RDO" } else { role }), ("RSA", role)] {
        x.block("Prestations", |x| {
            x.leaf("NATPREST", nature);
            x.leaf("ROLEPERS", role);
        });
    }
}

fn administrative(x: &mut Xml, household: &Household, phone_allowed: bool, email_allowed: bool) {
    let authorised = |allowed| if allowed { "A" } else { "R" };
    x.block("DonneesAdministratives", |x| {
        dossier::family(x, household);
        for (i, (a, since)) in household.addresses.iter().enumerate() {
            x.block("Adresse", |x| dossier::address(x, a, i + 1, *since));
        }
        let contacts = household.contacts();
        x.block("ModesContacts", |x| {
            x.leaf("NUMTEL", &contacts.phone);
            x.leaf("NATTEL", "D");
            x.leaf("MATETEL", "TEL");
            x.leaf("AUTORUTITEL", authorised(phone_allowed));
            x.leaf("ADRELEC", &contacts.email);
            x.leaf("AUTORUTIADRELEC", authorised(email_allowed));
        });
    });
}
