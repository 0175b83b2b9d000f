//! The identity of an adult, as a file or a spreadsheet tells it, and how it is kept on their record.

use domain::intake::flux::{Dossier, FluxPerson, Role};
use domain::intake::matching::Candidate;
use domain::people::identity::Identity as Facts;
use domain::people::name::{display, normalise, similarity, sound_key};
use store::people::PersonRow;
use uuid::Uuid;

use super::reading::SealedFact;

/// Somebody as a source tells them, to be matched and kept.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub facts: Facts,
    pub france_travail: Option<SealedFact>,
    pub nir: Option<SealedFact>,
    pub phones: Vec<String>,
    pub dossier: Option<(String, Role)>,
}

impl Identity {
    /// From a person of a flux.
    pub fn of_flux(
        person: &FluxPerson,
        (nir, france_travail): (Option<SealedFact>, Option<SealedFact>),
        dossier: &Dossier,
    ) -> Self {
        let phones = dossier.contacts.as_ref().and_then(|c| c.phone.clone());
        Self {
            facts: told(person),
            france_travail,
            nir,
            phones: phones
                .and_then(|p| domain::people::contact::Phone::parse(&p))
                .map(|p| p.e164().to_owned())
                .into_iter()
                .collect(),
            dossier: Some((dossier.key.claim_number.clone(), person.role)),
        }
    }

    /// What is compared.
    pub fn candidate(&self) -> Candidate {
        Candidate {
            nir_index: self.nir.as_ref().and_then(SealedFact::index).cloned(),
            birth_date: self.facts.birth_date,
            last_name: self.facts.last_name.clone(),
            birth_name: self.facts.birth_name.clone(),
            first_name: self.facts.first_name.clone(),
            dossiers: self.dossier.iter().cloned().collect(),
            france_travail_index: self.france_travail.as_ref().and_then(SealedFact::index).cloned(),
            phones: self.phones.clone(),
        }
    }

    /// Writes the identity on a record when this fact is at least as recent; tells whether names changed.
    pub fn write_on(&self, row: &mut PersonRow, stamp: &str) -> bool {
        if row.identity_stamp.as_deref().is_some_and(|known| known > stamp) {
            return false;
        }
        let renamed = write_facts(self.facts.clone(), row, stamp);
        self.write_france_travail_on(row);
        self.write_nir_on(row);
        renamed
    }

    /// Writes the France Travail number, when one is told.
    pub fn write_france_travail_on(&self, row: &mut PersonRow) {
        let Some(number) = &self.france_travail else { return };
        // The same number keeps its seal: a row that says nothing new stays equal.
        if row.france_travail_index.as_ref() != number.index() {
            row.france_travail_sealed = Some(number.sealed.clone());
            row.france_travail_index = number.index().cloned();
        }
    }

    /// Writes the NIR, when one is told.
    pub fn write_nir_on(&self, row: &mut PersonRow) {
        let Some(nir) = &self.nir else { return };
        row.nir_sealed = Some(nir.sealed.clone());
        row.nir_valid = nir.index().is_some();
        row.nir_index = nir.index().cloned();
    }
}

/// What a flux tells of a person.
fn told(person: &FluxPerson) -> Facts {
    Facts {
        last_name: person.last_name.clone(),
        birth_name: person.birth_name.clone(),
        first_name: person.first_name.clone(),
        birth_date: person.birth_date,
        sex: person.sex.clone(),
        birth_place: person.birth_place.clone(),
    }
}

/// Writes fresh facts over those of a record, without the NIR; tells whether names changed.
fn write_facts(fresh: Facts, row: &mut PersonRow, stamp: &str) -> bool {
    let shown = Facts {
        last_name: display(&fresh.last_name),
        birth_name: display(&fresh.birth_name),
        first_name: display(&fresh.first_name),
        birth_place: fresh.birth_place.as_deref().map(display),
        ..fresh
    };
    let before = of_row(row);
    let names = |facts: &Facts| (facts.last_name.clone(), facts.birth_name.clone(), facts.first_name.clone());
    let renamed = names(&shown) != names(&before);
    put(Facts::freshest(shown, before), row);
    row.identity_stamp = Some(stamp.to_owned());
    renamed
}

/// The identity that a record shows.
pub(crate) fn of_row(row: &PersonRow) -> Facts {
    Facts {
        last_name: row.last_name.clone(),
        birth_name: row.birth_name.clone(),
        first_name: row.first_name.clone(),
        birth_date: row.birth_date,
        sex: row.sex.clone(),
        birth_place: row.birth_place.clone(),
    }
}

/// Puts an identity on a record as it is.
pub(crate) fn put(facts: Facts, row: &mut PersonRow) {
    row.sort_name = format!("{} {}", normalise(&facts.last_name), normalise(&facts.first_name));
    row.last_name = facts.last_name;
    row.birth_name = facts.birth_name;
    row.first_name = facts.first_name;
    row.birth_date = facts.birth_date;
    row.sex = facts.sex;
    row.birth_place = facts.birth_place;
}

/// Reads again what the households of a record tell, when it is fresher than what the record shows.
pub(crate) fn replay(person: &FluxPerson, stamp: &str, row: &mut PersonRow) {
    if row.identity_stamp.as_deref() < Some(stamp) {
        write_facts(told(person), row, stamp);
    }
}

/// The words by which a record is found: its names, and their sounds.
pub(crate) fn search_terms(row: &PersonRow) -> Vec<(String, Uuid)> {
    let mut words = Vec::new();
    for name in [&row.last_name, &row.birth_name, &row.first_name] {
        let whole = normalise(name);
        for word in whole.split(' ').filter(|w| !w.is_empty()) {
            words.push(format!("n:{word}"));
            let sound = sound_key(word);
            if sound.len() > 1 {
                words.push(format!("s:{sound}"));
            }
        }
        // « Le Goff » is also typed in one word.
        if whole.contains(' ') {
            words.push(format!("n:{}", whole.replace(' ', "")));
        }
    }
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(|w| (w, row.id)).collect()
}

/// The adult of a dossier that a record stands for: same birth date and the closest names.
pub(crate) fn in_dossier<'a>(dossier: &'a Dossier, row: &PersonRow) -> Option<&'a FluxPerson> {
    let adults = || dossier.persons.iter().filter(|p| p.role.is_followed());
    let score = |p: &FluxPerson| {
        let birth = if p.birth_date == row.birth_date { 2.0 } else { 0.0 };
        let family = similarity(&p.birth_name, &row.birth_name).max(similarity(&p.last_name, &row.last_name));
        birth + family + similarity(&p.first_name, &row.first_name)
    };
    let best = adults().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    (score(best) >= 2.0).then_some(best)
}
