//! The legal clock of the orientation (CASF D262-65-2: six weeks from the reception of the information).

use chrono::NaiveDate;
use reference::holidays::{Zone, working_day_on_or_before};

use crate::time::plus_days;

/// The two dates of an obligation: what the law says, and when it is in practice due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The legal date, kept and used by statistics.
    pub legal: NaiveDate,
    /// The working day on or before it.
    pub due: NaiveDate,
}

impl Deadline {
    /// Moves a legal date that falls on a day off to the working day before.
    pub fn on(legal: NaiveDate, zone: Zone) -> Self {
        Self { legal, due: working_day_on_or_before(legal, zone) }
    }
}

/// The deadline of the orientation: reception + `days` (parameter `orientation.deadline_days`, 42 by default).
pub fn deadline(reception: NaiveDate, days: i64, zone: Zone) -> Deadline {
    Deadline::on(plus_days(reception, days), zone)
}

/// How much of the legal clock is left; what lists group and sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The due date is past.
    Late,
    /// 7 days or fewer.
    Week,
    /// 8 to 21 days.
    ThreeWeeks,
    /// More than 21 days.
    Later,
}

impl Urgency {
    /// Every group, most urgent first.
    pub const ALL: [Self; 4] = [Self::Late, Self::Week, Self::ThreeWeeks, Self::Later];

    /// From the due date and today.
    pub fn of(due: NaiveDate, today: NaiveDate) -> Self {
        match (due - today).num_days() {
            ..0 => Self::Late,
            0..=7 => Self::Week,
            8..=21 => Self::ThreeWeeks,
            _ => Self::Later,
        }
    }

    /// The word of filters in URLs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Late => "depasse",
            Self::Week => "7-jours",
            Self::ThreeWeeks => "21-jours",
            Self::Later => "plus-tard",
        }
    }

    /// Reads [`Urgency::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|u| u.code() == code)
    }

    /// First and last due date of the group, seen from `today`; `None` = no bound.
    pub fn bounds(self, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let at = |days| Some(plus_days(today, days));
        match self {
            Self::Late => (None, at(-1)),
            Self::Week => (at(0), at(7)),
            Self::ThreeWeeks => (at(8), at(21)),
            Self::Later => (at(22), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn six_weeks_from_reception() {
        let deadline = deadline(d("2026-10-05"), 42, Zone::Metropole);
        assert_eq!((deadline.legal, deadline.due), (d("2026-11-16"), d("2026-11-16")));
    }

    #[test]
    fn a_deadline_on_a_day_off_is_due_the_working_day_before_and_keeps_its_legal_date() {
        // 11 November 2026 is a Wednesday and a public holiday.
        let deadline = deadline(d("2026-09-30"), 42, Zone::Metropole);
        assert_eq!((deadline.legal, deadline.due), (d("2026-11-11"), d("2026-11-10")));
    }

    proptest! {
        #[test]
        fn every_due_date_is_in_exactly_the_group_whose_bounds_hold_it(offset in -400i64..400) {
            let today = d("2026-11-26");
            let due = plus_days(today, offset);
            let holding: Vec<_> = Urgency::ALL
                .into_iter()
                .filter(|u| {
                    let (from, to) = u.bounds(today);
                    from.is_none_or(|f| due >= f) && to.is_none_or(|t| due <= t)
                })
                .collect();
            prop_assert_eq!(holding, vec![Urgency::of(due, today)]);
        }
    }
}
