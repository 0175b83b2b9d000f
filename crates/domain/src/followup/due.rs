//! The next due step (`rules.md` § 2): kind, owner, date, reason.
//!
//! Invariant: from `to_orient` to `in_outcome` there is at least one step and each has an owner. This version of the product
//! knows `orient`, then, once oriented, `assign_referent`, `first_appointment`, `contract`, `review` and `task` (the answer to
//! a contest, an action that has a date, a contract to validate, fewer hours to look at again); `answer_prescription`, then, in
//! a programme, `first_meeting`, `diagnose`, `contact`, `milestone` and `end_of_pause`; `renew_or_end` of a programme or a contract, and
//! `convert_contract` for one of before 2025; at work, `retention_check` and the contacts that were agreed;
//! `call_back` after an absence, or when a call was promised; `close_or_keep` for a right that closed while somebody still follows; and, once
//! they left, `task` again (their arrival to be confirmed).

mod kind;

use chrono::NaiveDate;
use reference::holidays::{Zone, after_working_days};

use super::path::PathState;
use crate::engagement::standing::{self, convert_by};
use crate::orientation::{Deadline, deadline};
use crate::outcomes;
use crate::programmes::owed::Owed;
use crate::time::{plus_days, plus_months};

pub use kind::Kind;

/// Days from the notification to the first appointment.
pub const FIRST_APPOINTMENT_DAYS: i64 = 15;
/// Working days in which a referent is named.
pub const ASSIGN_REFERENT_DAYS: u32 = 5;
/// Days in which a right that closed is looked at by who follows.
pub const CLOSE_OR_KEEP_DAYS: i64 = 30;
/// Working days in which somebody who did not come is called.
pub const CALL_BACK_DAYS: u32 = 2;

/// What a step is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Where the person stands.
    pub state: PathState,
    /// Reception of the information that makes them subject (or of the claim).
    pub reception: Option<NaiveDate>,
    /// The day the right was seen closed.
    pub closed_on: Option<NaiveDate>,
    /// The day the decision in force was notified.
    pub oriented_on: Option<NaiveDate>,
    /// The day of the first appointment held since.
    pub met_on: Option<NaiveDate>,
    /// Somebody is named as their referent, and may follow them today.
    pub has_referent: bool,
    /// The day from which nobody does any more.
    pub alone_since: Option<NaiveDate>,
    /// The day before which their arrival in another département is to be confirmed.
    pub confirm_by: Option<NaiveDate>,
    /// The day of an absence that nothing followed.
    pub absent_on: Option<NaiveDate>,
    /// Before when somebody who asked to be called is.
    pub call_by: Option<NaiveDate>,
    /// The day of the next review.
    pub review_on: Option<NaiveDate>,
    /// When somebody whose right is closed, and who is kept, is looked at again.
    pub look_on: Option<NaiveDate>,
    /// The day they entered a programme.
    pub enrolled_on: Option<NaiveDate>,
    /// What the programmes of the person set.
    pub owed: Owed,
    /// What the contracts of the person say.
    pub contract: standing::Standing,
    /// What their returns to work say.
    pub outcome: outcomes::standing::Standing,
    /// Before when a contest is answered.
    pub answer_by: Option<NaiveDate>,
    /// The date of the next action of the plan.
    pub task_on: Option<NaiveDate>,
    /// `orientation.deadline_days` on that date.
    pub orientation_days: i64,
    /// `contract.sign_within_months` on that date.
    pub contract_months: u32,
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

