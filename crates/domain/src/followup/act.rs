//! What is recorded of a path: its end, that it goes on, a joint review, a refusal and its answer, a call.
//!
//! ```text
//!  oriented ──▶ reviewed (continue: the next date; reorient, end: a short delay to do it)
//!     │  ▲
//!     │  └──── reopened ────┐
//!     ├──▶ ended ───────────┘        exited, right closed or known; a new decision may follow
//!     ├──▶ kept ──▶ look again at a date of six months at most
//!     └──▶ contested ──▶ answered    maintained with a reason, or by a new decision
//! ```
//! Acts are added, never changed: what holds today is derived from all of them by [`standing`] and [`missed`].

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::coded::coded;
use crate::time::{plus_days, plus_months};

/// Shortest text where one is asked for, in characters.
pub const SHORTEST_TEXT: usize = 10;
/// Most months from a decision, or a contract, to the review.
const LONGEST_REVIEW_MONTHS: u32 = 24;
/// Longest text, in characters.
pub const LONGEST_TEXT: usize = 4_000;
/// Longest time before somebody whose right is closed is looked at again, in months.
pub const KEEP_MONTHS: u32 = 6;
/// Days in which what a review concluded is done: another orientation, or the end.
pub const CONCLUDE_DAYS: i64 = 15;

coded! {
    /// What is recorded.
    Kind {
        /// The path is closed.
        Ended = "ended",
        /// The right is closed and the path goes on.
        Kept = "kept",
        /// A path that was closed is open again.
        Reopened = "reopened",
        /// The situation was looked at together.
        Reviewed = "reviewed",
        /// The person refuses or contests what was decided.
        Contested = "contested",
        /// They were answered.
        Answered = "answered",
        /// They were called after an absence.
        Called = "called",
        /// Somebody else follows them from that day on.
        HandedOver = "handed_over",
    }
}

coded! {
    /// Why a path ends.
    EndReason {
        /// The right to the RSA is closed.
        RightClosed = "right_closed",
        /// A job, a pension, other means.
        Resources = "resources",
        /// They left the département.
        Moved = "moved",
        /// They ask for it.
        Request = "request",
        /// Nobody could reach them in spite of several attempts.
        Lost = "lost",
        /// They died.
        Died = "died",
        /// Anything else, in words.
        Other = "other",
    }
}

coded! {
    /// Why a path goes on although the right is closed.
    KeepReason {
        /// They wish to go on.
        Request = "request",
        /// The right will open again.
        SoonOpen = "soon_open",
        /// What was begun is not finished.
        UnderWay = "under_way",
        /// Anything else, in words.
        Other = "other",
    }
}

coded! {
    /// What a review comes to.
    ReviewResult {
        /// The same path goes on.
        Continue = "continue",
        /// Another orientation is needed.
        Reorient = "reorient",
        /// The path may end.
        End = "end",
    }
}

coded! {
    /// Whether the person was there.
    Presence {
        /// With the person.
        Present = "present",
        /// Without them.
        Without = "without",
    }
}

coded! {
    /// What the person says of a decision.
    ContestKind {
        /// They refuse what is proposed.
        Refuses = "refuses",
        /// They contest the decision.
        Contests = "contests",
    }
}

coded! {
    /// How they said it.
    Channel {
        /// By telephone.
        Phone = "phone",
        /// In person.
        InPerson = "in_person",
        /// By letter.
        Letter = "letter",
        /// By e-mail.
        Email = "email",
    }
}

coded! {
    /// How a contest was answered.
    AnswerKind {
        /// The decision stays, with a reason.
        Maintained = "maintained",
        /// Another decision was taken.
        NewDecision = "new_decision",
    }
}

coded! {
    /// How a call after an absence ended.
    CallResult {
        /// They spoke together.
        Reached = "reached",
        /// No answer, or a message left: not a contact (`rules.md` § 2).
        NotReached = "not_reached",
    }
}

