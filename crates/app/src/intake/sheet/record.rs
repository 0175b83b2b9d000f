//! Rows become people and contacts.

use std::collections::{HashMap, HashSet};

use domain::intake::flux::{Reject, Role};
use domain::intake::matching::Doubt;
use domain::people::name::normalise;
use exchange::spreadsheet::Matricule;
use store::StoreError;
use store::intake::record::{self, Batch, HouseholdRow, MembershipRow};
use store::people::PersonRow;
use store::people::contact::{self, ContactRow};
use store::people::label::{self, LabelRow};
use uuid::Uuid;

use super::super::identity::Identity;
use super::super::pool::{Known, Pool};
use super::super::questions::{self, new_person};
use super::super::reading::SealedFact;
use super::super::run::Run;
use super::super::standing;
use super::commune::Places;
use super::line::{Line, compact, spellings};

/// Records rows; gives back those that are left out.
pub(super) async fn record(
    run: &mut Run<'_>,
    places: &Places,
    lines: Vec<Line>,
) -> Result<Vec<Reject>, StoreError> {
    let mut work = Work::load(run, places, &lines).await?;
    let mut left = Vec::new();
    for line in lines {
        if line.names_somebody() {
            work.person(run, &line);
        } else if let Err(reason) = work.pointed_at(run, &line) {
            left.push(line.reject(reason));
        }
    }
    questions::ask(run, &mut work.pool, std::mem::take(&mut work.questions)).await?;
    let mut rows = Batch { contacts: work.new_contacts, labels: work.new_labels, ..Batch::default() };
    work.pool.into_rows(run.import, &mut rows);
    record::write(run.ctx.db().keys(), run.tx, rows).await?;
    store::intake::review::ask(run.tx, std::mem::take(&mut run.later)).await?;
    Ok(left)
}

/// Somebody named by an earlier row of the same dossier.
struct Named {
    person: Uuid,
    role: Option<Role>,
    birth_date: Option<chrono::NaiveDate>,
}

/// What must be known to record some rows.
struct Work<'a> {
    places: &'a Places,
    pool: Pool,
    households: HashMap<Uuid, HouseholdRow>,
    members: HashMap<Uuid, Vec<MembershipRow>>,
    contacts: HashSet<(Uuid, String)>,
    new_contacts: Vec<ContactRow>,
    labels: HashSet<(Uuid, &'static str, String)>,
    new_labels: Vec<LabelRow>,
    questions: Vec<(Uuid, Uuid, Doubt)>,
    /// By short matricule.
    named: HashMap<String, Vec<Named>>,
}

impl<'a> Work<'a> {
    async fn load(run: &Run<'_>, places: &'a Places, lines: &[Line]) -> Result<Self, StoreError> {
        let matricules: Vec<String> =
            lines.iter().filter_map(|l| l.row.matricule.as_ref()).flat_map(spellings).collect();
        let claims: Vec<String> = lines.iter().filter_map(|l| l.row.claim_number.clone()).collect();
        let mut found = record::households_by_matricule(run.tx, &matricules).await?;
        found.extend(record::households_by_claim(run.tx, &claims).await?);
        let ids: Vec<Uuid> = found.iter().map(|h| h.id).collect();
        let mut members = record::members(run.tx, &ids).await?;
        let identities: Vec<Identity> = lines.iter().map(|l| l.identity(None)).collect();
        let claims: HashMap<Uuid, String> = found.iter().map(|h| (h.id, h.claim_number.clone())).collect();
        let pool = Pool::load(
            run.ctx.db().keys(),
            run.tx,
            &identities.iter().collect::<Vec<_>>(),
            &members,
            &claims,
        )
        .await?;
        // Whoever a NIR points at may live in a household that the rows do not name: is the phone shared there?
        let pointed =
            lines.iter().filter_map(|l| l.nir.as_ref()?.index()).flat_map(|index| pool.with_nir(index));
        let theirs = pointed.filter_map(|id| pool.get(pool.root(*id))?.row.household_id);
        let more: Vec<Uuid> =
            theirs.filter(|h| !claims.contains_key(h)).collect::<HashSet<_>>().into_iter().collect();
        members.extend(record::members(run.tx, &more).await?);
        let people: Vec<Uuid> = pool.ids().collect();
        let contacts = contact::of(run.ctx.db().keys(), run.tx, &people).await?;
        let labels = label::of(run.tx, &people).await?;
        let labels = labels.into_iter().filter_map(|l| {
            let kind = label::kind::ALL.into_iter().find(|kind| *kind == l.kind)?;
            Some((pool.root(l.person_id), kind, l.value))
        });
        let labels = labels.collect();
        let mut by_household: HashMap<Uuid, Vec<MembershipRow>> = HashMap::new();
        for member in members {
            by_household.entry(member.household_id).or_default().push(member);
        }
        Ok(Self {
            places,
            contacts: contacts.into_iter().map(|c| (pool.root(c.person_id), c.value)).collect(),
            pool,
            households: found.into_iter().map(|h| (h.id, h)).collect(),
            members: by_household,
            new_contacts: Vec::new(),
            labels,
            new_labels: Vec::new(),
            questions: Vec::new(),
            named: HashMap::new(),
        })
    }

