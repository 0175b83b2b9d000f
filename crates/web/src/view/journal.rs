//! `/{department}/journal`: who read or did what; each within their reach.

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
    /// What is known of the chain, for who reads the whole journal.
    pub whole: Option<Flash>,
    /// Act, user, role, reason, from, to.
    pub filters: Vec<Field>,
    /// What the filters keep of the address.
    pub kept: Vec<(String, String)>,
    /// The same lines as files; empty for who may not take them away.
    pub exports: Vec<Link>,
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
    /// What the line keeps of it, in words; may be empty.
    pub detail: String,
    /// On what or whom; an empty `href` is not a link.
    pub about: Option<Link>,
    /// The reason written; may be empty.
    pub reason: String,
}
