//! A batch of dossiers becomes rows: who is who, where they stand, what is asked.

use std::collections::{HashMap, HashSet};

use domain::intake::delta::Fingerprint;
use domain::intake::flux::{Dossier, DossierKey, Kind, RightState};
use domain::intake::matching::Doubt;
use store::StoreError;
use store::intake::record::{
    self, Batch, ContentRow, HouseholdRow, MembershipRow, SightingRow, current_contents,
};
use store::people::contact::{self, ContactRow};
use uuid::Uuid;

use super::elsewhere::{Contents, Elsewhere, parse, remember};
use super::identity::Identity;
use super::pool::{Known, Pool};
use super::questions::{self, new_person};
use super::reading::Prepared;
use super::run::Run;
use super::standing::{self, Place, current};

/// What a dossier is, against what was known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Named again, with the same content.
    Same,
    /// New, or with another content, at least as recent as what was known.
    Newer,
    /// Older than what is known: adds history, changes nothing of today.
    Older,
}

/// Records a batch of dossiers of a bénéficiaires or instruction file.
pub(crate) async fn record(run: &mut Run<'_>, batch: Vec<Prepared>) -> Result<(), StoreError> {
    let batch = without_doubles(run, batch);
    let claims: Vec<String> = batch.iter().map(|p| p.dossier.key.claim_number.clone()).collect();
    let related = record::households_by_claim(run.tx, &claims).await?;
    let mut households: HashMap<DossierKey, HouseholdRow> =
        related.iter().map(|h| (key_of(h), h.clone())).collect();
    let mut rows = Batch::default();
    let (mut same, mut work) = (Vec::new(), Vec::new());
    let mut odd: Vec<(String, Vec<Uuid>)> = Vec::new();
    for prepared in batch {
        run.dossiers.accepted += 1;
        run.organisms
            .insert((prepared.dossier.key.organism.clone(), prepared.dossier.key.organism_number.clone()));
        for flag in &prepared.dossier.flags {
            run.flag(&flag.kind, &flag.text);
        }
        let known = households.get(&prepared.dossier.key);
        match classify(run, known, &prepared) {
            (Case::Same, Some(household)) => {
                run.persons.unchanged += adults(&prepared.dossier);
                odd.extend(prepared.dossier.flags.iter().map(|f| (f.kind.clone(), vec![household.id])));
                same.push(household.id);
                rows.sightings.push(SightingRow {
                    household_id: household.id,
                    import_id: run.import,
                    hash: prepared.hash,
                });
            }
            (case, _) => work.push((case, prepared)),
        }
    }
    record::seen_again(run.tx, &same, &run.stamp_text).await?;
    about_households(run, &odd).await?;
    if !work.is_empty() {
        // Only what shares a claim with a dossier that says something new is looked at again.
        let claims: HashSet<&str> = work.iter().map(|(_, p)| p.dossier.key.claim_number.as_str()).collect();
        let related: Vec<HouseholdRow> =
            related.into_iter().filter(|h| claims.contains(h.claim_number.as_str())).collect();
        Work::load(run, &related, &work).await?.record(run, &mut households, work, &mut rows).await?;
    }
    record::write(run.ctx.db().keys(), run.tx, rows).await?;
    store::intake::review::ask(run.tx, std::mem::take(&mut run.later)).await
}

/// Keeps whom odd facts are about, by the households whose dossiers hold them.
pub(crate) async fn about_households(
    run: &mut Run<'_>,
    odd: &[(String, Vec<Uuid>)],
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = odd.iter().flat_map(|(_, ids)| ids.iter().copied()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let members = record::members(run.tx, &ids).await?;
    let people: Vec<Uuid> = members.iter().map(|m| m.person_id).collect();
    let rows = store::people::one::rows(run.tx, &people).await?;
    let speaks = |id: Uuid| rows.iter().find(|r| r.id == id).and_then(|r| r.merged_into).unwrap_or(id);
    for (kind, households) in odd {
        let named = members.iter().filter(|m| m.named && households.contains(&m.household_id));
        run.about(kind, named.map(|m| speaks(m.person_id)));
    }
    Ok(())
}

/// A dossier that comes twice: the same words count once, other words are left out.
fn without_doubles(run: &mut Run<'_>, batch: Vec<Prepared>) -> Vec<Prepared> {
    let mut kept = Vec::with_capacity(batch.len());
    for prepared in batch {
        let (key, words) =
            (Fingerprint::of(&prepared.dossier.key.one_line()), Fingerprint::of_bytes(&prepared.hash));
        match run.seen.get(&key) {
            None => {
                run.seen.insert(key, words);
                kept.push(prepared);
            }
            Some(before) => {
                run.dossiers.accepted += 1;
                let what = if *before == words { "double_dossier" } else { "conflicting_dossier" };
                run.doubled.push((what, prepared.dossier.key.clone()));
                run.flag(
                    what,
                    &format!(
                        "dossier {} en position {}",
                        prepared.dossier.key.claim_number, prepared.position
                    ),
                );
            }
        }
    }
    kept
}

fn classify<'h>(
    run: &Run<'_>,
    known: Option<&'h HouseholdRow>,
    p: &Prepared,
) -> (Case, Option<&'h HouseholdRow>) {
    let Some(household) = known else { return (Case::Newer, None) };
    let older = household.stamp.as_deref().is_some_and(|s| s > run.stamp_text.as_str());
    // A claim examined before must not hide the right that a bénéficiaires file has told since.
    let overtaken = run.kind == Kind::Instruction && household.in_beneficiaires;
    if older || overtaken {
        return (Case::Older, known);
    }
    let unchanged = household.content_hash.as_ref() == Some(&p.hash)
        && household.absent_stamp.is_none()
        && household.in_beneficiaires == (run.kind != Kind::Instruction);
    (if unchanged { Case::Same } else { Case::Newer }, known)
}

