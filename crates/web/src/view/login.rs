//! Pages of the way in, after or beside the password: a forgotten one, the second factor, confirming that it is oneself.

use askama::Template;

use super::parts::{Field, FieldError, FieldKind};
use super::shell::Shell;
use crate::i18n::text;

/// `/{department}/mot-de-passe-oublie`.
#[derive(Template)]
#[template(path = "login/forgotten.html")]
pub struct Forgotten {
    /// The frame.
    pub shell: Shell,
    /// This server sends letters; else the page says whom to ask.
    pub leaves: bool,
    /// What is wrong with the address.
    pub errors: Vec<FieldError>,
    /// The one field, named `email`.
    pub field: Field,
}

impl Forgotten {
    /// The page, with what was typed.
    pub fn new(shell: Shell, leaves: bool, typed: &str, errors: Vec<FieldError>) -> Self {
        let label = text(shell.lang, "access-email").to_string();
        let field = Field { autocomplete: "username", ..Field::new(FieldKind::Email, "email", label) }
            .value(typed)
            .error(FieldError::of(&errors, "email"));
        Self { shell, leaves, errors, field }
    }
}

/// What is answered to whoever asked for a link, whether an account has the address or not.
#[derive(Template)]
#[template(path = "login/asked.html")]
pub struct Asked {
    /// The frame.
    pub shell: Shell,
}

/// `/{department}/second-facteur`.
#[derive(Template)]
#[template(path = "login/second_factor.html")]
pub struct SecondFactor {
    /// The frame.
    pub shell: Shell,
    /// Where to go once in; empty for home.
    pub next: String,
    /// Why the last code was not accepted.
    pub errors: Vec<FieldError>,
    /// The one field, named `code`.
    pub field: Field,
}

impl SecondFactor {
    /// The page.
    pub fn new(shell: Shell, next: String, errors: Vec<FieldError>) -> Self {
        let hint = text(shell.lang, "login-second-code-hint").to_string();
        let field = code_field(&shell, "login-second-code", &errors).hint(hint);
        Self { shell, next, errors, field }
    }
}

/// A field for a code of an app, named `code`.
pub(super) fn code_field(shell: &Shell, label: &str, errors: &[FieldError]) -> Field {
    let label = text(shell.lang, label).to_string();
    Field { autocomplete: "one-time-code", ..Field::new(FieldKind::Text, "code", label) }
        .error(FieldError::of(errors, "code"))
}

/// `/{department}/confirmer`, and the same page in place of a form that was sent too late: what it held goes with it.
#[derive(Template)]
#[template(path = "login/confirm.html")]
pub struct Confirm {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent.
    pub action: String,
    /// It stands in place of a form, whose fields go with it.
    pub holds_a_form: bool,
    /// The fields that go with it.
    pub kept: Vec<(String, String)>,
    /// Why the last proof was not accepted.
    pub errors: Vec<FieldError>,
    /// The one field, named [`Confirm::FIELD`].
    pub field: Field,
}

/// `/{department}/reprise/{id}`: what was sent after the end of a session, to be sent again.
#[derive(Template)]
#[template(path = "login/resumed.html")]
pub struct Resumed {
    /// The frame.
    pub shell: Shell,
    /// Where the form is sent.
    pub action: String,
    /// Its fields, as they were sent.
    pub kept: Vec<(String, String)>,
    /// What was written in it, line by line, to be read again.
    pub texts: Vec<String>,
    /// Until when it is kept: « 14 h 30 ».
    pub until: String,
}

impl Resumed {
    /// The name of the field that says which kept form is sent: no form of ours has another one of this name.
    pub const FIELD: &str = "reprise";

    /// The page, for a form of this identifier.
    pub fn new(
        shell: Shell,
        id: &str,
        action: String,
        mut kept: Vec<(String, String)>,
        until: String,
    ) -> Self {
        // Codes and dates say nothing by themselves; what somebody wrote has words.
        let written = |text: &str| text.trim().contains(char::is_whitespace);
        let texts = kept.iter().filter(|(_, text)| written(text));
        let texts = texts.flat_map(|(_, text)| text.lines().map(str::to_owned)).collect();
        kept.push((Self::FIELD.to_owned(), id.to_owned()));
        Self { shell, action, kept, texts, until }
    }
}

impl Confirm {
    /// The name of the field that proves: no form of ours has another one of this name.
    pub const FIELD: &str = "preuve";

    /// The page in place of a form that is sent to `action`.
    pub fn new(shell: Shell, action: String, kept: Vec<(String, String)>, errors: Vec<FieldError>) -> Self {
        let t = |key| text(shell.lang, key).to_string();
        let field = Field {
            autocomplete: "current-password",
            ..Field::new(FieldKind::Password, Self::FIELD, t("login-confirm-field"))
        }
        .hint(t("login-confirm-hint"))
        .error(FieldError::of(&errors, Self::FIELD));
        Self { shell, action, holds_a_form: true, kept, errors, field }
    }
}
