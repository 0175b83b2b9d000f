//! What a file said of a person, field by field. Structs are taken apart whole: a field that is added does not compile
//! before somebody decides how it is said.

use app::privacy::rights::{CopyFact, CopyRow, Told};
use chrono::NaiveDate;
use domain::intake::flux::{
    Activity, Address, Contacts, Dossier, DossierKey, FluxPerson, Liquidation, Movement, Mutation, Reason,
    Right, Role,
};
use domain::people::name::display;
use serde_json::{Value, json};

use super::say::{Teller, code, fact, yes_no};
use super::t;
use crate::format;
use crate::view::words::{self, Gender, coded};

/// The facts of a dossier, those without a value left out.
#[derive(Default)]
struct Facts(Vec<CopyFact>);

impl Facts {
    fn add(&mut self, name: &str, key: &str, value: impl Into<Value>, text: String) {
        self.0.push(fact(name, key, value.into(), text));
    }

    fn text(&mut self, name: &str, key: &str, text: &str) {
        if !text.is_empty() {
            self.add(name, key, text, text.to_owned());
        }
    }

    /// A name that the payer writes in capitals.
    fn name(&mut self, name: &str, key: &str, kept: &str) {
        if !kept.is_empty() {
            self.add(name, key, kept, display(kept));
        }
    }

    fn day(&mut self, name: &str, key: &str, day: Option<NaiveDate>) {
        if let Some(day) = day {
            self.add(name, key, day.to_string(), format::full(day));
        }
    }

    fn yes(&mut self, name: &str, key: &str, yes: bool) {
        self.add(name, key, yes, yes_no(yes));
    }

    fn coded(&mut self, name: &str, key: &str, list: &str, kept: Option<&String>) {
        if let Some(kept) = kept.filter(|kept| !kept.is_empty()) {
            self.add(name, key, kept.as_str(), code(list, kept));
        }
    }

    /// Several things of one kind, on one line.
    fn several<T>(&mut self, name: &str, key: &str, all: &[T], say: impl Fn(&T) -> (Value, String)) {
        if all.is_empty() {
            return;
        }
        let (values, texts): (Vec<Value>, Vec<String>) = all.iter().map(say).unzip();
        self.add(name, key, values, texts.join(" ; "));
    }
}

/// A content in words: the files that told it, then what it says.
pub fn row(teller: &Teller<'_>, told: &Told) -> CopyRow {
    let files = teller.files(told);
    let title = teller.latest(told).map(|day| t("copy-told-on").s("day", format::full(day)).to_string());
    let mut facts = Facts::default();
    facts.several("files", "copy-files", &files, |name| (json!(name), name.clone()));
    dossier(&mut facts, &told.dossier, &told.others, teller.gender());
    CopyRow { title: title.unwrap_or_default(), facts: facts.0 }
}

fn dossier(facts: &mut Facts, told: &Dossier, others: &[Role], gender: Gender) {
    let Dossier {
        key: DossierKey { organism, organism_number, matricule, claim_number },
        claim_date,
        persons,
        family,
        family_since,
        addresses,
        right,
        moved_in,
        moved_out,
        events,
        anomalies,
        contacts,
        movements,
        // What was odd in the dossier, maybe of another of its people: for those who repair the reading.
        flags: _,
    } = told;
    facts.text("key.claim_number", "copy-claim", claim_number);
    facts.text("key.organism", "copy-organism", organism);
    facts.coded("key.organism_number", "copy-organism-number", "NUMORG", Some(organism_number));
    facts.text("key.matricule", "copy-matricule", matricule);
    facts.day("claim_date", "copy-claim-date", *claim_date);
    for one in persons {
        person(facts, one, gender);
    }
    facts.coded("family", "copy-family", "SITFAM", family.as_ref());
    facts.day("family_since", "copy-family-since", *family_since);
    let role = |role: &Role| (json!(role.code()), words::household_role(*role, Gender::Masculine));
    facts.several("others", "copy-household-others", others, role);
    facts.several("addresses", "copy-address", addresses, address);
    if let Some(one) = right {
        right_facts(facts, one);
    }
    let moves = [("moved_in", "copy-moved-in", moved_in), ("moved_out", "copy-moved-out", moved_out)];
    for (name, key, one) in moves {
        if let Some(one) = one {
            facts.several(name, key, std::slice::from_ref(one), mutation);
        }
    }
    facts.several("events", "copy-events", events, liquidation);
    facts.several("anomalies", "copy-anomalies", anomalies, |text| (json!(text), text.clone()));
    if let Some(Contacts { phone, phone_allowed, email, email_allowed }) = contacts {
        facts.text("contacts.phone", "copy-phone", phone.as_deref().unwrap_or_default());
        facts.yes("contacts.phone_allowed", "copy-phone-allowed", *phone_allowed);
        facts.text("contacts.email", "copy-email", email.as_deref().unwrap_or_default());
        facts.yes("contacts.email_allowed", "copy-email-allowed", *email_allowed);
    }
    facts.several("movements", "copy-movements", movements, movement);
}