fn adults(dossier: &Dossier) -> u64 {
    dossier.persons.iter().filter(|p| p.role.is_followed()).count() as u64
}

pub(crate) fn key_of(h: &HouseholdRow) -> DossierKey {
    DossierKey {
        organism: h.organism.clone(),
        organism_number: h.organism_number.clone(),
        matricule: h.matricule.clone(),
        claim_number: h.claim_number.clone(),
    }
}

/// What must be known to record dossiers that say something new.
struct Work {
    pool: Pool,
    members: HashMap<Uuid, Vec<MembershipRow>>,
    contents: Contents,
    /// Records whose standing must be derived again.
    affected: Vec<Uuid>,
    questions: Vec<(Uuid, Uuid, Doubt)>,
    known_contacts: Vec<ContactRow>,
}

impl Work {
    async fn load(
        run: &Run<'_>,
        related: &[HouseholdRow],
        work: &[(Case, Prepared)],
    ) -> Result<Self, StoreError> {
        let ids: Vec<Uuid> = related.iter().map(|h| h.id).collect();
        let members = record::members(run.tx, &ids).await?;
        let claims: HashMap<Uuid, String> = related.iter().map(|h| (h.id, h.claim_number.clone())).collect();
        let identities: Vec<Identity> =
            work.iter().flat_map(|(_, p)| identities(p)).map(|(_, i)| i).collect();
        let wanted: Vec<&Identity> = identities.iter().collect();
        let pool = Pool::load(run.ctx.db().keys(), run.tx, &wanted, &members, &claims).await?;
        let contents = parse(run.ctx.db().keys(), current_contents(run.tx, &ids).await?)?;
        let with_contacts = work.iter().any(|(_, p)| p.dossier.contacts.is_some());
        let known_contacts = if with_contacts {
            let people: Vec<Uuid> = members.iter().map(|m| m.person_id).collect();
            contact::of(run.ctx.db().keys(), run.tx, &people).await?
        } else {
            Vec::new()
        };
        let mut by_household: HashMap<Uuid, Vec<MembershipRow>> = HashMap::new();
        for member in members {
            by_household.entry(member.household_id).or_default().push(member);
        }
        Ok(Self {
            pool,
            members: by_household,
            contents,
            affected: Vec::new(),
            questions: Vec::new(),
            known_contacts,
        })
    }

    async fn record(
        mut self,
        run: &mut Run<'_>,
        households: &mut HashMap<DossierKey, HouseholdRow>,
        work: Vec<(Case, Prepared)>,
        rows: &mut Batch,
    ) -> Result<(), StoreError> {
        for (case, prepared) in work {
            self.dossier(run, households, case, prepared, rows);
        }
        self.stand(run, households).await?;
        self.ask(run).await?;
        self.pool.into_rows(run.import, rows);
        Ok(())
    }

    /// One dossier: its household, its content, its adults.
    fn dossier(
        &mut self,
        run: &mut Run<'_>,
        households: &mut HashMap<DossierKey, HouseholdRow>,
        case: Case,
        prepared: Prepared,
        rows: &mut Batch,
    ) {
        let key = prepared.dossier.key.clone();
        let mut household = households.get(&key).cloned().unwrap_or_else(|| new_household(run, &key));
        if case == Case::Newer {
            renew(run, &mut household, &prepared);
        }
        rows.sightings.push(SightingRow {
            household_id: household.id,
            import_id: run.import,
            hash: prepared.hash.clone(),
        });
        rows.contents.push(ContentRow {
            household_id: household.id,
            hash: prepared.hash.clone(),
            payload_sealed: Some(prepared.payload_sealed.clone()),
        });
        let named = self.adults(run, &household, case, &prepared, rows);
        for flag in &prepared.dossier.flags {
            run.about(&flag.kind, named.iter().map(|id| self.pool.root(*id)));
        }
        if case == Case::Newer {
            self.no_longer_named(&household, &named, rows);
            self.contacts(run, &prepared.dossier, &named, rows);
            self.contents.insert(household.id, prepared.dossier);
            rows.households.push(household.clone());
        }
        households.insert(key, household);
    }

