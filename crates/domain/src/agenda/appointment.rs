//! What becomes of an appointment.
//!
//! ```text
//!                    ┌── moved (another sequence, the same UID) ──┐
//!                    ▼                                            │
//!  waiting ─▶ upcoming ───────────────────────────────────────────┘
//!  (a seat     │   │ │
//!   frees)     │   │ └── it has begun ──▶ attended ⇄ absent ⇄ excused     corrected as long as it is known
//!              │   └──── told before ───▶ excused                         the time is free again
//!              └──────── by the person, the professional, the structure ─▶ cancelled, for good
//! ```
//!
//! The names are those of `product.md` § 4.4: *à venir, venu, excusé, absent, annulé (by whom)*. An absence opens nothing by
//! itself, least of all a sanction; the call that follows is a due step (`followup::due`).

use chrono::{DateTime, Utc};

use crate::coded::coded;

/// Most characters of what is written beside an appointment.
pub const LONGEST_NOTE: usize = 500;

coded! {
    /// Who receives whom.
    Kind {
        /// One professional and one person.
        Individual = "individual",
        /// Two professionals, one of each side, and one person.
        Pair = "pair",
        /// A session for several people.
        Collective = "collective",
    }
}

coded! {
    /// How they meet.
    Modality {
        /// In a place.
        InPerson = "in_person",
        /// By telephone: the professional calls.
        Phone = "phone",
        /// At the person’s home, or where they say.
        Visit = "visit",
    }
}

coded! {
    /// What it is for; never told in a subject, an invitation or a feed.
    Purpose {
        /// To look at the situation and decide who follows.
        Orientation = "orientation",
        /// The first time with a referent or a coach.
        FirstMeeting = "first_meeting",
        /// The joint diagnosis.
        Diagnosis = "diagnosis",
        /// Writing or signing the contract.
        Contract = "contract",
        /// Going on.
        FollowUp = "follow_up",
        /// A review at its date.
        Review = "review",
        /// A workshop, an information session.
        Workshop = "workshop",
        /// Anything else.
        Other = "other",
    }
}

coded! {
    /// Where it stands.
    Status {
        /// À venir, or its outcome is not written yet.
        Upcoming = "upcoming",
        /// On the waiting list of a session.
        Waiting = "waiting",
        /// Venu.
        Attended = "attended",
        /// Excusé.
        Excused = "excused",
        /// Absent.
        Absent = "absent",
        /// Annulé.
        Cancelled = "cancelled",
    }
}

coded! {
    /// By whom it was cancelled.
    CancelledBy {
        /// The person.
        Person = "person",
        /// The professional.
        Professional = "professional",
        /// The structure: the place is closed, the session does not take place.
        Structure = "structure",
    }
}

coded! {
    /// How it went.
    Attendance {
        /// The person came, or answered.
        Attended = "attended",
        /// They said that they could not.
        Excused = "excused",
        /// They did not come.
        Absent = "absent",
    }
}

impl Status {
    /// Whether the time of the professionals is taken.
    pub fn takes_time(self) -> bool {
        matches!(self, Self::Upcoming | Self::Attended | Self::Absent)
    }
}

impl From<Attendance> for Status {
    fn from(attendance: Attendance) -> Self {
        match attendance {
            Attendance::Attended => Self::Attended,
            Attendance::Excused => Self::Excused,
            Attendance::Absent => Self::Absent,
        }
    }
}

impl Modality {
    /// Several, as the database holds them: `in_person phone`.
    pub fn join(all: &[Self]) -> String {
        let kept = Self::ALL.iter().filter(|one| all.contains(one));
        kept.map(|one| one.code()).collect::<Vec<_>>().join(" ")
    }

    /// Reads [`Modality::join`].
    pub fn split(text: &str) -> Vec<Self> {
        text.split_whitespace().filter_map(Self::parse).collect()
    }
}

