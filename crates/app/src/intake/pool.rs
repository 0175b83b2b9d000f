//! Everybody that the adults of a batch may be, in memory for the time of that batch.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::intake::flux::Role;
use domain::intake::matching::{Candidate, Doubt, Verdict, compare};
use domain::people::contact::Kind;
use store::crypto::Keys;
use store::intake::matching::{Clues, candidates};
use store::intake::record::{Batch, MembershipRow};
use store::people::PersonRow;
use store::people::contact::{self, ContactRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::identity::{Identity, search_terms};
use super::reading::SealedFact;

/// A record known before, or created earlier in this batch.
#[derive(Debug)]
pub(crate) struct Known {
    pub row: PersonRow,
    pub dossiers: Vec<(String, Role)>,
    pub phones: Vec<String>,
    pub changed: bool,
    pub renamed: bool,
}

/// The records of a batch, with the ways to find them.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    known: HashMap<Uuid, Known>,
    by_nir: HashMap<Vec<u8>, Vec<Uuid>>,
    by_birth: HashMap<NaiveDate, Vec<Uuid>>,
    by_france_travail: HashMap<Vec<u8>, Vec<Uuid>>,
    by_phone: HashMap<String, Vec<Uuid>>,
    by_claim: HashMap<String, Vec<Uuid>>,
}

/// Who an adult is, and which questions arise.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The record, when it is certain.
    pub same: Option<Uuid>,
    /// Records that a human should compare.
    pub doubts: Vec<(Uuid, Doubt)>,
}

impl Pool {
    /// Loads the records that share a clue with `identities`, and the members of the households concerned.
    pub async fn load(
        keys: &Keys,
        tx: &Tx,
        identities: &[&Identity],
        members: &[MembershipRow],
        claims: &HashMap<Uuid, String>,
    ) -> Result<Self, StoreError> {
        let clues = clues(identities, members);
        let with_phones = !clues.phones.is_empty();
        let mut rows = candidates(keys, tx, clues).await?;
        // The record that a merged one joined must be at hand: it is the one that changes.
        loop {
            let missing: Vec<Uuid> = rows
                .iter()
                .filter_map(|r| r.merged_into)
                .filter(|id| rows.iter().all(|r| r.id != *id))
                .collect();
            if missing.is_empty() {
                break;
            }
            for mut row in store::people::one::rows(tx, &missing).await? {
                store::sealed::renew(keys, &mut row)?;
                rows.push(row);
            }
        }
        let ids: Vec<Uuid> = rows.iter().map(|p| p.id).collect();
        let mut phones: HashMap<Uuid, Vec<String>> = HashMap::new();
        if with_phones {
            for contact in contact::of(keys, tx, &ids).await?.into_iter().filter(reaches) {
                phones.entry(contact.person_id).or_default().push(contact.value);
            }
        }
        let mut dossiers: HashMap<Uuid, Vec<(String, Role)>> = HashMap::new();
        for place in members {
            if let Some(claim) = claims.get(&place.household_id) {
                dossiers.entry(place.person_id).or_default().push((claim.clone(), Role::parse(&place.role)));
            }
        }
        let mut pool = Self::default();
        for row in rows {
            let id = row.id;
            pool.add(Known {
                dossiers: dossiers.remove(&id).unwrap_or_default(),
                phones: phones.remove(&id).unwrap_or_default(),
                row,
                changed: false,
                renamed: false,
            });
        }
        Ok(pool)
    }

    /// Adds a record.
    pub fn add(&mut self, known: Known) {
        let id = known.row.id;
        if let Some(index) = &known.row.nir_index {
            self.by_nir.entry(index.clone()).or_default().push(id);
        }
        if let Some(date) = known.row.birth_date {
            self.by_birth.entry(date).or_default().push(id);
        }
        if let Some(number) = &known.row.france_travail_index {
            self.by_france_travail.entry(number.clone()).or_default().push(id);
        }
        for phone in &known.phones {
            self.by_phone.entry(phone.clone()).or_default().push(id);
        }
        for (claim, _) in &known.dossiers {
            self.by_claim.entry(claim.clone()).or_default().push(id);
        }
        self.known.insert(id, known);
    }

    /// Every record at hand.
    pub fn ids(&self) -> impl Iterator<Item = Uuid> {
        self.known.keys().copied()
    }

    /// A record.
    pub fn get(&self, id: Uuid) -> Option<&Known> {
        self.known.get(&id)
    }

    /// A record, to change it.
    pub fn get_mut(&mut self, id: Uuid) -> Option<&mut Known> {
        self.known.get_mut(&id)
    }

