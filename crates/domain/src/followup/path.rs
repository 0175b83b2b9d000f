//! Where does this person stand? (`rules.md` § 1)
//!
//! ```text
//! known ─▶ to_orient ─▶ oriented ─▶ prescribed ─▶ enrolled ─▶ diagnosed ─▶ contracted ─▶ in_outcome ─▶ exited
//!    └──────────────────────────── right_closed ────────────────────────────────────────────┘
//! ```
//! Derived, never stored as truth, from the facts that lead to `known`, `to_orient`,
//! `oriented`, `prescribed`, `enrolled`, `diagnosed`, `contracted`, `in_outcome`, `exited` (by a transfer or by a recorded end)
//! and `right_closed`.

use serde::{Deserialize, Serialize};

use crate::intake::flux::RightState;

/// The states of `interfaces.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathState {
    /// Known, nothing awaited.
    Known,
    /// No decision is in force and one is owed.
    ToOrient,
    /// A decision of orientation is in force.
    Oriented,
    /// A prescription awaits its answer, or they wait for a place.
    Prescribed,
    /// They are in a programme.
    Enrolled,
    /// They are in a programme, and the diagnosis that it asks for is complete.
    Diagnosed,
    /// They are in a programme, and a contract is in force.
    Contracted,
    /// They work, learn or run a business, and news are still taken.
    InOutcome,
    /// Followed before, here no more: passed to another département, or the path was ended by a recorded act.
    Exited,
    /// Right not in {0, 2, 3, 4}.
    RightClosed,
}

impl PathState {
    /// Every state that can be reached today.
    pub const ALL: [Self; 10] = [
        Self::ToOrient,
        Self::Oriented,
        Self::Prescribed,
        Self::Enrolled,
        Self::Diagnosed,
        Self::Contracted,
        Self::InOutcome,
        Self::Known,
        Self::Exited,
        Self::RightClosed,
    ];

    /// The word of the API and of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::ToOrient => "to_orient",
            Self::Oriented => "oriented",
            Self::Prescribed => "prescribed",
            Self::Enrolled => "enrolled",
            Self::Diagnosed => "diagnosed",
            Self::Contracted => "contracted",
            Self::InOutcome => "in_outcome",
            Self::Exited => "exited",
            Self::RightClosed => "right_closed",
        }
    }

    /// Somebody of the département follows them, or is about to.
    pub fn is_followed(self) -> bool {
        matches!(self, Self::Oriented | Self::Prescribed | Self::InOutcome) || self.is_enrolled()
    }

    /// They are in a programme, and not at work yet.
    pub fn is_enrolled(self) -> bool {
        matches!(self, Self::Enrolled | Self::Diagnosed | Self::Contracted)
    }

    /// Reads [`PathState::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// When a département starts to orient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// From the opening of the right.
    RightOpened,
    /// A platform is open from the moment the claim is filed (`plateforme-orientation`, Meuse).
    ClaimFiled,
}

/// What the state is derived from.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, asked of its own source")]
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// State of the right; `None` for somebody known by a spreadsheet only.
    pub right: Option<RightState>,
    /// Subject to droits et devoirs: right open and flag set.
    pub subject: bool,
    /// A decision of orientation is in force (`domain::orientation::decision`).
    pub decided: bool,
    /// They are in a programme.
    pub enrolled: bool,
    /// The diagnosis that it asks for is complete.
    pub diagnosed: bool,
    /// A contract is in force.
    pub contracted: bool,
    /// A return to work is lived, and news are still taken (`outcomes::standing`).
    pub at_work: bool,
    /// A prescription awaits its answer, or they wait for a place.
    pub prescribed: bool,
    /// A spreadsheet, a professional or another département named them as somebody to orient.
    pub asked_for_help: bool,
    /// They were passed to another département.
    pub left: bool,
    /// Their path was ended by a recorded act, and nothing followed (`followup::act`).
    pub exited: bool,
    /// The claim or the request is older than that end, which answered it.
    pub answered: bool,
}

