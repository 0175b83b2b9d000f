//! What is written to people: the messages of the département, those of a person, those that wait for somebody.

use askama::Template;

use super::catalogues::{Edit, VersionLine};
use super::form::{Field, FieldError};
use super::parts::{Link, Tag};
use super::person::PersonHead;
use super::shell::{NavItem, Shell};

/// `/{department}/reglages/messages`.
#[derive(Template)]
#[template(path = "messages/templates.html")]
pub struct Templates {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// Every message.
    pub rows: Vec<TemplateRow>,
}

/// A message of the list.
#[derive(Debug, Clone)]
pub struct TemplateRow {
    /// What it is, and its page.
    pub link: Link,
    /// When it is sent.
    pub sent: String,
    /// « SMS, puis courriel, puis courrier ».
    pub channels: String,
    /// « version 2 ».
    pub version: String,
}

/// `/{department}/reglages/messages/{code}`.
#[derive(Template)]
#[template(path = "messages/template.html")]
pub struct TemplatePage {
    /// The frame.
    pub shell: Shell,
    /// What it is.
    pub title: String,
    /// When it is sent, and by which channels.
    pub lead: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// What it looks like.
    pub examples: Vec<ExampleView>,
    /// The form that changes it; `None` for who may only read.
    pub edit: Option<Edit>,
    /// Its versions.
    pub versions: Vec<VersionLine>,
}

/// What a message looks like by one channel, in one language.
#[derive(Debug, Clone)]
pub struct ExampleView {
    /// « SMS, en français ».
    pub title: String,
    /// The language of the text.
    pub language: &'static str,
    /// The subject; empty without one.
    pub subject: String,
    /// The text.
    pub text: String,
    /// « 2 parties » for a long text message.
    pub note: Option<String>,
}

/// `/{department}/reglages/sms`.
#[derive(Template)]
#[template(path = "messages/reporters.html")]
pub struct Reporters {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The providers of text messages.
    pub rows: Vec<ReporterRow>,
}

/// A provider of text messages.
#[derive(Debug, Clone)]
pub struct ReporterRow {
    /// Its name.
    pub name: String,
    /// « Adresse faite le 4 mai 2026 »; `None` without one.
    pub made: Option<String>,
    /// When it last called.
    pub heard: String,
}

/// `/{department}/messages`.
#[derive(Template)]
#[template(path = "messages/desk.html")]
pub struct DeskPage {
    /// The frame.
    pub shell: Shell,
    /// The pages of the agenda.
    pub tabs: Vec<NavItem>,
    /// What did not reach whom it was for.
    pub failed: Vec<MessageRow>,
    /// Letters to print.
    pub to_print: Vec<MessageRow>,
    /// Some of them are printed, and not posted yet.
    pub printed: bool,
}

/// `/{department}/personnes/{id}/messages`.
#[derive(Template)]
#[template(path = "messages/person.html")]
pub struct PersonMessages {
    /// The frame.
    pub shell: Shell,
    /// The top of the person's page.
    pub head: PersonHead,
    /// What was written to them, the last first.
    pub rows: Vec<MessageRow>,
    /// The form that invites them; `None` for whoever may not.
    pub invite: Option<Invite>,
}

/// A form that invites somebody to choose an hour.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Where it is sent.
    pub action: String,
    /// « Elle recevra un SMS ».
    pub how: String,
    /// What they will read.
    pub example: Option<ExampleView>,
    /// With whom, where, how.
    pub fields: Vec<Field>,
}

/// A message.
#[derive(Debug, Clone)]
pub struct MessageRow {
    /// What it is, and to whom where that is not known.
    pub title: String,
    /// The person, where that is not known.
    pub person: Option<Link>,
    /// Where it stands.
    pub state: Tag,
    /// By which channel, when, by whom.
    pub meta: String,
    /// What keeps it from reaching them.
    pub problem: Option<String>,
    /// The subject; empty without one.
    pub subject: String,
    /// What it says; empty until it is written.
    pub text: String,
    /// Where to say that it was dealt with.
    pub handle: Option<String>,
}
