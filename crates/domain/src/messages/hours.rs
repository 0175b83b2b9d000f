//! When somebody may be disturbed: a telephone does not ring at night, on a Sunday or on a public holiday.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone as _, Utc, Weekday};
use chrono_tz::Tz;
use reference::holidays::{Zone, holiday_name};

/// The hours of a day during which a text message may arrive, civil time; the end is not one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// From.
    pub from: NaiveTime,
    /// Until.
    pub until: NaiveTime,
}

impl Default for Hours {
    /// From eight in the morning to eight in the evening.
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        Self { from: at(8), until: at(20) }
    }
}

/// The first instant from `now` on at which somebody may be disturbed.
pub fn from(now: DateTime<Utc>, hours: Hours, zone: Tz, holidays: Zone) -> DateTime<Utc> {
    let local = now.with_timezone(&zone);
    let quiet = |day: NaiveDate| {
        chrono::Datelike::weekday(&day) == Weekday::Sun || holiday_name(day, holidays).is_some()
    };
    let today = local.date_naive();
    if !quiet(today) && local.time() < hours.until {
        return now.max(instant(today, hours.from, zone));
    }
    let days = (1..=15).filter_map(|days| today.checked_add_days(Days::new(days)));
    days.filter(|day| !quiet(*day)).map(|day| instant(day, hours.from, zone)).next().unwrap_or(now)
}

/// An hour that a change of clock skips is the next one that exists.
fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let at = day.and_time(time);
    let later = at + chrono::TimeDelta::hours(1);
    let found =
        zone.from_local_datetime(&at).earliest().or_else(|| zone.from_local_datetime(&later).earliest());
    found.map_or_else(|| at.and_utc(), |found| found.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(now: &str) -> String {
        let now: DateTime<Utc> = now.parse().unwrap();
        let zone = reference::holidays::zone_of_department("57");
        let at = from(now, Hours::default(), chrono_tz::Europe::Paris, zone);
        at.with_timezone(&chrono_tz::Europe::Paris).format("%a %d/%m %H:%M").to_string()
    }

    #[test]
    fn nobody_is_disturbed_at_night_on_a_sunday_or_on_a_holiday() {
        assert_eq!(next("2026-11-26T10:30:00Z"), "Thu 26/11 11:30", "at once");
        assert_eq!(next("2026-11-26T05:00:00Z"), "Thu 26/11 08:00", "too early");
        assert_eq!(next("2026-11-26T19:00:00Z"), "Fri 27/11 08:00", "too late: twenty past local time");
        assert_eq!(next("2026-11-28T20:00:00Z"), "Mon 30/11 08:00", "over a Sunday");
        // In Moselle, Christmas lasts two days, and the 27th is a Sunday.
        assert_eq!(next("2026-12-24T20:00:00Z"), "Mon 28/12 08:00");
        // The night of the clocks: 28 March 2027 is a Sunday, Easter Monday the day after.
        assert_eq!(next("2027-03-27T20:00:00Z"), "Tue 30/03 08:00");
    }
}
