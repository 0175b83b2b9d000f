//! One return to work, one training, one business, from the acts that were recorded of it.
//!
//! ```text
//! announced ──▶ open (news, a later end) ──▶ ended (a reason)
//!     │           └──▶ no longer followed (a reason, or the last news were taken)
//!     ├──▶ not begun
//!     └──▶ unknown: nobody follows the person any more
//! any ──▶ withdrawn: it was written by mistake
//! ```
//! Acts are added, never changed. An end that was written down in advance says nothing of what happened: somebody asks.

use chrono::NaiveDate;

use super::plan::{Check, Plan};
use crate::coded::coded;
use crate::time::{plus_days, plus_months};

/// How far back a first day may be written, in months.
pub const BACK_MONTHS: u32 = 24;
/// How far ahead a first day may be announced, in months.
pub const AHEAD_MONTHS: u32 = 6;
/// Most hours a week.
pub const MOST_HOURS: u32 = 60;

coded! {
    /// What it is.
    Kind {
        /// A job.
        Job = "job",
        /// A job in a structure of insertion through economic activity (SIAE).
        Iae = "iae",
        /// A training.
        Training = "training",
        /// A business of one's own.
        Business = "business",
        /// Volunteering: told, and no return to work.
        Volunteering = "volunteering",
    }
}

impl Kind {
    /// News are taken of it, and the person stands there (`rules.md` § 1).
    pub fn is_followed(self) -> bool {
        self != Self::Volunteering
    }

    /// Somebody is employed: a contract of work is told.
    pub fn is_employed(self) -> bool {
        matches!(self, Self::Job | Self::Iae)
    }
}

coded! {
    /// The contract of work. France Travail writes CDI, CDD, MIS, DDI, SAI; an apprentice has a CDD there.
    Work {
        /// CDI.
        Permanent = "permanent",
        /// CDD.
        FixedTerm = "fixed_term",
        /// Mission of a temporary agency.
        Temporary = "temporary",
        /// CDD of insertion, of an SIAE.
        Insertion = "insertion",
        /// Apprenticeship or professionalisation.
        Apprenticeship = "apprenticeship",
        /// Seasonal.
        Seasonal = "seasonal",
        /// Anything else.
        Other = "other",
    }
}

coded! {
    /// What is recorded.
    Act {
        /// It began on that day.
        Started = "started",
        /// It did not begin.
        NotStarted = "not_started",
        /// News were taken.
        News = "news",
        /// It goes on until another day, or without end.
        Extended = "extended",
        /// It is over.
        Ended = "ended",
        /// News are not taken any more.
        Closed = "closed",
        /// It was written by mistake.
        Withdrawn = "withdrawn",
    }
}

coded! {
    /// How it goes.
    Going {
        /// Well.
        Well = "well",
        /// Something may break it: hours, travel, childcare, the team, pay.
        Fragile = "fragile",
    }
}

coded! {
    /// Why it is over.
    EndReason {
        /// The end that was agreed.
        Term = "term",
        /// Something better: nearer, longer, more hours.
        Better = "better",
        /// During the trial period.
        Trial = "trial",
        /// The person left.
        Resigned = "resigned",
        /// The employer ended it.
        Dismissed = "dismissed",
        /// Health, without more.
        Health = "health",
        /// Travel, childcare, hours.
        Constraint = "constraint",
        /// Anything else, in words.
        Other = "other",
    }
}

coded! {
    /// Why news are not taken any more.
    CloseReason {
        /// The person wishes it.
        Request = "request",
        /// Nobody could reach them.
        Lost = "lost",
        /// The path was ended, or they left the département.
        PathEnded = "path_ended",
        /// Another return to work is followed in its place.
        Replaced = "replaced",
        /// Anything else, in words.
        Other = "other",
    }
}

/// An act, as the outcome reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// What it is.
    pub kind: Act,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// The news of this moment were taken.
    pub check: Option<Check>,
    /// The date that it sets: the next contact that was agreed, or the later end.
    pub until: Option<NaiveDate>,
}

/// What was written when it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is.
    pub kind: Kind,
    /// The first day, or the day on which it is to begin.
    pub starts_on: NaiveDate,
    /// The last day, when it has one.
    pub ends_on: Option<NaiveDate>,
    /// It was to begin later.
    pub announced: bool,
    /// When news are taken.
    pub plan: Plan,
}

/// Where an outcome stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is to begin.
    Announced,
    /// It goes on.
    Open,
    /// It was, and is over.
    Ended,
    /// It did not begin.
    NotStarted,
    /// It was to begin, and nobody follows the person any more.
    Unknown,
    /// Written by mistake: counted nowhere.
    Withdrawn,
}

impl Stage {
    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Open => "open",
            Self::Ended => "ended",
            Self::NotStarted => "not_started",
            Self::Unknown => "unknown",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether this act follows from where it stands.
    pub fn allows(self, act: Act) -> bool {
        match act {
            Act::Started | Act::NotStarted => self == Self::Announced,
            Act::News | Act::Extended | Act::Ended => self == Self::Open,
            Act::Closed => matches!(self, Self::Announced | Self::Open),
            Act::Withdrawn => self != Self::Withdrawn,
        }
    }
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub stage: Stage,
    /// The first day; that which was announced as long as it has not begun.
    pub starts_on: NaiveDate,
    /// The end that is known in advance.
    pub ends_on: Option<NaiveDate>,
    /// The day it ended.
    pub ended_on: Option<NaiveDate>,
    /// The last moment of the plan whose news were taken.
    pub done: Option<Check>,
    /// News are not taken any more.
    pub closed: bool,
    /// The days on which something shows that it was going on.
    pub seen_on: Vec<NaiveDate>,
    plan: Plan,
}

