//! `/{department}/personnes`: the list, and the row that other lists share.

use askama::Template;

use super::parts::{Chip, Clock, Empty, Field, Link, Pager, StateTag, Tag};
use super::shell::Shell;

/// The list of people.
#[derive(Template)]
#[template(path = "people/people.html")]
pub struct People {
    /// The frame.
    pub shell: Shell,
    /// « 1 370 personnes ».
    pub title: String,
    /// One sentence that sums up the list.
    pub summary: String,
    /// States with their counts.
    pub chips: Vec<Chip>,
    /// Search, territory, commune.
    pub filters: Vec<Field>,
    /// What the filters keep of the address: state, sort.
    pub kept: Vec<(String, String)>,
    /// The people.
    pub rows: Vec<PersonRow>,
    /// Where one is in the list.
    pub pager: Pager,
    /// The same list as files, for who may take it away.
    pub exports: Vec<Link>,
    /// What to say when there is nobody.
    pub empty: Empty,
}

/// The two ways to take a list away; [`People::exports`] of who may.
pub fn export_links(shell: &Shell, csv: String, xlsx: String) -> Vec<Link> {
    let label = |key| shell.t(key).to_string();
    vec![Link::new(label("shell-export-csv"), csv), Link::new(label("shell-export-xlsx"), xlsx)]
}

/// A person in a list.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// « Odile Barrancourt », to her page.
    pub link: Link,
    /// « 58 ans, Stenay ».
    pub meta: String,
    /// Where she stands.
    pub state: StateTag,
    /// Late, paused, to be matched.
    pub flags: Vec<Tag>,
    /// The right in words: « ouvert depuis septembre 2026 ».
    pub right: String,
    /// The territory; empty when unknown.
    pub territory: String,
    /// The next due step in words; empty when none.
    pub due: String,
    /// Its legal delay.
    pub clock: Option<Clock>,
    /// What changed, why it matches: the last column where a list has one.
    pub note: String,
}
