//! Pages without login: accessibility statement, personal data. In French and in English.

use askama::Template;

use super::shell::Shell;

/// `/{department}/public/accessibilite`.
#[derive(Template)]
#[template(path = "public/accessibility.html")]
pub struct Accessibility {
    /// The frame.
    pub shell: Shell,
    /// Whom to write to when something cannot be read or used.
    pub contact_email: String,
    /// When it was last checked, in words.
    pub checked_on: String,
}

/// `/{department}/public/donnees-personnelles`.
#[derive(Template)]
#[template(path = "public/privacy.html")]
pub struct Privacy {
    /// The frame.
    pub shell: Shell,
    /// The data protection officer.
    pub dpo_email: String,
}
