//! From a draft to a dossier: what rejects it, what is only flagged (`interfaces.md`, « What is wrong »).

use chrono::{Datelike, NaiveDate};
use domain::intake::flux::{
    Address, Dossier, Flag, FluxPerson, Header, Kind, Movement, Reason, Right, RightState, Role,
};
use domain::people::nir::{Nir, NirError};
use domain::reference::{codes, geo};

use super::draft::{AddressDraft, Draft, Ending, MovementDraft, PersonDraft, RightDraft};
use super::value;

/// Nobody is older.
const MAX_AGE_YEARS: u32 = 130;
/// Longest value kept: several times what the schemas allow.
const MAX_VALUE: usize = 200;

/// Accepts the dossier or says in French why it is rejected.
pub(super) fn accept(draft: Draft, header: &Header, today: NaiveDate) -> Result<Dossier, String> {
    let key = draft.key().ok_or_else(|| missing_key(&draft))?;
    let with_right = matches!(header.kind, Kind::BeneficiairesMonthly | Kind::BeneficiairesDaily);
    if with_right && draft.right.state.is_empty() {
        return Err("L’état du droit (ETATDOSRSA) manque.".to_owned());
    }
    if draft.persons.is_empty() {
        return Err("Le dossier ne contient aucune personne.".to_owned());
    }
    let mut flags = Flags::default();
    flags.code("FONORG", &key.organism);
    if draft.department.is_none() {
        flags.push("no_department", "IDEPARTE manque".to_owned());
    }
    let persons = persons(draft.persons, header, today, &mut flags)?;
    let addresses = addresses(draft.addresses, &mut flags);
    let right = if with_right { right(&draft.right, header.reference, &mut flags) } else { None };
    if let Some(code) = &draft.family {
        flags.code("SITFAM", code);
    }
    for event in &draft.events {
        flags.code("FG", &event.code);
    }
    Ok(Dossier {
        key,
        claim_date: draft.claim_date,
        persons,
        family: draft.family.map(|v| bounded(&v)),
        family_since: draft.family_since,
        addresses,
        right,
        moved_in: draft.moved_in,
        moved_out: draft.moved_out,
        events: draft.events,
        anomalies: draft.anomalies.iter().map(|a| value::shortened(a, 2000)).collect(),
        contacts: draft.contacts,
        movements: draft.movements.iter().filter_map(|m| movement(m, header.reference)).collect(),
        flags: flags.0,
    })
}

fn missing_key(draft: &Draft) -> String {
    let missing: Vec<&str> = [
        ("FONORG", &draft.organism),
        ("NUMORG", &draft.organism_number),
        ("MATRICULE", &draft.matricule),
        ("NUMDEMRSA", &draft.claim_number),
    ]
    .into_iter()
    .filter(|(_, text)| text.is_empty() || text.len() > 40)
    .map(|(name, _)| name)
    .collect();
    format!("Le dossier ne peut pas être identifié : {} manque ou est illisible.", missing.join(", "))
}

/// What was odd but kept.
#[derive(Default)]
struct Flags(Vec<Flag>);

impl Flags {
    fn push(&mut self, kind: &str, text: String) {
        let flag = Flag { kind: kind.to_owned(), text };
        if !self.0.contains(&flag) {
            self.0.push(flag);
        }
    }

    /// Flags a code that its list does not know.
    fn code(&mut self, list: &str, code: &str) {
        if !code.is_empty() && !codes::known(list, code) {
            self.push("unknown_code", format!("{list} « {} »", value::shortened(code, 20)));
        }
    }
}

fn bounded(text: &str) -> String {
    value::shortened(text, MAX_VALUE)
}