/// Why nothing is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No reason, no result, no channel.
    #[error("Choisissez une réponse dans la liste.")]
    Reason,
    /// A text is needed, or it is too long.
    #[error("Écrivez-le en une phrase au moins, et 4 000 caractères au plus.")]
    Text,
    /// A day that has not come, or before the decision.
    #[error("Donnez un jour passé, depuis la décision d’orientation, au plus tard aujourd’hui.")]
    Day,
    /// The next date is too far, or past.
    #[error("Donnez une date à venir, dans le délai indiqué.")]
    NextDay,
}

/// A text where one is asked for; `None` for an empty one where it may be.
///
/// # Errors
/// [`Refusal::Text`].
pub fn text(typed: &str, needed: bool) -> Result<Option<String>, Refusal> {
    let typed = typed.trim();
    let length = typed.chars().count();
    if length > LONGEST_TEXT || (needed && length < SHORTEST_TEXT) {
        return Err(Refusal::Text);
    }
    Ok((length > 0).then(|| typed.to_owned()))
}

/// The day of an act: since the decision, and not after today.
///
/// # Errors
/// [`Refusal::Day`].
pub fn day(
    typed: Option<NaiveDate>,
    since: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, Refusal> {
    let after = |day: &NaiveDate| since.is_none_or(|since| *day >= since);
    typed.filter(|day| *day <= today && after(day)).ok_or(Refusal::Day)
}

/// A next date, after `from` and not later than `months` after it.
///
/// # Errors
/// [`Refusal::NextDay`].
pub fn next_day(typed: Option<NaiveDate>, from: NaiveDate, months: u32) -> Result<NaiveDate, Refusal> {
    typed.filter(|day| *day > from && *day <= plus_months(from, months)).ok_or(Refusal::NextDay)
}

/// When what a review concluded is done at the latest; `None` when the path goes on, the next review being typed.
pub fn conclude_by(result: ReviewResult, today: NaiveDate) -> Option<NaiveDate> {
    (result != ReviewResult::Continue).then(|| plus_days(today, CONCLUDE_DAYS))
}

/// What is read of an act to say what holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Its identifier.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// The next date that it sets.
    pub next_on: Option<NaiveDate>,
    /// The decision it is about.
    pub decision: Option<Uuid>,
    /// The act that it answers or undoes.
    pub about: Option<Uuid>,
}

/// The decision in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    /// Its identifier.
    pub id: Uuid,
    /// The day it was notified.
    pub notified_on: NaiveDate,
    /// The next look that it keeps, counted from that day.
    pub review_on: Option<NaiveDate>,
}

impl InForce {
    /// The next look, counted from the signature of a contract where there is one since the decision (`rules.md` § 2: signature
    /// + 6 months, 12 with a listed vulnerability).
    pub fn review_from(self, signed_on: Option<NaiveDate>) -> Option<NaiveDate> {
        let review = self.review_on?;
        let Some(signed) = signed_on.filter(|day| *day > self.notified_on) else { return Some(review) };
        let months = (1..=LONGEST_REVIEW_MONTHS).find(|n| plus_months(self.notified_on, *n) == review);
        Some(months.map_or(review, |n| plus_months(signed, n)))
    }
}

/// What decisions and acts say of a person today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The day their path ended, when nothing followed.
    pub exited_on: Option<NaiveDate>,
    /// The next review.
    pub review_on: Option<NaiveDate>,
    /// When somebody whose right is closed, and who is kept, is looked at again.
    pub look_on: Option<NaiveDate>,
    /// Before when a contest is answered.
    pub answer_by: Option<NaiveDate>,
}

