//! When a professional is open somewhere, week after week, and the slots that follow.

use std::collections::BTreeSet;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;
use reference::holidays::{Zone, holiday_name};

use super::span::{GRAIN_MINUTES, Span, instant};

/// Weeks ahead for which slots are made; a search looks six weeks ahead, who books may look further.
pub const WEEKS_AHEAD: i64 = 13;

/// Shortest and longest appointment, in minutes.
pub const LENGTHS: std::ops::RangeInclusive<u16> = 10..=240;

/// Longest buffer between two appointments, in minutes.
pub const LONGEST_BUFFER: u16 = 60;

/// Greatest number of weeks between two openings.
pub const RAREST: u16 = 8;

/// Days of the week, as bits from Monday (1) to Sunday (64).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Sunday.
    pub const ALL: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

    /// These days.
    pub fn of(days: &[Weekday]) -> Self {
        Self(days.iter().fold(0, |bits, day| bits | 1 << day.num_days_from_monday()))
    }

    /// What the database holds.
    pub fn bits(self) -> i64 {
        i64::from(self.0)
    }

    /// Reads [`Weekdays::bits`]; what is not a day is left out.
    pub fn from_bits(bits: i64) -> Self {
        Self(u8::try_from(bits & 0x7f).unwrap_or_default())
    }

    /// Whether this day is one of them.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// The days, Monday first.
    pub fn days(self) -> Vec<Weekday> {
        Self::ALL.into_iter().filter(|day| self.has(*day)).collect()
    }

    /// No day at all.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// An opening: from when to when somebody receives somewhere, on which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The days of the week.
    pub weekdays: Weekdays,
    /// Beginning, civil time.
    pub from: NaiveTime,
    /// End, civil time, not included.
    pub to: NaiveTime,
    /// Each week (1), every other week (2)…, counted from the week of `since`.
    pub every_weeks: u16,
    /// First day.
    pub since: NaiveDate,
    /// Last day, included; `None` = until further notice.
    pub until: Option<NaiveDate>,
    /// Length of an appointment, in minutes.
    pub minutes: u16,
    /// Minutes left free between two appointments.
    pub buffer_minutes: u16,
    /// Most appointments a day; `None` = as many as there are slots.
    pub daily_maximum: Option<u16>,
    /// Days on which it does not take place.
    pub exceptions: BTreeSet<NaiveDate>,
}

/// What is wrong in an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    /// No day of the week.
    #[error("Cochez au moins un jour de la semaine.")]
    Weekdays,
    /// The end does not come after the beginning, or one of them is not on the grain.
    #[error("Donnez une heure de début et une heure de fin, de cinq en cinq minutes, la fin après le début.")]
    Times,
    /// Not one whole appointment fits.
    #[error("Aucun rendez-vous ne tient entre ces deux heures : raccourcissez-le, ou ouvrez plus longtemps.")]
    TooShort,
    /// Not a length of an appointment.
    #[error("Un rendez-vous dure de 10 à 240 minutes, de cinq en cinq.")]
    Length,
    /// Not a buffer.
    #[error("Le battement entre deux rendez-vous va de 0 à 60 minutes, de cinq en cinq.")]
    Buffer,
    /// Not a recurrence.
    #[error("Une plage revient toutes les semaines, ou jusqu’à toutes les huit semaines.")]
    Every,
    /// Zero appointment a day.
    #[error("Le maximum par jour est d’au moins un rendez-vous ; laissez-le vide s’il n’y en a pas.")]
    Maximum,
    /// It would end before it begins.
    #[error("Le dernier jour vient avant le premier : corrigez l’une des deux dates.")]
    Dates,
}

impl Opening {
    /// Whether it can be kept.
    ///
    /// # Errors
    /// [`OpeningError`], the first that applies.
    pub fn check(&self) -> Result<(), OpeningError> {
        let grain = |minutes: u16| minutes.is_multiple_of(GRAIN_MINUTES);
        let on_grain = |time: NaiveTime| {
            time.num_seconds_from_midnight().is_multiple_of(u32::from(GRAIN_MINUTES) * 60)
                && time.nanosecond() == 0
        };
        let fail = |wrong: bool, error| if wrong { Err(error) } else { Ok(()) };
        fail(self.weekdays.is_empty(), OpeningError::Weekdays)?;
        fail(self.to <= self.from || !on_grain(self.from) || !on_grain(self.to), OpeningError::Times)?;
        fail(!LENGTHS.contains(&self.minutes) || !grain(self.minutes), OpeningError::Length)?;
        let buffer = self.buffer_minutes;
        fail(buffer > LONGEST_BUFFER || !grain(buffer), OpeningError::Buffer)?;
        fail((self.to - self.from).num_minutes() < i64::from(self.minutes), OpeningError::TooShort)?;
        fail(!(1..=RAREST).contains(&self.every_weeks), OpeningError::Every)?;
        fail(self.daily_maximum == Some(0), OpeningError::Maximum)?;
        fail(self.until.is_some_and(|last| last < self.since), OpeningError::Dates)
    }

