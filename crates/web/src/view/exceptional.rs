//! `/{department}/acces-exceptionnels`: who opened a file without following the person, and why.

use askama::Template;

use super::parts::{Link, Tag};
use super::shell::Shell;

/// The accesses that a team lead or the data protection officer reads.
#[derive(Template)]
#[template(path = "access/exceptional.html")]
pub struct Exceptional {
    /// The frame.
    pub shell: Shell,
    /// How many wait to be read, in a sentence.
    pub summary: String,
    /// The accesses, the most recent first.
    pub rows: Vec<NoticeRow>,
}

/// An access.
#[derive(Debug, Clone)]
pub struct NoticeRow {
    /// Who opened it.
    pub who: String,
    /// When.
    pub when: String,
    /// On whom.
    pub about: Link,
    /// Why, in a word.
    pub motive: String,
    /// Why, in a sentence.
    pub reason: String,
    /// Read or not.
    pub state: Tag,
    /// Where « lu » is sent; `None` when it was.
    pub seen: Option<String>,
}
