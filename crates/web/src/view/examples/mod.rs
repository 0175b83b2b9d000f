//! Made-up pages, full and empty, for the tests of this module and for the eye.

mod agenda;
mod booking;
mod calls;
mod engagement;
mod followup;
mod intake;
mod login;
mod messages;
mod people;
mod privacy;
mod programmes;
mod referrals;
mod rooms;
mod sectors;
mod settings;
mod tabs;
mod texts;
mod waves;

use askama::Template;
use chrono::NaiveDate;

use super::parts::{Clock, Empty, Fact, Link, Pager, Stat, Tag, Task, Tone};
use super::shell::{Flash, NavItem, Shell, UserBadge};
use crate::i18n::Lang;

/// A page as a reader gets it.
pub(super) struct Page {
    /// Name of its file.
    pub name: String,
    /// The whole page.
    pub html: String,
}

/// Every page, full and empty; public ones in both languages.
pub(super) fn all() -> Vec<Page> {
    let rooms = [
        calls::pages(),
        followup::pages(),
        engagement::pages(),
        programmes::pages(),
        rooms::pages(),
        login::pages(),
        intake::pages(),
        people::pages(),
        tabs::pages(),
        texts::pages(),
        settings::pages(),
        privacy::pages(),
        agenda::pages(),
        booking::pages(),
        referrals::pages(),
        sectors::pages(),
        messages::pages(),
        waves::pages(),
    ];
    rooms.into_iter().flatten().collect()
}

fn page(name: &str, template: &impl Template) -> Page {
    Page { name: name.to_owned(), html: template.render().unwrap() }
}

fn today() -> NaiveDate {
    "2026-11-17".parse().unwrap()
}

/// The frame of an operator in the Meuse.
fn shell(current: &str) -> Shell {
    let entry = |label: &str, path: &str, count: Option<&str>| NavItem {
        label: label.into(),
        href: format!("/55{path}"),
        count: count.map(str::to_owned),
        current: path == current,
    };
    Shell {
        department_code: "55".into(),
        department_name: "Meuse".into(),
        today: today(),
        nav: vec![
            entry("Aujourd’hui", "/", None),
            entry("À orienter", "/orientation", Some("46")),
            entry("Personnes", "/personnes", None),
            entry("Fichiers", "/fichiers", None),
            entry("À rapprocher", "/rapprochements", Some("12")),
            entry("Réglages", "/reglages/territoires", None),
        ],
        search: true,
        user: Some(UserBadge::new("Clara Humbécourt", "Téléopératrice", false)),
        csrf: "c5rf".into(),
        flash: None,
        demo: true,
        lang: Lang::Fr,
    }
}

/// A frame with nothing in it: nobody signed in, no message, not a demo.
fn bare(lang: Lang) -> Shell {
    Shell { nav: Vec::new(), user: None, demo: false, lang, ..shell("") }
}

fn done(text: &str) -> Flash {
    Flash { tone: Tone::Ok, title: text.into(), text: String::new(), action: None }
}

fn link(label: &str, href: &str) -> Link {
    Link::new(label, href)
}

fn tag(label: &str, tone: Tone) -> Tag {
    Tag::new(label, tone)
}

fn fact(term: &str, value: &str) -> Fact {
    Fact::new(term, value)
}

fn clock(legal: &str) -> Clock {
    Clock::new(legal.parse().unwrap(), 42, today())
}

fn pager() -> Pager {
    Pager { shown: "1 à 10 sur 46".into(), first: None, next: Some("?apres=k1".into()) }
}

fn empty() -> Empty {
    Empty {
        title: "Personne pour ces filtres".into(),
        text: "Enlevez un filtre ou élargissez le territoire.".into(),
        action: Some(link("Tout voir", "?")),
    }
}

fn stat(value: &str, label: &str, detail: &str, tone: Tone) -> Stat {
    Stat {
        value: value.into(),
        label: label.into(),
        detail: (!detail.is_empty()).then(|| detail.into()),
        href: (value != "0").then(|| "/55/orientation".into()),
        tone,
    }
}

fn task(label: &str, detail: &str, tag: Option<Tag>, clock: Option<Clock>) -> Task {
    Task { label: label.into(), href: "/55/orientation".into(), detail: Some(detail.into()), tag, clock }
}
