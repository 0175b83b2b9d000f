//! What travels with a person. A field that is added later is optional; a change of meaning is another [`VERSION`].

use chrono::{DateTime, NaiveDate, Utc};
use domain::intake::flux::DossierKey;
use domain::people::identity::Identity;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The format.
pub const VERSION: u32 = 1;

/// What an item of the history is.
pub mod kind {
    /// A note of a professional.
    pub const NOTE: &str = "note";
    /// A decision of orientation.
    pub const DECISION: &str = "decision";
    /// The answers of an orientation call.
    pub const CALL: &str = "call";
    /// An attempt to reach the person.
    pub const ATTEMPT: &str = "attempt";
    /// Somebody who followed them.
    pub const REFERENT: &str = "referent";
    /// An appointment.
    pub const APPOINTMENT: &str = "appointment";
    /// A structure to which they were proposed.
    pub const PROPOSAL: &str = "proposal";
    /// What a payer said of their right.
    pub const RIGHT: &str = "right";
    /// Their number in a software of the département.
    pub const NUMBER: &str = "number";
    /// An act of their path: a review, a refusal, an end.
    pub const ACT: &str = "act";
    /// What was recorded of them in a programme.
    pub const COURSE: &str = "course";
    /// An exchange with them, or an attempt.
    pub const EXCHANGE: &str = "exchange";
    /// Every kind, in the order in which pages show them.
    pub const ALL: [&str; 12] = [
        DECISION,
        COURSE,
        ACT,
        REFERENT,
        APPOINTMENT,
        EXCHANGE,
        NOTE,
        CALL,
        ATTEMPT,
        PROPOSAL,
        RIGHT,
        NUMBER,
    ];
}

/// A département.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Everything that travels with a person; the bytes of documents follow it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// The file.
    pub file: Uuid,
    /// Who sends.
    pub from: Office,
    /// Why the person leaves.
    pub reason: String,
    /// What the one who receives answers, and nobody else knows.
    pub receipt: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Who they are.
    pub person: Person,
    /// How to reach them, and what they said of it.
    pub contacts: Vec<Contact>,
    /// Words that the département gave them.
    pub tags: Vec<Tag>,
    /// What happened.
    pub items: Vec<Item>,
    /// What is known of each document, in the order of their bytes.
    pub documents: Vec<Document>,
}

/// Who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Names, birth, sex.
    pub identity: Identity,
    /// NIR.
    pub nir: Option<Nir>,
    /// France Travail number.
    pub france_travail: Option<String>,
    /// Their right, or first claim, dates from that day.
    pub since: Option<NaiveDate>,
    /// Code of their commune, as last known.
    pub commune: Option<String>,
    /// Family situation, by the payer's code.
    pub family: Option<String>,
    /// Children and other dependants.
    pub dependants: i64,
    /// The dossiers that name or named them.
    pub households: Vec<Household>,
}

/// A NIR, as it was received; it is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nir(pub String);

impl std::fmt::Debug for Nir {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nir(•)")
    }
}

/// A dossier of a payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    /// Its numbers.
    pub key: DossierKey,
    /// The role of the person in it.
    pub role: String,
    /// State of the right, by code.
    pub right: Option<String>,
}

/// A way to reach somebody, or what they said of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Telephone, e-mail, language…
    pub kind: String,
    /// E.164, address, code.
    pub value: String,
    /// The person allowed its use.
    pub allowed: bool,
    /// The household shares it.
    pub shared: bool,
    /// Since when it holds.
    pub stamp: String,
    /// When it was written.
    pub recorded_at: DateTime<Utc>,
    /// Where it came from: a file, or a professional.
    pub source: String,
    /// Why it no longer holds.
    pub ended: Option<String>,
    /// Since when.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A word that a département gives to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The word.
    pub value: String,
    /// When it was given.
    pub recorded_at: DateTime<Utc>,
}

/// Something that happened; who may read it is its level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// One of [`kind`].
    pub kind: String,
    /// Who may read it (`domain::access::visibility`).
    pub level: String,
    /// The day it happened.
    pub on: NaiveDate,
    /// The instant, where it is known.
    pub at: Option<DateTime<Utc>>,
    /// Who did or wrote it.
    pub by: String,
    /// Where it happened, when it had already been received from elsewhere.
    pub from: Option<Office>,
    /// What is told of it.
    pub facts: Vec<Fact>,
}

/// Something told of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is, by code.
    pub key: String,
    /// What it is, in words, when a code says too little: the wording of a question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What is said.
    pub text: String,
    /// Who may read it, when fewer than those who may read the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
}

/// A document, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// What it is about, by code.
    pub kind: String,
    /// Who may read it.
    pub visibility: String,
    /// Name of its file.
    pub name: String,
    /// Its title; may be empty.
    pub label: String,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: DateTime<Utc>,
    /// Bytes.
    pub size: u64,
}