    /// Matches the adults of a dossier and writes their places; returns who they are.
    fn adults(
        &mut self,
        run: &mut Run<'_>,
        household: &HouseholdRow,
        case: Case,
        prepared: &Prepared,
        rows: &mut Batch,
    ) -> Vec<Uuid> {
        let here: Vec<Uuid> =
            self.members.get(&household.id).into_iter().flatten().map(|m| m.person_id).collect();
        let mut named: Vec<Uuid> = Vec::new();
        for (role, identity) in identities(prepared) {
            let found = self.pool.find(&identity, &here, &named);
            let created = found.same.is_none();
            let id = found.same.unwrap_or_else(|| self.create(run, &identity));
            let only_nir = |d: &Doubt| created || *d == Doubt::SameNir;
            let here_too = |other: &Uuid| here.contains(other) || named.contains(other);
            for (other, doubt) in found.doubts.iter().filter(|(o, d)| only_nir(d) && !here_too(o)) {
                self.questions.push((*other, id, *doubt));
            }
            match (created, case) {
                (true, _) => run.persons.created += 1,
                (false, Case::Newer) => run.persons.updated += 1,
                (false, _) => run.persons.unchanged += 1,
            }
            if let Some(known) = self.pool.get_mut(id) {
                let renamed = identity.write_on(&mut known.row, &run.stamp_text);
                known.renamed |= renamed && !created;
                known.changed |= created || case == Case::Newer;
                known.dossiers.extend(identity.dossier.clone());
            }
            let root = self.pool.root(id);
            if let Some(speaks) = self.pool.get_mut(root).filter(|_| root != id) {
                // The record that speaks for this one shows the freshest identity of both.
                let before = speaks.row.clone();
                identity.write_on(&mut speaks.row, &run.stamp_text);
                speaks.changed |= speaks.row != before;
            }
            self.place(household, id, role, case, run, rows);
            self.affected.push(self.pool.root(id));
            named.push(id);
        }
        named
    }

    fn create(&mut self, run: &Run<'_>, identity: &Identity) -> Uuid {
        let mut row = new_person(run);
        identity.write_on(&mut row, "");
        row.identity_stamp = None;
        let id = row.id;
        self.pool.add(Known {
            row,
            dossiers: identity.dossier.iter().cloned().collect(),
            phones: identity.phones.clone(),
            changed: true,
            renamed: false,
        });
        id
    }

    /// The place of an adult in a household; an older file never takes back a newer place.
    fn place(
        &mut self,
        household: &HouseholdRow,
        person: Uuid,
        role: domain::intake::flux::Role,
        case: Case,
        run: &Run<'_>,
        rows: &mut Batch,
    ) {
        let members = self.members.entry(household.id).or_default();
        let row = MembershipRow {
            household_id: household.id,
            person_id: person,
            role: role.code().to_owned(),
            named: case == Case::Newer,
            stamp: run.stamp_text.clone(),
        };
        match members.iter_mut().find(|m| m.person_id == person) {
            Some(known) if case == Case::Newer => *known = row.clone(),
            Some(_) => return,
            None => members.push(row.clone()),
        }
        rows.memberships.push(row);
    }

    /// People whom their household no longer names.
    fn no_longer_named(&mut self, household: &HouseholdRow, named: &[Uuid], rows: &mut Batch) {
        let Some(members) = self.members.get_mut(&household.id) else { return };
        for member in members.iter_mut().filter(|m| m.named && !named.contains(&m.person_id)) {
            member.named = false;
            self.affected.push(self.pool.root(member.person_id));
            rows.memberships.push(member.clone());
        }
    }

    /// Phones and e-mails of an instruction: shared when the household has two adults.
    fn contacts(&mut self, run: &Run<'_>, dossier: &Dossier, named: &[Uuid], rows: &mut Batch) {
        use domain::people::contact::{Email, Kind, Phone};
        let Some(given) = &dossier.contacts else { return };
        let phone = given.phone.as_deref().and_then(Phone::parse).map(|p| p.e164().to_owned());
        let email = given.email.as_deref().and_then(Email::parse).map(|e| e.as_str().to_owned());
        let values = [(Kind::Phone, phone, given.phone_allowed), (Kind::Email, email, given.email_allowed)];
        for (kind, value, allowed) in values.iter().filter_map(|(k, v, a)| Some((*k, v.as_ref()?, *a))) {
            for person in named {
                let is_known =
                    |c: &ContactRow| c.person_id == *person && c.kind == kind.code() && c.value == *value;
                if self.known_contacts.iter().any(is_known) {
                    continue;
                }
                let row =
                    ContactRow { allowed, ..run.contact(*person, kind, value.clone(), named.len() > 1) };
                self.known_contacts.push(row.clone());
                rows.contacts.push(row);
            }
        }
    }

