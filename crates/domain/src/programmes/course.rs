//! The course of somebody in a programme, from the acts that were recorded of it.
//!
//! ```text
//!                 ┌──▶ refused (a reason, what next, again from a day)
//! prescribed ─────┼──▶ declined (by the person: no consequence)
//!     │           ├──▶ waiting ──▶ enrolled
//!     │           └──────────────▶ enrolled ──▶ renewed (a later end)
//!     └──▶ withdrawn                  │  └────▶ paused (a reason, an end) ──▶ resumed
//!                                     ├─▶ renewal asked ──▶ renewed, or not (in words)
//!                                     └───────▶ exited (a reason)
//! ```
//! Acts are added, never changed (`product.md` § 3). The clock of contacts is `rules.md` § 2.

use chrono::NaiveDate;
use reference::holidays::{Zone, after_working_days};

use super::owed::Owed;
use super::programme::{StartsFrom, Terms};
use crate::coded::coded;
use crate::time::{plus_days, plus_months};

/// Working days to answer where the programme says nothing.
pub const ANSWER_WORKING_DAYS: u32 = 10;
/// Days after which a place on the waiting list is looked at again.
pub const WAITING_DAYS: i64 = 30;
/// Days from the entry to the diagnosis.
pub const DIAGNOSE_DAYS: i64 = 21;
/// Days before the end at which it is prepared.
pub const BEFORE_END_DAYS: i64 = 30;
/// Longest pause, in months.
pub const PAUSE_MONTHS: u32 = 6;

coded! {
    /// What is recorded.
    Kind {
        /// Somebody proposed the person.
        Prescribed = "prescribed",
        /// They fit, and wait for a place.
        Waiting = "waiting",
        /// They enter.
        Enrolled = "enrolled",
        /// Not now: a reason and what next.
        Refused = "refused",
        /// The person does not wish to; no consequence.
        Declined = "declined",
        /// Who prescribed takes it back.
        Withdrawn = "withdrawn",
        /// It goes on after its end.
        Renewed = "renewed",
        /// Who follows asks that it goes on: who decides of it owes an answer.
        RenewalAsked = "renewal_asked",
        /// It does not go on, in words.
        RenewalDenied = "renewal_denied",
        /// Contacts stop for a time.
        Paused = "paused",
        /// They go on again.
        Resumed = "resumed",
        /// A point that the programme sets was held, or is no longer useful.
        Point = "point",
        /// They leave.
        Exited = "exited",
    }
}

coded! {
    /// Why somebody is not taken now.
    RefusalReason {
        /// They cannot come.
        Travel = "travel",
        /// They are not free at these hours.
        Availability = "availability",
        /// The language comes first.
        Language = "language",
        /// Something else comes first: health, housing.
        OtherFirst = "other_first",
        /// They do not fit the public.
        Public = "public",
        /// No place.
        NoPlace = "no_place",
        /// Anything else, in words.
        Other = "other",
    }
}

coded! {
    /// Why contacts stop for a time.
    PauseReason {
        /// Health, without more.
        Health = "health",
        /// Family.
        Family = "family",
        /// Training or an immersion under way.
        Training = "training",
        /// Away.
        Away = "away",
        /// Anything else, in words.
        Other = "other",
    }
}

coded! {
    /// Why somebody leaves.
    ExitReason {
        /// Work.
        Job = "job",
        /// A training.
        Training = "training",
        /// The end of the programme, whatever follows.
        Finished = "finished",
        /// Another programme suits better.
        OtherProgramme = "other_programme",
        /// The person wishes it.
        Request = "request",
        /// They left the département.
        Moved = "moved",
        /// The right is closed.
        RightClosed = "right_closed",
        /// Nobody could reach them.
        Lost = "lost",
        /// The path was ended.
        PathEnded = "path_ended",
        /// Anything else, in words.
        Other = "other",
    }
}

/// An act, as the course reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// What it is.
    pub kind: Kind,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// The date that it sets: before when to answer, the end of a pause, the new end, from when it may be proposed again.
    pub until: Option<NaiveDate>,
    /// Which point of the programme it is about, by its day ([`super::milestone::Milestone::day`]).
    pub point: Option<u32>,
}

/// Where a course stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// An answer is awaited.
    Prescribed,
    /// On the waiting list.
    Waiting,
    /// Active.
    Active,
    /// Active, contacts stopped until that day.
    Paused(NaiveDate),
    /// Refused, declined, withdrawn, or left.
    Over(Kind),
}

