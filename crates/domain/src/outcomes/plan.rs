//! When news are taken of somebody who went back to work: the days and months that the programme sets.

use chrono::NaiveDate;

use crate::time::{plus_days, plus_months};

/// Months where no programme says more (`rules.md` § 2, `retention_check`).
pub const USUAL_MONTHS: [u32; 3] = [1, 3, 6];
/// The longest follow-up, in months.
const LONGEST_MONTHS: u32 = 24;

/// A moment at which news are taken, counted from the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// So many days after.
    Days(u32),
    /// So many months after, date to date.
    Months(u32),
}

impl Check {
    /// The day, for what began on `start`.
    pub fn day(self, start: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => plus_days(start, i64::from(days)),
            Self::Months(months) => plus_months(start, months),
        }
    }

    /// The word of the database: `d7`, `m3`.
    pub fn code(self) -> String {
        match self {
            Self::Days(days) => format!("d{days}"),
            Self::Months(months) => format!("m{months}"),
        }
    }

    /// Reads [`Check::code`].
    pub fn parse(code: &str) -> Option<Self> {
        let number = |text: &str| text.parse().ok();
        match code.split_at_checked(1)? {
            ("d", days) => number(days).map(Self::Days),
            ("m", months) => number(months).map(Self::Months),
            _ => None,
        }
    }
}

/// When news are taken, the first first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan(Vec<Check>);

impl Default for Plan {
    fn default() -> Self {
        Self(USUAL_MONTHS.into_iter().map(Check::Months).collect())
    }
}

impl Plan {
    /// From what a programme says; `None` when it says nothing that can be kept.
    pub fn of(first_days: Option<u32>, months: &[u32]) -> Option<Self> {
        let days = first_days.filter(|days| (1..28).contains(days)).map(Check::Days);
        let months = months.iter().copied().filter(|months| (1..=LONGEST_MONTHS).contains(months));
        let mut all: Vec<Check> = days.into_iter().chain(months.map(Check::Months)).collect();
        // Days come before the first month, and the order of the variants says so.
        all.sort_unstable();
        all.dedup();
        (!all.is_empty()).then_some(Self(all))
    }

    /// The moments, the first first.
    pub fn checks(&self) -> &[Check] {
        &self.0
    }

    /// The word of the database: `d7,m1,m2,m3,m6`.
    pub fn code(&self) -> String {
        self.0.iter().map(|check| check.code()).collect::<Vec<_>>().join(",")
    }

    /// Reads [`Plan::code`]; the usual months for what says nothing.
    pub fn parse(code: &str) -> Self {
        let all: Vec<Check> = code.split(',').filter_map(Check::parse).collect();
        if all.is_empty() { Self::default() } else { Self(all) }
    }

    /// The moments that follow what was done, the first first. One that was left out is not owed once a later one is done.
    pub fn left(&self, done: Option<Check>) -> impl Iterator<Item = Check> {
        self.0.iter().copied().filter(move |check| done.is_none_or(|done| *check > done))
    }

    /// The next of them; `None` once the last one is done.
    pub fn after(&self, done: Option<Check>) -> Option<Check> {
        self.left(done).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_meuse_looks_after_seven_days_then_at_months_1_2_3_and_6() {
        let plan = Plan::of(Some(7), &[6, 1, 2, 3, 3]).unwrap();
        assert_eq!(plan.code(), "d7,m1,m2,m3,m6");
        assert_eq!(Plan::parse("d7,m1,m2,m3,m6"), plan);
        let start = "2027-06-22".parse().unwrap();
        let days: Vec<String> = plan.checks().iter().map(|check| check.day(start).to_string()).collect();
        assert_eq!(days, ["2027-06-29", "2027-07-22", "2027-08-22", "2027-09-22", "2027-12-22"]);
        assert_eq!(plan.after(None), Some(Check::Days(7)));
        assert_eq!(plan.after(Some(Check::Months(1))), Some(Check::Months(2)));
        assert_eq!(plan.after(Some(Check::Months(6))), None);
    }

    #[test]
    fn a_programme_that_says_nothing_leaves_months_1_3_and_6() {
        assert_eq!(Plan::of(None, &[]), None);
        assert_eq!(Plan::of(Some(60), &[0, 90]), None);
        assert_eq!(Plan::default().code(), "m1,m3,m6");
        assert_eq!(Plan::parse("x,m"), Plan::default());
        // From 31 August a month later is 30 September, six months later 29 February of a leap year.
        let start = "2027-08-31".parse().unwrap();
        let days: Vec<String> =
            Plan::default().checks().iter().map(|check| check.day(start).to_string()).collect();
        assert_eq!(days, ["2027-09-30", "2027-11-30", "2028-02-29"]);
    }

    proptest! {
        #[test]
        fn a_plan_is_read_as_it_was_written_and_comes_to_its_end(
            days in proptest::option::of(0_u32..40),
            months in proptest::collection::vec(0_u32..40, 0..8),
        ) {
            let plan = Plan::of(days, &months).unwrap_or_default();
            prop_assert_eq!(&Plan::parse(&plan.code()), &plan);
            let (mut done, mut seen) = (None, 0);
            while let Some(next) = plan.after(done) {
                (done, seen) = (Some(next), seen + 1);
            }
            prop_assert_eq!(seen, plan.checks().len());
        }
    }
}
