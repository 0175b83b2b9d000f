//! `/{department}/reglages/mentions`: what the public pages name.

use askama::Template;

use super::parts::{Field, FieldError, FieldKind};
use super::shell::{NavItem, Shell};
use crate::i18n::text;

/// The page.
#[derive(Template)]
#[template(path = "settings/mentions.html")]
pub struct Mentions {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// `accessibility`, `dpo`, `checked_on`.
    pub fields: Vec<Field>,
}

impl Mentions {
    /// The page, with what was typed in its three fields.
    pub fn new(shell: Shell, tabs: Vec<NavItem>, typed: [&str; 3], errors: Vec<FieldError>) -> Self {
        let t = |key| text(shell.lang, key).to_string();
        let [accessibility, dpo, checked_on] = typed;
        let field = |kind, name, label, hint, value| {
            let field = Field::new(kind, name, t(label)).hint(t(hint)).value(value);
            Field { optional: true, ..field }.error(FieldError::of(&errors, name))
        };
        let fields = vec![
            field(
                FieldKind::Email,
                "accessibility",
                "mentions-accessibility",
                "mentions-accessibility-hint",
                accessibility,
            ),
            field(FieldKind::Email, "dpo", "mentions-dpo", "mentions-dpo-hint", dpo),
            field(FieldKind::Date, "checked_on", "mentions-checked", "mentions-checked-hint", checked_on),
        ];
        Self { shell, tabs, errors, fields }
    }
}