    /// A row that names somebody: known or new.
    fn person(&mut self, run: &mut Run<'_>, line: &Line) {
        let household = self.household_of(line).map(|h| (h.id, h.claim_number.clone()));
        let dossier = household.as_ref().map(|(id, claim)| (claim.clone(), self.role_in(*id, line)));
        let here: Vec<Uuid> =
            household.iter().flat_map(|(id, _)| self.places_in(*id)).map(|m| m.person_id).collect();
        let identity = line.identity(dossier);
        let taken = self.others(line);
        let found = self.pool.find(&identity, &here, &taken);
        let same = found.same.or_else(|| self.repeated(&identity, &found.doubts));
        let id = same.unwrap_or_else(|| self.create(run, line, &identity));
        let only_nir = |d: &Doubt| same.is_none() || *d == Doubt::SameNir;
        for (other, doubt) in found.doubts.iter().filter(|(o, d)| *o != id && only_nir(d)) {
            self.questions.push((*other, id, *doubt));
        }
        self.odd(run, id, line);
        let mut changed = self.add_contacts(run, id, line, false);
        if same.is_some() {
            changed |= self.complete(run, id, line, &identity);
        }
        match (same, changed) {
            (None, _) => run.persons.created += 1,
            (Some(_), true) => run.persons.updated += 1,
            (Some(_), false) => run.persons.unchanged += 1,
        }
        if let Some(matricule) = &line.row.matricule {
            let named = Named { person: id, role: line.row.role, birth_date: line.row.birth_date };
            self.named.entry(matricule.short.clone()).or_default().push(named);
        }
    }

    /// A row that points at people already known by a number: only their contacts are told.
    fn pointed_at(&mut self, run: &mut Run<'_>, line: &Line) -> Result<(), &'static str> {
        let targets = self.targets(line)?;
        for (person, household) in targets {
            let adults = household.map_or(0, |h| self.adults(h).count());
            self.odd(run, person, line);
            if self.add_contacts(run, person, line, adults > 1) {
                run.persons.updated += 1;
            } else {
                run.persons.unchanged += 1;
            }
        }
        Ok(())
    }

    /// The people a number points at, each with the household whose contacts these are.
    fn targets(&self, line: &Line) -> Result<Vec<(Uuid, Option<Uuid>)>, &'static str> {
        let numbered = line.row.matricule.is_some() || line.row.claim_number.is_some();
        let household = self.household_of(line).map(|h| h.id);
        let with_nir =
            line.nir.as_ref().and_then(SealedFact::index).map_or(&[][..], |i| self.pool.with_nir(i));
        let mut people: Vec<(Uuid, Uuid)> = with_nir.iter().map(|id| (self.pool.root(*id), *id)).collect();
        people.sort_unstable();
        people.dedup_by_key(|(root, _)| *root);
        if people.len() > 1 {
            let here: Vec<Uuid> =
                household.iter().flat_map(|h| self.adults(*h)).map(|m| self.pool.root(m.person_id)).collect();
            people.retain(|(root, _)| here.contains(root));
        }
        match people.as_slice() {
            [(root, person)] => {
                let theirs = self.pool.get(*root).and_then(|k| k.row.household_id);
                let named_here = |h: &Uuid| self.adults(*h).any(|m| self.pool.root(m.person_id) == *root);
                let place = household.filter(named_here).or(theirs).filter(|_| numbered);
                return Ok(vec![(*person, place)]);
            }
            [] if with_nir.is_empty() => {}
            _ => {
                return Err(
                    "plusieurs personnes portent ce NIR : décidez d’abord sur la page Rapprochements",
                );
            }
        }
        let Some(household) = household else { return Err(self.nobody(line)) };
        let adults: Vec<(Uuid, Option<Uuid>)> =
            self.adults(household).map(|m| (m.person_id, Some(household))).collect();
        if adults.is_empty() { Err("ce dossier ne nomme plus aucun adulte") } else { Ok(adults) }
    }

