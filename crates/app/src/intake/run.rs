//! What one import keeps in mind from its first dossier to its last.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::followup::path::Opening;
use domain::intake::delta::{Change, Fingerprint, Standing, changes};
use domain::intake::flux::{DossierKey, Kind};
use domain::intake::stamp::Stamp;
use domain::people::contact;
use domain::reference::holidays::Zone;
use store::intake::files::FileRow;
use store::intake::review::ReviewRow;
use store::people::contact::ContactRow;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::report::{Changes, Dossiers, Persons, RejectLine, Warning};
use super::standing::News;
use crate::Context;

/// A body that pays: `(FONORG, NUMORG)`.
pub(crate) type Organism = (String, String);

/// An import under way.
pub(crate) struct Run<'a> {
    pub ctx: &'a Context,
    pub tx: &'a Tx,
    pub import: Uuid,
    pub kind: Kind,
    pub stamp: Stamp,
    pub stamp_text: String,
    /// The instant of the import, one for all rows.
    pub at: DateTime<Utc>,
    pub settings: Settings,
    /// Monthly files already in: organism → stamps.
    pub monthly: HashMap<Organism, Vec<String>>,
    /// Organisms named by this file.
    pub organisms: BTreeSet<Organism>,
    /// Dossiers left out, which are not absent.
    pub rejected: HashSet<DossierKey>,
    /// Keys met in this file, hashed, with their content: a dossier may come twice.
    pub seen: HashMap<Fingerprint, Fingerprint>,
    /// Questions to write once the people they are about are written.
    pub later: Vec<ReviewRow>,
    /// What this file changed for every adult it touched.
    pub touched: HashMap<Uuid, Touched>,
    pub dossiers: Dossiers,
    pub persons: Persons,
    pub rejects: Vec<RejectLine>,
    /// Odd facts kept: kind → how many, and some examples.
    pub flags: BTreeMap<String, (u64, BTreeSet<String>)>,
    pub warnings: Vec<Warning>,
    /// Odd fact → the people it is about.
    pub about: BTreeMap<String, BTreeSet<Uuid>>,
    /// Dossiers met twice, by odd fact: the people come once they are written.
    pub doubled: Vec<(&'static str, DossierKey)>,
}

/// What one file does to one adult, kept small: a first file touches everybody.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// How they stood before; `None` when this file names them first.
    pub before: Option<Box<Standing>>,
    changes: Kinds,
}

impl Touched {
    /// Somebody who stood like this before; nothing has changed yet.
    pub fn known(before: Standing) -> Self {
        Self { before: Some(Box::new(before)), changes: Kinds::default() }
    }
}

/// Kinds of change, one bit each.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Kinds(u16);

impl Kinds {
    fn of(changes: &[Change]) -> Self {
        Self(changes.iter().fold(0, |bits, change| bits | Self::bit(*change)))
    }

    fn hold(self, change: Change) -> bool {
        self.0 & Self::bit(change) != 0
    }

    fn bit(change: Change) -> u16 {
        Change::ALL.iter().position(|one| *one == change).map_or(0, |rank| 1 << rank)
    }
}

/// Parameters that hold at the date of the import.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// Commune → territory.
    pub territories: HashMap<String, String>,
    /// When the département begins to orient.
    pub opening: Opening,
    /// `orientation.deadline_days`.
    pub orientation_days: i64,
    /// `contract.sign_within_months`.
    pub contract_months: u32,
    /// Public holidays.
    pub zone: Zone,
}

impl Settings {
    /// Reads the parameters of the département.
    pub async fn load(ctx: &Context) -> Result<Self, StoreError> {
        let today = ctx.today();
        let db = ctx.db();
        let days = store::settings::value_at(db, "orientation.deadline_days", today).await?;
        let months = store::settings::value_at(db, "contract.sign_within_months", today).await?;
        let opens = store::settings::value_at(db, "orientation.opens_at", today).await?;
        Ok(Self {
            territories: store::settings::territory_of(db).await?,
            opening: if opens.as_deref() == Some("claim_filed") {
                Opening::ClaimFiled
            } else {
                Opening::RightOpened
            },
            orientation_days: days.and_then(|d| d.parse().ok()).unwrap_or(42),
            contract_months: months.and_then(|m| m.parse().ok()).unwrap_or(1),
            zone: ctx.department.holidays(),
        })
    }
}

impl<'a> Run<'a> {
    /// Begins an import.
    pub async fn begin(
        ctx: &'a Context,
        tx: &'a Tx,
        import: Uuid,
        kind: Kind,
        stamp: Stamp,
        files: &[FileRow],
    ) -> Result<Self, StoreError> {
        let mut monthly: HashMap<Organism, Vec<String>> = HashMap::new();
        for file in files.iter().filter(|f| f.kind.as_deref() == Some(Kind::BeneficiairesMonthly.code())) {
            let organisms: Vec<Organism> =
                file.organisms.as_deref().and_then(|o| serde_json::from_str(o).ok()).unwrap_or_default();
            for organism in organisms {
                monthly.entry(organism).or_default().extend(file.stamp.clone());
            }
        }
        Ok(Self {
            ctx,
            tx,
            import,
            kind,
            stamp,
            stamp_text: stamp.sortable(),
            at: ctx.now(),
            settings: Settings::load(ctx).await?,
            monthly,
            organisms: BTreeSet::new(),
            rejected: HashSet::new(),
            seen: HashMap::new(),
            later: Vec::new(),
            touched: HashMap::new(),
            dossiers: Dossiers::default(),
            persons: Persons::default(),
            rejects: Vec::new(),
            flags: BTreeMap::new(),
            warnings: Vec::new(),
            about: BTreeMap::new(),
            doubled: Vec::new(),
        })
    }