fn persons(
    drafts: Vec<PersonDraft>,
    header: &Header,
    today: NaiveDate,
    flags: &mut Flags,
) -> Result<Vec<FluxPerson>, String> {
    let mut persons = Vec::with_capacity(drafts.len());
    for draft in drafts {
        persons.push(person(draft, header, today, flags)?);
    }
    if persons.iter().filter(|p| p.role == Role::Claimant).count() > 1 {
        return Err("Le dossier a deux demandeurs.".to_owned());
    }
    Ok(persons)
}

fn person(
    draft: PersonDraft,
    header: &Header,
    today: NaiveDate,
    flags: &mut Flags,
) -> Result<FluxPerson, String> {
    let PersonDraft { mut person, birth, role, nir, pregnancy_end, .. } = draft;
    if let Some(code) = &role {
        flags.code("ROLEPERS", code);
        person.role = Role::parse(code);
    }
    let who = match person.role {
        Role::Claimant => "du demandeur",
        Role::Partner => "du conjoint",
        Role::Child | Role::Other => "d’une personne du foyer",
    };
    person.birth_date =
        value::date(&birth).filter(|d| *d <= today && today.years_since(*d).unwrap_or(0) <= MAX_AGE_YEARS);
    if person.role.is_followed() {
        for (element, text) in [("NOM", &person.last_name), ("PRENOM", &person.first_name)] {
            if text.is_empty() {
                return Err(format!("Le {element} {who} manque."));
            }
        }
        if birth.is_empty() {
            return Err(format!("La date de naissance (DTNAI) {who} manque."));
        }
        if person.birth_date.is_none() {
            return Err(format!("La date de naissance (DTNAI) {who} n’est pas une date réelle."));
        }
        if let Some(text) = nir {
            check_nir(&text, who, flags);
            person.nir = Some(value::shortened(&text, 40).into());
        }
        for activity in &person.activities {
            flags.code("ACT", &activity.code);
        }
    }
    if person.birth_name.is_empty() {
        person.birth_name.clone_from(&person.last_name);
    }
    for text in [&mut person.last_name, &mut person.birth_name, &mut person.first_name] {
        if text.len() > MAX_VALUE {
            *text = bounded(text);
            flags.push("too_long", format!("NOM ou PRENOM {who} : coupé à {MAX_VALUE} caractères"));
        }
    }
    person.pregnancy_since =
        person.pregnancy_since.filter(|d| under_way(*d, pregnancy_end, header.reference));
    Ok(person)
}

/// The text of the flag never holds a digit of the NIR.
fn check_nir(text: &str, who: &str, flags: &mut Flags) {
    match Nir::parse(text) {
        Ok(_) => {}
        Err(NirError::Length) => flags.push("nir_length", format!("Le NIR {who} n’a pas 13 ou 15 chiffres")),
        Err(NirError::Key) => flags.push("nir_key", format!("La clé du NIR {who} ne correspond pas")),
    }
}

/// A pregnancy still runs at the reference date: not ended, and begun less than ten months before.
fn under_way(since: NaiveDate, end: Option<NaiveDate>, reference: NaiveDate) -> bool {
    end.is_none_or(|end| end > reference) && (0..=305).contains(&(reference - since).num_days())
}

fn addresses(drafts: Vec<AddressDraft>, flags: &mut Flags) -> Vec<Address> {
    let mut addresses: Vec<Address> = drafts.into_iter().filter_map(|d| address(d, flags)).collect();
    addresses.sort_by_key(|a| a.rank);
    if !addresses.iter().any(|a| a.rank == 1) {
        flags.push("no_address", "Aucune adresse de rang 01".to_owned());
    }
    addresses
}

