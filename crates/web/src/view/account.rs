//! Pages of one's own account: password, sessions, second factor.

use askama::Template;

use super::login::code_field;
use super::parts::{Field, FieldError, FieldKind};
use super::shell::Shell;
use crate::i18n::text;

/// `/{department}/compte/mot-de-passe`.
#[derive(Template)]
#[template(path = "account/password.html")]
pub struct ChangePassword {
    /// The frame.
    pub shell: Shell,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// The present password, named `current`, and the new one, named `password`.
    pub fields: Vec<Field>,
}

impl ChangePassword {
    /// The page.
    pub fn new(shell: Shell, errors: Vec<FieldError>) -> Self {
        let t = |key: &str| text(shell.lang, key).to_string();
        let field = |name: &str, label: &str, autocomplete: &'static str| {
            Field { autocomplete, ..Field::new(FieldKind::Password, name, t(label)) }
                .error(FieldError::of(&errors, name))
        };
        let fields = vec![
            field("current", "account-password-current", "current-password"),
            field("password", "access-new-password", "new-password").hint(t("access-password-rules")),
        ];
        Self { shell, errors, fields }
    }
}

/// `/{department}/compte/sessions`.
#[derive(Template)]
#[template(path = "account/sessions.html")]
pub struct Sessions {
    /// The frame.
    pub shell: Shell,
    /// The open sessions, the present one first.
    pub rows: Vec<SessionRow>,
}

/// An open session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// What the button sends.
    pub name: String,
    /// « Firefox sur Windows ».
    pub device: String,
    /// Shortened.
    pub address: String,
    /// When it began, in words.
    pub since: String,
    /// When it was last used, in words.
    pub last_used: String,
    /// It is the one that looks.
    pub current: bool,
}

/// `/{department}/compte/double-authentification`.
#[derive(Template)]
#[template(path = "account/second_factor.html")]
pub struct SecondFactor {
    /// The frame.
    pub shell: Shell,
    /// A role asks for it, and nothing else opens before.
    pub led: bool,
    /// Where to go once it is set up; empty for home.
    pub next: String,
    /// What is wrong with the code.
    pub errors: Vec<FieldError>,
    /// How far one is.
    pub state: State,
}

/// How far one is with the second factor.
#[derive(Debug, Clone)]
pub enum State {
    /// A demo account has none.
    Demo,
    /// Nothing yet.
    None,
    /// A secret waits to be read by an app.
    Begun {
        /// What the app aims at.
        drawing: Drawing,
        /// The same, to be typed.
        typed: String,
        /// The field of the first code.
        code: Box<Field>,
    },
    /// It counts.
    Confirmed {
        /// « depuis le 4 mai ».
        since: String,
        /// Recovery codes left.
        codes_left: usize,
        /// It may not be removed.
        mandatory: bool,
    },
}

impl State {
    /// The secret, with the field of the first code.
    pub fn begun(shell: &Shell, drawing: Drawing, typed: String, errors: &[FieldError]) -> Self {
        Self::Begun { drawing, typed, code: Box::new(code_field(shell, "account-second-code", errors)) }
    }
}

/// A QR code: black squares on a white one.
#[derive(Debug, Clone, Default)]
pub struct Drawing {
    /// Squares on a side, the white margin included.
    pub size: usize,
    /// The black squares, as the `d` of a path.
    pub path: String,
}

impl Drawing {
    /// White squares around the code, so that a camera finds its edge.
    const MARGIN: usize = 4;

    /// The drawing of a text; nothing when the text is too long for one, which ours never is.
    pub fn of(text: &str) -> Self {
        use std::fmt::Write as _;
        let Ok(code) = qrcode::QrCode::new(text) else { return Self::default() };
        let side = code.width();
        let mut path = String::new();
        for (place, color) in code.to_colors().into_iter().enumerate() {
            if color == qrcode::Color::Dark {
                let (x, y) = (place % side + Self::MARGIN, place / side + Self::MARGIN);
                let _ = write!(path, "M{x} {y}h1v1h-1z");
            }
        }
        Self { size: side + 2 * Self::MARGIN, path }
    }
}

/// Ten recovery codes, shown once.
#[derive(Template)]
#[template(path = "account/codes.html")]
pub struct Codes {
    /// The frame.
    pub shell: Shell,
    /// Whose they are.
    pub name: String,
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go next.
    pub next: String,
}