/// The first line of `rules.md` § 1 that matches.
pub fn state(facts: Facts, opening: Opening) -> PathState {
    if facts.left {
        return PathState::Exited;
    }
    if facts.at_work {
        return PathState::InOutcome;
    }
    if facts.enrolled {
        return match (facts.contracted, facts.diagnosed) {
            (true, _) => PathState::Contracted,
            (false, true) => PathState::Diagnosed,
            (false, false) => PathState::Enrolled,
        };
    }
    if facts.prescribed {
        return PathState::Prescribed;
    }
    if facts.decided {
        return PathState::Oriented;
    }
    let claim = matches!(facts.right, Some(RightState::Pending | RightState::Claim));
    let asks = facts.asked_for_help || (claim && opening == Opening::ClaimFiled);
    if facts.subject || (asks && !facts.answered) {
        return PathState::ToOrient;
    }
    if facts.exited {
        return PathState::Exited;
    }
    match facts.right {
        Some(right) if right.is_open() || claim => PathState::Known,
        None => PathState::Known,
        Some(_) => PathState::RightClosed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(right: RightState, subject: bool) -> Facts {
        Facts {
            right: Some(right),
            subject,
            decided: false,
            enrolled: false,
            diagnosed: false,
            contracted: false,
            at_work: false,
            prescribed: false,
            asked_for_help: false,
            left: false,
            exited: false,
            answered: false,
        }
    }

    #[test]
    fn a_path_that_ended_is_left_unless_a_right_or_a_new_request_asks_for_another() {
        let ended = |right, subject| Facts { exited: true, answered: true, ..facts(right, subject) };
        for right in [RightState::Closed, RightState::Open, RightState::Claim, RightState::Absent] {
            assert_eq!(state(ended(right, false), Opening::ClaimFiled), PathState::Exited);
        }
        assert_eq!(state(ended(RightState::Open, true), Opening::ClaimFiled), PathState::ToOrient);
        let again = Facts { answered: false, ..ended(RightState::Claim, false) };
        assert_eq!(state(again, Opening::ClaimFiled), PathState::ToOrient);
        assert_eq!(state(again, Opening::RightOpened), PathState::Exited);
        let decided = Facts { decided: true, ..again };
        assert_eq!(state(decided, Opening::ClaimFiled), PathState::Oriented);
    }

    #[test]
    fn who_is_subject_must_be_oriented() {
        assert_eq!(state(facts(RightState::Open, true), Opening::RightOpened), PathState::ToOrient);
        assert_eq!(
            state(facts(RightState::PaymentSuspended, true), Opening::RightOpened),
            PathState::ToOrient
        );
        assert_eq!(state(facts(RightState::Open, false), Opening::RightOpened), PathState::Known);
    }

    #[test]
    fn a_claim_being_examined_is_oriented_only_where_a_platform_opens_at_the_claim() {
        for right in [RightState::Claim, RightState::Pending] {
            assert_eq!(state(facts(right, false), Opening::ClaimFiled), PathState::ToOrient);
            assert_eq!(state(facts(right, false), Opening::RightOpened), PathState::Known);
        }
    }

    #[test]
    fn a_decision_in_force_comes_before_the_right_and_the_queue() {
        for right in [RightState::Open, RightState::Claim, RightState::Closed, RightState::Absent] {
            let facts = Facts { decided: true, ..facts(right, true) };
            assert_eq!(state(facts, Opening::ClaimFiled), PathState::Oriented);
        }
    }

    #[test]
    fn a_programme_comes_before_a_prescription_and_a_prescription_before_a_decision() {
        for right in [RightState::Open, RightState::Claim, RightState::Closed] {
            let decided = Facts { decided: true, ..facts(right, true) };
            let prescribed = Facts { prescribed: true, ..decided };
            let enrolled = Facts { enrolled: true, ..prescribed };
            assert_eq!(state(prescribed, Opening::ClaimFiled), PathState::Prescribed);
            assert_eq!(state(enrolled, Opening::ClaimFiled), PathState::Enrolled);
            let diagnosed = Facts { diagnosed: true, ..enrolled };
            assert_eq!(state(diagnosed, Opening::ClaimFiled), PathState::Diagnosed);
            let contracted = Facts { contracted: true, ..enrolled };
            assert_eq!(state(contracted, Opening::ClaimFiled), PathState::Contracted);
            // A diagnosis or a contract without a programme changes nothing of the path.
            for without in [diagnosed, contracted] {
                let alone = Facts { enrolled: false, ..without };
                assert_eq!(state(alone, Opening::ClaimFiled), PathState::Prescribed);
            }
            assert_eq!(state(Facts { left: true, ..enrolled }, Opening::ClaimFiled), PathState::Exited);
            // Work comes before all, in a programme or after it, whatever the right has become.
            for before in [decided, enrolled, contracted, facts(right, false)] {
                let at_work = Facts { at_work: true, ..before };
                assert_eq!(state(at_work, Opening::ClaimFiled), PathState::InOutcome);
                let left = Facts { left: true, ..at_work };
                assert_eq!(state(left, Opening::ClaimFiled), PathState::Exited);
            }
        }
    }

    #[test]
    fn a_closed_or_absent_right_is_right_closed() {
        for right in [RightState::Refused, RightState::Closed, RightState::ClosedEarlier, RightState::Absent]
        {
            assert_eq!(state(facts(right, false), Opening::ClaimFiled), PathState::RightClosed);
        }
    }

    #[test]
    fn who_was_passed_to_another_departement_is_here_no_more_whatever_a_late_file_says() {
        for right in [RightState::Open, RightState::Claim, RightState::Closed] {
            let facts = Facts { left: true, ..facts(right, true) };
            assert_eq!(state(facts, Opening::ClaimFiled), PathState::Exited);
        }
    }
}