    /// Derives again where everybody affected stands.
    async fn stand(
        &mut self,
        run: &mut Run<'_>,
        households: &HashMap<DossierKey, HouseholdRow>,
    ) -> Result<(), StoreError> {
        let mut affected = std::mem::take(&mut self.affected);
        affected.sort_unstable();
        affected.dedup();
        remember(run, affected.clone()).await?;
        let fresh: HashMap<Uuid, &HouseholdRow> = households.values().map(|h| (h.id, h)).collect();
        let elsewhere = Elsewhere::load(run.ctx.db().keys(), run.tx, &affected, &fresh).await?;
        let mut places: HashMap<Uuid, Vec<&MembershipRow>> = HashMap::new();
        for place in self.members.values().flatten() {
            places.entry(self.pool.root(place.person_id)).or_default().push(place);
        }
        let mut after = Vec::with_capacity(affected.len());
        for person in affected {
            let Some(known) = self.pool.get(person) else { continue };
            let before = run.before(person);
            let mut all: Vec<Place<'_>> = Vec::new();
            for membership in places.get(&person).into_iter().flatten() {
                if let Some(row) = fresh.get(&membership.household_id) {
                    all.push(Place { household: row, membership, dossier: self.contents.get(&row.id) });
                }
            }
            all.extend(elsewhere.places(person, &fresh));
            if two_households(&all, &run.stamp_text) {
                self.questions.push((person, person, Doubt::TwoHouseholds));
            }
            let Some(now) = current(&known.row, &all) else { continue };
            let standing = now.standing;
            let mut row = known.row.clone();
            standing::write_on(&mut row, &now, before.as_ref(), run.news());
            after.push(row);
            run.touch(person, &standing);
        }
        for row in after {
            if let Some(known) = self.pool.get_mut(row.id) {
                known.changed |= known.row != row;
                known.row = row;
            }
        }
        Ok(())
    }

    /// Writes the questions that were not asked yet.
    async fn ask(&mut self, run: &mut Run<'_>) -> Result<(), StoreError> {
        questions::ask(run, &mut self.pool, std::mem::take(&mut self.questions)).await
    }
}

/// Named by two households of this very file, both with an open right.
fn two_households(places: &[Place<'_>], stamp: &str) -> bool {
    let open = |p: &&Place<'_>| {
        p.membership.named
            && p.household.stamp.as_deref() == Some(stamp)
            && p.household.right_state.as_deref().and_then(RightState::parse).is_some_and(RightState::is_open)
    };
    let mut households: Vec<Uuid> = places.iter().filter(open).map(|p| p.household.id).collect();
    households.sort_unstable();
    households.dedup();
    households.len() > 1
}

fn identities(p: &Prepared) -> Vec<(domain::intake::flux::Role, Identity)> {
    let numbers = p.nirs.iter().cloned().zip(p.france_travail.iter().cloned());
    let adults = p.dossier.persons.iter().zip(numbers).filter(|(person, _)| person.role.is_followed());
    adults.map(|(person, numbers)| (person.role, Identity::of_flux(person, numbers, &p.dossier))).collect()
}

pub(crate) fn new_household(run: &Run<'_>, key: &DossierKey) -> HouseholdRow {
    HouseholdRow {
        id: run.ctx.app.ids.make(),
        organism: key.organism.clone(),
        organism_number: key.organism_number.clone(),
        matricule: key.matricule.clone(),
        claim_number: key.claim_number.clone(),
        stamp: None,
        content_hash: None,
        right_state: None,
        absent_stamp: None,
        in_beneficiaires: false,
    }
}

/// A household takes the content of a file at least as recent as what was known.
fn renew(run: &Run<'_>, household: &mut HouseholdRow, prepared: &Prepared) {
    household.stamp = Some(run.stamp_text.clone());
    household.content_hash = Some(prepared.hash.clone());
    household.in_beneficiaires |= run.kind != Kind::Instruction;
    let organism = (household.organism.clone(), household.organism_number.clone());
    household.absent_stamp =
        run.missing_since(&organism, &run.stamp_text).filter(|_| household.in_beneficiaires);
    let state = standing::right_state(run.kind, &prepared.dossier);
    let absent = household.absent_stamp.as_ref().map(|_| RightState::Absent);
    household.right_state = absent.or(state).map(|s| s.code().to_owned());
}
