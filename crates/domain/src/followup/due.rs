//! The next due step (`rules.md` § 2): kind, owner, date, reason.
//!
//! Invariant: from `to_orient` to `in_outcome` there is at least one step and each has an owner. This version of the product
//! knows `orient`, then, once oriented, `assign_referent`, `first_appointment`, `contract`, `review` and `task` (the answer to
//! a contest, an action that has a date); `answer_prescription`, then, in a programme, `first_meeting`, `diagnose`, `contact`, `end_of_pause` and
//! `renew_or_end`;
//! `call_back` after an absence; `close_or_keep` for a right that closed while somebody still follows; and, once
//! they left, `task` again (their arrival to be confirmed).

use chrono::NaiveDate;
use reference::holidays::{Zone, after_working_days};
use serde::{Deserialize, Serialize};

use super::path::PathState;
use crate::orientation::{Deadline, deadline};
use crate::programmes::course::Owed;
use crate::time::{plus_days, plus_months};

/// Days from the notification to the first appointment.
pub const FIRST_APPOINTMENT_DAYS: i64 = 15;
/// Working days in which a referent is named.
pub const ASSIGN_REFERENT_DAYS: u32 = 5;
/// Days in which a right that closed is looked at by who follows.
pub const CLOSE_OR_KEEP_DAYS: i64 = 30;
/// Working days in which somebody who did not come is called.
pub const CALL_BACK_DAYS: u32 = 2;

/// The kinds of step known so far; the words are those of `rules.md` § 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Orient the person.
    Orient,
    /// Name somebody who follows the person.
    AssignReferent,
    /// Meet the person for the first time.
    FirstAppointment,
    /// Sign the contract.
    Contract,
    /// The right is closed and somebody still follows them.
    CloseOrKeep,
    /// Make sure that somebody who left arrived in the other département.
    ConfirmTransfer,
    /// They did not come: call them.
    CallBack,
    /// Look at the situation again.
    Review,
    /// Answer a contest.
    AnswerContest,
    /// Do an action of the plan, or see that it is done.
    DoAction,
    /// Answer a prescription, or look at the waiting list again.
    AnswerPrescription,
    /// Meet somebody who entered a programme.
    FirstMeeting,
    /// Make the diagnosis that the programme asks for, each for their side.
    Diagnose,
    /// See or call them again.
    Contact,
    /// A pause ends: contacts go on.
    EndOfPause,
    /// The programme ends: renew it, or prepare what follows.
    RenewOrEnd,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::Orient,
        Self::AssignReferent,
        Self::FirstAppointment,
        Self::Contract,
        Self::CloseOrKeep,
        Self::ConfirmTransfer,
        Self::CallBack,
        Self::Review,
        Self::AnswerContest,
        Self::DoAction,
        Self::AnswerPrescription,
        Self::FirstMeeting,
        Self::Diagnose,
        Self::Contact,
        Self::EndOfPause,
        Self::RenewOrEnd,
    ];

    /// The word of the database and of filters.
    pub fn code(self) -> &'static str {
        match self {
            Self::Orient => "orient",
            Self::AssignReferent => "assign_referent",
            Self::FirstAppointment => "first_appointment",
            Self::Contract => "contract",
            Self::CloseOrKeep => "close_or_keep",
            Self::ConfirmTransfer => "confirm_transfer",
            Self::CallBack => "call_back",
            Self::Review => "review",
            Self::AnswerContest => "answer_contest",
            Self::DoAction => "do_action",
            Self::AnswerPrescription => "answer_prescription",
            Self::FirstMeeting => "first_meeting",
            Self::Diagnose => "diagnose",
            Self::Contact => "contact",
            Self::EndOfPause => "end_of_pause",
            Self::RenewOrEnd => "renew_or_end",
        }
    }

    /// The word of the API, that of `rules.md` § 2: a dated action awaited from somebody is a task.
    pub fn rule(self) -> &'static str {
        match self {
            Self::ConfirmTransfer | Self::AnswerContest | Self::DoAction => "task",
            other => other.code(),
        }
    }

    /// Reads [`Kind::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// A team owes it, even when somebody follows the person.
    pub fn is_of_a_team(self) -> bool {
        matches!(
            self,
            Self::Orient
                | Self::AssignReferent
                | Self::ConfirmTransfer
                | Self::AnswerContest
                | Self::AnswerPrescription
        )
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
    /// The day the decision in force was notified.
    pub oriented_on: Option<NaiveDate>,
    /// The day of the first appointment held since.
    pub met_on: Option<NaiveDate>,
    /// Somebody is named as their referent.
    pub has_referent: bool,
    /// The day before which their arrival in another département is to be confirmed.
    pub confirm_by: Option<NaiveDate>,
    /// The day of an absence that nothing followed.
    pub absent_on: Option<NaiveDate>,
    /// The day of the next review.
    pub review_on: Option<NaiveDate>,
    /// When somebody whose right is closed, and who is kept, is looked at again.
    pub look_on: Option<NaiveDate>,
    /// The day they entered a programme.
    pub enrolled_on: Option<NaiveDate>,
    /// What the programmes of the person set.
    pub owed: Owed,
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
    let absent =
        facts.absent_on.map(|day| step(Kind::CallBack, after_working_days(day, CALL_BACK_DAYS, facts.zone)));
    let mut all = Vec::new();
    match facts.state {
        // A person to orient always has a step: without a reception date the clock starts at the epoch, thus late,
        // so that nobody is forgotten because a date is missing.
        PathState::ToOrient => {
            all.push(Step {
                kind: Kind::Orient,
                deadline: deadline(facts.reception.unwrap_or_default(), facts.orientation_days, facts.zone),
            });
            all.extend(absent);
        }
        PathState::Oriented | PathState::Prescribed | PathState::Enrolled | PathState::Diagnosed => {
            all.extend(of_a_decision(facts));
            all.extend(of_programmes(facts));
            all.extend(facts.answer_by.map(|day| step(Kind::AnswerContest, day)));
            all.extend(facts.task_on.map(|day| step(Kind::DoAction, day)));
            all.extend(absent);
            all.extend(closed);
        }
        PathState::Exited => all.extend(facts.confirm_by.map(|day| step(Kind::ConfirmTransfer, day))),
        PathState::RightClosed if facts.has_referent => all.extend(closed),
        PathState::Known | PathState::RightClosed => {}
    }
    all.sort_by_key(|step| (step.deadline.due, step.kind));
    all
}

