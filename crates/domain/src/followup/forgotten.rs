//! Who is forgotten: owed nothing though somebody should follow them, or late for a month while nothing was done.
//!
//! The list is empty, or each line is explained (`product.md` § 4.8): somebody tried lately, and it is told when.

use chrono::NaiveDate;

use crate::time::plus_days;

/// Days after which what is late, or what was tried, is too old.
pub const DAYS: i64 = 30;

/// What is found of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Somebody should follow them, and nothing is owed: the program is at fault.
    NothingOwed,
    /// Late since that day, and nothing was written of them since the other one, if ever.
    Silent(NaiveDate, Option<NaiveDate>),
    /// Late since that day, and something was tried or done on the other one.
    Tried(NaiveDate, NaiveDate),
}

impl Found {
    /// It is explained by what was tried.
    pub fn is_explained(self) -> bool {
        matches!(self, Self::Tried(..))
    }
}

/// What is found of somebody who is to orient or followed; `due`: the earliest step, `trace`: the last thing written of them.
pub fn found(due: Option<NaiveDate>, trace: Option<NaiveDate>, today: NaiveDate) -> Option<Found> {
    let limit = plus_days(today, -DAYS);
    let Some(due) = due else { return Some(Found::NothingOwed) };
    if due >= limit {
        return None;
    }
    Some(match trace.filter(|day| *day >= limit) {
        Some(day) => Found::Tried(due, day),
        None => Found::Silent(due, trace),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_late_and_silent_is_forgotten_and_a_try_explains_it() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2027-04-12");
        let of = |due: Option<&str>, trace: Option<&str>| found(due.map(day), trace.map(day), today);
        // Odile, day 98: not late at all.
        assert_eq!(of(Some("2027-04-27"), Some("2027-04-06")), None);
        assert_eq!(of(Some("2027-03-13"), None), None);
        assert_eq!(of(Some("2027-03-12"), None), Some(Found::Silent(day("2027-03-12"), None)));
        let old = of(Some("2027-03-01"), Some("2027-03-02"));
        assert_eq!(old, Some(Found::Silent(day("2027-03-01"), Some(day("2027-03-02")))));
        let tried = of(Some("2027-03-01"), Some("2027-04-01"));
        assert_eq!(tried, Some(Found::Tried(day("2027-03-01"), day("2027-04-01"))));
        assert!(tried.unwrap().is_explained() && !old.unwrap().is_explained());
        assert_eq!(of(None, Some("2027-04-11")), Some(Found::NothingOwed));
    }
}