/// What holds, from the acts in the order they were recorded. `closed_on`: since when the right is closed.
pub fn standing(decision: Option<InForce>, acts: &[Recorded], closed_on: Option<NaiveDate>) -> Standing {
    let last = |kinds: &[Kind]| acts.iter().rev().find(|act| kinds.contains(&act.kind));
    let ended = last(&[Kind::Ended, Kind::Reopened]).filter(|act| act.kind == Kind::Ended);
    let reviewed = |decision: InForce| {
        let mine = |act: &&Recorded| act.kind == Kind::Reviewed && act.decision == Some(decision.id);
        acts.iter().rev().find(mine).map_or(decision.review_on, |act| act.next_on)
    };
    // A right that closed again since is looked at again in its own time.
    let kept = last(&[Kind::Kept, Kind::Ended]).filter(|act| act.kind == Kind::Kept);
    let kept = kept.filter(|act| closed_on.is_some_and(|closed| closed <= act.held_on));
    let answered = |id: Uuid| acts.iter().any(|act| act.kind == Kind::Answered && act.about == Some(id));
    let open = acts.iter().filter(|act| act.kind == Kind::Contested && !answered(act.id));
    Standing {
        exited_on: ended.filter(|_| decision.is_none()).map(|act| act.held_on),
        review_on: decision.and_then(reviewed),
        look_on: kept.and_then(|act| act.next_on),
        answer_by: open.filter_map(|act| act.next_on).min(),
    }
}

/// An appointment, as the call that follows an absence reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meeting {
    /// When it begins.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub how: Held,
    /// Who receives, or received.
    pub host: Option<Uuid>,
}

/// What became of an appointment, for who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The person did not come and gave no reason.
    Absent,
    /// They met, or an appointment is booked.
    MetOrBooked,
    /// Cancelled, excused, on a waiting list.
    Neither,
}