    /// Whether it takes place on this day, where these holidays are observed.
    pub fn is_on(&self, day: NaiveDate, holidays: Zone) -> bool {
        let weeks = (monday(day) - monday(self.since)).num_weeks();
        self.weekdays.has(day.weekday())
            && self.since <= day
            && self.until.is_none_or(|last| day <= last)
            && weeks.rem_euclid(i64::from(self.every_weeks.max(1))) == 0
            && !self.exceptions.contains(&day)
            && holiday_name(day, holidays).is_none()
    }

    /// From when to when it is open on a day on which it takes place.
    pub fn window(&self, day: NaiveDate, zone: Tz) -> Span {
        Span { start: instant(day, self.from, zone), end: instant(day, self.to, zone) }
    }

    /// The slots of a day on which it takes place: one after the other, the buffer between them, none across the end.
    pub fn slots_on(&self, day: NaiveDate, zone: Tz) -> Vec<Span> {
        let window = self.window(day, zone);
        let step = Duration::minutes(i64::from(self.minutes) + i64::from(self.buffer_minutes));
        let mut slots = Vec::new();
        let mut next = Span::of(window.start, self.minutes);
        // An opening that `check` refused could have no length: no slot then, and never an endless loop.
        while next.end <= window.end && next.start < next.end {
            slots.push(next);
            next = Span::of(next.start + step, self.minutes);
        }
        slots
    }

    /// The days from `first` to `last`, both included, on which it takes place.
    pub fn days(&self, first: NaiveDate, last: NaiveDate, holidays: Zone) -> Vec<NaiveDate> {
        let first = first.max(self.since);
        let last = self.until.map_or(last, |until| until.min(last));
        first.iter_days().take_while(|day| *day <= last).filter(|day| self.is_on(*day, holidays)).collect()
    }

    /// Every slot from `first` to `last`, both included.
    pub fn slots(&self, first: NaiveDate, last: NaiveDate, holidays: Zone, zone: Tz) -> Vec<Span> {
        let days = self.days(first, last, holidays);
        days.into_iter().flat_map(|day| self.slots_on(day, zone)).collect()
    }
}