/// Every step owed, the earliest first.
pub fn steps(facts: Facts) -> Vec<Step> {
    let step = |kind, legal| Step { kind, deadline: Deadline::on(legal, facts.zone) };
    let usual = |day| plus_days(day, CLOSE_OR_KEEP_DAYS);
    let closed = facts.closed_on.map(|day| step(Kind::CloseOrKeep, facts.look_on.unwrap_or(usual(day))));
    let absent = facts.absent_on.map(|day| after_working_days(day, CALL_BACK_DAYS, facts.zone));
    let call = |by: Option<NaiveDate>| by.map(|day| step(Kind::CallBack, day));
    let mut all = Vec::new();
    match facts.state {
        // A person to orient always has a step: without a reception date the clock starts at the epoch, thus late,
        // so that nobody is forgotten because a date is missing.
        PathState::ToOrient => {
            all.push(Step {
                kind: Kind::Orient,
                deadline: deadline(facts.reception.unwrap_or_default(), facts.orientation_days, facts.zone),
            });
            all.extend(of_outcomes(facts));
            // Whoever waits in the queue and asked to be called is there at the promised time.
            all.extend(call(absent));
        }
        PathState::Oriented
        | PathState::Prescribed
        | PathState::Enrolled
        | PathState::Diagnosed
        | PathState::Contracted
        | PathState::InOutcome => {
            all.extend(of_a_decision(facts));
            all.extend(of_programmes(facts));
            all.extend(of_contracts(facts));
            all.extend(of_outcomes(facts));
            all.extend(facts.answer_by.map(|day| step(Kind::AnswerContest, day)));
            all.extend(facts.task_on.map(|day| step(Kind::DoAction, day)));
            all.extend(call(absent.into_iter().chain(facts.call_by).min()));
            all.extend(closed);
        }
        PathState::Exited => {
            all.extend(facts.confirm_by.map(|day| step(Kind::ConfirmTransfer, day)));
            all.extend(call(facts.call_by));
        }
        PathState::Known | PathState::RightClosed => {
            let followed = facts.has_referent || facts.alone_since.is_some();
            all.extend(closed.filter(|_| followed && facts.state == PathState::RightClosed));
            all.extend(call(facts.call_by));
        }
    }
    all.sort_by_key(|step| (step.deadline.due, step.kind));
    all
}

/// What is owed once somebody is oriented; whoever entered a programme is met there.
fn of_a_decision(facts: Facts) -> Vec<Step> {
    let step = |kind, legal| Step { kind, deadline: Deadline::on(legal, facts.zone) };
    let mut all = Vec::new();
    let at_work = facts.state == PathState::InOutcome;
    let enrolled = facts.state.is_enrolled() || at_work;
    let since = facts.oriented_on.or((facts.state == PathState::Oriented).then(NaiveDate::default));
    if !facts.has_referent && (enrolled || since.is_some()) {
        let from = since.or(facts.enrolled_on).or(facts.outcome.since).unwrap_or_default();
        let from = facts.alone_since.map_or(from, |day| day.max(from));
        all.push(step(Kind::AssignReferent, after_working_days(from, ASSIGN_REFERENT_DAYS, facts.zone)));
    }
    let Some(since) = since else { return all };
    if facts.met_on.is_none() && !enrolled {
        all.push(step(Kind::FirstAppointment, plus_days(since, FIRST_APPOINTMENT_DAYS)));
    }
    if facts.contract.until.is_none() && !at_work {
        // The month was kept by a contract that ended since: another one is owed from its last day.
        let month = plus_months(since, facts.contract_months);
        all.push(step(Kind::Contract, facts.contract.lapsed_on.map_or(month, |last| last.max(month))));
    }
    all.extend(facts.review_on.map(|day| step(Kind::Review, day)));
    all
}

/// What programmes set.
fn of_programmes(facts: Facts) -> impl Iterator<Item = Step> {
    // At work, the months after take the place of the rhythm of the programme: its end is still prepared, and its points that
    // prepare it are the only ones the caller gives (`milestone::Kind::at_work`).
    let owed = match facts.state {
        PathState::InOutcome => Owed {
            answer_by: facts.owed.answer_by,
            decide_by: facts.owed.decide_by,
            point_by: facts.owed.point_by,
            ..Owed::default()
        },
        _ => facts.owed,
    };
    let steps = [
        (Kind::AnswerPrescription, owed.answer_by),
        (Kind::FirstMeeting, owed.meet_by),
        (Kind::Diagnose, owed.diagnose_by),
        (Kind::Contact, owed.contact_by),
        (Kind::Milestone, owed.point_by),
        (Kind::DecideRenewal, owed.decide_by),
        (Kind::EndOfPause, owed.paused_until),
    ];
    dated(steps, facts.zone)
}

/// What returns to work set.
fn of_outcomes(facts: Facts) -> impl Iterator<Item = Step> {
    let outcome = facts.outcome;
    let steps = [
        (Kind::RetentionCheck, outcome.check_by),
        (Kind::AgreedContact, outcome.agreed_by),
        (Kind::ConfirmStart, outcome.start_by),
        (Kind::AskAtEnd, outcome.end_by),
    ];
    dated(steps, facts.zone)
}

/// What contracts set, and the end of programmes with them: the earliest of both. At work no contract is owed, thus none is
/// prepared to follow the one that ends.
fn of_contracts(facts: Facts) -> impl Iterator<Item = Step> {
    let contract = facts.contract;
    let at_work = facts.state == PathState::InOutcome;
    let ends = contract.until.filter(|_| !at_work).map(|last| plus_days(last, -standing::BEFORE_END_DAYS));
    let steps = [
        (Kind::RenewOrEnd, ends.into_iter().chain(facts.owed.renew_by).min()),
        (Kind::ConvertContract, contract.old.then(|| convert_by(facts.zone))),
        (Kind::ValidateContract, contract.validate_by),
        (Kind::ReviewHours, contract.hours_until),
    ];
    dated(steps, facts.zone)
}

