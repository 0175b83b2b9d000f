//! The households of people that the batch at hand does not hold, and how people stood before this file.

use std::collections::HashMap;

use domain::intake::flux::Dossier;
use store::crypto::Keys;
use store::intake::record::{self, ContentRow, HouseholdRow, MembershipRow, current_contents};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::run::{Run, Touched};
use super::standing::{Place, current};

/// Parsed contents by household.
pub(crate) type Contents = HashMap<Uuid, Dossier>;

/// The households of some people that are not in the batch.
#[derive(Default)]
pub(crate) struct Elsewhere {
    households: HashMap<Uuid, HouseholdRow>,
    members: HashMap<Uuid, Vec<MembershipRow>>,
    contents: Contents,
}

impl Elsewhere {
    /// Loads them; those in `fresh` are left out.
    pub async fn load(
        keys: &Keys,
        tx: &Tx,
        people: &[Uuid],
        fresh: &HashMap<Uuid, &HouseholdRow>,
    ) -> Result<Self, StoreError> {
        // Records merged into these people speak for them too.
        let merged = store::people::one::merged_into(tx, people).await?;
        let root = |id: Uuid| merged.iter().find(|(child, _)| *child == id).map_or(id, |(_, root)| *root);
        let mut all: Vec<Uuid> = people.to_vec();
        all.extend(merged.iter().map(|(child, _)| *child));
        let places = record::places(tx, &all).await?;
        let ids: Vec<Uuid> =
            places.iter().map(|p| p.household_id).filter(|h| !fresh.contains_key(h)).collect();
        if ids.is_empty() {
            return Ok(Self::default());
        }
        let households = record::households(tx, &ids).await?;
        let contents = parse(keys, current_contents(tx, &ids).await?)?;
        let mut members: HashMap<Uuid, Vec<MembershipRow>> = HashMap::new();
        for place in places.into_iter().filter(|p| !fresh.contains_key(&p.household_id)) {
            members.entry(root(place.person_id)).or_default().push(place);
        }
        Ok(Self { households: households.into_iter().map(|h| (h.id, h)).collect(), members, contents })
    }

    /// The places of a person that are not in the batch.
    pub fn places<'s>(&'s self, person: Uuid, fresh: &HashMap<Uuid, &HouseholdRow>) -> Vec<Place<'s>> {
        let mine = self.members.get(&person).into_iter().flatten();
        mine.filter(|m| !fresh.contains_key(&m.household_id))
            .filter_map(|m| {
                let household = self.households.get(&m.household_id)?;
                Some(Place { household, membership: m, dossier: self.contents.get(&m.household_id) })
            })
            .collect()
    }
}

/// Keeps how these people stand now, unless this file changed them already.
pub(crate) async fn remember(run: &mut Run<'_>, people: Vec<Uuid>) -> Result<(), StoreError> {
    let people: Vec<Uuid> = people.into_iter().filter(|p| !run.touched.contains_key(p)).collect();
    if people.is_empty() {
        return Ok(());
    }
    let rows = store::people::one::rows(run.tx, &people).await?;
    let elsewhere = Elsewhere::load(run.ctx.db().keys(), run.tx, &people, &HashMap::new()).await?;
    for row in rows.into_iter().filter(|r| r.origin_import != Some(run.import)) {
        let places = elsewhere.places(row.id, &HashMap::new());
        let before = current(&row, &places).map(|c| c.standing).unwrap_or_default();
        run.touched.insert(row.id, Touched::known(before));
    }
    Ok(())
}

/// Reads stored contents back.
pub(crate) fn parse(keys: &Keys, rows: Vec<ContentRow>) -> Result<Contents, StoreError> {
    rows.into_iter()
        .map(|r| {
            let dossier =
                serde_json::from_str(&r.payload(keys)?).map_err(|e| StoreError::Other(e.to_string()))?;
            Ok((r.household_id, dossier))
        })
        .collect()
}