impl Stage {
    /// An answer or a place is awaited.
    pub fn is_awaited(self) -> bool {
        matches!(self, Self::Prescribed | Self::Waiting)
    }

    /// Somebody is in the programme.
    pub fn is_active(self) -> bool {
        matches!(self, Self::Active | Self::Paused(_))
    }

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Prescribed => "prescribed",
            Self::Waiting => "waiting",
            Self::Active => "active",
            Self::Paused(_) => "paused",
            Self::Over(kind) => kind.code(),
        }
    }
}

/// The course of somebody in a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Where it stands.
    pub stage: Stage,
    /// Since when it stands there.
    pub since: NaiveDate,
    /// Before when an answer is owed.
    pub answer_by: Option<NaiveDate>,
    /// The day they entered.
    pub enrolled_on: Option<NaiveDate>,
    /// The first day of its length, once known.
    pub starts_on: Option<NaiveDate>,
    /// The last day, once known.
    pub ends_on: Option<NaiveDate>,
    /// How many times it was renewed.
    pub renewals: u32,
    /// A renewal was asked for, and nobody has answered yet.
    pub asked: bool,
    /// The end of the last pause that is over.
    pub resumed_on: Option<NaiveDate>,
    /// The day of the first individual contact since they entered.
    pub met_on: Option<NaiveDate>,
    /// The day of the last one.
    pub seen_on: Option<NaiveDate>,
}

/// Why an act is not recorded now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Bar {
    /// Not from this stage.
    #[error("Cette prescription ou ce parcours a changé entre-temps : relisez la fiche.")]
    Stage,
    /// No renewal is left.
    #[error("Ce dispositif ne se renouvelle plus : préparez la sortie ou un autre parcours.")]
    Renewals,
    /// No first meeting yet.
    #[error("Aucun premier entretien n’a eu lieu : sa fin n’est pas encore fixée.")]
    NotStarted,
}

/// What the acts and the days of individual contacts make of a course; `None` when nothing was recorded.
pub fn fold(acts: &[Recorded], contacts: &[NaiveDate], terms: Terms) -> Option<Course> {
    let first = acts.first()?;
    let mut course = Course {
        stage: Stage::Prescribed,
        since: first.held_on,
        answer_by: None,
        enrolled_on: None,
        starts_on: None,
        ends_on: None,
        renewals: 0,
        asked: false,
        resumed_on: None,
        met_on: None,
        seen_on: None,
    };
    for act in acts {
        course.take(act, contacts, terms);
    }
    course.meet(contacts);
    Some(course)
}

impl Kind {
    /// It leaves the course where it stands.
    fn is_on_the_way(self) -> bool {
        matches!(self, Self::Renewed | Self::RenewalAsked | Self::RenewalDenied | Self::Point)
    }
}

impl Course {
    fn take(&mut self, act: &Recorded, contacts: &[NaiveDate], terms: Terms) {
        self.stage = match act.kind {
            Kind::Prescribed | Kind::Waiting => {
                self.answer_by = act.until;
                if act.kind == Kind::Waiting { Stage::Waiting } else { Stage::Prescribed }
            }
            Kind::Enrolled => {
                self.enrolled_on = Some(act.held_on);
                self.answer_by = None;
                self.start(contacts, terms);
                Stage::Active
            }
            Kind::RenewalAsked | Kind::RenewalDenied => {
                self.asked = act.kind == Kind::RenewalAsked;
                self.stage
            }
            Kind::Renewed => {
                self.renewals += 1;
                self.asked = false;
                self.ends_on = act.until.or(self.ends_on);
                self.stage
            }
            Kind::Point => self.stage,
            Kind::Paused => act.until.map_or(self.stage, Stage::Paused),
            Kind::Resumed => {
                self.resumed_on = Some(act.held_on);
                Stage::Active
            }
            Kind::Refused | Kind::Declined | Kind::Withdrawn | Kind::Exited => Stage::Over(act.kind),
        };
        if !act.kind.is_on_the_way() {
            self.since = act.held_on;
        }
    }

    fn start(&mut self, contacts: &[NaiveDate], terms: Terms) {
        let since = self.enrolled_on;
        let met = contacts.iter().copied().filter(|day| since.is_some_and(|since| *day >= since)).min();
        self.starts_on = match terms.duration.starts_from {
            StartsFrom::Enrolment => since,
            StartsFrom::FirstMeeting => met,
        };
        self.ends_on = self.starts_on.map(|day| terms.duration.last_day(day));
    }

