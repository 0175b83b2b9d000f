//! What the files said of a household, in the order of time: the ground of timelines and of the digest.

use std::collections::HashMap;

use domain::intake::flux::{Dossier, Kind};
use domain::intake::stamp::Stamp;
use domain::intake::timeline::{Event, Observation, events};
use store::StoreError;
use store::intake::files::FileHead;
use store::intake::history;
use store::intake::record::HouseholdRow;
use store::people::PersonRow;
use uuid::Uuid;

use super::identity::in_dossier;
use super::run::Organism;
use crate::Context;
use crate::shared::Shared;

/// A file that is in, as timelines need it.
#[derive(Debug, Clone)]
pub struct FileFact {
    /// Its key.
    pub id: Uuid,
    /// Order of arrival.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Its stamp.
    pub stamp: Stamp,
    organisms: Vec<Organism>,
}

/// What one file said of one household.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// The file.
    pub file: FileFact,
    /// Hash of the content; `None`: absent from the monthly file of its organism.
    pub hash: Option<Vec<u8>>,
}

/// The story of some households.
#[derive(Debug, Default)]
pub struct Story {
    sightings: HashMap<Uuid, Vec<Sighting>>,
    contents: HashMap<(Uuid, Vec<u8>), Dossier>,
}

/// A file as timelines need it; `None` for one that tells nothing of people.
pub(crate) fn fact(row: FileHead) -> Option<FileFact> {
    Some(FileFact {
        id: row.id,
        number: row.number,
        kind: Kind::parse(row.kind.as_deref()?)?,
        stamp: Stamp::parse(row.stamp.as_deref()?)?,
        organisms: row.organisms.as_deref().and_then(|o| serde_json::from_str(o).ok()).unwrap_or_default(),
        name: row.file_name,
    })
}

impl Story {
    /// Loads the story of these households.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(
        ctx: &Context,
        households: &[HouseholdRow],
        shared: &Shared,
    ) -> Result<Self, StoreError> {
        let (c, known) = (ctx.db().read(), &shared.files);
        let ids: Vec<Uuid> = households.iter().map(|h| h.id).collect();
        let by_id: HashMap<Uuid, &FileFact> = known.iter().map(|f| (f.id, f)).collect();
        let mut sightings: HashMap<Uuid, Vec<Sighting>> = HashMap::new();
        for row in history::sightings(c, &ids).await? {
            if let Some(file) = by_id.get(&row.import_id) {
                let sighting = Sighting { file: (*file).clone(), hash: Some(row.hash) };
                sightings.entry(row.household_id).or_default().push(sighting);
            }
        }
        let mut contents = HashMap::new();
        for row in history::contents(c, &ids).await? {
            let dossier = serde_json::from_str(&row.payload(ctx.db().keys())?)
                .map_err(|e| StoreError::Other(e.to_string()))?;
            contents.insert((row.household_id, row.hash), dossier);
        }
        let claims: Vec<String> = households
            .iter()
            .map(|h| h.claim_number.clone())
            .filter(|claim| shared.rejected.contains(claim))
            .collect();
        let rejected = history::rejected(c, &claims).await?;
        for household in households {
            let Some(list) = sightings.get_mut(&household.id) else { continue };
            add_absences(list, household, known, &rejected);
            list.sort_by_key(|s| (s.file.stamp, s.file.number));
        }
        Ok(Self { sightings, contents })
    }

    /// What the files said of a household, oldest first.
    pub fn sightings(&self, household: Uuid) -> &[Sighting] {
        self.sightings.get(&household).map_or(&[], Vec::as_slice)
    }

    /// A content.
    pub fn content(&self, household: Uuid, hash: &[u8]) -> Option<&Dossier> {
        self.contents.get(&(household, hash.to_vec()))
    }

    /// What happened to one person in one household.
    pub fn events(&self, household: Uuid, person: &PersonRow) -> Vec<Event> {
        let observations: Vec<Observation<'_>> = self
            .sightings(household)
            .iter()
            .map(|s| {
                let dossier = s.hash.as_ref().and_then(|h| self.content(household, h));
                Observation {
                    stamp: s.file.stamp,
                    import: s.file.id,
                    kind: s.file.kind,
                    dossier,
                    person: dossier.and_then(|d| in_dossier(d, person)),
                }
            })
            .collect();
        events(&observations)
    }
}

/// The monthly files of the organism, later than the first sighting, that neither name nor reject the dossier.
fn add_absences(
    list: &mut Vec<Sighting>,
    household: &HouseholdRow,
    known: &[FileFact],
    rejected: &[(Uuid, String, Option<String>)],
) {
    let beneficiaires = |k: Kind| matches!(k, Kind::BeneficiairesMonthly | Kind::BeneficiairesDaily);
    let Some(first) = list.iter().filter(|s| beneficiaires(s.file.kind)).map(|s| s.file.stamp).min() else {
        return;
    };
    let organism = (household.organism.clone(), household.organism_number.clone());
    let absent: Vec<Sighting> = known
        .iter()
        .filter(|f| {
            f.kind == Kind::BeneficiairesMonthly && f.stamp > first && f.organisms.contains(&organism)
        })
        .filter(|f| list.iter().all(|s| s.file.id != f.id))
        .filter(|f| {
            !rejected.iter().any(|(file, claim, matricule)| {
                *file == f.id
                    && *claim == household.claim_number
                    && matricule.as_ref() == Some(&household.matricule)
            })
        })
        .map(|f| Sighting { file: f.clone(), hash: None })
        .collect();
    list.extend(absent);
}
