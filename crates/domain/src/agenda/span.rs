//! A stretch of time, its grains, and how civil times become instants.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// Minutes of a grain: every beginning and every length is a multiple of it.
pub const GRAIN_MINUTES: u16 = 5;

/// From an instant to another, the end left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The beginning.
    pub start: DateTime<Utc>,
    /// The end, not included.
    pub end: DateTime<Utc>,
}

impl Span {
    /// So many minutes from `start`.
    pub fn of(start: DateTime<Utc>, minutes: u16) -> Self {
        Self { start, end: start + Duration::minutes(i64::from(minutes)) }
    }

    /// Its length in minutes, rounded down.
    pub fn minutes(self) -> i64 {
        (self.end - self.start).num_minutes()
    }

    /// Whether they share an instant.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the other one lies in it.
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// What both have in common; `None` when they share no instant.
    pub fn common(self, other: Self) -> Option<Self> {
        let both = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (both.start < both.end).then_some(both)
    }

    /// The same with so many minutes before and after.
    #[must_use]
    pub fn widened(self, minutes: u16) -> Self {
        let margin = Duration::minutes(i64::from(minutes));
        Self { start: self.start - margin, end: self.end + margin }
    }

    /// The numbers of the grains that it touches: grains of five minutes counted from 1970. Two spans overlap on the grain if
    /// and only if they have a number in common.
    pub fn grains(self) -> impl Iterator<Item = i64> {
        let length = i64::from(GRAIN_MINUTES) * 60;
        let first = self.start.timestamp().div_euclid(length);
        let last = (self.end.timestamp() - 1).div_euclid(length);
        first..=last
    }

    /// Whether both ends lie on the grain and the end comes after the beginning.
    pub fn is_on_the_grain(self) -> bool {
        let length = i64::from(GRAIN_MINUTES) * 60;
        let on =
            |at: DateTime<Utc>| at.timestamp().rem_euclid(length) == 0 && at.timestamp_subsec_nanos() == 0;
        self.start < self.end && on(self.start) && on(self.end)
    }
}

/// The instant of a civil time: one that does not exist (the clock jumps over it) moves forward by the length of the jump;
/// of one that comes twice, the first counts.
pub fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let civil = day.and_time(time);
    match zone.from_local_datetime(&civil) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => {
            // As if the clock had not jumped: the time of the day before, one day later.
            let before = zone.from_local_datetime(&(civil - Duration::days(1))).earliest();
            before.map_or_else(|| civil.and_utc(), |at| at.to_utc() + Duration::days(1))
        }
    }
}

/// A civil day, from its first instant to the first of the next one: 23, 24 or 25 hours.
pub fn civil_day(day: NaiveDate, zone: Tz) -> Span {
    let next = crate::time::plus_days(day, 1);
    Span { start: instant(day, NaiveTime::MIN, zone), end: instant(next, NaiveTime::MIN, zone) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn civil(day: &str, time: &str, zone: Tz) -> DateTime<Utc> {
        instant(day.parse().unwrap(), time.parse().unwrap(), zone)
    }

    #[test]
    fn a_time_that_does_not_exist_moves_and_one_that_comes_twice_is_the_first() {
        let paris = chrono_tz::Europe::Paris;
        assert_eq!(civil("2027-03-28", "02:30:00", paris), at("2027-03-28T01:30:00Z"), "said 3:30");
        assert_eq!(civil("2027-03-28", "03:00:00", paris), at("2027-03-28T01:00:00Z"));
        assert_eq!(civil("2026-10-25", "02:30:00", paris), at("2026-10-25T00:30:00Z"), "summer time");
        assert_eq!(civil("2026-10-25", "09:00:00", paris), at("2026-10-25T08:00:00Z"));
        assert_eq!(civil("2026-10-24", "09:00:00", paris), at("2026-10-24T07:00:00Z"));
    }

    #[test]
    fn the_days_on_which_the_clock_changes_are_shorter_and_longer() {
        let hours = |day: &str, zone| civil_day(day.parse().unwrap(), zone).minutes() / 60;
        let paris = chrono_tz::Europe::Paris;
        assert_eq!([hours("2027-03-28", paris), hours("2026-10-25", paris)], [23, 25]);
        assert_eq!(hours("2028-02-29", paris), 24, "a leap day is a day");
        assert_eq!(hours("2027-03-28", chrono_tz::Indian::Reunion), 24, "no summer time overseas");
        // Saint-Pierre-et-Miquelon changes with North America.
        assert_eq!(hours("2027-03-14", chrono_tz::America::Miquelon), 23);
    }

    fn spans() -> impl Strategy<Value = Span> {
        (0i64..2_000, 1u16..40).prop_map(|(start, length)| {
            let origin = at("2026-11-26T00:00:00Z");
            Span::of(origin + Duration::minutes(start * 5), length * GRAIN_MINUTES)
        })
    }

    proptest! {
        #[test]
        fn two_spans_overlap_if_and_only_if_they_share_a_grain(a in spans(), b in spans()) {
            let shared = a.grains().any(|grain| b.grains().any(|other| other == grain));
            prop_assert_eq!(shared, a.overlaps(b));
            prop_assert_eq!(a.common(b).is_some(), a.overlaps(b));
            prop_assert!(a.is_on_the_grain());
            prop_assert_eq!(i64::try_from(a.grains().count()).unwrap() * i64::from(GRAIN_MINUTES), a.minutes());
        }

        #[test]
        fn civil_days_follow_each_other_without_a_gap(days in 0i64..20_000) {
            let day = crate::time::plus_days("2000-01-01".parse().unwrap(), days);
            for zone in [chrono_tz::Europe::Paris, chrono_tz::America::Miquelon, chrono_tz::America::Cayenne] {
                let (today, tomorrow) = (civil_day(day, zone), civil_day(crate::time::plus_days(day, 1), zone));
                prop_assert_eq!(today.end, tomorrow.start);
                prop_assert!((22 * 60..=26 * 60).contains(&today.minutes()));
            }
        }
    }
}
