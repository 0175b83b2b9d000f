//! Pages without login: accessibility statement, personal data. In French and in English.

use askama::Template;

use super::parts::Link;
use super::shell::Shell;
use crate::assets::asset_url;
use crate::i18n::{Lang, Text, text};

/// `/{department}/public/accessibilite`.
#[derive(Template)]
#[template(path = "public/accessibility.html")]
pub struct Accessibility {
    /// The frame.
    pub shell: Shell,
    /// Whom to write to when something cannot be read or used; empty when no address is set.
    pub contact_email: String,
    /// When it was last checked, in words, where the département says so.
    pub checked_on: Option<String>,
}

/// `/{department}/public/donnees-personnelles`.
#[derive(Template)]
#[template(path = "public/privacy.html")]
pub struct Privacy {
    /// The frame.
    pub shell: Shell,
    /// The data protection officer; empty when no address is set.
    pub dpo_email: String,
    /// Years of the active file.
    pub years: u32,
    /// What is kept and how long, in French.
    pub kept: Vec<(String, String)>,
}

/// `/` where several départements are served.
#[derive(Template)]
#[template(path = "public/departments.html")]
pub struct Departments {
    /// The départements, to their first page.
    pub links: Vec<Link>,
    /// Language of the page.
    pub lang: Lang,
}

impl Departments {
    /// The text of a key in the language of the page.
    pub fn t<'a>(&self, key: &'a str) -> Text<'a> {
        text(self.lang, key)
    }

    /// The hashed address of a file.
    pub fn asset(&self, name: &str) -> &'static str {
        asset_url(name)
    }
}