/// What its acts make of an outcome.
pub fn fold(told: &Told, acts: &[Recorded]) -> Outcome {
    let mut it = Outcome {
        kind: told.kind,
        stage: if told.announced { Stage::Announced } else { Stage::Open },
        starts_on: told.starts_on,
        ends_on: told.ends_on,
        ended_on: None,
        done: None,
        closed: false,
        seen_on: Vec::new(),
        plan: told.plan.clone(),
    };
    for act in acts {
        it.take(act);
    }
    it
}

impl Outcome {
    fn take(&mut self, act: &Recorded) {
        match act.kind {
            Act::Started => {
                self.stage = Stage::Open;
                self.starts_on = act.held_on;
            }
            Act::NotStarted => self.stage = Stage::NotStarted,
            Act::News => {
                self.done = self.done.max(act.check);
                self.seen_on.push(act.held_on);
            }
            Act::Extended => {
                self.ends_on = act.until;
                self.seen_on.push(act.held_on);
            }
            Act::Ended => {
                self.stage = Stage::Ended;
                self.ended_on = Some(act.held_on);
            }
            Act::Closed if self.stage == Stage::Announced => self.stage = Stage::Unknown,
            Act::Closed => self.closed = true,
            Act::Withdrawn => self.stage = Stage::Withdrawn,
        }
    }

    /// The next moment at which news are taken, with its day; `None` when nothing is owed any more, or not yet.
    pub fn next_check(&self) -> Option<(Check, NaiveDate)> {
        let follows = self.kind.is_followed() && self.stage == Stage::Open && !self.closed;
        let next = self.plan.after(self.done).filter(|_| follows)?;
        Some((next, next.day(self.starts_on)))
    }

    /// The person stands there: it goes on, and its months are not over.
    pub fn is_lived(&self) -> bool {
        self.next_check().is_some()
    }

    /// It was going on at the end of that day, as far as is known.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let began = matches!(self.stage, Stage::Open | Stage::Ended) && self.starts_on <= day;
        began && self.ended_on.is_none_or(|end| end >= day)
    }

    /// The moments of the plan that are still to come; none of what is not followed.
    pub fn left(&self) -> Vec<Check> {
        if self.kind.is_followed() { self.plan.left(self.done).collect() } else { Vec::new() }
    }

    /// Its months are over, or somebody said that news are not taken any more.
    pub fn is_followed_no_more(&self) -> bool {
        self.kind.is_followed() && (self.closed || self.left().is_empty())
    }
}

/// Why an outcome, or what is said of it, is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something of a list is missing.
    #[error("Choisissez une réponse dans la liste.")]
    Choice,
    /// The first day is too far.
    #[error("Donnez un premier jour entre il y a deux ans et dans six mois.")]
    Start,
    /// The last day is before the first.
    #[error("La fin prévue vient après le premier jour.")]
    End,
    /// Not so many hours.
    #[error("Donnez un nombre d’heures par semaine entre 1 et 60.")]
    Hours,
    /// Nothing says which one.
    #[error("Écrivez l’employeur, l’organisme ou l’activité.")]
    Name,
    /// The day is not between the first day and today.
    #[error("Donnez un jour entre le premier jour et aujourd’hui.")]
    Day,
    /// The next contact is not after today.
    #[error("Le prochain contact convenu vient après aujourd’hui, dans les six mois.")]
    Next,
    /// Something may break it, and nobody would look.
    #[error("Quelque chose est fragile : convenez du jour du prochain contact.")]
    Agree,
    /// A reason in words is needed.
    #[error("Écrivez la raison en quelques mots.")]
    Words,
    /// It changed in between.
    #[error("Cette reprise d’activité a changé entre-temps : relisez la fiche.")]
    Stage,
}

/// The first day, and whether it is to come.
///
/// # Errors
/// [`Refusal::Start`].
pub fn start(typed: Option<NaiveDate>, today: NaiveDate) -> Result<(NaiveDate, bool), Refusal> {
    let day = typed.ok_or(Refusal::Start)?;
    let oldest = today.checked_sub_months(chrono::Months::new(BACK_MONTHS)).unwrap_or(today);
    let fits = day >= oldest && day <= plus_months(today, AHEAD_MONTHS);
    fits.then_some((day, day > today)).ok_or(Refusal::Start)
}

/// The day of what is said of an outcome that began; today when none is typed.
///
/// # Errors
/// [`Refusal::Day`].
pub fn day(typed: Option<NaiveDate>, starts: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let day = typed.unwrap_or(today);
    (day <= today && day >= starts).then_some(day).ok_or(Refusal::Day)
}

/// The next contact: after today, within six months; asked for when something is fragile.
///
/// # Errors
/// [`Refusal::Next`], [`Refusal::Agree`].
pub fn agreed(
    typed: Option<NaiveDate>,
    going: Going,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Refusal> {
    if typed.is_none() && going == Going::Fragile {
        return Err(Refusal::Agree);
    }
    let fits = typed.is_none_or(|day| day > today && day <= plus_months(today, AHEAD_MONTHS));
    if fits { Ok(typed) } else { Err(Refusal::Next) }
}

/// When somebody is called whose work ended, or did not begin, and who has no other: the next day.
pub fn after_an_end(today: NaiveDate) -> NaiveDate {
    plus_days(today, 1)
}
