//! What the contracts of a person say together: one in force, one that ended, one to convert, one to validate.

use chrono::NaiveDate;
use reference::holidays::{Zone, after_working_days};

use super::contract::{Contract, Stage, VALIDATE_DAYS};
use super::terms::Nature;
use crate::time::plus_days;

/// Days before the end at which what follows is prepared.
pub const BEFORE_END_DAYS: i64 = 30;

/// Where a person stands with their contracts on a day. A contract that was signed later takes the place of those before it
/// from its first day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The day one in force was signed.
    pub signed_on: Option<NaiveDate>,
    /// The day the last one was signed, whether it holds or is over.
    pub last_signed_on: Option<NaiveDate>,
    /// The last day of the last one that is in force or to come.
    pub until: Option<NaiveDate>,
    /// The last day of the last one, when none is in force or to come.
    pub lapsed_on: Option<NaiveDate>,
    /// The only one in force is of before 2025.
    pub old: bool,
    /// Until when the one in force has fewer hours.
    pub hours_until: Option<NaiveDate>,
    /// Before when one that was signed is validated.
    pub validate_by: Option<NaiveDate>,
    /// The day on which this changes by itself: one begins, or ends.
    pub turns_on: Option<NaiveDate>,
}

/// Where the person stands.
pub fn standing(contracts: &[(Nature, Contract)], today: NaiveDate, zone: Zone) -> Standing {
    let binding = |one: &&(Nature, Contract)| one.1.signed_on.is_some();
    let goes_on = |one: &&(Nature, Contract)| one.1.ends_on >= today;
    let live: Vec<&(Nature, Contract)> = contracts.iter().filter(binding).filter(goes_on).collect();
    let engaged = live.iter().any(|(nature, _)| *nature == Nature::Engagement);
    let now = live.iter().filter(|(_, one)| one.is_in_force(today)).max_by_key(|(_, one)| one.signed_on);
    let until = live.iter().map(|(_, one)| one.ends_on).max();
    let over = contracts.iter().filter(binding).map(|(_, one)| one.ends_on).max();
    let starts = live.iter().map(|(_, one)| one.starts_on).filter(|day| *day > today);
    let ends = live.iter().map(|(_, one)| plus_days(one.ends_on, 1));
    let awaits = contracts.iter().filter(|(_, one)| one.stage == Stage::Validating);
    Standing {
        signed_on: now.and_then(|(_, one)| one.signed_on),
        last_signed_on: contracts.iter().filter_map(|(_, one)| one.signed_on).max(),
        until,
        lapsed_on: over.filter(|_| until.is_none()),
        old: now.is_some() && !engaged,
        hours_until: now.and_then(|(_, one)| one.lighter_until),
        validate_by: awaits
            .filter_map(|(_, one)| one.awaits_since)
            .map(|day| after_working_days(day, VALIDATE_DAYS, zone))
            .min(),
        turns_on: starts.chain(ends).min(),
    }
}

/// The last day on which a contract of before 2025 is replaced: 31 December 2026, a year later overseas (décret 2024-1244;
/// décret of 13 August 2025).
pub fn convert_by(zone: Zone) -> NaiveDate {
    let year = if matches!(zone, Zone::Metropole | Zone::AlsaceMoselle) { 2026 } else { 2027 };
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::contract::{Asked, Kind, Recorded, Signatory, fold};
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn contract(starts: &str, ends: &str, signed: Option<&str>) -> Contract {
        let asked = Asked {
            signatories: vec![Signatory::Person],
            validation: false,
            starts_on: day(starts),
            ends_on: day(ends),
            lighter_until: None,
        };
        let act = |on: &str| Recorded {
            kind: Kind::Signed,
            by: Some(Signatory::Person),
            held_on: day(on),
            until: None,
        };
        fold(&asked, &signed.map(act).into_iter().collect::<Vec<_>>())
    }

    fn at(contracts: &[(Nature, Contract)], on: &str) -> Standing {
        standing(contracts, day(on), Zone::Metropole)
    }

    #[test]
    fn a_contract_in_force_ends_and_leaves_its_last_day() {
        let one = [(Nature::Engagement, contract("2027-02-02", "2027-08-01", Some("2027-02-02")))];
        let now = at(&one, "2027-08-01");
        assert_eq!(
            (now.signed_on, now.until, now.lapsed_on),
            (Some(day("2027-02-02")), Some(day("2027-08-01")), None)
        );
        assert_eq!(now.turns_on, Some(day("2027-08-02")));
        let after = at(&one, "2027-08-02");
        assert_eq!((after.signed_on, after.until, after.lapsed_on), (None, None, Some(day("2027-08-01"))));
        assert_eq!(after.turns_on, None);
        let draft = [(Nature::Engagement, contract("2027-02-02", "2027-08-01", None))];
        assert_eq!(at(&draft, "2027-03-01"), Standing::default());
    }

    #[test]
    fn an_old_contract_is_to_convert_until_an_engagement_is_signed() {
        let old = (Nature::Cer, contract("2026-03-01", "2027-02-28", Some("2026-03-01")));
        assert!(at(std::slice::from_ref(&old), "2026-11-27").old);
        let new = (Nature::Engagement, contract("2026-12-15", "2027-06-14", Some("2026-11-27")));
        let both = at(&[old.clone(), new], "2026-11-27");
        assert!(!both.old);
        assert_eq!(both.turns_on, Some(day("2026-12-15")));
        assert_eq!(at(&[old], "2027-03-01").lapsed_on, Some(day("2027-02-28")));
        assert_eq!(convert_by(Zone::Reunion), day("2027-12-31"));
        assert_eq!(convert_by(Zone::AlsaceMoselle), day("2026-12-31"));
    }

    proptest! {
        #[test]
        fn what_holds_changes_only_on_the_day_it_says(
            ones in proptest::collection::vec((0i32..300, 1i32..200, proptest::option::of(0i32..300)), 0..4),
            from in 0i32..400,
        ) {
            let start = day("2027-01-01");
            let on = |n: i32| plus_days(start, i64::from(n));
            let all: Vec<(Nature, Contract)> = ones
                .iter()
                .map(|(first, length, signed)| {
                    let (first, last) = (on(*first), on(first + length));
                    let signed = signed.map(|n| on(n).to_string());
                    let one = contract(&first.to_string(), &last.to_string(), signed.as_deref());
                    (Nature::Engagement, one)
                })
                .collect();
            let now = standing(&all, on(from), Zone::Metropole);
            let next = standing(&all, on(from + 1), Zone::Metropole);
            let told = |one: Standing| (one.signed_on, one.until, one.lapsed_on);
            if told(now) != told(next) {
                prop_assert_eq!(now.turns_on, Some(on(from + 1)));
            }
            prop_assert!(now.turns_on.is_none_or(|turn| turn > on(from)));
            prop_assert!(now.signed_on.is_none() || now.until.is_some());
            prop_assert!(now.lapsed_on.is_none_or(|last| last < on(from)));
        }
    }
}
