//! `/{department}/journal`: who read or did what; for the DPO.

use askama::Template;

use super::parts::{Field, Link, Pager};
use super::shell::{Flash, Shell};

/// The journal.
#[derive(Template)]
#[template(path = "journal/journal.html")]
pub struct Journal {
    /// The frame.
    pub shell: Shell,
    /// One sentence that sums up the list.
    pub summary: String,
    /// Whether the chain is whole, said once checked.
    pub whole: Option<Flash>,
    /// Act, user, from, to.
    pub filters: Vec<Field>,
    /// What the filters keep of the address.
    pub kept: Vec<(String, String)>,
    /// The lines, the most recent first.
    pub rows: Vec<JournalRow>,
    /// Where one is in the list.
    pub pager: Pager,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct JournalRow {
    /// « 26 novembre à 9 h 44 ».
    pub when: String,
    /// Who; « Déclic » for the machine.
    pub who: String,
    /// In which role; may be empty.
    pub role: String,
    /// What, in words.
    pub act: String,
    /// On what or whom; an empty `href` is not a link.
    pub about: Option<Link>,
    /// The reason written; may be empty.
    pub reason: String,
}
