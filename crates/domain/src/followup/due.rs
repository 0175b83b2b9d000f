//! The next due step (`rules.md` § 2): kind, owner, date, reason.
//!
//! Invariant: from `to_orient` to `in_outcome` there is at least one step and each has an owner. This step of the
//! product knows `orient` (and `close_or_keep` for a right that closed while a referent is still named).

use chrono::NaiveDate;
use reference::holidays::Zone;
use serde::{Deserialize, Serialize};

use super::path::PathState;
use crate::orientation::{Deadline, deadline};
use crate::time::plus_days;

/// The kinds of step known so far; the words are those of `rules.md` § 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Orient the person.
    Orient,
    /// The right is closed and somebody still follows them.
    CloseOrKeep,
}

impl Kind {
    /// The word of the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Orient => "orient",
            Self::CloseOrKeep => "close_or_keep",
        }
    }
}

/// What a step is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Where the person stands.
    pub state: PathState,
    /// Reception of the information that makes them subject (or of the claim).
    pub reception: Option<NaiveDate>,
    /// The day the right was seen closed.
    pub closed_on: Option<NaiveDate>,
    /// Somebody is named as their referent.
    pub has_referent: bool,
    /// `orientation.deadline_days` on that date.
    pub orientation_days: i64,
    /// Public holidays that apply.
    pub zone: Zone,
}

/// A due step, its owner being named by the caller who knows territories and people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What must be done.
    pub kind: Kind,
    /// Before which date.
    pub deadline: Deadline,
}

/// The next due step, `None` where none is owed.
pub fn next(facts: Facts) -> Option<Step> {
    match facts.state {
        // A person to orient always has a step: without a reception date the clock starts at the epoch, thus late,
        // so that nobody is forgotten because a date is missing.
        PathState::ToOrient => Some(Step {
            kind: Kind::Orient,
            deadline: deadline(facts.reception.unwrap_or_default(), facts.orientation_days, facts.zone),
        }),
        PathState::RightClosed if facts.has_referent => Some(Step {
            kind: Kind::CloseOrKeep,
            deadline: Deadline::on(plus_days(facts.closed_on?, 30), facts.zone),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nobody_to_orient_is_without_a_step(reception in proptest::option::of(0i32..20_000), referent: bool) {
            let facts = Facts {
                state: PathState::ToOrient,
                reception: reception.and_then(NaiveDate::from_epoch_days),
                closed_on: None,
                has_referent: referent,
                orientation_days: 42,
                zone: Zone::Metropole,
            };
            let step = next(facts).unwrap();
            prop_assert_eq!(step.kind, Kind::Orient);
            prop_assert!(step.deadline.due <= step.deadline.legal);
        }
    }
}
