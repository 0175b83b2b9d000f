//! The report of an import, as `interfaces.md` fixes it.

use serde::{Deserialize, Serialize};

/// What a file brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the file.
    pub file: String,
    /// `beneficiaires-monthly`, `beneficiaires-daily`, `instruction`, `financier`, `spreadsheet`.
    pub kind: String,
    /// `DTREF` (or the creation day), ISO.
    pub reference_date: String,
    /// The same bytes were in already.
    pub already_imported: bool,
    /// What deserves a look and stopped nothing.
    pub warnings: Vec<Warning>,
    /// Dossiers, or rows of a spreadsheet.
    pub dossiers: Dossiers,
    /// The adults followed.
    pub persons: Persons,
    /// What changed for them.
    pub changes: Changes,
    /// Dossiers left out alone (the first 1,000).
    pub rejects: Vec<RejectLine>,
    /// Wall time.
    pub duration_ms: u64,
}

/// A warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// `trailer_count`, `same_header`, `unknown_code`…
    pub code: String,
    /// In French.
    pub text: String,
    /// How many people it is about, where it is about people.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub people: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// What people of a report have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// A change.
    Change(domain::intake::delta::Change),
    /// A warning, by its code.
    Warning(String),
}

impl Behind {
    /// The word under which these people are kept.
    pub fn key(&self) -> String {
        match self {
            Self::Change(change) => change.code().to_owned(),
            Self::Warning(code) => format!("warning:{code}"),
        }
    }
}

/// Counts of dossiers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossiers {
    /// Read.
    pub read: u64,
    /// Recorded.
    pub accepted: u64,
    /// Left out alone.
    pub rejected: u64,
    /// Declared by the trailer; null without one.
    pub declared: Option<u64>,
}

/// Counts of adults.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persons {
    /// Not known before.
    pub created: u64,
    /// Known; their dossier says something new.
    pub updated: u64,
    /// Known; nothing new.
    pub unchanged: u64,
    /// Questions added to the review queue.
    pub review: u64,
}

/// Counts of changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// See [`domain::intake::delta::Change`].
    pub entered: u64,
    /// Idem.
    pub left: u64,
    /// Idem.
    pub newly_subject: u64,
    /// Idem.
    pub suspended: u64,
    /// Idem.
    pub resumed: u64,
    /// Idem.
    pub closed: u64,
    /// Idem.
    pub moved_in: u64,
    /// Idem.
    pub moved_out: u64,
    /// Idem.
    pub address: u64,
}

impl Changes {
    /// The number of a kind of change.
    pub fn of(&mut self, change: domain::intake::delta::Change) -> &mut u64 {
        use domain::intake::delta::Change;
        match change {
            Change::Entered => &mut self.entered,
            Change::Left => &mut self.left,
            Change::NewlySubject => &mut self.newly_subject,
            Change::Suspended => &mut self.suspended,
            Change::Resumed => &mut self.resumed,
            Change::Closed => &mut self.closed,
            Change::MovedIn => &mut self.moved_in,
            Change::MovedOut => &mut self.moved_out,
            Change::Address => &mut self.address,
        }
    }
}

/// A dossier left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectLine {
    /// Rank in the file, from 1.
    pub position: u64,
    /// Line of its first tag.
    pub line: u64,
    /// Its number, or « absent ».
    pub dossier: String,
    /// Why, in French.
    pub reason: String,
}

impl Report {
    /// The same file again: nothing changed.
    pub(crate) fn again(mut self, file: String) -> Self {
        self.file = file;
        self.already_imported = true;
        self.changes = Changes::default();
        let Persons { created, updated, unchanged, .. } = self.persons;
        self.persons = Persons { unchanged: created + updated + unchanged, ..Persons::default() };
        self.duration_ms = 0;
        self
    }
}