    /// Contacts since they entered; one held on or after the end of a pause ends it.
    fn meet(&mut self, contacts: &[NaiveDate]) {
        let Some(since) = self.enrolled_on else { return };
        let after = |day: &NaiveDate| *day >= since;
        self.met_on = contacts.iter().copied().filter(after).min();
        self.seen_on = contacts.iter().copied().filter(after).max();
        if let (Stage::Paused(until), Some(seen)) = (self.stage, self.seen_on)
            && seen >= until
        {
            self.stage = Stage::Active;
            self.resumed_on = Some(until);
        }
    }

    /// Whether it may still be renewed.
    pub fn renewals_left(&self, terms: Terms) -> bool {
        terms.duration.renewals_max.is_none_or(|most| self.renewals < most)
    }

    /// Whether this act follows from where the course stands.
    ///
    /// # Errors
    /// [`Bar`].
    pub fn may(&self, kind: Kind, terms: Terms) -> Result<(), Bar> {
        let fits = match kind {
            Kind::Prescribed => false,
            Kind::Waiting => self.stage == Stage::Prescribed,
            Kind::Enrolled | Kind::Refused | Kind::Declined | Kind::Withdrawn => self.stage.is_awaited(),
            Kind::Renewed | Kind::RenewalAsked => {
                if self.stage.is_active() && !self.renewals_left(terms) {
                    return Err(Bar::Renewals);
                }
                if self.stage.is_active() && self.ends_on.is_none() {
                    return Err(Bar::NotStarted);
                }
                self.stage.is_active() && !(self.asked && kind == Kind::RenewalAsked)
            }
            Kind::RenewalDenied => self.stage.is_active() && self.asked,
            Kind::Paused => self.stage == Stage::Active,
            Kind::Resumed => matches!(self.stage, Stage::Paused(_)),
            Kind::Exited | Kind::Point => self.stage.is_active(),
        };
        if fits { Ok(()) } else { Err(Bar::Stage) }
    }

    /// The dates that it sets. `diagnosed`: the diagnosis is complete, by the sides that the programme asks.
    pub fn owed(&self, terms: Terms, diagnosed: bool) -> Owed {
        let mut owed = Owed::default();
        match self.stage {
            Stage::Prescribed | Stage::Waiting => owed.answer_by = self.answer_by,
            Stage::Active | Stage::Paused(_) => {
                let entered = self.enrolled_on.filter(|_| !diagnosed);
                owed.diagnose_by = entered.map(|day| plus_days(day, DIAGNOSE_DAYS));
                // Asked for, it is who decides that owes an answer, before the end.
                owed.decide_by = self.ends_on.filter(|_| self.asked);
                owed.renew_by =
                    self.ends_on.filter(|_| !self.asked).map(|day| plus_days(day, -BEFORE_END_DAYS));
                match (self.stage, self.seen_on, self.enrolled_on) {
                    (Stage::Paused(until), ..) => owed.paused_until = Some(until),
                    (_, Some(seen), _) => {
                        let from = self.resumed_on.map_or(seen, |day| seen.max(day));
                        owed.contact_by = Some(plus_days(from, i64::from(terms.contact_days)));
                    }
                    (_, None, Some(enrolled)) => {
                        let from = self.resumed_on.map_or(enrolled, |day| enrolled.max(day));
                        let days = i64::from(terms.duration.first_meeting_days);
                        owed.meet_by = Some(plus_days(from, days));
                    }
                    (_, None, None) => {}
                }
            }
            Stage::Over(_) => {}
        }
        owed
    }
}

/// Before when a prescription of that day is answered.
pub fn answer_by(prescribed: NaiveDate, days: Option<u32>, zone: Zone) -> NaiveDate {
    days.map_or_else(
        || after_working_days(prescribed, ANSWER_WORKING_DAYS, zone),
        |days| plus_days(prescribed, i64::from(days)),
    )
}

/// The end of a pause: after today, six months at most.
pub fn pause_end(typed: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    typed.filter(|day| *day > today && *day <= plus_months(today, PAUSE_MONTHS))
}

#[cfg(test)]
mod tests {
    use super::super::programme::tests::three_months;
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn act(kind: Kind, on: &str, until: Option<&str>) -> Recorded {
        Recorded { kind, held_on: day(on), until: until.map(day), point: None }
    }

    fn terms() -> Terms {
        three_months().terms().unwrap()
    }

