//! A person's file, as who opens it reads it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::intake::flux::{Dossier, DossierKey, FluxPerson};
use domain::intake::timeline::Event;
use store::intake::record::HouseholdRow;
use store::intake::review::ReviewRow;
use store::people::PersonRow;
use store::people::one::Referent;
use uuid::Uuid;

use super::contact::Reach;
use super::due::NextDue;
use super::notes::Note;
use super::proposal::Proposal;
use super::transfer::{Passage, ReceivedItem};
use crate::access::Why;
use crate::engagement::{self, ContractTold};
use crate::followup::{ContactTold, PathAct, Rights};
use crate::intake::history::FileFact;
use crate::orientation::{AttemptRow, Received, Told};
use crate::outcomes::OutcomeTold;
use crate::privacy::rights::Standing;
use crate::programmes::{self, CourseTold};

/// A person's file.
#[expect(clippy::struct_excessive_bools, reason = "what the actor may do is told act by act")]
#[derive(Debug, Clone)]
pub struct PersonFile {
    /// The record.
    pub row: PersonRow,
    /// Sex and year of birth, the rest hidden; `None` when no NIR is known.
    pub nir_masked: Option<String>,
    /// The number by which France Travail knows them.
    pub france_travail: Option<String>,
    /// Why the actor may see this person, the closest relation first.
    pub why: Vec<Why>,
    /// The notes that the actor may read, the most recent first.
    pub notes: Vec<Note>,
    /// The actor may write one.
    pub may_write_notes: bool,
    /// The structures to which the person is or was proposed, as far as the actor may know, the most recent first.
    /// `None` when they are not the actor's to read.
    pub proposals: Option<Vec<Proposal>>,
    /// Identifier and name of the structures to which the actor may propose them; `None` when they may not.
    pub proposable: Option<Vec<(Uuid, String)>>,
    /// What was decided of their orientation, the last first.
    pub decisions: Vec<Told>,
    /// Who addressed them to the platform and waits for an answer; empty when it is not the actor's to answer.
    pub referrals: Vec<Received>,
    /// What was recorded of their path, the last first.
    pub acts: Vec<PathAct>,
    /// Their courses in programmes, the last first.
    pub courses: Vec<CourseTold>,
    /// What the actor may do of them.
    pub enrolling: programmes::Rights,
    /// Their contracts, the last first.
    pub contracts: Vec<ContractTold>,
    /// What the actor may do of them.
    pub contracting: engagement::Rights,
    /// Their returns to work, the last written first.
    pub outcomes: Vec<OutcomeTold>,
    /// Contacts with them and attempts, the last first.
    pub contacts: Vec<ContactTold>,
    /// The calls of the orientation, the last first, each with who made it.
    pub calls: Vec<(AttemptRow, Option<String>)>,
    /// What the actor may do of the path.
    pub path: Rights,
    /// The actor may take them for a call.
    pub may_call: bool,
    /// The actor may decide of their orientation.
    pub may_decide: bool,
    /// The actor may make the letter of a decision.
    pub may_print: bool,
    /// The actor may ask for the NIR in clear.
    pub may_reveal_nir: bool,
    /// The actor may decide on matches.
    pub may_decide_match: bool,
    /// Name of the territory.
    pub territory: Option<String>,
    /// The household that counts today.
    pub household: Option<Household>,
    /// Every dossier that names or named them, that one first.
    pub dossiers: Vec<DossierKey>,
    /// How to reach them.
    pub reach: Reach,
    /// The actor may change how to reach them.
    pub may_edit_contacts: bool,
    /// Words that the département gave them.
    pub tags: Vec<Label>,
    /// Their numbers in other softwares.
    pub numbers: Vec<Label>,
    /// Who follows them.
    pub referents: Vec<Referent>,
    /// Open questions, each with the other record's name and birth date.
    pub questions: Vec<(ReviewRow, String, Option<NaiveDate>)>,
    /// What happened, the most recent first, with the file that tells it.
    pub events: Vec<(Event, FileFact)>,
    /// The files that name them, the most recent first.
    pub files: Vec<FileFact>,
    /// The next due step.
    pub due: Option<NextDue>,
    /// Every due step, the earliest first.
    pub steps: Vec<NextDue>,
    /// Frozen or archived; what they ask about their data.
    pub standing: Standing,
    /// Their passages to and from other départements, the most recent first.
    pub passages: Vec<Passage>,
    /// What another département sent with them and the actor may read, the most recent first.
    pub received: Vec<ReceivedItem>,
    /// The actor may pass them to another département, close that or cancel it.
    pub may_transfer: bool,
}

/// The household that counts.
#[derive(Debug, Clone)]
pub struct Household {
    /// Its row: state of the right today.
    pub row: HouseholdRow,
    /// What the payer last said of it.
    pub dossier: Option<Dossier>,
    /// The person in it.
    pub person: Option<FluxPerson>,
    /// The other adults who have a page, by identifier.
    pub adults: Vec<PersonRow>,
}

/// A tag, or a number in another software, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The word or the number.
    pub value: String,
    /// The file that told it.
    pub file: String,
    /// When.
    pub at: DateTime<Utc>,
}
