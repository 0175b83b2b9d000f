//! Pages of `access`: entering, choosing a password, writing why one opens files, one's account, who may do what.

use askama::Template;

use super::parts::{Fact, Field, FieldError, FieldKind};
use super::shell::Shell;
use crate::i18n::text;

/// `/{department}/connexion`.
#[derive(Template)]
#[template(path = "access/login.html")]
pub struct Login {
    /// The frame.
    pub shell: Shell,
    /// Why the last try failed; never says which of the two is wrong.
    pub errors: Vec<FieldError>,
    /// E-mail and password.
    pub fields: Vec<Field>,
    /// Where to go once in; empty for home.
    pub next: String,
    /// Demo accounts, in demo mode only.
    pub accounts: Vec<DemoAccount>,
    /// The way by ProConnect, where the installation has one.
    pub proconnect: Option<String>,
    /// A form sent after the end of a session waits for its author.
    pub kept: bool,
}

impl Login {
    /// The page, with the e-mail already typed. Fields are named `email` and `password`.
    pub fn new(
        shell: Shell,
        email: &str,
        next: String,
        errors: Vec<FieldError>,
        accounts: Vec<DemoAccount>,
    ) -> Self {
        let t = |key| text(shell.lang, key).to_string();
        let email =
            Field { autocomplete: "username", ..Field::new(FieldKind::Email, "email", t("access-email")) }
                .value(email)
                .error(FieldError::of(&errors, "email"));
        let password = Field {
            autocomplete: "current-password",
            ..Field::new(FieldKind::Password, "password", t("access-password"))
        }
        .error(FieldError::of(&errors, "password"));
        Self { fields: vec![email, password], shell, errors, next, accounts, proconnect: None, kept: false }
    }
}

/// The session here is over; that of the provider remains.
#[derive(Template)]
#[template(path = "access/leaving.html")]
pub struct Leaving {
    /// The frame.
    pub shell: Shell,
    /// Where the provider ends its session.
    pub address: String,
}

/// A demo account: one button.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// What the button sends as `email` (to `/{department}/connexion/demo`).
    pub email: String,
    /// « Clara Humbécourt ».
    pub name: String,
    /// Her role in words.
    pub role: String,
    /// Whom she sees: « 46 personnes à orienter de la Meuse ».
    pub sees: String,
}

/// An invitation link was opened: choose a password.
#[derive(Template)]
#[template(path = "access/choose_password.html")]
pub struct ChoosePassword {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent: the invitation's own address.
    pub action: String,
    /// Whose account it is.
    pub name: String,
    /// With which e-mail.
    pub email: String,
    /// What is wrong with the password.
    pub errors: Vec<FieldError>,
    /// The one field, named `password`.
    pub field: Field,
}

impl ChoosePassword {
    /// The page for this person.
    pub fn new(shell: Shell, action: String, name: String, email: String, errors: Vec<FieldError>) -> Self {
        let label = text(shell.lang, "access-new-password").to_string();
        let hint = text(shell.lang, "access-password-rules").to_string();
        let field =
            Field { autocomplete: "new-password", ..Field::new(FieldKind::Password, "password", label) }
                .hint(hint)
                .error(FieldError::of(&errors, "password"));
        Self { shell, action, name, email, errors, field }
    }
}

/// A manager or the DPO writes why they open files.
#[derive(Template)]
#[template(path = "access/reason.html")]
pub struct Reason {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent.
    pub action: String,
    /// Where to go once written, sent as `next`.
    pub next: String,
    /// The person whose file is asked for; `None` for a list.
    pub about: Option<String>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The field, named `reason`.
    pub field: Field,
}

impl Reason {
    /// The page, with what was typed.
    pub fn new(
        shell: Shell,
        action: String,
        next: String,
        about: Option<String>,
        typed: &str,
        errors: Vec<FieldError>,
    ) -> Self {
        let label = text(shell.lang, "access-reason-label").to_string();
        let hint = text(shell.lang, "access-reason-hint").to_string();
        let field = Field::new(FieldKind::Textarea, "reason", label)
            .hint(hint)
            .value(typed)
            .error(FieldError::of(&errors, "reason"));
        Self { shell, action, next, about, errors, field }
    }
}

/// « Qui peut quoi »: the permission table in words.
#[derive(Template)]
#[template(path = "access/who_may.html")]
pub struct WhoMay {
    /// The frame.
    pub shell: Shell,
    /// Roles, one column each.
    pub roles: Vec<String>,
    /// Actions, one row each.
    pub rows: Vec<WhoMayRow>,
    /// What each word of the table means.
    pub grants: Vec<Fact>,
    /// Who may see a person, one column each.
    pub relations: Vec<String>,
    /// Levels of texts, one row each: which relations read them.
    pub levels: Vec<WhoMayRow>,
}

/// An action and what each role may do of it, in the order of the columns.
#[derive(Debug, Clone)]
pub struct WhoMayRow {
    /// The action in words.
    pub action: String,
    /// « ses personnes », « avec un motif »; empty for no.
    pub cells: Vec<String>,
}

/// `/{department}/compte`.
#[derive(Template)]
#[template(path = "access/account.html")]
pub struct Account {
    /// The frame.
    pub shell: Shell,
    /// Whose account.
    pub name: String,
    /// Its e-mail.
    pub email: String,
    /// Roles held now or later.
    pub roles: Vec<RoleLine>,
    /// An account of the demonstration: its password is public.
    pub demo: bool,
    /// Their role may read its own acts in the journal.
    pub own_acts: bool,
    /// A second factor is set up.
    pub second_factor: bool,
}

/// A role on a territory between two dates.
#[derive(Debug, Clone)]
pub struct RoleLine {
    /// In words.
    pub role: String,
    /// « Pithiviers », « tout le Loiret ».
    pub territory: String,
    /// « depuis le 4 mai 2026 », « jusqu’au 31 décembre ».
    pub period: String,
}
