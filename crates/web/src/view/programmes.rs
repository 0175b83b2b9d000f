//! Programmes: on a person's page, those that await an answer, and the settings.

use askama::Template;

use super::catalogues::{Edit, VersionLine};
use super::form::FieldError;
use super::parts::{Empty, Fact, Link, Tag};
use super::shell::{NavItem, Shell};

/// The programmes of a person, or their returns to work.
#[derive(Debug, Clone, Default)]
pub struct CoursePanel {
    /// Its place in the page.
    pub id: &'static str,
    /// What it is.
    pub title: String,
    /// When there is none.
    pub none: String,
    /// Their courses, the last first.
    pub courses: Vec<CourseBlock>,
    /// Where another one is written.
    pub propose: Option<Link>,
}

/// A course.
#[derive(Debug, Clone)]
pub struct CourseBlock {
    /// The programme.
    pub title: String,
    /// Where it stands.
    pub stage: Tag,
    /// Since when, until when.
    pub facts: Vec<String>,
    /// The points on the way, the earliest first.
    pub points: Vec<PointLine>,
    /// What was recorded, the last first.
    pub acts: Vec<CourseLine>,
    /// What one may do.
    pub links: Vec<Link>,
}

/// A point on the way.
#[derive(Debug, Clone)]
pub struct PointLine {
    /// What is looked at.
    pub label: String,
    /// When, and where it stands.
    pub when: String,
    /// Where it is written.
    pub link: Option<Link>,
}

/// What was recorded of a course.
#[derive(Debug, Clone)]
pub struct CourseLine {
    /// « Sortie : emploi ».
    pub title: String,
    /// When, by whom.
    pub meta: String,
    /// What was written, line by line, for who may read it.
    pub text: Vec<String>,
}

/// `/{department}/prescriptions`.
#[derive(Template)]
#[template(path = "programmes/awaited.html")]
pub struct AwaitedPage {
    /// The frame.
    pub shell: Shell,
    /// How many.
    pub summary: String,
    /// The people, the earliest first.
    pub rows: Vec<AwaitedLine>,
    /// When there is nobody.
    pub empty: Empty,
}

/// Somebody who awaits an answer or a place.
#[derive(Debug, Clone)]
pub struct AwaitedLine {
    /// The person.
    pub person: Link,
    /// The programme.
    pub programme: String,
    /// Answer awaited, waiting, late.
    pub state: Tag,
    /// Who prescribed, when, where the person lives.
    pub meta: String,
    /// Before when.
    pub before: String,
    /// Where it is answered.
    pub answer: Link,
}

/// `/{department}/reglages/dispositifs`.
#[derive(Template)]
#[template(path = "programmes/list.html")]
pub struct ProgrammesPage {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The programmes, those that run here first.
    pub rows: Vec<ProgrammeRow>,
    /// Where one of one's own is written.
    pub new: Option<Link>,
}

/// A programme of the list.
#[derive(Debug, Clone)]
pub struct ProgrammeRow {
    /// Its name, to its page.
    pub link: Link,
    /// What it is.
    pub summary: String,
    /// It runs here, or may be taken.
    pub state: Tag,
}

/// `/{department}/reglages/dispositifs/{code}`.
#[derive(Template)]
#[template(path = "programmes/one.html")]
pub struct ProgrammePage {
    /// The frame.
    pub shell: Shell,
    /// Its name.
    pub title: String,
    /// What it is.
    pub lead: String,
    /// It runs here, or may be taken.
    pub state: Tag,
    /// Its numbers, in words.
    pub facts: Vec<Fact>,
    /// What is asked before somebody enters.
    pub conditions: Vec<String>,
    /// What the form does.
    pub edit_title: String,
    /// The form that publishes a version; `None` for who may only read.
    pub edit: Option<Edit>,
    /// Its versions.
    pub versions: Vec<VersionLine>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}
