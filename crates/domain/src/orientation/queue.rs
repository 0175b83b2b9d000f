//! The queue of calls: when somebody may be called again, and what each end of an attempt means.
//!
//! ```text
//! waiting ──reserve──▶ reserved (a lease) ──decide──▶ oriented
//!    ▲                    │ no answer, voicemail, wrong number, call back, prefers a visit, left
//!    └──── not before ◀───┘
//! ```

use chrono::{DateTime, Duration, NaiveDate, Utc};
use reference::holidays::{Zone, after_working_days};

/// How long a reservation holds without a sign of the operator.
pub const LEASE: Duration = Duration::minutes(30);

/// Working days between two attempts without an answer (`rules.md` § 2, `orient`).
pub const BETWEEN_ATTEMPTS: u32 = 3;

/// How an attempt to reach a person ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Nobody answered.
    NoAnswer,
    /// A message was left, as the person allows.
    Voicemail,
    /// To call again at a promised time.
    CallBack,
    /// The number is not theirs.
    WrongNumber,
    /// They would rather be visited or met.
    PrefersVisit,
    /// They do not wish to speak by phone.
    Refused,
    /// They answered; the questionnaire goes on another time.
    Interrupted,
    /// They answered, and a decision was made.
    Decided,
}

impl Attempt {
    /// Every end.
    pub const ALL: [Self; 8] = [
        Self::NoAnswer,
        Self::Voicemail,
        Self::CallBack,
        Self::WrongNumber,
        Self::PrefersVisit,
        Self::Refused,
        Self::Interrupted,
        Self::Decided,
    ];

    /// The ends that an operator may give by themselves; the others come with a decision.
    pub const GIVEN: [Self; 7] = [
        Self::NoAnswer,
        Self::Voicemail,
        Self::CallBack,
        Self::WrongNumber,
        Self::PrefersVisit,
        Self::Refused,
        Self::Interrupted,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::Voicemail => "voicemail",
            Self::CallBack => "call_back",
            Self::WrongNumber => "wrong_number",
            Self::PrefersVisit => "prefers_visit",
            Self::Refused => "refused",
            Self::Interrupted => "interrupted",
            Self::Decided => "decided",
        }
    }

    /// They spoke together: a contact (`rules.md` § 2).
    pub fn is_contact(self) -> bool {
        !matches!(self, Self::NoAnswer | Self::Voicemail | Self::WrongNumber)
    }

    /// Reads [`Attempt::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attempt| attempt.code() == code)
    }
}

/// Before when the person is not called again, unless somebody looks for them. `promised` is the time told for
/// [`Attempt::CallBack`]. Who could not be reached waits three working days; who was cut off, or must be met, is at the head
/// again at once.
pub fn not_before(
    attempt: Attempt,
    now: DateTime<Utc>,
    today: NaiveDate,
    promised: Option<DateTime<Utc>>,
    zone: Zone,
) -> DateTime<Utc> {
    match attempt {
        Attempt::CallBack => promised.unwrap_or(now),
        Attempt::NoAnswer | Attempt::Voicemail => {
            let day = after_working_days(today, BETWEEN_ATTEMPTS, zone);
            // The same time of day, so that a daylight saving change moves nothing but an hour.
            now + Duration::days((day - today).num_days())
        }
        _ => now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use proptest::prelude::*;
    use reference::holidays::working_day_on_or_before;

    use crate::time::plus_days;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn three_working_days_jump_over_the_week_end_and_the_holiday() {
        assert_eq!(after_working_days(day("2026-11-26"), 3, Zone::Metropole), day("2026-12-01"));
        // Friday 6 November 2026; Wednesday 11 is a holiday.
        assert_eq!(after_working_days(day("2026-11-06"), 3, Zone::Metropole), day("2026-11-12"));
    }

    #[test]
    fn a_promised_time_is_kept_and_who_was_cut_off_is_called_first() {
        let now = Utc.with_ymd_and_hms(2026, 11, 26, 9, 0, 0).unwrap();
        let promised = now + Duration::hours(5);
        let at = |attempt, promised| not_before(attempt, now, day("2026-11-26"), promised, Zone::Metropole);
        assert_eq!(at(Attempt::CallBack, Some(promised)), promised);
        assert_eq!(at(Attempt::Interrupted, None), now);
        assert_eq!(at(Attempt::NoAnswer, None), Utc.with_ymd_and_hms(2026, 12, 1, 9, 0, 0).unwrap());
    }

    proptest! {
        #[test]
        fn an_attempt_never_puts_a_person_off_more_than_nine_days(offset in 0i64..4_000) {
            let today = plus_days(day("2020-01-01"), offset);
            let next = after_working_days(today, BETWEEN_ATTEMPTS, Zone::Metropole);
            prop_assert!((next - today).num_days() <= 9);
            prop_assert_eq!(working_day_on_or_before(next, Zone::Metropole), next);
        }
    }
}
