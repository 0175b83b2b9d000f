//! What the outcomes of a person say together: whether they are at work, and what is owed there.

use chrono::{DateTime, NaiveDate, Utc};

use super::outcome::{Act, Outcome, Recorded, Stage};

/// Where a person stands with their outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The first day of what they live now; `None` when they are not `in_outcome` (`rules.md` § 1).
    pub since: Option<NaiveDate>,
    /// The next moment at which news are taken.
    pub check_by: Option<NaiveDate>,
    /// The next contact that was agreed.
    pub agreed_by: Option<NaiveDate>,
    /// The day on which something is to begin, and somebody says whether it did.
    pub start_by: Option<NaiveDate>,
    /// The end that is known in advance, at which somebody asks what follows.
    pub end_by: Option<NaiveDate>,
}

/// Where the person stands. `acts`: of every outcome that was not written by mistake, each with the instant at which it was
/// recorded; `spoken`: the instants at which an exchange with the person was recorded.
pub fn standing(
    outcomes: &[Outcome],
    acts: &[(DateTime<Utc>, Recorded)],
    spoken: &[DateTime<Utc>],
) -> Standing {
    let lived: Vec<&Outcome> = outcomes.iter().filter(|one| one.is_lived()).collect();
    let announced = outcomes.iter().filter(|one| one.stage == Stage::Announced);
    Standing {
        since: lived.iter().map(|one| one.starts_on).min(),
        check_by: lived.iter().filter_map(|one| one.next_check()).map(|(_, day)| day).min(),
        agreed_by: agreed(acts, spoken),
        start_by: announced.map(|one| one.starts_on).min(),
        end_by: lived.iter().filter_map(|one| one.ends_on).min(),
    }
}

/// The last word on the next contact, as long as nobody has spoken since.
fn agreed(acts: &[(DateTime<Utc>, Recorded)], spoken: &[DateTime<Utc>]) -> Option<NaiveDate> {
    let speaks = |act: &Recorded| matches!(act.kind, Act::News | Act::Ended | Act::NotStarted | Act::Closed);
    let (at, last) = acts.iter().filter(|(_, act)| speaks(act)).max_by_key(|(at, _)| *at)?;
    last.until.filter(|_| spoken.iter().all(|since| since <= at))
}