/// What is owed once somebody is oriented; whoever entered a programme is met there.
fn of_a_decision(facts: Facts) -> Vec<Step> {
    let step = |kind, legal| Step { kind, deadline: Deadline::on(legal, facts.zone) };
    let mut all = Vec::new();
    let enrolled = facts.state.is_enrolled();
    let since = facts.oriented_on.or((facts.state == PathState::Oriented).then(NaiveDate::default));
    if !facts.has_referent && (enrolled || since.is_some()) {
        let from = since.or(facts.enrolled_on).unwrap_or_default();
        all.push(step(Kind::AssignReferent, after_working_days(from, ASSIGN_REFERENT_DAYS, facts.zone)));
    }
    let Some(since) = since else { return all };
    if facts.met_on.is_none() && !enrolled {
        all.push(step(Kind::FirstAppointment, plus_days(since, FIRST_APPOINTMENT_DAYS)));
    }
    all.push(step(Kind::Contract, plus_months(since, facts.contract_months)));
    all.extend(facts.review_on.map(|day| step(Kind::Review, day)));
    all
}

/// What programmes set.
fn of_programmes(facts: Facts) -> impl Iterator<Item = Step> {
    let owed = facts.owed;
    let steps = [
        (Kind::AnswerPrescription, owed.answer_by),
        (Kind::FirstMeeting, owed.meet_by),
        (Kind::Diagnose, owed.diagnose_by),
        (Kind::Contact, owed.contact_by),
        (Kind::EndOfPause, owed.paused_until),
        (Kind::RenewOrEnd, owed.renew_by),
    ];
    steps
        .into_iter()
        .filter_map(move |(kind, day)| Some(Step { kind, deadline: Deadline::on(day?, facts.zone) }))
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
            confirm_by: None,
            absent_on: None,
            review_on: None,
            look_on: None,
            enrolled_on: None,
            owed: Owed::default(),
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
                ..facts(state)
            };
            let all = steps(facts);
            let owed = |kind| all.iter().any(|step| step.kind == kind);
            prop_assert_eq!(owed(Kind::CallBack), absent.is_some());
            prop_assert_eq!(owed(Kind::Review), oriented && review.is_some());
            prop_assert_eq!(owed(Kind::AnswerContest), oriented && answer.is_some());
            prop_assert_eq!(owed(Kind::DoAction), oriented && task.is_some());
            prop_assert!(!all.is_empty());
            prop_assert!(all.iter().all(|step| step.deadline.due <= step.deadline.legal));
            prop_assert!(all.windows(2).all(|pair| pair[0].deadline.due <= pair[1].deadline.due));
        }
    }
}
