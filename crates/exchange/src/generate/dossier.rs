//! One `InfosFoyerRSA`, in the order of the VRSB0801 structure (`research/caf_flux.md` § 3).

use chrono::{Datelike, Months, NaiveDate};

use super::Calendar;
use super::household::{Adult, Child, Household, Population, before};
use super::places::Address;
use super::xml::Xml;

/// RSA of one person without other income, in cents per month (scale of April 2025).
const BASE_CENTS: i64 = 64_652;

/// Writes the dossier.
pub(super) fn write(household: &Household, population: &Population, calendar: &Calendar) -> Xml {
    let mut xml = Xml::default();
    xml.block("InfosFoyerRSA", |x| {
        identification(x, household, population);
        for (i, adult) in household.adults.iter().enumerate() {
            x.block("Personne", |x| person(x, household, adult, i == 0, calendar));
        }
        for c in &household.children {
            x.block("Personne", |x| child(x, household, c));
        }
        x.block("DonneesAdministratives", |x| administrative(x, household));
        x.block("PrestationRSA", |x| right(x, household, population, calendar));
        if let Some(event) = household.event.filter(|_| calendar.daily) {
            x.block("Evenement", |x| {
                x.date("DTLIQ", calendar.reference);
                x.leaf("HEULIQ", "10:24:07");
                x.leaf("FG", event);
            });
        }
    });
    xml
}

fn identification(x: &mut Xml, household: &Household, population: &Population) {
    let number = &population.places.organism_number;
    let elsewhere = if number == "371" { "181" } else { "371" };
    x.block("IdentificationRSA", |x| {
        x.block("Organisme", |x| {
            x.leaf("FONORG", "CAF");
            x.leaf("NUMORG", number);
            x.leaf("MATRICULE", &household.matricule);
        });
        partner(x, population);
        x.block("DemandeRSA", |x| {
            x.date("DTDEMRSA", household.origin);
            x.leaf("NUMDEMRSA", &household.claim_number);
        });
        if let Some(day) = household.moved_in {
            x.block("OrganismeCedant", |x| {
                x.leaf("FONORGCEDMUT", "CAF");
                x.leaf("NUMORGCEDMUT", elsewhere);
                x.date("DDARRMUT", day);
            });
        }
        if let Some(day) = household.moved_out {
            x.block("OrganismePrenant", |x| {
                x.leaf("FONORGPRENMUT", "CAF");
                x.leaf("NUMORGPRENMUT", elsewhere);
                x.date("DDDEPAMUT", day);
            });
        }
    });
}

/// `Partenaire`: the département, on three characters.
pub(super) fn partner(x: &mut Xml, population: &Population) {
    x.block("Partenaire", |x| {
        x.leaf("TYPEPARTE", "CG ");
        x.leaf("IDEPARTE", &format!("{:0>3}", population.department));
    });
}

fn person(x: &mut Xml, household: &Household, adult: &Adult, claimant: bool, calendar: &Calendar) {
    x.block("Identification", |x| {
        identity(x, adult);
        x.leaf("TOPVALIEC", "1");
        x.leaf("SEXE", sex(adult.woman));
    });
    attachment(x, claimant, household.origin);
    let role = if claimant { "DEM" } else { "CJT" };
    benefit(x, "PFA", if claimant { "RDO" } else { "CJT" }, false);
    benefit(x, "RSA", role, true);
    if let Some(id) = &adult.france_travail_id {
        x.block("DossierPoleEmploi", |x| x.leaf("IDASSEDIC", id));
    }
    resources(x, adult, calendar.reference);
    x.block("MontantCalculDroitRSAPersonne", |x| {
        x.top("TOPPERSDRODEVORSA", adult.subject && household.is_open());
    });
    activity(x, adult.activity.0, Some(adult.activity.1));
}

/// `QUAL` to `NIR`: the elements common to the schemas.
pub(super) fn identity(x: &mut Xml, adult: &Adult) {
    x.leaf("QUAL", if adult.woman { "MME" } else { "MR" });
    x.leaf("NOM", &adult.last_name);
    x.leaf("NOMNAI", &adult.birth_name);
    x.leaf("PRENOM", &adult.first_name);
    x.some("PRENOM2", adult.second_name.as_deref());
    x.leaf("NOMCOMNAI", &adult.birthplace.name);
    x.date("DTNAI", adult.birth);
    x.leaf("TYPEDTNAI", "N");
    x.leaf("NIR", &adult.nir);
}