/// The absence that nothing followed: neither an appointment held or booked after it, nor a call where they spoke.
pub fn missed(meetings: &[Meeting], reached: &[DateTime<Utc>]) -> Option<(DateTime<Utc>, Option<Uuid>)> {
    let last = meetings.iter().filter(|one| one.how == Held::Absent).max_by_key(|one| one.at)?;
    let met = meetings.iter().any(|one| one.how == Held::MetOrBooked && one.at > last.at);
    let spoken = reached.iter().any(|at| *at > last.at);
    (!met && !spoken).then_some((last.at, last.host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn act(n: u128, kind: Kind, on: &str, next: Option<&str>) -> Recorded {
        Recorded {
            id: Uuid::from_u128(n),
            kind,
            held_on: date(on),
            next_on: next.map(date),
            decision: Some(Uuid::from_u128(100)),
            about: None,
        }
    }

    const DECISION: InForce = InForce {
        id: Uuid::from_u128(100),
        notified_on: NaiveDate::from_ymd_opt(2026, 7, 10).unwrap(),
        review_on: None,
    };

    #[test]
    fn a_contract_signed_since_counts_the_review_from_its_signature() {
        let six = InForce { review_on: Some(date("2027-01-10")), ..DECISION };
        assert_eq!(six.review_from(None), Some(date("2027-01-10")));
        assert_eq!(six.review_from(Some(date("2026-08-04"))), Some(date("2027-02-04")));
        let twelve = InForce { review_on: Some(date("2027-07-10")), ..DECISION };
        assert_eq!(twelve.review_from(Some(date("2026-08-04"))), Some(date("2027-08-04")));
        // Signed before the decision: another one.
        assert_eq!(six.review_from(Some(date("2026-07-01"))), Some(date("2027-01-10")));
        assert_eq!(DECISION.review_from(Some(date("2026-08-04"))), None);
    }

    #[test]
    fn a_path_that_ended_is_left_until_it_is_opened_again_or_decided_again() {
        let ended = act(1, Kind::Ended, "2026-11-20", None);
        let reopened = act(2, Kind::Reopened, "2026-11-24", None);
        assert_eq!(standing(None, &[ended], None).exited_on, Some(date("2026-11-20")));
        assert_eq!(standing(None, &[ended, reopened], None).exited_on, None);
        assert_eq!(standing(Some(DECISION), &[ended], None).exited_on, None);
        let again = act(3, Kind::Ended, "2026-12-02", None);
        assert_eq!(standing(None, &[ended, reopened, again], None).exited_on, Some(date("2026-12-02")));
    }

    #[test]
    fn a_review_sets_the_next_one_of_its_decision_only() {
        let decided = InForce { review_on: Some(date("2027-01-10")), ..DECISION };
        assert_eq!(standing(Some(decided), &[], None).review_on, Some(date("2027-01-10")));
        let held = act(1, Kind::Reviewed, "2027-01-08", Some("2027-07-08"));
        assert_eq!(standing(Some(decided), &[held], None).review_on, Some(date("2027-07-08")));
        let other = InForce { id: Uuid::from_u128(101), ..decided };
        assert_eq!(standing(Some(other), &[held], None).review_on, Some(date("2027-01-10")));
        assert_eq!(standing(None, &[held], None).review_on, None);
    }

    #[test]
    fn who_is_kept_is_looked_at_again_unless_the_right_closed_again_since() {
        let kept = act(1, Kind::Kept, "2026-11-26", Some("2027-02-26"));
        let look = |closed: Option<&str>| standing(Some(DECISION), &[kept], closed.map(date)).look_on;
        assert_eq!(look(Some("2026-10-31")), Some(date("2027-02-26")));
        assert_eq!(look(Some("2026-12-31")), None);
        assert_eq!(look(None), None);
    }

    #[test]
    fn a_contest_is_owed_an_answer_until_it_has_one() {
        let first = act(1, Kind::Contested, "2026-11-02", Some("2026-12-02"));
        let second = act(2, Kind::Contested, "2026-11-20", Some("2026-12-20"));
        let to_first = Recorded { about: Some(first.id), ..act(3, Kind::Answered, "2026-11-22", None) };
        let by = |acts: &[Recorded]| standing(Some(DECISION), acts, None).answer_by;
        assert_eq!(by(&[first, second]), Some(date("2026-12-02")));
        assert_eq!(by(&[first, second, to_first]), Some(date("2026-12-20")));
    }

    #[test]
    fn dates_that_are_typed_hold_within_their_bounds() {
        let today = date("2027-08-31");
        assert_eq!(next_day(Some(date("2028-02-29")), today, KEEP_MONTHS), Ok(date("2028-02-29")));
        assert_eq!(next_day(Some(date("2028-03-01")), today, KEEP_MONTHS), Err(Refusal::NextDay));
        assert_eq!(next_day(Some(today), today, KEEP_MONTHS), Err(Refusal::NextDay));
        assert_eq!(day(Some(today), None, today), Ok(today));
        assert_eq!(day(Some(date("2027-09-01")), None, today), Err(Refusal::Day));
        assert_eq!(day(Some(date("2027-08-01")), Some(date("2027-08-02")), today), Err(Refusal::Day));
        assert_eq!(text("  court ", true), Err(Refusal::Text));
        assert_eq!(text("  ", false), Ok(None));
    }

    fn meetings() -> impl Strategy<Value = Vec<Meeting>> {
        let how = prop_oneof![Just(Held::Absent), Just(Held::MetOrBooked), Just(Held::Neither)];
        let one = (0i64..500, how).prop_map(|(at, how)| Meeting {
            at: DateTime::from_timestamp(at, 0).unwrap_or_default(),
            how,
            host: Some(Uuid::from_u128(u128::try_from(at).unwrap_or(0))),
        });
        proptest::collection::vec(one, 0..8)
    }

    proptest! {
        #[test]
        fn a_call_is_owed_after_an_absence_and_until_something_follows(meetings in meetings(), call in 0i64..600) {
            let call = DateTime::from_timestamp(call, 0).unwrap_or_default();
            let owed = missed(&meetings, &[]);
            let absent = meetings.iter().filter(|one| one.how == Held::Absent).map(|one| one.at).max();
            prop_assert!(owed.is_none() || owed.map(|(at, _)| at) == absent);
            let after = missed(&meetings, &[call]);
            match owed {
                Some((at, host)) if call <= at => prop_assert_eq!(after, Some((at, host))),
                _ => prop_assert_eq!(after, None),
            }
        }

        #[test]
        fn what_excuses_or_cancels_owes_no_call(meetings in meetings()) {
            let none: Vec<Meeting> = meetings.into_iter().filter(|one| one.how != Held::Absent).collect();
            prop_assert_eq!(missed(&none, &[]), None);
        }
    }
}
