//! The report of a file: what changed, what must be done because of it, what was refused.

use askama::Template;

use super::parts::{Empty, Fact, Link, Pager, Progress, Stat, Tag, Task};
use super::people::PersonRow;
use super::shell::{Flash, Shell};

/// `/{department}/fichiers/{id}`.
#[derive(Template)]
#[template(path = "intake/file.html")]
pub struct FilePage {
    /// The frame.
    pub shell: Shell,
    /// « Fichier des bénéficiaires, octobre 2026 ».
    pub title: String,
    /// « CAF du Loiret, reçu lundi 16 novembre à 6 h 12… ».
    pub summary: String,
    /// While it is read; everything below stays empty.
    pub progress: Option<Progress>,
    /// How it ended, in one message: entered, already known, refused.
    pub notice: Option<Flash>,
    /// « Ce qui a changé depuis septembre ».
    pub changes_title: String,
    /// The nine counts of the report, in its order.
    pub changes: Vec<Stat>,
    /// What to do because of this file.
    pub tasks: Vec<Task>,
    /// Declared and read totals.
    pub checks: Vec<Check>,
    /// People created, updated, unchanged, to review; fingerprint; duration.
    pub facts: Vec<Fact>,
    /// What was kept with a flag, by kind.
    pub flags: Vec<Flagged>,
    /// « 5 dossiers refusés ».
    pub rejects_title: String,
    /// The first rejects.
    pub rejects: Vec<Reject>,
    /// All of them as CSV; `None` when one may not.
    pub rejects_href: Option<String>,
    /// The main act: « Rapprocher 12 personnes ».
    pub action: Option<Link>,
}

/// A total said at the end of the file and what was read.
#[derive(Debug, Clone)]
pub struct Check {
    /// « Dossiers ».
    pub label: String,
    /// « 16 000 », « non annoncé ».
    pub declared: String,
    /// What was read.
    pub read: String,
    /// « Égal », « 3 de moins ».
    pub result: Tag,
}

/// A warning, or facts kept with the same flag.
#[derive(Debug, Clone)]
pub struct Flagged {
    /// « 14 communes inconnues ».
    pub label: String,
    /// What it means and what to do.
    pub text: String,
    /// How serious.
    pub tag: Tag,
    /// The people concerned, for who may see them.
    pub href: Option<String>,
}

/// A dossier rejected alone.
#[derive(Debug, Clone)]
pub struct Reject {
    /// Its number; « absent ».
    pub dossier: String,
    /// Its rank in the file.
    pub position: String,
    /// Its first line.
    pub line: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Its raw text, for who may read it.
    pub raw_href: Option<String>,
}

/// `/{department}/fichiers/{id}/rejets/{position}`: the raw text of a rejected dossier.
#[derive(Template)]
#[template(path = "intake/raw.html")]
pub struct RawReject {
    /// The frame.
    pub shell: Shell,
    /// Back to the report.
    pub file: Link,
    /// What is known of the reject.
    pub reject: Reject,
    /// The text as received.
    pub raw: String,
}

/// `/{department}/fichiers/{id}/personnes?changement=…`: the people behind a number.
#[derive(Template)]
#[template(path = "intake/file_people.html")]
pub struct FilePeople {
    /// The frame.
    pub shell: Shell,
    /// Back to the report.
    pub file: Link,
    /// « 96 droits suspendus ».
    pub title: String,
    /// What it means and how many one may not see.
    pub summary: String,
    /// The people; [`PersonRow::note`] says what changed.
    pub rows: Vec<PersonRow>,
    /// Where one is in the list.
    pub pager: Pager,
    /// What to say when there is nobody.
    pub empty: Empty,
}
