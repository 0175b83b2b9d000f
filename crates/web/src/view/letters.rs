//! `/{department}/reglages/courriers`: who writes, who signs, where one contests.

use std::collections::BTreeMap;

use app::settings::LETTER_FIELDS;
use askama::Template;

use super::parts::{Field, FieldError, FieldKind};
use super::shell::{NavItem, Shell};
use crate::i18n::{Lang, text};

/// The page.
#[derive(Template)]
#[template(path = "settings/letters.html")]
pub struct Letters {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// One for each thing that letters say.
    pub fields: Vec<Field>,
}

/// Label and hint of a field.
fn keys(name: &str) -> (&'static str, &'static str) {
    match name {
        "name" => ("letters-name", "letters-name-hint"),
        "short" => ("letters-short", "letters-short-hint"),
        "address" => ("letters-address", "letters-address-hint"),
        "town" => ("letters-town", "letters-town-hint"),
        "phone" => ("letters-phone", "letters-phone-hint"),
        "hours" => ("letters-hours", "letters-hours-hint"),
        "email" => ("letters-email", "letters-email-hint"),
        "signatory" => ("letters-signatory", "letters-signatory-hint"),
        "signatory_role" => ("letters-signatory-role", "letters-signatory-role-hint"),
        "recourse_address" => ("letters-recourse-address", "letters-recourse-address-hint"),
        "court" => ("letters-court", "letters-court-hint"),
        _ => ("letters-court-address", "letters-court-address-hint"),
    }
}

/// The label of a field, in French.
pub fn label(name: &str) -> String {
    text(Lang::Fr, keys(name).0).to_string()
}

impl Letters {
    /// The page, with what is set or was typed.
    pub fn new(
        shell: Shell,
        tabs: Vec<NavItem>,
        typed: &BTreeMap<&str, String>,
        errors: Vec<FieldError>,
    ) -> Self {
        let fields = LETTER_FIELDS.map(|field| {
            let (label, hint) = keys(field.name);
            let kind = match field.name {
                "email" => FieldKind::Email,
                _ if field.long => FieldKind::Textarea,
                _ => FieldKind::Text,
            };
            let t = |key| text(shell.lang, key).to_string();
            Field::new(kind, field.name, t(label))
                .hint(t(hint))
                .value(typed.get(field.name).cloned().unwrap_or_default())
                .error(FieldError::of(&errors, field.name))
        });
        Self { shell, tabs, errors, fields: fields.into() }
    }
}