fn dated<const N: usize>(steps: [(Kind, Option<NaiveDate>); N], zone: Zone) -> impl Iterator<Item = Step> {
    let one =
        move |(kind, day): (Kind, Option<NaiveDate>)| Some(Step { kind, deadline: Deadline::on(day?, zone) });
    steps.into_iter().filter_map(one)
}

/// The next due step, `None` where none is owed.
pub fn next(facts: Facts) -> Option<Step> {
    steps(facts).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(state: PathState) -> Facts {
        Facts {
            state,
            reception: None,
            closed_on: None,
            oriented_on: None,
            met_on: None,
            has_referent: false,
            alone_since: None,
            confirm_by: None,
            absent_on: None,
            call_by: None,
            review_on: None,
            look_on: None,
            enrolled_on: None,
            owed: Owed::default(),
            contract: standing::Standing::default(),
            outcome: outcomes::standing::Standing::default(),
            answer_by: None,
            task_on: None,
            orientation_days: 42,
            contract_months: 1,
            zone: Zone::Metropole,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn who_was_oriented_is_given_a_referent_then_met_then_has_a_contract() {
        let oriented = Facts { oriented_on: Some(day("2026-11-26")), ..facts(PathState::Oriented) };
        let kinds = |facts| -> Vec<(Kind, NaiveDate)> {
            steps(facts).into_iter().map(|step| (step.kind, step.deadline.due)).collect()
        };
        assert_eq!(
            kinds(oriented),
            [
                (Kind::AssignReferent, day("2026-12-03")),
                (Kind::FirstAppointment, day("2026-12-11")),
                // 26 December is a Saturday, 25 a holiday.
                (Kind::Contract, day("2026-12-24")),
            ]
        );
        // Their referent left on a Friday: five working days from there.
        let left = Facts { alone_since: Some(day("2027-02-26")), ..oriented };
        assert!(kinds(left).contains(&(Kind::AssignReferent, day("2027-03-05"))));
        let met = Facts { has_referent: true, met_on: Some(day("2026-12-01")), ..oriented };
        assert_eq!(kinds(met), [(Kind::Contract, day("2026-12-24"))]);
    }

    #[test]
    fn who_left_is_owed_a_step_until_somebody_says_that_they_arrived() {
        let left =
            Facts { has_referent: true, closed_on: Some(day("2026-12-01")), ..facts(PathState::Exited) };
        assert_eq!(steps(left), []);
        let waiting = Facts { confirm_by: Some(day("2026-12-06")), ..left };
        // 6 December is a Sunday.
        let expected = (Kind::ConfirmTransfer, day("2026-12-04"));
        assert_eq!(next(waiting).map(|step| (step.kind, step.deadline.due)), Some(expected));
        assert!(Kind::ConfirmTransfer.is_of_a_team());
    }

    #[test]
    fn an_absence_a_review_a_contest_and_a_closed_right_each_have_their_day() {
        let met = Facts {
            oriented_on: Some(day("2027-08-31")),
            has_referent: true,
            met_on: Some(day("2027-09-02")),
            ..facts(PathState::Oriented)
        };
        let due = |facts: Facts, kind| {
            let found = steps(facts).into_iter().find(|step| step.kind == kind);
            found.map(|step| (step.deadline.legal, step.deadline.due))
        };
        // Absent on a Thursday before the Monday of Pentecost: the two working days are Friday and Tuesday.
        // Who asked to be called is called on the day that they chose, whoever follows them, and even when nobody does.
        for state in [PathState::Oriented, PathState::Known, PathState::RightClosed, PathState::Exited] {
            let asked = Facts { call_by: Some(day("2027-05-11")), ..facts(state) };
            let calls = steps(asked).into_iter().filter(|one| one.kind == Kind::CallBack);
            assert_eq!(
                calls.map(|one| one.deadline.due).collect::<Vec<_>>(),
                [day("2027-05-11")],
                "{state:?}"
            );
        }
        let absent = Facts { absent_on: Some(day("2027-05-13")), ..met };
        assert_eq!(due(absent, Kind::CallBack), Some((day("2027-05-18"), day("2027-05-18"))));
        // Six months after 31 August end on 29 February of a leap year, a Tuesday.
        let review = Facts { review_on: Some(plus_months(day("2027-08-31"), 6)), ..met };
        assert_eq!(due(review, Kind::Review), Some((day("2028-02-29"), day("2028-02-29"))));
        // 1 May is a Saturday and a holiday: due the Friday before, the legal date is kept.
        let contest = Facts { answer_by: Some(day("2027-05-01")), ..met };
        assert_eq!(due(contest, Kind::AnswerContest), Some((day("2027-05-01"), day("2027-04-30"))));
        // 25 December is a holiday, a Saturday in 2027.
        let planned = Facts { task_on: Some(day("2027-12-25")), ..met };
        assert_eq!(due(planned, Kind::DoAction), Some((day("2027-12-25"), day("2027-12-24"))));
        assert_eq!((Kind::DoAction.rule(), Kind::DoAction.is_of_a_team()), ("task", false));
        let closed = Facts { closed_on: Some(day("2027-09-30")), ..met };
        assert_eq!(due(closed, Kind::CloseOrKeep).map(|(legal, _)| legal), Some(day("2027-10-30")));
        let kept = Facts { look_on: Some(day("2028-03-31")), ..closed };
        assert_eq!(due(kept, Kind::CloseOrKeep).map(|(legal, _)| legal), Some(day("2028-03-31")));
        let exited = Facts { state: PathState::Exited, ..kept };
        assert_eq!(steps(exited), []);
    }

    #[test]
    fn whoever_is_in_a_programme_is_met_there_then_seen_and_its_end_is_prepared() {
        let enrolled = Facts {
            oriented_on: Some(day("2027-01-19")),
            has_referent: true,
            owed: Owed { meet_by: Some(day("2027-02-06")), ..Owed::default() },
            ..facts(PathState::Enrolled)
        };
        let kinds = |facts| -> Vec<(Kind, NaiveDate)> {
            steps(facts).into_iter().map(|step| (step.kind, step.deadline.due)).collect()
        };
        // 6 February is a Saturday.
        assert_eq!(
            kinds(enrolled),
            [(Kind::FirstMeeting, day("2027-02-05")), (Kind::Contract, day("2027-02-19"))]
        );
        // 17 May is the Monday of Pentecost: Odile is called before.
        let owed = Owed {
            contact_by: Some(day("2027-05-17")),
            renew_by: Some(day("2027-12-22")),
            ..Owed::default()
        };
        let seen = Facts { owed, oriented_on: None, ..enrolled };
        assert_eq!(kinds(seen), [(Kind::Contact, day("2027-05-14")), (Kind::RenewOrEnd, day("2027-12-22"))]);
        let alone = Facts { has_referent: false, enrolled_on: Some(day("2027-04-05")), ..seen };
        // Easter Monday: five working days from there.
        let named = next(alone).map(|step| (step.kind, step.deadline.due));
        assert_eq!(named, Some((Kind::AssignReferent, day("2027-04-12"))));
        let waiting = Facts {
            owed: Owed { answer_by: Some(day("2027-01-27")), ..Owed::default() },
            oriented_on: None,
            ..facts(PathState::Prescribed)
        };
        assert_eq!(kinds(waiting), [(Kind::AnswerPrescription, day("2027-01-27"))]);
    }

    #[test]
    fn a_contract_ends_the_step_that_asked_for_it_until_it_ends_itself() {
        let met = Facts {
            oriented_on: Some(day("2027-01-05")),
            has_referent: true,
            met_on: Some(day("2027-01-14")),
            ..facts(PathState::Oriented)
        };
        let kinds = |contract: standing::Standing| -> Vec<(Kind, NaiveDate)> {
            let facts = Facts { contract, ..met };
            steps(facts).into_iter().map(|step| (step.kind, step.deadline.legal)).collect()
        };
        assert_eq!(kinds(standing::Standing::default()), [(Kind::Contract, day("2027-02-05"))]);
        let signed = standing::Standing {
            signed_on: Some(day("2027-02-02")),
            until: Some(day("2027-08-01")),
            hours_until: Some(day("2027-05-04")),
            ..standing::Standing::default()
        };
        let expected = [(Kind::ReviewHours, day("2027-05-04")), (Kind::RenewOrEnd, day("2027-07-02"))];
        assert_eq!(kinds(signed), expected);
        let lapsed =
            standing::Standing { lapsed_on: Some(day("2027-08-01")), ..standing::Standing::default() };
        assert_eq!(kinds(lapsed), [(Kind::Contract, day("2027-08-01"))]);
        let old = standing::Standing { old: true, hours_until: None, ..signed };
        assert_eq!(kinds(old)[0], (Kind::ConvertContract, day("2026-12-31")));
        let waiting =
            standing::Standing { validate_by: Some(day("2027-02-09")), ..standing::Standing::default() };
        assert_eq!(kinds(waiting)[1], (Kind::ValidateContract, day("2027-02-09")));
        assert!(Kind::ValidateContract.is_of_a_team() && !Kind::ReviewHours.is_of_a_team());
    }

    #[test]
    fn at_work_news_take_the_place_of_the_rhythm_and_the_end_is_still_prepared() {
        let contracted = Facts {
            oriented_on: Some(day("2027-01-19")),
            has_referent: true,
            owed: Owed {
                contact_by: Some(day("2027-07-02")),
                diagnose_by: Some(day("2027-02-16")),
                renew_by: Some(day("2027-12-22")),
                ..Owed::default()
            },
            ..facts(PathState::Contracted)
        };
        let kinds = |facts| -> Vec<(Kind, NaiveDate)> {
            steps(facts).into_iter().map(|step| (step.kind, step.deadline.due)).collect()
        };
        let outcome = outcomes::standing::Standing {
            since: Some(day("2027-06-22")),
            check_by: Some(day("2027-08-22")),
            agreed_by: Some(day("2027-07-13")),
            end_by: Some(day("2027-10-21")),
            ..outcomes::standing::Standing::default()
        };
        let at_work = Facts { outcome, state: PathState::InOutcome, ..contracted };
        let expected = [
            (Kind::AgreedContact, day("2027-07-13")),
            // 22 August is a Sunday.
            (Kind::RetentionCheck, day("2027-08-20")),
            (Kind::AskAtEnd, day("2027-10-21")),
            (Kind::RenewOrEnd, day("2027-12-22")),
        ];
        assert_eq!(kinds(at_work), expected);
        // Nothing but the work: somebody is still named, and news are taken.
        let alone = Facts { oriented_on: None, has_referent: false, owed: Owed::default(), ..at_work };
        assert_eq!(kinds(alone)[0], (Kind::AssignReferent, day("2027-06-29")));
        // Announced: the rhythm goes on, and somebody says whether it began.
        let to_come = outcomes::standing::Standing {
            start_by: Some(day("2027-06-22")),
            ..outcomes::standing::Standing::default()
        };
        let announced = Facts { outcome: to_come, ..contracted };
        assert!(kinds(announced).contains(&(Kind::ConfirmStart, day("2027-06-22"))));
        assert!(kinds(announced).contains(&(Kind::Contact, day("2027-07-02"))));
    }

    proptest! {
        #[test]
        fn nobody_to_orient_or_oriented_is_without_a_step(
            oriented: bool,
            since in proptest::option::of(0i32..20_000),
            referent: bool,
            met: bool,
            absent in proptest::option::of(0i32..20_000),
            review in proptest::option::of(0i32..20_000),
            answer in proptest::option::of(0i32..20_000),
            task in proptest::option::of(0i32..20_000),
            until in proptest::option::of(0i32..20_000),
        ) {
            let date = since.and_then(NaiveDate::from_epoch_days);
            let state = if oriented { PathState::Oriented } else { PathState::ToOrient };
            let facts = Facts {
                reception: date,
                oriented_on: date,
                met_on: date.filter(|_| met),
                has_referent: referent,
                absent_on: absent.and_then(NaiveDate::from_epoch_days),
                review_on: review.and_then(NaiveDate::from_epoch_days),
                answer_by: answer.and_then(NaiveDate::from_epoch_days),
                task_on: task.and_then(NaiveDate::from_epoch_days),
                contract: standing::Standing {
                    until: until.and_then(NaiveDate::from_epoch_days),
                    ..standing::Standing::default()
                },
                ..facts(state)
            };
            let all = steps(facts);
            let owed = |kind| all.iter().any(|step| step.kind == kind);
            prop_assert_eq!(owed(Kind::CallBack), absent.is_some());
            prop_assert_eq!(owed(Kind::Review), oriented && review.is_some());
            prop_assert_eq!(owed(Kind::AnswerContest), oriented && answer.is_some());
            prop_assert_eq!(owed(Kind::DoAction), oriented && task.is_some());
            prop_assert_eq!(owed(Kind::Contract), oriented && until.is_none());
            prop_assert_eq!(owed(Kind::RenewOrEnd), oriented && until.is_some());
            prop_assert!(!all.is_empty());
            prop_assert!(all.iter().all(|step| step.deadline.due <= step.deadline.legal));
            prop_assert!(all.windows(2).all(|pair| pair[0].deadline.due <= pair[1].deadline.due));
        }
    }
}
