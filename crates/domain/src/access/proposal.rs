//! A person proposed to a structure: what it sees of them, from when to when (`product.md` § 4.10, `rules.md` § 4).
//!
//! Names are always told. Everything else is ticked one by one; a NIR, a right, a household, a note or a number of a dossier
//! cannot be. An offer of the structure will name its proposal; nothing here asks for one.

use chrono::NaiveDate;

use super::relation::Relation;
use super::visibility::{self, Level};
use crate::time::{plus_days, plus_months};

/// Days that a proposal lasts when its author says nothing.
pub const USUAL_DAYS: i64 = 30;

/// Months that a proposal lasts at most.
pub const MOST_MONTHS: u32 = 6;

/// Most characters of what is written to the structure.
pub const LONGEST_TEXT: usize = 2_000;

/// Most characters of its answer.
pub const LONGEST_ANSWER: usize = 1_000;

/// Something of a person that a proposal may tell beside their name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// A telephone that reaches them.
    Phone,
    /// An e-mail address that reaches them.
    Email,
    /// The commune where they live; never the street.
    Commune,
    /// Their age; never the birth date.
    Age,
}

impl Shared {
    /// All of it, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Phone, Self::Email, Self::Commune, Self::Age];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Commune => "commune",
            Self::Age => "age",
        }
    }

    /// Reads [`Shared::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shared| shared.code() == code)
    }

    /// What a proposal tells, as the database holds it: `phone age`.
    pub fn join(all: &[Self]) -> String {
        Self::ALL.into_iter().filter(|one| all.contains(one)).map(Self::code).collect::<Vec<_>>().join(" ")
    }

    /// Reads [`Shared::join`]; a word that is not known tells nothing.
    pub fn split(text: &str) -> Vec<Self> {
        text.split_whitespace().filter_map(Self::parse).collect()
    }
}

/// What a structure answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reply {
    /// It meets the person.
    Accepted,
    /// It does not; it then stops seeing them.
    Declined,
}

impl Reply {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Accepted, Self::Declined];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    /// Reads [`Reply::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.code() == code)
    }
}

/// From when to when a proposal lasts, and what was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Its first day.
    pub since: NaiveDate,
    /// Its last day, included.
    pub until: NaiveDate,
    /// The day on which a professional ended it.
    pub ended_on: Option<NaiveDate>,
    /// What the structure answered.
    pub reply: Option<Reply>,
}

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It waits for an answer.
    Waiting,
    /// Accepted, and it lasts.
    Accepted,
    /// Declined.
    Declined,
    /// Ended by a professional.
    Ended,
    /// Its last day is over.
    Past,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Accepted, Self::Declined, Self::Ended, Self::Past];

    /// Whether the structure still sees the person.
    pub fn lasts(self) -> bool {
        matches!(self, Self::Waiting | Self::Accepted)
    }
}

impl Term {
    /// Where the proposal stands on `day`.
    pub fn standing(&self, day: NaiveDate) -> Standing {
        match (self.ended_on, self.reply) {
            (Some(_), _) => Standing::Ended,
            (None, Some(Reply::Declined)) => Standing::Declined,
            (None, _) if day > self.until => Standing::Past,
            (None, Some(Reply::Accepted)) => Standing::Accepted,
            (None, None) => Standing::Waiting,
        }
    }
}

/// What is known, on a day, of a reader, of the structure and of the person of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// When the proposal lasts.
    pub term: Term,
    /// The reader holds, that day, a role to which people are proposed, in the structure of the proposal.
    pub member: bool,
    /// The structure is open that day.
    pub open: bool,
    /// The person is neither archived, nor anonymous, nor frozen at their request.
    pub present: bool,
}

impl Case {
    /// Whether the reader sees what the proposal tells, on `day`.
    pub fn is_seen(&self, day: NaiveDate) -> bool {
        let sent = self.member
            && self.open
            && self.present
            && self.term.since <= day
            && self.term.standing(day).lasts();
        let case = visibility::Case { sent, ..visibility::Case::default() };
        visibility::sees(Relation::Proposed, Level::Partner, case)
    }
}

/// The last day that a form offers first.
pub fn usual_last_day(first: NaiveDate) -> NaiveDate {
    plus_days(first, USUAL_DAYS)
}

/// The latest last day that a proposal may have.
pub fn latest_last_day(first: NaiveDate) -> NaiveDate {
    plus_months(first, MOST_MONTHS)
}

/// Whether a proposal that begins on `first` may end on `last`.
pub fn may_end_on(first: NaiveDate, last: NaiveDate) -> bool {
    (first..=latest_last_day(first)).contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn case() -> Case {
        let term = Term { since: day("2026-11-26"), until: day("2026-12-26"), ended_on: None, reply: None };
        Case { term, member: true, open: true, present: true }
    }

    #[test]
    fn it_is_seen_from_its_first_day_to_its_last_both_included() {
        for (on, seen) in
            [("2026-11-25", false), ("2026-11-26", true), ("2026-12-26", true), ("2026-12-27", false)]
        {
            assert_eq!(case().is_seen(day(on)), seen, "{on}");
        }
    }

    #[test]
    fn each_thing_that_ends_it_is_enough() {
        let today = day("2026-12-01");
        let with = |change: fn(&mut Case)| {
            let mut changed = case();
            change(&mut changed);
            changed.is_seen(today)
        };
        assert!(with(|_| ()) && with(|c| c.term.reply = Some(Reply::Accepted)));
        assert!(!with(|c| c.member = false) && !with(|c| c.open = false) && !with(|c| c.present = false));
        assert!(!with(|c| c.term.reply = Some(Reply::Declined)));
        assert!(!with(|c| c.term.ended_on = Some(c.term.since)), "the day it ends, it is over");
    }

    #[test]
    fn six_months_at_most_and_never_before_it_begins() {
        let first = day("2026-08-31");
        assert_eq!((usual_last_day(first), latest_last_day(first)), (day("2026-09-30"), day("2027-02-28")));
        assert!(may_end_on(first, first) && may_end_on(first, day("2027-02-28")));
        assert!(!may_end_on(first, day("2026-08-30")) && !may_end_on(first, day("2027-03-01")));
    }

    #[test]
    fn what_is_told_is_read_again_in_its_order() {
        assert_eq!(Shared::join(&[Shared::Age, Shared::Phone]), "phone age");
        assert_eq!(Shared::split("age nir phone"), [Shared::Age, Shared::Phone]);
        assert!(Shared::ALL.into_iter().all(|one| Shared::parse(one.code()) == Some(one)));
        assert!(Reply::ALL.into_iter().all(|one| Reply::parse(one.code()) == Some(one)));
    }

    proptest! {
        #[test]
        fn nobody_outside_of_the_structure_ever_sees_it(after in -400i64..400, open: bool, present: bool) {
            let outside = Case { member: false, open, present, ..case() };
            prop_assert!(!outside.is_seen(plus_days(outside.term.since, after)));
        }

        #[test]
        fn what_is_seen_lasts(after in -400i64..400, length in 0i64..184) {
            let mut seen = case();
            seen.term.until = plus_days(seen.term.since, length);
            let on = plus_days(seen.term.since, after);
            prop_assert_eq!(seen.is_seen(on), (0..=length).contains(&after));
        }
    }
}