/// The Monday of a week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    crate::time::plus_days(day, -i64::from(day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        format!("{text}:00").parse().unwrap()
    }

    fn mornings() -> Opening {
        Opening {
            weekdays: Weekdays::of(&[Weekday::Mon, Weekday::Thu]),
            from: time("09:00"),
            to: time("12:00"),
            every_weeks: 1,
            since: day("2026-11-01"),
            until: None,
            minutes: 45,
            buffer_minutes: 15,
            daily_maximum: None,
            exceptions: BTreeSet::new(),
        }
    }

    const PARIS: Tz = chrono_tz::Europe::Paris;

    fn starts(opening: &Opening, on: &str) -> Vec<String> {
        let local = |span: Span| span.start.with_timezone(&PARIS).format("%H:%M").to_string();
        opening.slots_on(day(on), PARIS).into_iter().map(local).collect()
    }

    #[test]
    fn slots_follow_each_other_with_the_buffer_between_them() {
        assert_eq!(starts(&mornings(), "2026-11-26"), ["09:00", "10:00", "11:00"]);
        let tight = Opening { buffer_minutes: 0, ..mornings() };
        assert_eq!(starts(&tight, "2026-11-26"), ["09:00", "09:45", "10:30", "11:15"]);
    }

    #[test]
    fn civil_times_stay_when_the_clock_changes() {
        let opening = mornings();
        let utc = |on: &str| opening.slots_on(day(on), PARIS)[0].start.format("%H:%M").to_string();
        assert_eq!([utc("2027-03-25"), utc("2027-03-29")], ["08:00", "07:00"]);
        assert_eq!(starts(&opening, "2027-03-25"), starts(&opening, "2027-03-29"));
        // An opening across the jump has one hour less, and none of its slots is outside.
        let night = Opening {
            weekdays: Weekdays::of(&[Weekday::Sun]),
            from: time("01:00"),
            to: time("05:00"),
            minutes: 60,
            buffer_minutes: 0,
            ..mornings()
        };
        assert_eq!(starts(&night, "2027-03-28"), ["01:00", "03:00", "04:00"]);
        assert_eq!(starts(&night, "2027-10-31").len(), 5);
    }

    #[test]
    fn every_other_week_is_counted_from_the_week_of_the_first_day() {
        let opening = Opening { every_weeks: 2, since: day("2026-11-04"), ..mornings() };
        let days = opening.days(day("2026-11-01"), day("2026-12-05"), Zone::Metropole);
        // The week of 4 November, then those of 16 and 30 November; Monday 2 November came before.
        let expected = ["2026-11-05", "2026-11-16", "2026-11-19", "2026-11-30", "2026-12-03"].map(day);
        assert_eq!(days, expected);
    }

    #[test]
    fn holidays_of_the_place_and_exceptions_are_left_out() {
        let opening = Opening { weekdays: Weekdays::of(&Weekdays::ALL), ..mornings() };
        let is_on = |on: &str, zone| opening.is_on(day(on), zone);
        assert!(!is_on("2026-11-11", Zone::Metropole) && !is_on("2026-12-25", Zone::Metropole));
        assert!(is_on("2026-12-26", Zone::Metropole) && !is_on("2026-12-26", Zone::AlsaceMoselle));
        assert!(is_on("2026-12-20", Zone::Metropole) && !is_on("2026-12-20", Zone::Reunion));
        assert!(is_on("2027-05-22", Zone::Guadeloupe) && !is_on("2027-05-22", Zone::Martinique));
        assert!(is_on("2028-02-29", Zone::Metropole), "a leap day is a Tuesday like another");
        let closed = Opening { exceptions: [day("2026-11-26")].into(), ..opening.clone() };
        assert!(opening.is_on(day("2026-11-26"), Zone::Metropole));
        assert!(!closed.is_on(day("2026-11-26"), Zone::Metropole));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |change: fn(&mut Opening)| {
            let mut opening = mornings();
            change(&mut opening);
            opening.check().unwrap_err()
        };
        assert_eq!(mornings().check(), Ok(()));
        assert_eq!(wrong(|o| o.weekdays = Weekdays::default()), OpeningError::Weekdays);
        assert_eq!(wrong(|o| o.to = o.from), OpeningError::Times);
        assert_eq!(wrong(|o| o.from = time("09:02")), OpeningError::Times);
        assert_eq!(wrong(|o| o.minutes = 47), OpeningError::Length);
        assert_eq!(wrong(|o| o.minutes = 5), OpeningError::Length);
        assert_eq!(wrong(|o| o.buffer_minutes = 65), OpeningError::Buffer);
        assert_eq!(wrong(|o| o.minutes = 200), OpeningError::TooShort);
        assert_eq!(wrong(|o| o.every_weeks = 0), OpeningError::Every);
        assert_eq!(wrong(|o| o.daily_maximum = Some(0)), OpeningError::Maximum);
        assert_eq!(wrong(|o| o.until = Some(day("2026-10-31"))), OpeningError::Dates);
    }

    #[test]
    fn days_of_the_week_come_back_from_the_database() {
        for bits in 0..128 {
            let days = Weekdays::from_bits(bits);
            assert_eq!(Weekdays::of(&days.days()), days);
            assert_eq!(days.bits(), bits);
        }
    }

    fn openings() -> impl Strategy<Value = Opening> {
        let times = (0u32..200, 2u32..80);
        let rest = (1u8..128, 1u16..9, 2u16..49, 0u16..13, 0i64..4_000);
        (times, rest).prop_map(|((from, length), (bits, every_weeks, minutes, buffer, since))| {
            let clock = |grains: u32| NaiveTime::from_num_seconds_from_midnight_opt(grains * 300, 0).unwrap();
            Opening {
                weekdays: Weekdays::from_bits(i64::from(bits)),
                from: clock(from),
                to: clock((from + length).min(287)),
                every_weeks,
                since: crate::time::plus_days("2026-01-01".parse().unwrap(), since),
                until: None,
                minutes: minutes * GRAIN_MINUTES,
                buffer_minutes: buffer * GRAIN_MINUTES,
                daily_maximum: None,
                exceptions: BTreeSet::new(),
            }
        })
    }

    proptest! {
        #[test]
        fn slots_lie_in_the_window_on_the_grain_and_never_overlap(opening in openings()) {
            prop_assume!(opening.check().is_ok());
            for zone in [PARIS, chrono_tz::Indian::Reunion, chrono_tz::America::Miquelon] {
                let last = crate::time::plus_days(opening.since, 400);
                for on in opening.days(opening.since, last, Zone::Metropole) {
                    let window = opening.window(on, zone);
                    let slots = opening.slots_on(on, zone);
                    for pair in slots.windows(2) {
                        let gap = (pair[1].start - pair[0].end).num_minutes();
                        prop_assert_eq!(gap, i64::from(opening.buffer_minutes));
                    }
                    for slot in slots {
                        prop_assert!(window.holds(slot) && slot.is_on_the_grain());
                        prop_assert_eq!(slot.minutes(), i64::from(opening.minutes));
                        prop_assert_eq!(slot.start.with_timezone(&zone).date_naive(), on);
                    }
                }
            }
        }

        #[test]
        fn a_day_is_never_a_holiday_and_the_weeks_are_counted(opening in openings()) {
            let last = crate::time::plus_days(opening.since, 800);
            for on in opening.days(opening.since, last, Zone::AlsaceMoselle) {
                prop_assert!(holiday_name(on, Zone::AlsaceMoselle).is_none());
                prop_assert!(opening.weekdays.has(on.weekday()));
                let weeks = (monday(on) - monday(opening.since)).num_weeks();
                prop_assert_eq!(weeks % i64::from(opening.every_weeks), 0);
            }
        }
    }
}
