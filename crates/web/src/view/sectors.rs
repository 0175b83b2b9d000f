//! `/{department}/reglages/secteurs`: which communes are followed by whom.

use askama::Template;

use super::parts::{Field, FieldError, Link, Tag};
use super::shell::{NavItem, Shell};

/// The list of sectors.
#[derive(Template)]
#[template(path = "settings/sectors.html")]
pub struct SectorsPage {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The sectors.
    pub rows: Vec<SectorRow>,
    /// Communes that nobody follows, and those that several sectors share: a sentence, and the names.
    pub warnings: Vec<Warning>,
    /// What is wrong in the table that was pasted.
    pub errors: Vec<FieldError>,
    /// The lines that are wrong.
    pub lines: Vec<String>,
    /// The table, field `table`.
    pub field: Field,
}

/// Something to look at.
#[derive(Debug, Clone)]
pub struct Warning {
    /// « 12 communes n’ont aucun secteur. »
    pub text: String,
    /// Which.
    pub names: String,
}

/// A sector.
#[derive(Debug, Clone)]
pub struct SectorRow {
    /// Its name, to its page.
    pub link: Link,
    /// For whom it counts.
    pub purpose: String,
    /// How many communes.
    pub communes: String,
    /// Who follows there, by rank.
    pub holders: Vec<String>,
    /// « personne ».
    pub tags: Vec<Tag>,
}

/// A sector: its communes, who follows there.
#[derive(Template)]
#[template(path = "settings/sector.html")]
pub struct SectorPage {
    /// The frame.
    pub shell: Shell,
    /// Its name, or « add a sector ».
    pub title: String,
    /// Where the form is sent.
    pub action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Name, purpose, communes, territory, EPCI.
    pub fields: Vec<Field>,
    /// Who follows there; `None` before the sector exists.
    pub held: Option<Held>,
}

/// Who follows in a sector, and the form that adds one.
#[derive(Debug, Clone)]
pub struct Held {
    /// Those of today and later.
    pub rows: Vec<HolderRow>,
    /// Where the form is sent.
    pub action: String,
    /// Structure, professional, rank, dates.
    pub fields: Vec<Field>,
    /// Where the sector is removed.
    pub remove: String,
}

/// Somebody who follows in a sector.
#[derive(Debug, Clone)]
pub struct HolderRow {
    /// « Julien Lahaye, Service emploi et insertion ».
    pub name: String,
    /// « rang 1, depuis le 3 novembre ».
    pub detail: String,
    /// Where it is ended.
    pub end: String,
}
