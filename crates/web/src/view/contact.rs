//! How to reach somebody: as the person's page shows it, and as a professional changes it.

use askama::Template;

use super::parts::{Choice, Field, FieldError, FieldKind, Link, Tag};
use super::shell::Shell;
use crate::i18n::text;

/// A phone number, an e-mail or an answer.
#[derive(Debug, Clone)]
pub struct Contact {
    /// « Téléphone », « Courriel », « SMS ».
    pub kind: String,
    /// As it is read.
    pub value: String,
    /// `tel:` or `mailto:` address; `None` for what reaches nobody and for answers.
    pub href: Option<String>,
    /// Where it comes from and when.
    pub source: String,
    /// Shared by the household, no message, no longer valid.
    pub tags: Vec<Tag>,
    /// What files say when a professional typed something else.
    pub differs: Vec<Differs>,
}

/// What a file says instead.
#[derive(Debug, Clone)]
pub struct Differs {
    /// « contacts.csv dit, le 3 octobre : ».
    pub lead: String,
    /// The value of the file.
    pub value: String,
    /// `tel:` or `mailto:` address.
    pub href: Option<String>,
}

/// `/{department}/personnes/{id}/contacts`.
#[derive(Template)]
#[template(path = "people/contacts.html")]
pub struct Contacts {
    /// The frame.
    pub shell: Shell,
    /// The person, to their page.
    pub person: Link,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Phones and e-mails, with what can be done with each.
    pub rows: Vec<Held>,
    /// Where the form that adds or changes is sent.
    pub write_action: String,
    /// The contact that changes: its key, and « Au lieu de 06 12… ».
    pub replaces: Option<(String, String)>,
    /// `kind`, `value`, `shared`.
    pub fields: Vec<Field>,
    /// Where the answers are sent.
    pub answers_action: String,
    /// Language and channels.
    pub answers: Vec<Asked>,
}

/// A contact and what can be done with it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The contact.
    pub contact: Contact,
    /// The form that puts another one in its place; `None` for what reaches nobody.
    pub change: Option<String>,
    /// Where the mark is sent.
    pub mark_action: String,
    /// `unusable` or `usable`.
    pub mark: &'static str,
    /// « Ne fonctionne plus ».
    pub mark_label: String,
}

/// A question and what was answered before, so that what is not changed is not written again.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The select.
    pub field: Field,
    /// What the page showed, sent back as `before-…`.
    pub before: String,
}

impl Contacts {
    /// The fields of the form that adds or changes, with what was typed.
    pub fn fields(shell: &Shell, typed: (&str, &str, &str), errors: &[FieldError]) -> Vec<Field> {
        let t = |key| text(shell.lang, key).to_string();
        let (kind, value, shared) = typed;
        let choices = vec![
            Choice::new("phone", t("people-phone"), kind),
            Choice::new("email", t("people-email"), kind),
        ];
        let value = Field::new(FieldKind::Text, "value", t("contact-value"))
            .hint(t("contact-value-hint"))
            .value(value)
            .error(FieldError::of(errors, "value"));
        let shared = Field::new(FieldKind::Checkbox, "shared", t("contact-shared")).value(shared);
        vec![
            Field::select("kind", t("contact-kind"), choices).error(FieldError::of(errors, "kind")),
            value,
            shared,
        ]
    }
}
