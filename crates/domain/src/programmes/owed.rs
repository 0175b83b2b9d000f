//! What the courses of a person ask, a date each.

use chrono::NaiveDate;

/// The dates that the courses of a person set, each the earliest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Owed {
    /// Answer a prescription, or look at the waiting list again.
    pub answer_by: Option<NaiveDate>,
    /// Meet for the first time.
    pub meet_by: Option<NaiveDate>,
    /// The diagnosis, as long as it is not complete.
    pub diagnose_by: Option<NaiveDate>,
    /// The next individual contact.
    pub contact_by: Option<NaiveDate>,
    /// Renew or end.
    pub renew_by: Option<NaiveDate>,
    /// Answer a renewal that was asked for.
    pub decide_by: Option<NaiveDate>,
    /// The end of a pause.
    pub paused_until: Option<NaiveDate>,
    /// The next point that a programme sets.
    pub point_by: Option<NaiveDate>,
}

impl Owed {
    /// What two courses owe together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let earliest = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.into_iter().chain(b).min();
        Self {
            answer_by: earliest(self.answer_by, other.answer_by),
            meet_by: earliest(self.meet_by, other.meet_by),
            diagnose_by: earliest(self.diagnose_by, other.diagnose_by),
            contact_by: earliest(self.contact_by, other.contact_by),
            renew_by: earliest(self.renew_by, other.renew_by),
            decide_by: earliest(self.decide_by, other.decide_by),
            paused_until: earliest(self.paused_until, other.paused_until),
            point_by: earliest(self.point_by, other.point_by),
        }
    }
}
