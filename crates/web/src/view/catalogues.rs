//! `/{department}/reglages/orientation`: the questionnaire and the rules, their versions, a replay before a change.

use askama::Template;

use super::form::{Field, FieldError};
use super::parts::Tag;
use super::shell::{NavItem, Shell};

/// The page.
#[derive(Template)]
#[template(path = "settings/orientation.html")]
pub struct CataloguesPage {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The rules, stage by stage.
    pub stages: Vec<StageRules>,
    /// Every version of the rules, then of the questionnaire.
    pub versions: Vec<VersionLine>,
    /// What a draft of rules would change.
    pub tried: Option<Tried>,
    /// The form that changes the rules; `None` for who may only read.
    pub rules: Option<Edit>,
    /// The form that changes the questionnaire.
    pub questions: Option<Edit>,
}

/// The rules of a stage.
#[derive(Debug, Clone)]
pub struct StageRules {
    /// Its name.
    pub title: String,
    /// Its rules, in order.
    pub rules: Vec<RuleLine>,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct RuleLine {
    /// Its rank.
    pub order: String,
    /// Its code.
    pub code: String,
    /// What it gives.
    pub gives: String,
    /// Why, for the professional.
    pub reason: String,
    /// The text it comes from.
    pub reference: String,
}

/// A version.
#[derive(Debug, Clone)]
pub struct VersionLine {
    /// « Règles, version 2 ».
    pub title: String,
    /// In force, to come, past.
    pub state: Tag,
    /// Who wrote it, when, why.
    pub detail: String,
}

/// What a draft would change.
#[derive(Debug, Clone)]
pub struct Tried {
    /// « 12 propositions sur 240 changeraient. »
    pub summary: String,
    /// Each change, nobody named.
    pub lines: Vec<String>,
}

/// A form that publishes a version.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Where it is sent.
    pub action: String,
    /// The number of the last version.
    pub after: String,
    /// Text, first day, note.
    pub fields: Vec<Field>,
    /// It is open: something is wrong in it, or was tried.
    pub open: bool,
}