/// Why nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is over or cancelled.
    #[error("Ce rendez-vous est passé ou annulé : il ne peut plus être déplacé ni annulé.")]
    Over,
    /// It has not begun.
    #[error("Ce rendez-vous n’a pas encore eu lieu : attendez son heure pour dire si la personne est venue.")]
    TooSoon,
    /// It does not change: cancelled, or excused before its hour.
    #[error("Ce rendez-vous est annulé, ou la personne s’était excusée avant : prenez-en un autre.")]
    Final,
}

/// Where it stands after what happened is written down.
///
/// # Errors
/// [`Refusal::TooSoon`] when it has not begun, but for an excuse; [`Refusal::Final`] when nothing can change any more.
pub fn record(
    status: Status,
    start: DateTime<Utc>,
    now: DateTime<Utc>,
    attendance: Attendance,
) -> Result<Status, Refusal> {
    match status {
        Status::Cancelled | Status::Waiting => Err(Refusal::Final),
        Status::Excused if now < start => Err(Refusal::Final),
        _ if now < start && attendance != Attendance::Excused => Err(Refusal::TooSoon),
        _ => Ok(attendance.into()),
    }
}

/// Whether it may still be moved: to come, and not begun.
///
/// # Errors
/// [`Refusal::Over`].
pub fn may_move(status: Status, start: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), Refusal> {
    if status == Status::Upcoming && now < start { Ok(()) } else { Err(Refusal::Over) }
}

/// Whether it may still be cancelled: to come, even begun, when nobody has written how it went; or waiting for a seat.
///
/// # Errors
/// [`Refusal::Over`].
pub fn may_cancel(status: Status) -> Result<(), Refusal> {
    if matches!(status, Status::Upcoming | Status::Waiting) { Ok(()) } else { Err(Refusal::Over) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn every_word_of_the_database_is_read_again() {
        assert!(Kind::ALL.iter().all(|one| Kind::parse(one.code()) == Some(*one)));
        assert!(Purpose::ALL.iter().all(|one| Purpose::parse(one.code()) == Some(*one)));
        assert!(Status::ALL.iter().all(|one| Status::parse(one.code()) == Some(*one)));
        assert!(CancelledBy::ALL.iter().all(|one| CancelledBy::parse(one.code()) == Some(*one)));
        assert_eq!(Modality::split(&Modality::join(Modality::ALL)), Modality::ALL);
        assert_eq!(Modality::split("phone gone"), [Modality::Phone]);
    }

    #[test]
    fn every_status_says_what_may_happen_before_and_after_the_hour() {
        use Attendance::{Absent, Attended, Excused};
        let start = at("2026-11-26T09:00:00Z");
        let (before, after) = (at("2026-11-26T08:59:00Z"), at("2026-11-26T09:00:00Z"));
        for status in Status::ALL.iter().copied() {
            let (early, late) = match status {
                Status::Upcoming | Status::Attended | Status::Absent => {
                    (vec![Excused], vec![Attended, Excused, Absent])
                }
                Status::Excused => (vec![], vec![Attended, Excused, Absent]),
                Status::Cancelled | Status::Waiting => (vec![], vec![]),
            };
            for attendance in Attendance::ALL.iter().copied() {
                let told = |now| record(status, start, now, attendance).is_ok();
                assert_eq!(told(before), early.contains(&attendance), "{status:?} {attendance:?} before");
                assert_eq!(told(after), late.contains(&attendance), "{status:?} {attendance:?} after");
            }
            assert_eq!(may_move(status, start, before).is_ok(), status == Status::Upcoming);
            assert_eq!(may_move(status, start, after), Err(Refusal::Over));
            let cancels = matches!(status, Status::Upcoming | Status::Waiting);
            assert_eq!(may_cancel(status).is_ok(), cancels, "{status:?}");
        }
    }

    #[test]
    fn what_does_not_take_place_frees_the_time() {
        let free: Vec<Status> = Status::ALL.iter().copied().filter(|one| !one.takes_time()).collect();
        assert_eq!(free, [Status::Waiting, Status::Excused, Status::Cancelled]);
    }
}
