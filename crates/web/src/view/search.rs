//! `/{department}/recherche?q=`: people found, and why.

use askama::Template;

use super::parts::{Empty, Pager};
use super::people::PersonRow;
use super::shell::Shell;

/// The page of results.
#[derive(Template)]
#[template(path = "search/search.html")]
pub struct Search {
    /// The frame.
    pub shell: Shell,
    /// What was typed.
    pub query: String,
    /// « 3 personnes pour « lamote » »; empty before anything is typed.
    pub summary: String,
    /// The people; [`PersonRow::note`] says why they match.
    pub rows: Vec<PersonRow>,
    /// Where one is in the list.
    pub pager: Pager,
    /// What to try when there is nobody.
    pub empty: Empty,
}