/// `SEXE`.
pub(super) fn sex(woman: bool) -> &'static str {
    if woman { "2" } else { "1" }
}

fn attachment(x: &mut Xml, responsible: bool, since: NaiveDate) {
    x.block("DossierCAF", |x| {
        x.top("TOPRESPDOS", responsible);
        x.date("DDRATDOS", since);
    });
}

fn benefit(x: &mut Xml, nature: &str, role: &str, dependant: bool) {
    x.block("Prestations", |x| {
        x.leaf("NATPREST", nature);
        x.leaf("ROLEPERS", role);
        x.top("TOPCHAPERS", dependant);
    });
}

fn activity(x: &mut Xml, code: &str, since: Option<NaiveDate>) {
    x.block("Activite", |x| {
        x.leaf("REG", "GE");
        x.leaf("ACT", code);
        if let Some(since) = since {
            x.date("DDACT", since);
        }
    });
}

/// The quarter before the month described, for whoever had an income.
pub(super) fn resources(x: &mut Xml, adult: &Adult, reference: NaiveDate) {
    if adult.income_cents == 0 {
        return;
    }
    let first = reference.with_day(1).unwrap_or(reference);
    let month = |back| first.checked_sub_months(Months::new(back)).unwrap_or(first);
    x.block("Ressources", |x| {
        x.block("GeneraliteRessourcesTrimestre", |x| {
            x.top("TOPRESSNUL", false);
            x.date("DDRESS", month(3));
            x.date("DFRESS", before(first, 1));
        });
        x.block("RessourcesMensuelles", |x| {
            x.block("GeneraliteRessourcesMensuelles", |x| {
                x.date("MOISRESS", month(1));
                x.leaf("NBHEUMENTRA", "000");
            });
            x.block("DetailRessourcesMensuelles", |x| {
                x.leaf("NATRESS", "001");
                x.amount("MTNATRESSMEN", adult.income_cents);
            });
        });
    });
}

fn child(x: &mut Xml, household: &Household, child: &Child) {
    let name = household.adults.last().map_or("", |a| a.last_name.as_str());
    x.block("Identification", |x| {
        child_identity(x, child, name);
        x.leaf("SEXE", sex(child.girl));
    });
    attachment(x, false, child.birth.max(household.origin));
    benefit(x, "PFA", "ENF", true);
    benefit(x, "RSA", "ENF", true);
    for adult in &household.adults {
        parent(x, adult);
    }
    activity(x, if child.birth.year() < 2023 { "SCO" } else { "NOB" }, Some(child.birth));
}

/// `NOM` to `TYPEDTNAI` of a child.
pub(super) fn child_identity(x: &mut Xml, child: &Child, name: &str) {
    x.leaf("NOM", name);
    x.leaf("NOMNAI", name);
    x.leaf("PRENOM", &child.first_name);
    x.leaf("NOMCOMNAI", &child.birthplace.name);
    x.date("DTNAI", child.birth);
    x.leaf("TYPEDTNAI", "N");
}

/// `Rattachement` of a child to an adult.
pub(super) fn parent(x: &mut Xml, adult: &Adult) {
    x.block("Rattachement", |x| {
        x.leaf("NOMNAI", &adult.birth_name);
        x.leaf("PRENOM", &adult.first_name);
        x.date("DTNAI", adult.birth);
        x.leaf("NIR", &adult.nir);
        x.leaf("TYPEPAR", "LEG");
    });
}

fn administrative(x: &mut Xml, household: &Household) {
    family(x, household);
    for (i, (a, since)) in household.addresses.iter().enumerate() {
        x.block("Adresse", |x| address(x, a, i + 1, *since));
    }
}

/// `SituationFamille`.
pub(super) fn family(x: &mut Xml, household: &Household) {
    x.block("SituationFamille", |x| {
        x.leaf("SITFAM", household.family);
        x.date("DDSITFAM", before(household.origin, 400));
    });
}