    /// The record that stands for this one: itself, or the one it was merged into.
    pub fn root(&self, id: Uuid) -> Uuid {
        let mut at = id;
        for _ in 0..16 {
            match self.known.get(&at).and_then(|k| k.row.merged_into) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The records that hold this NIR, by its blind index.
    pub fn with_nir(&self, index: &[u8]) -> &[Uuid] {
        self.by_nir.get(index).map_or(&[], Vec::as_slice)
    }

    /// Puts every record that changed among the rows to write, with the words by which it is found.
    pub fn into_rows(self, import: Uuid, rows: &mut Batch) {
        for known in self.known.into_values().filter(|k| k.changed) {
            if known.renamed {
                rows.renamed.push(known.row.id);
            }
            if known.renamed || known.row.origin_import == Some(import) {
                rows.terms.extend(search_terms(&known.row));
            }
            rows.persons.push(known.row);
        }
    }

    /// Compares an adult with everybody they may be; `taken` are other adults of the same household.
    pub fn find(&self, identity: &Identity, of_household: &[Uuid], taken: &[Uuid]) -> Found {
        let new = identity.candidate();
        let mut found = Found::default();
        let mut sames: Vec<Uuid> = Vec::new();
        for id in self.possible(identity).into_iter().filter(|id| !taken.contains(id)) {
            let Some(known) = self.known.get(&id) else { continue };
            match compare(&new, &as_candidate(known)) {
                Verdict::Same => sames.push(id),
                Verdict::Ask(doubt) => found.doubts.push((id, doubt)),
                Verdict::Different => {}
            }
        }
        // Several certain answers (records not merged yet): the one of this household, else the oldest.
        found.same =
            sames.iter().copied().find(|id| of_household.contains(id)).or_else(|| sames.first().copied());
        found
    }

    /// Identifiers in order, each once, so that the same file always gives the same answer.
    fn possible(&self, identity: &Identity) -> BTreeSet<Uuid> {
        let mut ids = BTreeSet::new();
        let mut add = |list: Option<&Vec<Uuid>>| ids.extend(list.into_iter().flatten().copied());
        add(identity.nir.as_ref().and_then(SealedFact::index).and_then(|i| self.by_nir.get(i)));
        for date in birth_dates(identity) {
            add(self.by_birth.get(&date));
        }
        let number = identity.france_travail.as_ref().and_then(SealedFact::index);
        add(number.and_then(|i| self.by_france_travail.get(i)));
        for phone in &identity.phones {
            add(self.by_phone.get(phone));
        }
        if let Some((claim, _)) = &identity.dossier {
            add(self.by_claim.get(claim));
        }
        ids
    }
}

/// A phone that nobody said to be wrong.
fn reaches(contact: &ContactRow) -> bool {
    contact.kind == Kind::Phone.code() && contact.ended.as_deref() != Some(contact::ended::UNUSABLE)
}

fn as_candidate(known: &Known) -> Candidate {
    Candidate {
        nir_index: known.row.nir_index.clone(),
        birth_date: known.row.birth_date,
        last_name: known.row.last_name.clone(),
        birth_name: known.row.birth_name.clone(),
        first_name: known.row.first_name.clone(),
        dossiers: known.dossiers.clone(),
        france_travail_index: known.row.france_travail_index.clone(),
        phones: known.phones.clone(),
    }
}

/// The birth date, and the one with day and month swapped when it exists.
fn birth_dates(identity: &Identity) -> impl Iterator<Item = NaiveDate> {
    let date = identity.facts.birth_date;
    let swapped =
        date.and_then(|d| NaiveDate::from_ymd_opt(d.year(), d.day(), d.month())).filter(|s| Some(*s) != date);
    date.into_iter().chain(swapped)
}

fn clues(identities: &[&Identity], members: &[MembershipRow]) -> Clues {
    let mut clues = Clues { persons: members.iter().map(|m| m.person_id).collect(), ..Clues::default() };
    for identity in identities {
        let nir = identity.nir.as_ref().map_or(&[][..], |n| &n.indexes);
        clues.nir_indexes.extend_from_slice(nir);
        let with_nir = !nir.is_empty();
        let dates = if with_nir { &mut clues.birth_dates_with_nir } else { &mut clues.birth_dates };
        dates.extend(birth_dates(identity));
        clues
            .france_travail_indexes
            .extend(identity.france_travail.iter().flat_map(|n| n.indexes.iter().cloned()));
        clues.phones.extend(identity.phones.iter().cloned());
    }
    for dates in [&mut clues.birth_dates, &mut clues.birth_dates_with_nir] {
        dates.sort_unstable();
        dates.dedup();
    }
    clues
}