fn person(facts: &mut Facts, one: &FluxPerson, gender: Gender) {
    let FluxPerson {
        role,
        title,
        last_name,
        birth_name,
        first_name,
        other_first_names,
        birth_date,
        birth_date_partial,
        birth_place,
        sex,
        // Kept apart and never in the content: in the section of the identity.
        nir: _,
        certified,
        france_travail_id,
        subject,
        previous_claim,
        activities,
        pregnancy_since,
        socio_professional_state,
    } = one;
    facts.add("role", "copy-role", role.code(), words::household_role(*role, gender));
    facts.coded("title", "copy-civility", "QUAL", title.as_ref());
    facts.name("last_name", "copy-last-name", last_name);
    facts.name("birth_name", "copy-birth-name", birth_name);
    facts.name("first_name", "copy-first-name", first_name);
    facts.several("other_first_names", "copy-other-names", other_first_names, |n| (json!(n), display(n)));
    facts.day("birth_date", "copy-birth-date", *birth_date);
    if *birth_date_partial {
        facts.yes("birth_date_partial", "copy-birth-partial", true);
    }
    facts.name("birth_place", "copy-birth-place", birth_place.as_deref().unwrap_or_default());
    facts.coded("sex", "copy-sex", "SEXE", sex.as_ref());
    facts.yes("certified", "copy-certified", *certified);
    facts.text("france_travail_id", "copy-france-travail", france_travail_id.as_deref().unwrap_or_default());
    facts.yes("subject", "copy-subject", *subject);
    facts.text("previous_claim", "copy-previous-claim", previous_claim.as_deref().unwrap_or_default());
    facts.several("activities", "copy-activities", activities, activity);
    facts.day("pregnancy_since", "copy-pregnancy", *pregnancy_since);
    let state = socio_professional_state.as_ref();
    facts.coded("socio_professional_state", "copy-social-state", "SITPERSSOCPRO", state);
}

fn right_facts(facts: &mut Facts, right: &Right) {
    let Right { state, reason, since, homeless, dependants, origin, origin_date, amount_cents, natures } =
        right;
    facts.add("right.state", "copy-right", state.code(), words::right(Some(*state)).0);
    if let Some(Reason { list, code: kept }) = reason {
        facts.add(
            "right.reason",
            "copy-right-reason",
            json!({ "list": list, "code": kept }),
            code(list, kept),
        );
    }
    facts.day("right.since", "copy-right-since", *since);
    facts.yes("right.homeless", "copy-homeless", *homeless);
    if let Some(n) = dependants {
        facts.add("right.dependants", "copy-dependants", *n, format::number(i64::from(*n)));
    }
    facts.coded("right.origin", "copy-right-origin", "ORIDEMRSA", origin.as_ref());
    facts.day("right.origin_date", "copy-right-origin-date", *origin_date);
    if let Some(cents) = amount_cents {
        facts.add("right.amount_cents", "copy-amount-month", *cents, format::euros(*cents));
    }
    facts.several("right.natures", "copy-natures", natures, |kept| {
        let (main, sub) = kept.split_once('/').unwrap_or((kept, ""));
        let of = |list: &str, kept: &str| (!kept.is_empty()).then(|| code(list, kept));
        let said: Vec<String> = [of("NATPF", main), of("SOUSNATPF", sub)].into_iter().flatten().collect();
        (json!(kept), said.join(", "))
    });
}

/// « depuis le 4 mai 1991 », « jusqu’au 3 juin 2026 ».
fn on(key: &str, day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| t(key).s("day", format::full(day)).to_string())
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn address(one: &Address) -> (Value, String) {
    let Address { rank, since, nature, lines, postcode, town, commune, abroad } = one;
    let kind = nature.as_ref().map(|kept| code("TYPEADR", kept).to_lowercase());
    let insee = (!commune.is_empty()).then(|| t("copy-insee").s("code", commune).to_string());
    let text = joined([
        Some(t("copy-address-rank").n("n", u32::from(*rank)).to_string()),
        Some(lines.iter().map(|line| display(line)).collect::<Vec<_>>().join(", ")),
        Some(format!("{postcode} {}", display(town)).trim().to_owned()),
        insee,
        kind,
        abroad.then(|| t("copy-abroad").to_string()),
        on("copy-from", *since),
    ]);
    (serde_json::to_value(one).unwrap_or_default(), text)
}

fn activity(one: &Activity) -> (Value, String) {
    let Activity { code: kept, scheme, since, until } = one;
    let scheme = scheme.as_ref().map(|kept| code("REG", kept));
    let text = joined([Some(code("ACT", kept)), scheme, on("copy-from", *since), on("copy-to", *until)]);
    (serde_json::to_value(one).unwrap_or_default(), text)
}

fn mutation(one: &Mutation) -> (Value, String) {
    let Mutation { organism, organism_number, date } = one;
    let text = joined([Some(organism.clone()), Some(code("NUMORG", organism_number)), on("copy-on", *date)]);
    (serde_json::to_value(one).unwrap_or_default(), text)
}

fn liquidation(one: &Liquidation) -> (Value, String) {
    let Liquidation { code: kept, date } = one;
    (serde_json::to_value(one).unwrap_or_default(), joined([Some(code("FG", kept)), on("copy-on", *date)]))
}

fn movement(one: &Movement) -> (Value, String) {
    let Movement { month, class, nature, operation, amount_cents } = one;
    let text = joined([
        Some(format::month_year(*month)),
        coded::payment(class),
        Some(code("NATPFCRE", nature)),
        Some(code("TYPEOPECOMPTA", operation)),
        Some(format::euros(*amount_cents)),
    ]);
    (serde_json::to_value(one).unwrap_or_default(), text)
}