    #[test]
    fn hugo_is_proposed_taken_met_and_seen_each_week() {
        let mut acts = vec![act(Kind::Prescribed, "2027-02-15", Some("2027-02-22"))];
        let asked = fold(&acts, &[], terms()).unwrap();
        assert_eq!(
            (asked.stage, asked.owed(terms(), true).answer_by),
            (Stage::Prescribed, Some(day("2027-02-22")))
        );
        acts.push(act(Kind::Enrolled, "2027-02-18", None));
        let taken = fold(&acts, &[], terms()).unwrap();
        // Before the first meeting its length does not run.
        assert_eq!((taken.ends_on, taken.owed(terms(), true).meet_by), (None, Some(day("2027-02-25"))));
        assert_eq!(taken.may(Kind::Renewed, terms()), Err(Bar::NotStarted));
        let met = fold(&acts, &[day("2027-01-29"), day("2027-02-22")], terms()).unwrap();
        assert_eq!((met.met_on, met.ends_on), (Some(day("2027-02-22")), Some(day("2027-05-21"))));
        assert_eq!(met.owed(terms(), true).contact_by, Some(day("2027-03-01")));
        acts.push(act(Kind::Renewed, "2027-05-13", Some("2027-08-21")));
        let renewed = fold(&acts, &[day("2027-02-22"), day("2027-05-12")], terms()).unwrap();
        assert_eq!((renewed.ends_on, renewed.renewals), (Some(day("2027-08-21")), 1));
        assert_eq!(renewed.may(Kind::Renewed, terms()), Err(Bar::Renewals));
    }

    #[test]
    fn a_pause_stops_contacts_until_its_end_and_somebody_owes_that_end() {
        let acts = [
            act(Kind::Prescribed, "2027-01-20", None),
            act(Kind::Enrolled, "2027-01-22", None),
            act(Kind::Paused, "2027-05-24", Some("2027-06-11")),
        ];
        let paused = fold(&acts, &[day("2027-01-26"), day("2027-05-14")], terms()).unwrap();
        let owed = paused.owed(terms(), true);
        assert_eq!((owed.contact_by, owed.paused_until), (None, Some(day("2027-06-11"))));
        // Seen on the day it ends: contacts go on from there.
        let seen = fold(&acts, &[day("2027-01-26"), day("2027-06-11")], terms()).unwrap();
        assert_eq!(seen.owed(terms(), true).contact_by, Some(day("2027-06-18")));
        // Seen before: what was agreed holds.
        let early = fold(&acts, &[day("2027-06-01")], terms()).unwrap();
        assert_eq!(early.stage, Stage::Paused(day("2027-06-11")));
        assert_eq!(pause_end(Some(day("2027-11-25")), day("2027-05-24")), None);
        assert_eq!(pause_end(Some(day("2027-11-24")), day("2027-05-24")), Some(day("2027-11-24")));
    }

    #[test]
    fn an_answer_is_owed_in_the_days_of_the_programme_or_ten_working_ones() {
        assert_eq!(answer_by(day("2027-01-20"), Some(7), Zone::Metropole), day("2027-01-27"));
        // 17 May is the Monday of Pentecost, 6 May is Ascension.
        assert_eq!(answer_by(day("2027-05-04"), None, Zone::Metropole), day("2027-05-20"));
    }

    proptest! {
        #[test]
        fn whoever_waits_or_is_in_a_programme_is_owed_something(
            kinds in proptest::collection::vec(0usize..Kind::ALL.len(), 1..12),
            contacts in proptest::collection::vec(0i32..900, 0..10),
        ) {
            let start = day("2027-01-01");
            let on = |n: i32| plus_days(start, i64::from(n));
            let mut acts = vec![Recorded { kind: Kind::Prescribed, held_on: start, until: Some(on(7)), point: None }];
            let contacts: Vec<NaiveDate> = contacts.into_iter().map(on).collect();
            for (n, kind) in kinds.into_iter().enumerate() {
                let course = fold(&acts, &contacts, terms()).unwrap();
                let kind = Kind::ALL[kind];
                if course.may(kind, terms()).is_ok() {
                    let held_on = on(i32::try_from(n).unwrap() * 30);
                    acts.push(Recorded { kind, held_on, until: Some(plus_days(held_on, 20)), point: None });
                }
            }
            let course = fold(&acts, &contacts, terms()).unwrap();
            let owed = course.owed(terms(), true);
            let undiagnosed = course.owed(terms(), false);
            prop_assert_eq!(undiagnosed.diagnose_by.is_some(), course.stage.is_active());
            let something = owed != Owed::default();
            prop_assert_eq!(something, !matches!(course.stage, Stage::Over(_)));
            // A pause and the next contact are never owed together.
            prop_assert!(owed.contact_by.is_none() || owed.paused_until.is_none());
        }
    }
}
