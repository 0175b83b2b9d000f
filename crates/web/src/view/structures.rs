//! `/{department}/reglages/structures`: where roles are held.

use askama::Template;

use super::parts::{Link, Tag};
use super::shell::{NavItem, Shell};

/// The list of structures.
#[derive(Template)]
#[template(path = "settings/structures.html")]
pub struct Structures {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The structures.
    pub rows: Vec<StructureRow>,
}

/// A structure.
#[derive(Debug, Clone)]
pub struct StructureRow {
    /// Its name, to its page.
    pub link: Link,
    /// « protégée », « fermée ».
    pub tags: Vec<Tag>,
    /// What it is, on which side.
    pub kind: String,
    /// The territories it serves, its commune.
    pub place: String,
    /// How many people it follows, and at most.
    pub follows: String,
    /// How many accounts.
    pub members: String,
}