#[cfg(test)]
mod tests {
    use super::super::outcome::{Kind, Told, fold};
    use super::super::plan::{Check, Plan};
    use super::*;
    use crate::time::{plus_days, plus_months};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        day(text).and_hms_opt(10, 0, 0).unwrap().and_utc()
    }

    fn told(kind: Kind, on: &str, ends: Option<&str>, announced: bool) -> Told {
        let plan = Plan::of(None, &[1, 2, 3, 6]).unwrap();
        Told { kind, starts_on: day(on), ends_on: ends.map(day), announced, plan }
    }

    fn act(kind: Act, on: &str, check: Option<u32>, until: Option<&str>) -> Recorded {
        Recorded { kind, held_on: day(on), check: check.map(Check::Months), until: until.map(day) }
    }

    /// Nadège (Isère): a first job that is fragile, then a second one, nearer.
    #[test]
    fn a_first_job_that_ends_for_a_second_never_leaves_her_alone() {
        let first = told(Kind::Job, "2027-05-03", Some("2027-11-02"), true);
        let second = told(Kind::Job, "2027-07-19", None, true);
        let one = |acts: &[Recorded]| {
            let stamped: Vec<_> =
                acts.iter().map(|act| (act.held_on.and_hms_opt(9, 0, 0).unwrap().and_utc(), *act)).collect();
            standing(&[fold(&first, acts)], &stamped, &[])
        };
        let announced = one(&[]);
        assert_eq!((announced.since, announced.start_by), (None, Some(day("2027-05-03"))));
        let mut acts = vec![act(Act::Started, "2027-05-03", None, None)];
        let began = one(&acts);
        assert_eq!((began.since, began.check_by), (Some(day("2027-05-03")), Some(day("2027-06-03"))));
        assert_eq!((began.start_by, began.end_by), (None, Some(day("2027-11-02"))));
        acts.push(act(Act::News, "2027-05-31", Some(1), Some("2027-06-14")));
        let fragile = one(&acts);
        assert_eq!((fragile.agreed_by, fragile.check_by), (Some(day("2027-06-14")), Some(day("2027-07-03"))));
        acts.push(act(Act::Ended, "2027-07-19", None, None));
        let both = [fold(&first, &acts), fold(&second, &[act(Act::Started, "2027-07-19", None, None)])];
        let moved = standing(&both, &[], &[]);
        assert_eq!((moved.since, moved.check_by), (Some(day("2027-07-19")), Some(day("2027-08-19"))));
        // Without the second one, the end itself says when she is called.
        let alone = one(&[acts[0], act(Act::Ended, "2027-07-19", None, Some("2027-07-20"))]);
        assert_eq!((alone.since, alone.agreed_by), (None, Some(day("2027-07-20"))));
    }

    #[test]
    fn what_was_agreed_is_kept_until_somebody_speaks() {
        let stamped = vec![(at("2027-05-31"), act(Act::News, "2027-05-31", Some(1), Some("2027-06-14")))];
        let agreed = |spoken: &[&str]| {
            standing(&[], &stamped, &spoken.iter().map(|day| at(day)).collect::<Vec<_>>()).agreed_by
        };
        // The exchange that was the news, and those before, end nothing.
        assert_eq!(agreed(&["2027-05-20", "2027-05-31"]), Some(day("2027-06-14")));
        assert_eq!(agreed(&["2027-06-10"]), None);
    }

    #[test]
    fn the_last_news_a_wish_or_volunteering_leave_nothing_owed() {
        let job = told(Kind::Job, "2027-06-22", None, false);
        let lived = |acts: &[Recorded]| standing(&[fold(&job, acts)], &[], &[]).since.is_some();
        assert!(lived(&[act(Act::News, "2027-09-20", Some(3), None)]));
        assert!(!lived(&[act(Act::News, "2027-12-21", Some(6), None)]));
        assert!(!lived(&[act(Act::Closed, "2027-07-01", None, None)]));
        assert!(!lived(&[act(Act::Withdrawn, "2027-07-01", None, None)]));
        let given = fold(&told(Kind::Volunteering, "2027-06-22", None, false), &[]);
        assert_eq!(standing(&[given], &[], &[]), Standing::default());
    }

    proptest! {
        /// Whoever stands in an outcome is owed news, and nobody else is.
        #[test]
        fn who_is_at_work_is_owed_news(
            kind in 0_usize..Kind::ALL.len(), announced: bool,
            acts in proptest::collection::vec((0_usize..Act::ALL.len(), 0_i64..300, 1_u32..8), 0..8),
        ) {
            let start = day("2027-01-31");
            let told = Told {
                kind: Kind::ALL[kind], starts_on: start, ends_on: None, announced, plan: Plan::default(),
            };
            let mut kept: Vec<Recorded> = Vec::new();
            for (kind, days, month) in acts {
                if fold(&told, &kept).stage.allows(Act::ALL[kind]) {
                    let check = Some(Check::Months(month)).filter(|_| Act::ALL[kind] == Act::News);
                    kept.push(Recorded { kind: Act::ALL[kind], held_on: plus_days(start, days), check, until: None });
                }
            }
            let one = fold(&told, &kept);
            let told = standing(std::slice::from_ref(&one), &[], &[]);
            prop_assert_eq!(told.since.is_some(), told.check_by.is_some());
            prop_assert_eq!(told.start_by.is_some(), one.stage == Stage::Announced);
            if let Some(by) = told.check_by {
                prop_assert!(one.kind.is_followed() && one.stage == Stage::Open && !one.closed);
                prop_assert!(by > one.starts_on && by <= plus_months(one.starts_on, 6));
            }
        }
    }
}