    fn nobody(&self, line: &Line) -> &'static str {
        let several = |m: &Matricule| !self.with_matricule(m).is_empty();
        match &line.row.matricule {
            Some(matricule) if several(matricule) => {
                "plusieurs organismes ont un dossier qui porte ce matricule"
            }
            Some(_) => "aucun dossier ne porte ce matricule",
            None if line.row.claim_number.is_some() => "aucun dossier ne porte ce numéro de demande",
            None if line.row.nir.is_some() => "personne ne porte ce NIR",
            None => {
                "il manque la date de naissance : sans elle, la personne ne peut être ni reconnue ni créée"
            }
        }
    }

    /// The household of a row, by claim, else by matricule: the one where somebody has this birth date, else the most
    /// recent. `None` when two organisms use the same matricule.
    fn household_of<'s>(&'s self, line: &Line) -> Option<&'s HouseholdRow> {
        let claimed =
            line.row.claim_number.as_ref().map(|claim| {
                self.households.values().filter(|h| h.claim_number == *claim).collect::<Vec<_>>()
            });
        let by_claim = claimed.filter(|found| !found.is_empty());
        let found = by_claim.or_else(|| line.row.matricule.as_ref().map(|m| self.with_matricule(m)))?;
        let mut organisms: Vec<_> = found.iter().map(|h| (&h.organism, &h.organism_number)).collect();
        organisms.sort_unstable();
        organisms.dedup();
        let born =
            |h: &HouseholdRow| line.row.birth_date.is_some() && self.born_on(h.id, line).next().is_some();
        let best = found.iter().copied().max_by_key(|h| (born(h), h.stamp.clone(), h.id))?;
        (organisms.len() == 1 || born(best)).then_some(best)
    }

    fn with_matricule(&self, matricule: &Matricule) -> Vec<&HouseholdRow> {
        let same =
            |h: &&HouseholdRow| Matricule::parse(&h.matricule).is_some_and(|m| m.short == matricule.short);
        self.households.values().filter(same).collect()
    }

    fn places_in(&self, household: Uuid) -> impl Iterator<Item = &MembershipRow> {
        self.members.get(&household).into_iter().flatten()
    }

    fn adults(&self, household: Uuid) -> impl Iterator<Item = &MembershipRow> {
        self.places_in(household).filter(|m| m.named)
    }

    fn born_on<'s>(&'s self, household: Uuid, line: &'s Line) -> impl Iterator<Item = &'s MembershipRow> {
        self.places_in(household)
            .filter(|m| self.pool.get(m.person_id).is_some_and(|k| k.row.birth_date == line.row.birth_date))
    }

    /// The role told, else that of the only adult of the household born on that day.
    fn role_in(&self, household: Uuid, line: &Line) -> Role {
        let mut born = self.born_on(household, line);
        let alone = || match (born.next(), born.next()) {
            (Some(member), None) => Some(Role::parse(&member.role)),
            _ => None,
        };
        line.row.role.or_else(alone).unwrap_or(Role::Claimant)
    }

    /// Other adults that earlier rows named in the same dossier: two adults of one household are never one.
    fn others(&self, line: &Line) -> Vec<Uuid> {
        let Some(matricule) = &line.row.matricule else { return Vec::new() };
        let other = |n: &&Named| match (n.role, line.row.role) {
            (Some(a), Some(b)) => a != b,
            _ => n.birth_date != line.row.birth_date,
        };
        self.named.get(&matricule.short).into_iter().flatten().filter(other).map(|n| n.person).collect()
    }

    /// A record that only spreadsheets told, with the very same names and birth date: the same words again, not a doubt.
    fn repeated(&self, identity: &Identity, doubts: &[(Uuid, Doubt)]) -> Option<Uuid> {
        let says_the_same = |row: &PersonRow| {
            row.identity_stamp.is_none()
                && row.birth_date == identity.facts.birth_date
                && normalise(&row.last_name) == normalise(&identity.facts.last_name)
                && normalise(&row.first_name) == normalise(&identity.facts.first_name)
        };
        let close = doubts.iter().filter(|(_, doubt)| *doubt == Doubt::CloseNames);
        close.map(|(id, _)| *id).find(|id| self.pool.get(*id).is_some_and(|k| says_the_same(&k.row)))
    }

    /// Somebody new: followed at once, to orient from the day of the import.
    fn create(&mut self, run: &Run<'_>, line: &Line, identity: &Identity) -> Uuid {
        let mut row = new_person(run);
        identity.write_on(&mut row, "");
        row.identity_stamp = None;
        row.asked_for_help = true;
        row.reception = Some(run.received_on());
        row.since = line.row.rights_opening_date;
        self.locate(run, &mut row, line);
        standing::derive(&mut row, &run.settings);
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

    fn locate(&self, run: &Run<'_>, row: &mut PersonRow, line: &Line) {
        let Some(commune) = self.places.find(&line.row) else { return };
        row.commune = Some(commune.code.to_owned());
        row.territory = run.settings.territories.get(commune.code).cloned();
    }

    /// Fills what is empty on a known record; names follow the file only while no payer told them.
    fn complete(&mut self, run: &Run<'_>, id: Uuid, line: &Line, identity: &Identity) -> bool {
        let Some(before) = self.pool.get(id).map(|k| k.row.clone()) else { return false };
        let mut row = before.clone();
        let mut renamed = false;
        if row.identity_stamp.is_none() {
            let names = Identity { nir: None, france_travail: None, ..identity.clone() };
            renamed = names.write_on(&mut row, "");
            row.identity_stamp = None;
        }
        row.birth_date = row.birth_date.or(identity.facts.birth_date);
        row.sex = before.sex.clone().or_else(|| identity.facts.sex.clone());
        if row.france_travail_sealed.is_none() {
            identity.write_france_travail_on(&mut row);
        }
        if row.nir_sealed.is_none() {
            identity.write_nir_on(&mut row);
        }
        if row.commune.is_none() && row.household_id.is_none() {
            self.locate(run, &mut row, line);
        }
        let changed = row != before;
        if let Some(known) = self.pool.get_mut(id).filter(|_| changed) {
            known.row = row;
            known.changed = true;
            known.renamed |= renamed;
        }
        changed
    }

    /// Keeps whom an unreadable value is about.
    fn odd(&self, run: &mut Run<'_>, person: Uuid, line: &Line) {
        if !line.row.warnings.is_empty() {
            run.about("sheet_value", [self.pool.root(person)]);
        }
    }

    /// Adds the contacts and labels that the person does not have; none is ever removed.
    fn add_contacts(&mut self, run: &Run<'_>, person: Uuid, line: &Line, shared: bool) -> bool {
        let root = self.pool.root(person);
        let mut added = false;
        for (kind, value) in line.labels() {
            if self.labels.insert((root, kind, value.clone())) {
                added = true;
                self.new_labels.push(LabelRow {
                    person_id: person,
                    kind: kind.to_owned(),
                    search: compact(&value),
                    value,
                    import_id: Some(run.import),
                    recorded_at: run.at,
                });
            }
        }
        for (kind, value) in line.contacts() {
            if !self.contacts.insert((root, value.clone())) {
                continue;
            }
            added = true;
            self.new_contacts.push(run.contact(person, kind, value, shared));
        }
        added
    }
}
