//! A page that is one form, and a page that shows something once.

use askama::Template;

use super::parts::{Field, FieldError, Link};
use super::shell::Shell;

/// One form.
#[derive(Template)]
#[template(path = "settings/form.html")]
pub struct FormPage {
    /// The frame.
    pub shell: Shell,
    /// Where one comes from.
    pub back: Link,
    /// The title.
    pub title: String,
    /// What happens when it is sent; may be empty.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Boxes to tick.
    pub ticks: Option<Ticks>,
    /// The word of the button.
    pub submit: String,
}

/// Boxes to tick under one question.
#[derive(Debug, Clone)]
pub struct Ticks {
    /// The question.
    pub legend: String,
    /// How to answer.
    pub hint: String,
    /// Name of each box.
    pub name: &'static str,
    /// The boxes.
    pub boxes: Vec<Tick>,
}

/// A box to tick.
#[derive(Debug, Clone)]
pub struct Tick {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Ticked.
    pub checked: bool,
}

/// Something that is shown once and cannot be shown again: a link, a token.
#[derive(Template)]
#[template(path = "settings/shown.html")]
pub struct Shown {
    /// The frame.
    pub shell: Shell,
    /// Where one goes next.
    pub back: Link,
    /// The title.
    pub title: String,
    /// What to do with it, until when it works.
    pub lead: String,
    /// The thing itself.
    pub value: String,
}
