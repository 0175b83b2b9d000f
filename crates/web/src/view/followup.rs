//! The path of a person on their page, and the page of everything late.

use askama::Template;

use super::parts::{Empty, Link, Pager, Stat, Tag};
use super::people::PersonRow;
use super::shell::Shell;

/// The panel of the path on a person's page.
#[derive(Debug, Clone, Default)]
pub struct PathPanel {
    /// What is owed, the earliest first.
    pub steps: Vec<StepLine>,
    /// What was recorded, the last first.
    pub acts: Vec<ActLine>,
    /// What one may do.
    pub links: Vec<Link>,
}

/// A due step.
#[derive(Debug, Clone)]
pub struct StepLine {
    /// « Faire le point », to its page where it has one.
    pub what: String,
    /// « avant le 24 déc. ».
    pub when: String,
    /// Who must act.
    pub who: String,
    /// Why.
    pub why: String,
    /// It is late.
    pub late: Option<Tag>,
    /// Where it is done.
    pub link: Option<Link>,
}

/// An act of a path.
#[derive(Debug, Clone)]
pub struct ActLine {
    /// « Suivi clos : départ du département ».
    pub title: String,
    /// A contest that waits for its answer.
    pub tag: Option<Tag>,
    /// Who, when, how, until when.
    pub lines: Vec<String>,
    /// What was written, line by line, for who may read it.
    pub text: Vec<String>,
    /// Where it is answered.
    pub link: Option<Link>,
}

/// `/{department}/retards`: everything late, by team.
#[derive(Template)]
#[template(path = "followup/late.html")]
pub struct LatePage {
    /// The frame.
    pub shell: Shell,
    /// How many people, in a sentence.
    pub summary: String,
    /// That small numbers are masked; empty where they are not.
    pub masked: String,
    /// Who follows whom, for who leads.
    pub team: Option<Link>,
    /// Who is forgotten.
    pub forgotten: Link,
    /// The teams, the most late first.
    pub teams: Vec<LateTeam>,
    /// When nothing is late.
    pub empty: Empty,
}

/// A team and what is late there.
#[derive(Debug, Clone)]
pub struct LateTeam {
    /// Its territory.
    pub name: String,
    /// « 12 personnes », to their list where one may open it.
    pub people: LateNumber,
    /// By kind of step.
    pub kinds: Vec<LateLine>,
    /// By who must act; empty where one may not open people.
    pub owners: Vec<LateLine>,
}

/// A number of people.
#[derive(Debug, Clone)]
pub struct LateNumber {
    /// « 12 », or « moins de 5 ».
    pub value: String,
    /// The people behind it.
    pub href: Option<String>,
}

/// How many people have something late, of a kind or for somebody.
#[derive(Debug, Clone)]
pub struct LateLine {
    /// The kind, or who must act.
    pub label: String,
    /// How many people.
    pub people: LateNumber,
    /// Who must act for that kind, or since when for somebody.
    pub since: String,
}

/// `/{department}/retards/personnes`: the people behind a number.
#[derive(Template)]
#[template(path = "followup/late_people.html")]
pub struct LatePeople {
    /// The frame.
    pub shell: Shell,
    /// « 12 personnes en retard ».
    pub title: String,
    /// Where, for what, who must act.
    pub summary: String,
    /// Back to the numbers.
    pub back: Link,
    /// The people.
    pub rows: Vec<PersonRow>,
    /// Where one is in the list.
    pub pager: Pager,
    /// When there is nobody.
    pub empty: Empty,
}

/// `/{department}/equipe`.
#[derive(Template)]
#[template(path = "followup/team.html")]
pub struct TeamPage {
    /// The frame.
    pub shell: Shell,
    /// How many they are, and how many people they follow.
    pub summary: String,
    /// What is to be looked at first.
    pub stats: Vec<Stat>,
    /// Who follows people.
    pub rows: Vec<TeamLine>,
    /// Over which days attendance is counted.
    pub attendance: String,
    /// When nobody does.
    pub empty: Empty,
    /// Everything late.
    pub late: Link,
}

/// Who follows people.
#[derive(Debug, Clone)]
pub struct TeamLine {
    /// Name.
    pub name: String,
    /// The side, the structure.
    pub meta: String,
    /// Gone, or above what they can.
    pub tag: Option<Tag>,
    /// « 28 sur 30 »; `None` for nobody.
    pub follows: Option<String>,
    /// How full, and beyond, in hundredths.
    pub bar: Option<(u64, u64)>,
    /// Those at work, those whose programme ends soon.
    pub notes: Vec<String>,
    /// How many people are late, to their list.
    pub late: Option<Link>,
    /// Of them, how many for a contract.
    pub contracts: Option<Link>,
    /// Appointments of the last days.
    pub met: Option<String>,
    /// Their first free slot.
    pub free: Option<String>,
    /// Where their people are handed over.
    pub hand_over: Option<Link>,
}

/// `/{department}/oubliees`.
#[derive(Template)]
#[template(path = "followup/forgotten.html")]
pub struct ForgottenPage {
    /// The frame.
    pub shell: Shell,
    /// How many, or what the page is.
    pub summary: String,
    /// The territories of which nobody answers.
    pub teams: Vec<String>,
    /// Late for long, and nothing was written.
    pub silent: Vec<PersonRow>,
    /// Late for long, and somebody tried.
    pub tried: Vec<PersonRow>,
    /// By territory, for who may not open people.
    pub places: Vec<LateLine>,
    /// There are others.
    pub more: Option<String>,
    /// When nobody is.
    pub empty: Empty,
    /// Everything late.
    pub late: Link,
}

impl ForgottenPage {
    /// Nobody is forgotten, and somebody answers everywhere.
    pub fn is_empty(&self) -> bool {
        self.teams.is_empty() && self.silent.is_empty() && self.tried.is_empty() && self.places.is_empty()
    }
}
