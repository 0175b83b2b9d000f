//! The points that a programme sets on the way (`[[milestones]]`): which are behind, which one is next (`rules.md` § 2).
//!
//! A point is held when somebody says so. Some are seen from what is recorded elsewhere: a complete diagnosis, a contract, a
//! renewal. One that lies beyond the end of the course waits for a renewal; the exit is on the last day, wherever that has moved.

use chrono::NaiveDate;

use super::course::{self, Recorded};
use crate::coded::coded;
use crate::time::plus_days;

coded! {
    /// What is looked at.
    Kind {
        /// The diagnosis.
        Diagnosis = "diagnosis",
        /// The contract.
        Contract = "contract",
        /// Where things stand, together.
        Review = "review",
        /// Whether it goes on.
        RenewalReview = "renewal_review",
        /// What comes after.
        ExitPreparation = "exit_preparation",
        /// The last day.
        Exit = "exit",
    }
}

impl Kind {
    /// Still owed once somebody works: what prepares the end of the programme.
    pub fn at_work(self) -> bool {
        matches!(self, Self::RenewalReview | Self::ExitPreparation | Self::Exit)
    }
}

/// A point of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Days from the start of the course; no two points of a programme share one.
    pub day: u32,
    /// What is looked at, in words of the programme.
    pub label: String,
    /// What it is.
    pub kind: Kind,
}

/// How far a course is, for its points.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, asked of its own source")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// The first day of its length.
    pub starts_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// It was renewed.
    pub renewed: bool,
    /// The diagnosis that it asks for is complete.
    pub diagnosed: bool,
    /// A contract was signed.
    pub contracted: bool,
    /// The person works, and news are taken.
    pub at_work: bool,
}

/// Where a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Recorded, as held that day.
    Held(NaiveDate),
    /// What it was to look at is done.
    Met,
    /// To be held.
    Owed,
    /// Beyond the end: it comes if the course is renewed.
    Beyond,
    /// Not owed at work.
    AtWork,
}

impl State {
    /// It may still be held, or said needless.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Owed | Self::Beyond | Self::AtWork)
    }
}

/// A point of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point<'a> {
    /// What the programme says of it.
    pub milestone: &'a Milestone,
    /// Its day.
    pub on: NaiveDate,
    /// Where it stands.
    pub state: State,
}

/// The points of a course, the earliest first; none as long as its length does not run.
pub fn points<'a>(milestones: &'a [Milestone], progress: Progress, acts: &[Recorded]) -> Vec<Point<'a>> {
    let Some(starts) = progress.starts_on else { return Vec::new() };
    let held = |day: u32| {
        let mut points = acts.iter().rev().filter(|act| act.kind == course::Kind::Point);
        points.find(|act| act.point == Some(day)).map(|act| act.held_on)
    };
    let one = |milestone: &'a Milestone| {
        let day = plus_days(starts, i64::from(milestone.day));
        let on = match milestone.kind {
            Kind::Exit => progress.ends_on.unwrap_or(day),
            _ => day,
        };
        Point { milestone, on, state: state(milestone.kind, on, progress, held(milestone.day)) }
    };
    let mut all: Vec<Point<'a>> = milestones.iter().map(one).collect();
    all.sort_by_key(|point| (point.on, point.milestone.day));
    all
}

fn state(kind: Kind, on: NaiveDate, progress: Progress, held: Option<NaiveDate>) -> State {
    if let Some(day) = held {
        return State::Held(day);
    }
    let met = match kind {
        Kind::Diagnosis => progress.diagnosed,
        Kind::Contract => progress.contracted,
        Kind::RenewalReview => progress.renewed,
        Kind::Review | Kind::ExitPreparation | Kind::Exit => false,
    };
    if met {
        State::Met
    } else if progress.ends_on.is_some_and(|ends| on > ends) {
        State::Beyond
    } else if progress.at_work && !kind.at_work() {
        State::AtWork
    } else {
        State::Owed
    }
}