    /// The day the information was received: that of the file's creation.
    pub fn received_on(&self) -> NaiveDate {
        self.stamp.created.date()
    }

    /// What this file is to the people it names.
    pub fn news(&self) -> News<'_> {
        News { received: self.received_on(), reference: self.stamp.reference, settings: &self.settings }
    }

    /// Is there a monthly file of this organism more recent than `stamp`, which thus does not name the dossier?
    pub fn missing_since(&self, organism: &Organism, stamp: &str) -> Option<String> {
        self.monthly.get(organism)?.iter().filter(|m| m.as_str() > stamp).min().cloned()
    }

    /// A way to reach somebody, told by this file.
    pub fn contact(&self, person: Uuid, kind: contact::Kind, value: String, shared: bool) -> ContactRow {
        ContactRow {
            id: self.ctx.app.ids.make(),
            person_id: person,
            kind: kind.code().to_owned(),
            value,
            allowed: true,
            shared,
            import_id: Some(self.import),
            account_id: None,
            stamp: self.stamp_text.clone(),
            recorded_at: self.at,
            ended: None,
            ended_at: None,
            ended_by: None,
        }
    }

    /// Adds one odd fact to the warnings.
    pub fn flag(&mut self, kind: &str, text: &str) {
        let entry = self.flags.entry(kind.to_owned()).or_default();
        entry.0 += 1;
        if entry.1.len() < 5 {
            entry.1.insert(text.to_owned());
        }
    }

    /// Keeps whom an odd fact is about.
    pub fn about(&mut self, kind: &str, people: impl IntoIterator<Item = Uuid>) {
        self.about.entry(kind.to_owned()).or_default().extend(people);
    }

    /// How somebody stood before this file; `None` for one whom it names first.
    pub fn before(&self, person: Uuid) -> Option<Standing> {
        self.touched.get(&person).and_then(|touched| touched.before.as_deref().copied())
    }

    /// Keeps what changed for somebody, now that it is known where they stand.
    pub fn touch(&mut self, person: Uuid, after: &Standing) {
        let touched = self.touched.entry(person).or_default();
        touched.changes = Kinds::of(&changes(touched.before.as_deref(), after));
    }

    /// How many people each kind of change concerns.
    pub fn changes(&self) -> Changes {
        let mut counts = Changes::default();
        for change in Change::ALL {
            *counts.of(change) = self.changed(change).count() as u64;
        }
        counts
    }

    /// The people whom a kind of change concerns, in no order.
    pub fn changed(&self, change: Change) -> impl Iterator<Item = Uuid> {
        let of = move |(person, touched): (&Uuid, &Touched)| touched.changes.hold(change).then_some(*person);
        self.touched.iter().filter_map(of)
    }

    /// The odd facts as warnings, after those already there.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        let mut all = std::mem::take(&mut self.warnings);
        for (kind, (count, examples)) in std::mem::take(&mut self.flags) {
            let examples: Vec<String> = examples.into_iter().collect();
            let people = self.about.get(&kind).map_or(0, |people| people.len() as u64);
            let text = flag_sentence(&kind, count, &examples.join(", "));
            all.push(Warning { text, people, code: kind });
        }
        all
    }
}

fn flag_sentence(kind: &str, count: u64, examples: &str) -> String {
    match kind {
        "unknown_code" => format!("{count} code(s) inconnu(s), gardés tels quels : {examples}."),
        "unknown_commune" => format!("{count} commune(s) inconnue(s), gardées telles quelles : {examples}."),
        "nir_length" => {
            format!("{count} NIR n’ont pas 13 ou 15 chiffres : gardés, mais pas utilisés pour rapprocher.")
        }
        "nir_key" => {
            format!(
                "{count} NIR ont une clé qui ne correspond pas : gardés, mais pas utilisés pour rapprocher."
            )
        }
        "double_dossier" => {
            format!("{count} dossier(s) répété(s) à l’identique, pris une fois : {examples}.")
        }
        "conflicting_dossier" => {
            format!("{count} dossier(s) répété(s) avec un autre contenu, le premier est gardé : {examples}.")
        }
        "sheet_value" => format!("{count} valeur(s) illisible(s), laissées de côté : {examples}."),
        "unknown_household" => {
            format!("{count} foyer(s) payé(s) qu’aucun fichier ne nomme encore : {examples}.")
        }
        "bad_row_date" => format!("{count} date(s) illisible(s) : {examples}."),
        _ => format!("{count} fois : {examples}."),
    }
}