fn address(draft: AddressDraft, flags: &mut Flags) -> Option<Address> {
    let in_france = !draft.street.is_empty() || !draft.postcode.is_empty() || !draft.commune.is_empty();
    let abroad = !draft.abroad.is_empty() && (draft.country == "HOR" || !in_france);
    let lines: Vec<String> = if abroad {
        draft.abroad
    } else {
        let street = Some(draft.street.join(" ")).filter(|s| !s.is_empty());
        draft.complements.into_iter().chain(street).chain(draft.place).collect()
    };
    let (postcode, town, commune) =
        if abroad { Default::default() } else { (draft.postcode, draft.town, draft.commune) };
    if lines.is_empty() && postcode.is_empty() && town.is_empty() && commune.is_empty() {
        return None;
    }
    if !commune.is_empty() && geo::commune(&commune).is_none() {
        flags.push("unknown_commune", format!("NUMCOM « {} »", value::shortened(&commune, 10)));
    }
    Some(Address {
        rank: draft.rank.unwrap_or(1),
        since: draft.since,
        nature: draft.nature,
        lines: lines.iter().map(|l| bounded(l)).collect(),
        postcode: value::shortened(&postcode, 10),
        town: bounded(&town),
        commune: value::shortened(&commune, 10),
        abroad,
    })
}

fn right(draft: &RightDraft, reference: NaiveDate, flags: &mut Flags) -> Option<Right> {
    // The two states of ours are words, never a code of a file.
    let state = RightState::parse(&draft.state).filter(|_| draft.state.len() == 1);
    let Some(state) = state else {
        flags.push("unknown_code", format!("ETATDOSRSA « {} »", value::shortened(&draft.state, 20)));
        return None;
    };
    let (list, ending) = reason(draft, state);
    let reason = Some(Reason { list: list.to_owned(), code: ending.code }).filter(|r| !r.code.is_empty());
    if let Some(reason) = &reason {
        flags.code(&reason.list, &reason.code);
    }
    if let Some(origin) = &draft.origin {
        flags.code("ORIDEMRSA", origin);
    }
    let mut natures = Vec::new();
    for nature in draft.natures.iter().filter(|n| n.until.is_none_or(|u| u >= reference)) {
        flags.code("NATPF", &nature.nature);
        let text = if nature.detail.is_empty() {
            nature.nature.clone()
        } else {
            format!("{}/{}", nature.nature, nature.detail)
        };
        if !nature.nature.is_empty() && !natures.contains(&text) {
            natures.push(text);
        }
    }
    Some(Right {
        state,
        reason,
        since: ending.date,
        homeless: draft.homeless,
        dependants: draft.dependants,
        origin: draft.origin.clone(),
        origin_date: draft.origin_date,
        amount_cents: draft.amount_cents,
        natures,
    })
}

/// The list and the reason that go with the state; of several suspensions, the latest.
fn reason(draft: &RightDraft, state: RightState) -> (&'static str, Ending) {
    let latest = |endings: &[Ending]| endings.iter().max_by_key(|e| e.date).cloned().unwrap_or_default();
    let either =
        |first: &Ending, second: &Ending| if first.code.is_empty() { second.clone() } else { first.clone() };
    match state {
        RightState::Refused => ("MOTIREFURSA", draft.refused.clone()),
        RightState::Suspended => ("MOTISUSDRORSA", latest(&draft.suspended)),
        RightState::PaymentSuspended => ("MOTISUSVERSRSA", latest(&draft.payment_suspended)),
        RightState::Closed => ("MOTICLORSA", either(&draft.ended, &draft.ended_earlier)),
        RightState::ClosedEarlier => ("MOTICLORSA", either(&draft.ended_earlier, &draft.ended)),
        RightState::Pending | RightState::Open | RightState::Absent | RightState::Claim => {
            ("", Ending::default())
        }
    }
}

/// The block of a class opens with an empty movement that only carries its name: it has no amount.
fn movement(draft: &MovementDraft, reference: NaiveDate) -> Option<Movement> {
    let amount = draft.amount_cents?;
    let month = draft.month.unwrap_or(reference);
    Some(Movement {
        month: month.with_day(1).unwrap_or(month),
        class: draft.class.to_owned(),
        nature: bounded(&draft.nature),
        operation: bounded(&draft.operation),
        amount_cents: if draft.deduction { -amount } else { amount },
    })
}