/// The next point owed.
pub fn next<'a>(points: &[Point<'a>]) -> Option<Point<'a>> {
    points.iter().find(|point| point.state == State::Owed).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Those of the joint support of the Alpes-de-Haute-Provence.
    fn joint() -> Vec<Milestone> {
        [
            (15, Kind::Diagnosis),
            (30, Kind::Contract),
            (90, Kind::Review),
            (180, Kind::RenewalReview),
            (270, Kind::Review),
            (335, Kind::ExitPreparation),
            (365, Kind::Exit),
        ]
        .map(|(day, kind)| Milestone { day, label: format!("Point {day}"), kind })
        .to_vec()
    }

    fn held(point: u32, on: &str) -> Recorded {
        Recorded { kind: course::Kind::Point, held_on: day(on), until: None, point: Some(point) }
    }

    fn next_day(progress: Progress, acts: &[Recorded]) -> Option<(u32, NaiveDate)> {
        next(&points(&joint(), progress, acts)).map(|point| (point.milestone.day, point.on))
    }

    #[test]
    fn sylvie_is_seen_by_both_at_three_six_and_nine_months() {
        let mut progress = Progress {
            starts_on: Some(day("2027-01-11")),
            ends_on: Some(day("2027-07-10")),
            ..Progress::default()
        };
        assert_eq!(next_day(progress, &[]), Some((15, day("2027-01-26"))));
        progress.diagnosed = true;
        assert_eq!(next_day(progress, &[]), Some((30, day("2027-02-10"))));
        progress.contracted = true;
        assert_eq!(next_day(progress, &[]), Some((90, day("2027-04-11"))));
        let mut acts = vec![held(90, "2027-04-09")];
        assert_eq!(next_day(progress, &acts), Some((180, day("2027-07-10"))));
        // Past its end, nothing is owed that only a renewal brings; the exit is.
        acts.push(held(180, "2027-06-29"));
        assert_eq!(next_day(progress, &acts), Some((365, day("2027-07-10"))));
        acts.pop();
        progress = Progress { renewed: true, ends_on: Some(day("2028-01-10")), ..progress };
        assert_eq!(next_day(progress, &acts), Some((270, day("2027-10-08"))));
        // At work, only what prepares the end.
        progress.at_work = true;
        assert_eq!(next_day(progress, &acts), Some((335, day("2027-12-12"))));
        let states: Vec<State> =
            points(&joint(), progress, &acts).into_iter().map(|point| point.state).collect();
        let expected = [
            State::Met,
            State::Met,
            State::Held(day("2027-04-09")),
            State::Met,
            State::AtWork,
            State::Owed,
            State::Owed,
        ];
        assert_eq!(states, expected);
    }

    #[test]
    fn before_the_first_day_of_its_length_no_point_is_owed() {
        assert_eq!(points(&joint(), Progress::default(), &[]), Vec::new());
    }

    proptest! {
        #[test]
        fn a_point_that_is_held_is_never_owed_again_and_the_next_one_is_the_earliest(
            start in 10_000i32..40_000,
            length in 1i64..800,
            done in proptest::collection::vec(0usize..7, 0..7),
            renewed: bool, diagnosed: bool, contracted: bool, at_work: bool,
        ) {
            let starts_on = NaiveDate::from_epoch_days(start);
            let ends_on = starts_on.map(|day| plus_days(day, length));
            let progress = Progress { starts_on, ends_on, renewed, diagnosed, contracted, at_work };
            let acts: Vec<Recorded> = done.iter().map(|n| held(joint()[*n].day, "2027-01-01")).collect();
            let plan = joint();
            let all = points(&plan, progress, &acts);
            prop_assert_eq!(all.len(), plan.len());
            let owed: Vec<&Point<'_>> = all.iter().filter(|point| point.state == State::Owed).collect();
            prop_assert!(owed.iter().all(|point| acts.iter().all(|act| act.point != Some(point.milestone.day))));
            prop_assert!(owed.iter().all(|point| ends_on.is_none_or(|ends| point.on <= ends)));
            prop_assert_eq!(next(&all).map(|point| point.on), owed.iter().map(|point| point.on).min());
        }
    }
}
