//! `/{department}/`: what to do today, for this role.

use askama::Template;

use super::parts::{Fact, Link, Stat, Tag, Task};
use super::shell::Shell;

/// The first page after the door.
#[derive(Template)]
#[template(path = "home.html")]
pub struct Home {
    /// The frame; its user is greeted.
    pub shell: Shell,
    /// First name of who is greeted.
    pub name: String,
    /// The day in one sentence.
    pub summary: String,
    /// Late, this week, reviews open… figures that open.
    pub stats: Vec<Stat>,
    /// What to do, the most urgent first.
    pub tasks: Vec<Task>,
    /// The last file, for who may read reports.
    pub last_file: Option<LastFile>,
}

/// The last file that came in.
#[derive(Debug, Clone)]
pub struct LastFile {
    /// Its name, to its report.
    pub link: Link,
    /// How it ended.
    pub status: Tag,
    /// Received, reference date, dossiers.
    pub facts: Vec<Fact>,
}
