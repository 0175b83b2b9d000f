//! Waves of invitations: the list, a new one with its numbers, one with its people.

use askama::Template;

use super::form::Field;
use super::parts::{Empty, FieldError, Link, Tag};
use super::shell::{NavItem, Shell};

/// `/{department}/agenda/vagues`: every wave.
#[derive(Template)]
#[template(path = "agenda/waves.html")]
pub struct Waves {
    /// The frame.
    pub shell: Shell,
    /// Pages of the room.
    pub tabs: Vec<NavItem>,
    /// Where a new one begins.
    pub new: String,
    /// The last made first.
    pub rows: Vec<WaveLine>,
    /// When there is none.
    pub empty: Empty,
}

/// A wave of the list.
#[derive(Debug, Clone)]
pub struct WaveLine {
    /// « Premier rendez-vous, avec Samira Lahaye », to its page.
    pub link: Link,
    /// Goes on, or over.
    pub state: Tag,
    /// « 40 personnes : 12 invitées, 20 en attente, 8 ont un rendez-vous ».
    pub numbers: String,
    /// « Faite le 27 novembre par Thierry Lahaye, heures jusqu’au 18 décembre ».
    pub meta: String,
}

/// `/{department}/agenda/vagues/nouvelle`: who, to what, and the numbers before anything is sent.
#[derive(Template)]
#[template(path = "agenda/wave_new.html")]
pub struct NewWave {
    /// The frame.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// Where it is sent.
    pub action: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
    /// Who.
    pub who: Vec<Field>,
    /// To what.
    pub what: Vec<Field>,
    /// What it would do; `None` before it was asked.
    pub plan: Option<PlanView>,
}

/// Hours against people.
#[derive(Debug, Clone)]
pub struct PlanView {
    /// « 40 personnes, 12 heures libres : 12 sont invitées maintenant ».
    pub lead: String,
    /// What explains it, a line each.
    pub lines: Vec<String>,
    /// There is somebody to invite or to plan.
    pub may_send: bool,
}

/// `/{department}/agenda/vagues/{id}`: one wave.
#[derive(Template)]
#[template(path = "agenda/wave.html")]
pub struct WavePage {
    /// The frame.
    pub shell: Shell,
    /// The list.
    pub back: Link,
    /// What it offers.
    pub title: String,
    /// When, by whom, until when.
    pub lead: String,
    /// How many people stand where.
    pub numbers: Vec<(String, String)>,
    /// The people, in their order.
    pub people: Vec<WavePerson>,
    /// Where one says that nobody more is invited; `None` when nobody waits.
    pub stop: Option<String>,
}

/// Somebody in a wave.
#[derive(Debug, Clone)]
pub struct WavePerson {
    /// Their messages.
    pub link: Link,
    /// Where they stand.
    pub state: Tag,
    /// « invitée le 27 novembre »; may be empty.
    pub when: String,
}
