//! Still at work after 1, 3, 6, 12 months? (`product.md` § 4.11)
//!
//! Counted from the first day of an outcome, over whatever followed it: who left for something better is kept.

use chrono::NaiveDate;

use super::outcome::Outcome;
use crate::time::{plus_days, plus_months};

/// The months at which it is counted.
pub const MONTHS: [u32; 4] = [1, 3, 6, 12];
/// News are taken some days before the date: they show what stands on it.
pub const BEFORE_DAYS: i64 = 10;

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// At work.
    Yes,
    /// Not at work any more.
    No,
    /// The date is over and nobody asked.
    Unknown,
    /// The date is to come: left out of every share (`rules.md` § 7).
    NotYet,
}

/// What is known of each month of [`MONTHS`] after the first day of `from`, among everything the person lived.
pub fn kept(from: &Outcome, all: &[Outcome], today: NaiveDate) -> [(u32, Kept); 4] {
    MONTHS.map(|months| (months, kept_on(plus_months(from.starts_on, months), all, today)))
}

fn kept_on(day: NaiveDate, all: &[Outcome], today: NaiveDate) -> Kept {
    let followed = || all.iter().filter(|one| one.kind.is_followed());
    // Shown by news from just before that day on, by an end that came later, or by a first day that is that near.
    let shown = |one: &&Outcome| {
        let from = plus_days(day, -BEFORE_DAYS);
        one.covers(day)
            && (one.ended_on.is_some()
                || one.starts_on >= from
                || one.seen_on.iter().any(|seen| *seen >= from))
    };
    if day > plus_days(today, BEFORE_DAYS) {
        return Kept::NotYet;
    }
    if followed().any(|one| shown(&one)) {
        return Kept::Yes;
    }
    if day > today {
        return Kept::NotYet;
    }
    if followed().any(|one| one.covers(day)) { Kept::Unknown } else { Kept::No }
}

#[cfg(test)]
mod tests {
    use Kept::{NotYet, Unknown, Yes};

    use super::super::outcome::{Act, Kind, Recorded, Told, fold};
    use super::super::plan::{Check, Plan};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lived(on: &str, acts: &[(Act, &str)]) -> Outcome {
        let told = Told {
            kind: Kind::Job,
            starts_on: day(on),
            ends_on: None,
            announced: false,
            plan: Plan::default(),
        };
        let recorded = |(kind, on): &(Act, &str)| Recorded {
            kind: *kind,
            held_on: day(on),
            check: Some(Check::Months(1)),
            until: None,
        };
        fold(&told, &acts.iter().map(recorded).collect::<Vec<_>>())
    }

    #[test]
    fn odile_is_kept_as_news_are_taken() {
        let news = [(Act::News, "2027-07-20"), (Act::News, "2027-09-20")];
        let job = lived("2027-06-22", &news);
        let of = |today| kept(&job, std::slice::from_ref(&job), day(today)).map(|(_, kept)| kept);
        assert_eq!(of("2027-07-20"), [Yes, NotYet, NotYet, NotYet]);
        assert_eq!(of("2027-09-21"), [Yes, Yes, NotYet, NotYet]);
        // Nobody asked at six months.
        assert_eq!(of("2028-01-10"), [Yes, Yes, Unknown, NotYet]);
    }

    #[test]
    fn who_left_for_another_job_is_kept_and_who_left_for_nothing_is_not() {
        let first = lived("2027-05-03", &[(Act::News, "2027-05-31"), (Act::Ended, "2027-07-19")]);
        let second = lived("2027-07-19", &[(Act::News, "2027-08-17"), (Act::News, "2027-10-18")]);
        let both = [first.clone(), second];
        let at = day("2028-06-01");
        let of_both = kept(&first, &both, at).map(|(_, kept)| kept);
        assert_eq!(of_both, [Kept::Yes, Kept::Yes, Kept::Unknown, Kept::Unknown]);
        let alone = kept(&first, std::slice::from_ref(&first), at).map(|(_, kept)| kept);
        assert_eq!(alone, [Kept::Yes, Kept::No, Kept::No, Kept::No]);
    }
}
