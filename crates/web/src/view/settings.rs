//! `/{department}/reglages/territoires`: which communes make which territory.

use askama::Template;

use super::parts::{Field, FieldError, FieldKind, Link};
use super::shell::{NavItem, Shell};
use crate::i18n::text;

/// The list of territories.
#[derive(Template)]
#[template(path = "settings/territories.html")]
pub struct Territories {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// The territories.
    pub rows: Vec<TerritoryRow>,
    /// « 3 communes n’ont pas de territoire »; `None` when each has one.
    pub without: Option<Link>,
    /// What is wrong in the form that adds one.
    pub errors: Vec<FieldError>,
    /// The field of that form, named `name`.
    pub field: Field,
}

impl Territories {
    /// The page, with the name typed in the form that adds a territory.
    pub fn new(
        shell: Shell,
        tabs: Vec<NavItem>,
        rows: Vec<TerritoryRow>,
        without: Option<Link>,
        typed: &str,
        errors: Vec<FieldError>,
    ) -> Self {
        let field = name_field(&shell, typed, &errors);
        Self { shell, tabs, rows, without, errors, field }
    }
}

fn name_field(shell: &Shell, typed: &str, errors: &[FieldError]) -> Field {
    Field::new(FieldKind::Text, "name", text(shell.lang, "settings-name").to_string())
        .value(typed)
        .error(FieldError::of(errors, "name"))
}

/// A territory.
#[derive(Debug, Clone)]
pub struct TerritoryRow {
    /// Its name, to its page.
    pub link: Link,
    /// Its code.
    pub code: String,
    /// How many communes.
    pub communes: String,
    /// How many people followed.
    pub people: String,
}

/// `/{department}/reglages/territoires/{code}`: rename, move communes.
#[derive(Template)]
#[template(path = "settings/territory.html")]
pub struct Territory {
    /// The frame.
    pub shell: Shell,
    /// Its name today.
    pub title: String,
    /// Where the form that renames is sent.
    pub rename_action: String,
    /// Where the form that moves is sent (`commune` repeated, `to`).
    pub move_action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The name, field `name`.
    pub name: Field,
    /// The territory communes go to, field `to`.
    pub to: Field,
    /// Its communes.
    pub communes: Vec<CommuneLine>,
}

impl Territory {
    /// The field [`Self::name`].
    pub fn name_field(shell: &Shell, typed: &str, errors: &[FieldError]) -> Field {
        name_field(shell, typed, errors)
    }

    /// The field [`Self::to`], over the other territories.
    pub fn to_field(shell: &Shell, choices: Vec<super::parts::Choice>, errors: &[FieldError]) -> Field {
        Field::select("to", text(shell.lang, "settings-to").to_string(), choices)
            .error(FieldError::of(errors, "to"))
    }
}

/// A commune of a territory.
#[derive(Debug, Clone)]
pub struct CommuneLine {
    /// INSEE code.
    pub code: String,
    /// Name.
    pub name: String,
    /// « 12 personnes ».
    pub people: String,
    /// Ticked when the form comes back.
    pub checked: bool,
}

/// `/{department}/reglages/securite`: who needs a second factor, how long sessions last.
#[derive(Template)]
#[template(path = "settings/security.html")]
pub struct Security {
    /// The frame.
    pub shell: Shell,
    /// The pages of settings.
    pub tabs: Vec<NavItem>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Every role, ticked when it needs a second factor; sent as `role`.
    pub roles: Vec<super::parts::Choice>,
    /// `idle`, `admin_idle` and `longest`.
    pub fields: Vec<Field>,
}

impl Security {
    /// The page, with these three numbers typed.
    pub fn new(
        shell: Shell,
        tabs: Vec<NavItem>,
        roles: Vec<super::parts::Choice>,
        typed: [&str; 3],
        errors: Vec<FieldError>,
    ) -> Self {
        let t = |key| text(shell.lang, key).to_string();
        let names = [
            ("idle", "settings-security-idle", "settings-security-idle-hint"),
            ("admin_idle", "settings-security-admin", "settings-security-admin-hint"),
            ("longest", "settings-security-longest", "settings-security-longest-hint"),
        ];
        let fields = names
            .into_iter()
            .zip(typed)
            .map(|((name, label, hint), value)| {
                Field::new(FieldKind::Text, name, t(label))
                    .hint(t(hint))
                    .value(value)
                    .error(FieldError::of(&errors, name))
            })
            .collect();
        Self { shell, tabs, errors, roles, fields }
    }
}