/// `Adresse`.
pub(super) fn address(x: &mut Xml, address: &Address, rank: usize, since: NaiveDate) {
    x.block("TroncCommunAdresse", |x| {
        x.leaf("RGADR", &format!("{rank:02}"));
        x.date("DTEMM", since);
        x.leaf("PAYS", "FRA");
        x.leaf("TYPEADR", "D");
        x.leaf("ETATADR", "CO");
    });
    x.block("AdresseDetailleeFrance", |x| {
        x.raw("<COMPLIDEADR />");
        x.leaf("COMPLADR", &address.complement);
        x.leaf("NUMVOIE", &address.number);
        x.leaf("LIBTYPEVOIE", address.street_type);
        x.leaf("NOMVOIE", address.street);
        x.raw("<LIEUDIST />");
        x.leaf("NUMCOM", address.commune);
        x.leaf("CODEPOS", &address.postcode);
        x.leaf("NOMCOM", &address.town);
    });
}

fn right(x: &mut Xml, household: &Household, population: &Population, calendar: &Calendar) {
    let (reason, since) = household.reason;
    x.block("SituationDossierRSA", |x| {
        x.block("EtatDossierRSA", |x| x.leaf("ETATDOSRSA", household.state.encode_utf8(&mut [0; 4])));
        let mut ending = |block: &str, code: &str, date: &str| {
            x.block(block, |x| {
                // Endings give the reason first, a refusal gives the date first; only endings are made up.
                x.leaf(code, reason);
                x.date(date, since);
            });
        };
        match household.state {
            '3' => ending("SuspensionDroit", "MOTISUSDRORSA", "DDSUSDRORSA"),
            '4' => ending("SuspensionVersement", "MOTISUSVERSRSA", "DDSUSVERSRSA"),
            '5' => ending("FinDroit", "MOTICLORSA", "DTCLORSA"),
            '6' => ending("FinDroitMoisAnterieur", "MOTICLORSA", "DTCLORSA"),
            _ => {}
        }
    });
    x.block("DetailDroitRSA", |x| {
        x.block("TroncCommunDroitRSA", |x| {
            x.top("TOPSANSDOMFIXE", household.homeless);
            x.leaf("NBENFAUTCHA", &format!("{:02}", household.children.len()));
            x.leaf("ORIDEMRSA", "DEM");
            x.date("DTORIDEMRSA", household.origin);
        });
        if matches!(household.state, '2' | '3') {
            calculation(x, household, population, calendar);
        }
    });
}

fn calculation(x: &mut Xml, household: &Household, population: &Population, calendar: &Calendar) {
    let first = calendar.reference.with_day(1).unwrap_or(calendar.reference);
    x.block("MontantsCalculDroitRSA", |x| {
        x.date("DDELECAL", first);
        x.amount("MTREVMINIGARARSA", scale_cents(household));
        x.amount("MTREVGARARSA", scale_cents(household));
        x.amount("MTALRSA", housing_cents(household));
        x.amount("MTRESSMENRSA", income_cents(household));
        x.amount("MTTOTDRORSA", amount_cents(household));
    });
    let overseas = population.department.starts_with("97");
    let (nature, detail) = match (single_with_infant(household, calendar.reference), overseas) {
        (true, false) => ("RSI", "RSIN1"),
        (true, true) => ("RSI", "RSID1"),
        (false, false) => ("RSD", "RSDN2"),
        (false, true) => ("RSD", "RSDD2"),
    };
    x.block("DetailCalculDroitRSA", |x| {
        x.leaf("NATPF", nature);
        x.leaf("SOUSNATPF", detail);
        x.date("DDNATDRO", household.origin);
    });
}

fn single_with_infant(household: &Household, reference: NaiveDate) -> bool {
    household.adults.len() == 1
        && household.children.iter().any(|c| reference.years_since(c.birth).is_some_and(|y| y < 3))
}

/// 100 %, then 50 % for the second person, 30 % for the next two, 40 % for the others.
fn scale_cents(household: &Household) -> i64 {
    let persons = household.adults.len() + household.children.len();
    let percent: i64 = (0..persons)
        .map(|i| match i {
            0 => 100,
            1 => 50,
            2 | 3 => 30,
            _ => 40,
        })
        .sum();
    BASE_CENTS * percent / 100
}

fn housing_cents(household: &Household) -> i64 {
    match household.adults.len() + household.children.len() {
        1 => 7758,
        2 => 15_516,
        _ => 19_202,
    }
}

fn income_cents(household: &Household) -> i64 {
    household.adults.iter().map(|a| a.income_cents).sum::<i64>() * 38 / 100
}

/// What is paid, or would be estimated for a claim.
pub(super) fn amount_cents(household: &Household) -> i64 {
    (scale_cents(household) - housing_cents(household) - income_cents(household)).max(1500)
}
