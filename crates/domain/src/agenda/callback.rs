//! A call that a person asks for: before when nobody needs to call.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use reference::holidays::{Zone, after_working_days, is_day_off};

use crate::followup::due::CALL_BACK_DAYS;
use crate::time::plus_days;

/// Most characters of what a person writes of when to call, and of what came of it.
pub const LONGEST: usize = 300;

/// When somebody would like to be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HalfDay {
    /// From nine to noon.
    Morning,
    /// From two to five.
    Afternoon,
}

impl HalfDay {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Morning, Self::Afternoon];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
        }
    }

    /// Reads [`HalfDay::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Who owes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The operators of the desk, in their queue.
    Desk,
    /// Those who follow the person.
    Referents,
    /// The leads of the territory.
    Leads,
    /// Whoever answers calls, anywhere: nobody else would.
    Anybody,
}

/// Who owes the call of somebody: never nobody. `desk` = they wait in a queue that an operator
/// holds today for their territory, `followed` = somebody who works today follows them, `leads` = somebody leads their territory.
pub fn owed_by(desk: bool, followed: bool, leads: bool) -> Owner {
    match (desk, followed, leads) {
        (true, ..) => Owner::Desk,
        (false, true, _) => Owner::Referents,
        (false, false, true) => Owner::Leads,
        (false, false, false) => Owner::Anybody,
    }
}

/// Hours of a working day, from and to, within which a call is made.
fn hours(wanted: Option<HalfDay>) -> (u32, u32) {
    match wanted {
        Some(HalfDay::Morning) => (9, 12),
        Some(HalfDay::Afternoon) => (14, 17),
        None => (9, 17),
    }
}

/// The first civil time at which the call may be made: at once when the hour suits, else when the next such half-day of a
/// working day begins. `None` = any time.
pub fn not_before(wanted: Option<HalfDay>, now: NaiveDateTime, zone: Zone) -> NaiveDateTime {
    let (from, to) = hours(wanted);
    let mut day = now.date();
    if is_day_off(day, zone) || now.hour() >= to {
        day = plus_days(day, 1);
        while is_day_off(day, zone) {
            day = plus_days(day, 1);
        }
    }
    let begins = day.and_time(NaiveTime::from_hms_opt(from, 0, 0).unwrap_or_default());
    begins.max(now)
}

/// Before when somebody who asked on a day is called: on the day whose half they chose, else within two working days
/// (`rules.md` § 2). A try that nobody answers is put off, and is no later promise.
pub fn call_by(wanted: Option<HalfDay>, asked: NaiveDate, not_before: NaiveDate, zone: Zone) -> NaiveDate {
    wanted.map_or_else(|| after_working_days(asked, CALL_BACK_DAYS, zone), |_| not_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn a_call_waits_for_its_half_day_and_jumps_over_days_off() {
        let told = |wanted, now| not_before(wanted, at(now), Zone::Metropole);
        // Thursday 26 November 2026.
        assert_eq!(told(None, "2026-11-26 10:20"), at("2026-11-26 10:20"));
        assert_eq!(told(Some(HalfDay::Morning), "2026-11-26 10:20"), at("2026-11-26 10:20"));
        assert_eq!(told(Some(HalfDay::Afternoon), "2026-11-26 10:20"), at("2026-11-26 14:00"));
        assert_eq!(told(Some(HalfDay::Morning), "2026-11-26 12:00"), at("2026-11-27 09:00"));
        assert_eq!(told(None, "2026-11-27 21:00"), at("2026-11-30 09:00"));
        // Christmas is a Friday.
        assert_eq!(told(Some(HalfDay::Afternoon), "2026-12-24 18:00"), at("2026-12-28 14:00"));
    }

    #[test]
    fn a_call_is_never_owed_by_nobody() {
        assert_eq!(owed_by(true, true, true), Owner::Desk);
        assert_eq!(owed_by(false, true, true), Owner::Referents);
        assert_eq!(owed_by(false, false, true), Owner::Leads);
        assert_eq!(owed_by(false, false, false), Owner::Anybody);
    }

    #[test]
    fn every_word_of_the_database_is_read_again() {
        assert!(HalfDay::ALL.into_iter().all(|one| HalfDay::parse(one.code()) == Some(one)));
    }

    #[test]
    fn who_asked_is_called_on_the_day_they_chose_or_within_two_working_days() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        // A Friday.
        let (asked, monday) = (day("2026-11-27"), day("2026-11-30"));
        let by = |wanted| call_by(wanted, asked, monday, Zone::Metropole);
        assert_eq!(by(Some(HalfDay::Morning)), monday);
        assert_eq!(by(None), day("2026-12-01"));
    }
}
