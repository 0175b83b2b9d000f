//! Nobody is forgotten (`rules.md` § 2): from any facts, whoever is to orient, followed or at work is owed a step, and whoever
//! nobody can follow any more is told to the team.

use chrono::NaiveDate;
use proptest::prelude::*;
use reference::holidays::Zone;

use super::due::{Facts, Kind, steps};
use super::path::{self, Opening, PathState};
use crate::engagement::standing;
use crate::intake::flux::RightState;
use crate::outcomes;
use crate::programmes::owed::Owed;

const RIGHTS: [RightState; 8] = [
    RightState::Pending,
    RightState::Refused,
    RightState::Open,
    RightState::Suspended,
    RightState::PaymentSuspended,
    RightState::Closed,
    RightState::ClosedEarlier,
    RightState::Absent,
];

fn day() -> impl Strategy<Value = NaiveDate> {
    (0i32..20_000).prop_map(|days| NaiveDate::from_epoch_days(days).unwrap_or_default())
}

fn maybe() -> impl Strategy<Value = Option<NaiveDate>> {
    proptest::option::of(day())
}

/// What somebody in a programme owes: a first meeting, a contact or the end of a pause, as `course::owed` says
/// (a property of its own holds there), and perhaps more.
fn owed() -> impl Strategy<Value = (Option<NaiveDate>, Owed)> {
    (maybe(), 0_u8..3, day(), maybe(), maybe(), maybe(), maybe()).prop_map(
        |(enrolled, which, by, diagnose_by, renew_by, answer_by, point_by)| {
            let of = |n: u8| enrolled.filter(|_| which == n).map(|_| by);
            let owed = Owed {
                answer_by,
                meet_by: of(0),
                contact_by: of(1),
                paused_until: of(2),
                diagnose_by: diagnose_by.filter(|_| enrolled.is_some()),
                renew_by: renew_by.filter(|_| enrolled.is_some()),
                point_by: point_by.filter(|_| enrolled.is_some()),
                decide_by: None,
            };
            (enrolled, owed)
        },
    )
}

/// A return to work: lived, and then news are owed; announced; or nothing.
fn outcome() -> impl Strategy<Value = outcomes::standing::Standing> {
    (maybe(), day(), maybe(), maybe(), maybe()).prop_map(|(since, check, agreed_by, start_by, ends)| {
        outcomes::standing::Standing {
            since,
            check_by: since.map(|_| check),
            agreed_by,
            start_by,
            end_by: ends.filter(|_| since.is_some()),
        }
    })
}

fn contract() -> impl Strategy<Value = standing::Standing> {
    (maybe(), maybe(), maybe()).prop_map(|(until, lapsed, validate_by)| standing::Standing {
        signed_on: until,
        until,
        lapsed_on: lapsed.filter(|_| until.is_none()),
        validate_by,
        ..standing::Standing::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn no_reachable_state_leaves_a_person_without_a_step(
        right in proptest::option::of(0_usize..RIGHTS.len()),
        (subject, asks, left, ended) in any::<(bool, bool, bool, bool)>(),
        (oriented, met, reception, closed_on, alone_since) in (maybe(), maybe(), maybe(), maybe(), maybe()),
        (enrolled_on, owed) in owed(),
        outcome in outcome(),
        contract in contract(),
        (absent_on, review_on, answer_by, task_on) in (maybe(), maybe(), maybe(), maybe()),
        referent: bool,
    ) {
        let right = right.map(|n| RIGHTS[n]);
        let stands = path::Facts {
            right,
            subject,
            decided: oriented.is_some(),
            enrolled: enrolled_on.is_some(),
            diagnosed: enrolled_on.is_some() && owed.diagnose_by.is_none(),
            contracted: contract.signed_on.is_some(),
            at_work: outcome.since.is_some(),
            prescribed: owed.answer_by.is_some(),
            asked_for_help: asks,
            left,
            exited: ended,
            answered: ended,
        };
        for opening in [Opening::RightOpened, Opening::ClaimFiled] {
            let state = path::state(stands, opening);
            let all = steps(Facts {
                state,
                reception,
                closed_on,
                oriented_on: oriented,
                met_on: met,
                has_referent: referent,
                alone_since: alone_since.filter(|_| !referent),
                confirm_by: None,
                absent_on,
                call_by: None,
                review_on,
                look_on: None,
                enrolled_on,
                owed,
                contract,
                outcome,
                answer_by,
                task_on,
                orientation_days: 42,
                contract_months: 1,
                zone: Zone::Metropole,
            });
            let owes = |kind| all.iter().any(|step| step.kind == kind);
            if state == PathState::ToOrient {
                prop_assert!(owes(Kind::Orient));
            }
            if state.is_followed() {
                prop_assert!(!all.is_empty(), "{state:?}");
                let asked = state.is_enrolled() || state == PathState::InOutcome || oriented.is_some();
                prop_assert_eq!(owes(Kind::AssignReferent), !referent && asked);
            }
            prop_assert_eq!(owes(Kind::RetentionCheck), state == PathState::InOutcome);
            if state == PathState::RightClosed && !referent && alone_since.is_some() && closed_on.is_some() {
                prop_assert!(owes(Kind::CloseOrKeep));
            }
        }
    }
}
