//! Clock and civil dates.
//!
//! Instants are UTC, truncated to microseconds (what PostgreSQL keeps). Dates are civil dates of the
//! département's zone. Months are counted date to date and clamped to the end of the month (`rules.md` § 2).

use std::sync::Arc;

use chrono::{DateTime, Datelike, Months, NaiveDate, SubsecRound, Utc};
use chrono_tz::Tz;

/// The only source of the present time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// Wraps a source of time: the machine's, or the one a test or the demo chose.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock that stands still at `instant`.
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self::new(move || instant)
    }

    /// The present instant, to the microsecond.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)().trunc_subsecs(6)
    }

    /// Today in `zone`.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// The time zone of a département, from its code; Europe/Paris unless it lies overseas.
pub fn zone_of_department(code: &str) -> Tz {
    match code {
        "971" | "977" | "978" => Tz::America__Guadeloupe,
        "972" => Tz::America__Martinique,
        "973" => Tz::America__Cayenne,
        "974" => Tz::Indian__Reunion,
        "975" => Tz::America__Miquelon,
        "976" => Tz::Indian__Mayotte,
        _ => Tz::Europe__Paris,
    }
}

/// `date` plus `months`, date to date, clamped to the end of the month.
pub fn plus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// `date` plus `days` (negative: minus).
pub fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(chrono::Duration::days(days)).unwrap_or(NaiveDate::MAX)
}

/// Completed years between `birth` and `today`; 0 for a birth in the future.
pub fn age(birth: NaiveDate, today: NaiveDate) -> u32 {
    today.years_since(birth).unwrap_or(0)
}

/// The month's name in French.
pub fn month_name(date: NaiveDate) -> &'static str {
    match date.month() {
        1 => "janvier",
        2 => "février",
        3 => "mars",
        4 => "avril",
        5 => "mai",
        6 => "juin",
        7 => "juillet",
        8 => "août",
        9 => "septembre",
        10 => "octobre",
        11 => "novembre",
        _ => "décembre",
    }
}

/// The date in words: « 4 octobre 2026 », « 1er mars 2026 ».
pub fn in_words(date: NaiveDate) -> String {
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day} {} {}", month_name(date), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_clamped_to_the_end_of_the_month() {
        assert_eq!(plus_months(d("2026-01-31"), 1), d("2026-02-28"));
        assert_eq!(plus_months(d("2027-12-31"), 2), d("2028-02-29"));
    }

    #[test]
    fn someone_born_on_a_leap_day_gets_older_on_the_first_of_march() {
        assert_eq!(age(d("2000-02-29"), d("2026-02-28")), 25);
        assert_eq!(age(d("2000-02-29"), d("2026-03-01")), 26);
    }

    #[test]
    fn dates_are_said_in_words() {
        assert_eq!(in_words(d("2026-03-01")), "1er mars 2026");
    }
}
