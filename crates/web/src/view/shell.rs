//! What is around every page: département, bar, search, account, flash message, footer.

use chrono::NaiveDate;

use super::icon::{Icon, icon};
use super::parts::{Link, Tone};
use crate::i18n::{Lang, Text, text};
use crate::{assets, format};

/// The frame of a page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Code of the département, first part of each address: `45`, `04`.
    pub department_code: String,
    /// Its name: « Loiret ».
    pub department_name: String,
    /// Today's civil date in the département.
    pub today: NaiveDate,
    /// Entries of the bar that this user may open, at most six.
    pub nav: Vec<NavItem>,
    /// This user may look for people.
    pub search: bool,
    /// Who is signed in; `None` on public pages.
    pub user: Option<UserBadge>,
    /// Token of the session, for each form that writes.
    pub csrf: String,
    /// What has just been done, said once.
    pub flash: Option<Flash>,
    /// Made-up people: said on each page.
    pub demo: bool,
    /// Language of the page.
    pub lang: Lang,
}

impl Shell {
    /// The text of a key in the language of the page.
    pub fn t<'a>(&self, key: &'a str) -> Text<'a> {
        text(self.lang, key)
    }

    /// An address of this département: `path("/personnes")` is `/45/personnes`.
    pub fn path(&self, rest: &str) -> String {
        format!("/{}{rest}", self.department_code)
    }

    /// The hashed address of a file.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::asset_url(name)
    }

    /// A drawing.
    pub fn icon(&self, name: &str) -> Icon {
        icon(name)
    }

    /// « jeudi 26 novembre ».
    pub fn today_words(&self) -> String {
        format::day(self.today, self.today)
    }

    /// Whether the page is in English.
    pub fn is_english(&self) -> bool {
        self.lang == Lang::En
    }
}

/// An entry of the bar or a tab.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// A count beside it, already formatted.
    pub count: Option<String>,
    /// Whether it is the page shown.
    pub current: bool,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct UserBadge {
    /// « Clara Humbécourt ».
    pub name: String,
    /// Their role in words: « Téléopératrice ».
    pub role: String,
    /// « CH », see [`format::initials`].
    pub initials: String,
    /// Social side: the badge is a square.
    pub social: bool,
}

impl UserBadge {
    /// A badge with the initials of the name.
    pub fn new(name: &str, role: &str, social: bool) -> Self {
        Self { name: name.to_owned(), role: role.to_owned(), initials: format::initials(name), social }
    }
}

/// A message at the top of the page.
#[derive(Debug, Clone)]
pub struct Flash {
    /// Its colour, its drawing and how soon a screen reader says it.
    pub tone: Tone,
    /// The first, strong sentence.
    pub title: String,
    /// What follows; may be empty.
    pub text: String,
    /// Where to go from there.
    pub action: Option<Link>,
}

impl Flash {
    /// `alert` for what went wrong, `status` for the rest.
    pub fn role(&self) -> &'static str {
        if self.tone == Tone::Late { "alert" } else { "status" }
    }
}
