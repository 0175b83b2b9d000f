//! What is made up can be read, and tells the story that was asked for.

use std::collections::{HashMap, HashSet};

use domain::intake::flux::{Dossier, Item, Kind, RightState, Role};
use domain::people::contact::{Email, Phone};
use domain::people::nir::Nir;
use exchange::caf::{Expect, Flux};
use exchange::generate::{
    GenerateBeneficiaires, GenerateInstruction, Summary, beneficiaires, contacts, instruction,
};

fn order(households: u32) -> GenerateBeneficiaires {
    GenerateBeneficiaires {
        department: "45".to_owned(),
        households,
        month: "2026-10-15".parse().unwrap(),
        daily: None,
        seed: 1,
        drift_percent: 0.0,
        named: Vec::new(),
    }
}

fn dossiers(department: &str, bytes: &[u8]) -> Vec<Dossier> {
    let expect = Expect { department: department.to_owned(), today: "2026-11-26".parse().unwrap() };
    let mut flux = Flux::open(bytes, expect).unwrap();
    let mut dossiers = Vec::new();
    while let Some(item) = flux.next().unwrap() {
        match item {
            Item::Accepted(dossier) => dossiers.push(*dossier),
            Item::Rejected(reject) => panic!("{}", reject.reason),
        }
    }
    assert_eq!(flux.trailer().unwrap().declared, dossiers.len() as u64);
    dossiers
}

fn made(order: &GenerateBeneficiaires) -> (Summary, Vec<Dossier>) {
    let mut bytes = Vec::new();
    let summary = beneficiaires(order, &mut bytes).unwrap();
    assert_eq!(summary.bytes, bytes.len() as u64);
    (summary, dossiers(&order.department, &bytes))
}

fn keyed(dossiers: Vec<Dossier>) -> HashMap<String, Dossier> {
    dossiers.into_iter().map(|d| (d.key.claim_number.clone(), d)).collect()
}

#[test]
fn a_month_is_read_back_without_any_flag() {
    let (summary, dossiers) = made(&order(2000));
    assert_eq!((summary.dossiers, dossiers.len()), (2000, 2000));
    let flags: Vec<_> = dossiers.iter().flat_map(|d| &d.flags).collect();
    assert!(flags.is_empty(), "{flags:?}");
    let adults = dossiers.iter().flat_map(|d| &d.persons).filter(|p| p.role.is_followed()).count();
    assert_eq!(summary.adults, adults as u64);
    assert!((2300..2500).contains(&adults), "{adults}");
    let open = dossiers.iter().filter(|d| d.right.as_ref().unwrap().state.is_open()).count();
    assert!((1880..1960).contains(&open), "{open}");
    let subject: usize = dossiers.iter().map(|d| d.persons.iter().filter(|p| p.subject).count()).sum();
    assert_eq!(summary.subject, subject as u64);
    assert!((1900..2100).contains(&subject), "{subject}");
}

#[test]
fn every_nir_is_valid_unique_and_agrees_with_the_person() {
    let (_, dossiers) = made(&order(5000));
    let mut seen = HashSet::new();
    for person in dossiers.iter().flat_map(|d| &d.persons).filter(|p| p.role.is_followed()) {
        let nir = person.nir.clone().unwrap();
        assert!(Nir::parse(&nir).is_ok());
        assert_eq!(nir[..1], *person.sex.as_ref().unwrap());
        assert_eq!(nir[1..5], person.birth_date.unwrap().format("%y%m").to_string());
        assert!(seen.insert(nir), "twice");
    }
}

#[test]
fn every_departement_has_its_population() {
    for department in ["04", "2A", "2B", "38", "55", "75", "974", "976"] {
        let (_, dossiers) = made(&GenerateBeneficiaires { department: department.to_owned(), ..order(60) });
        assert!(dossiers.iter().all(|d| d.flags.is_empty()), "{department}");
        for address in dossiers.iter().flat_map(|d| &d.addresses) {
            assert!(address.commune.starts_with(department), "{address:?}");
        }
    }
    let unknown = GenerateBeneficiaires { department: "00".to_owned(), ..order(1) };
    assert!(beneficiaires(&unknown, &mut Vec::new()).is_err());
}

#[test]
fn the_same_order_gives_the_same_bytes_and_another_seed_other_people() {
    let bytes = |order: &GenerateBeneficiaires| {
        let mut out = Vec::new();
        beneficiaires(order, &mut out).unwrap();
        out
    };
    assert_eq!(bytes(&order(50)), bytes(&order(50)));
    assert_ne!(bytes(&order(50)), bytes(&GenerateBeneficiaires { seed: 2, ..order(50) }));
}

#[test]
fn the_next_month_is_the_same_population() {
    let (_, before) = made(&GenerateBeneficiaires { month: "2026-08-01".parse().unwrap(), ..order(500) });
    let (_, after) = made(&order(500));
    let after = keyed(after);
    for mut dossier in before {
        let later = &after[&dossier.key.claim_number];
        // A baby may be born in between.
        dossier.persons.truncate(later.persons.len());
        assert_eq!(dossier.persons, later.persons);
        assert_eq!(
            (&dossier.addresses, dossier.right.unwrap().state),
            (&later.addresses, later.right.as_ref().unwrap().state)
        );
    }
}

#[test]
fn drift_changes_that_share_and_keeps_the_number_of_households() {
    let (_, before) = made(&order(4000));
    let (_, after) = made(&GenerateBeneficiaires { drift_percent: 5.0, ..order(4000) });
    assert_eq!(before.len(), after.len());
    let (before, after) = (keyed(before), keyed(after));
    let gone: Vec<_> = before.keys().filter(|k| !after.contains_key(*k)).collect();
    let new = after.keys().filter(|k| !before.contains_key(*k)).count();
    assert_eq!(gone.len(), new);
    let changed = before.iter().filter(|(k, d)| after.get(*k).is_some_and(|a| a != *d)).count() + gone.len();
    assert!((160..240).contains(&changed), "{changed}");
    let pairs: Vec<_> = before.iter().filter_map(|(k, d)| Some((d, after.get(k)?))).collect();
    let count = |test: &dyn Fn(&Dossier, &Dossier) -> bool| pairs.iter().filter(|(b, a)| test(b, a)).count();
    let state = |d: &Dossier| d.right.as_ref().unwrap().state;
    let subject = |d: &Dossier| d.persons.iter().filter(|p| p.subject).count();
    assert!(count(&|b, a| b.addresses[0] != a.addresses[0]) > 30);
    assert!(
        count(&|b, a| state(b) == RightState::Open
            && matches!(state(a), RightState::Suspended | RightState::PaymentSuspended))
            > 10
    );
    assert!(
        count(&|b, a| matches!(state(b), RightState::Suspended | RightState::PaymentSuspended)
            && state(a) == RightState::Open)
            > 0
    );
    assert!(count(&|b, a| state(b).is_open() && state(a).is_closed()) > 10);
    assert!(count(&|b, a| b.moved_out.is_none() && a.moved_out.is_some()) > 3);
    assert!(count(&|b, a| state(b).is_open() && subject(a) > subject(b)) > 3);
}

#[test]
fn a_larger_drift_keeps_the_changes_of_a_smaller_one() {
    let at = |drift_percent| keyed(made(&GenerateBeneficiaires { drift_percent, ..order(1000) }).1);
    let (none, some, more) = (at(0.0), at(3.0), at(6.0));
    for (claim, dossier) in some.iter().filter(|(k, d)| none.get(*k) != Some(d)) {
        assert_eq!(more.get(claim), Some(dossier));
    }
}

#[test]
fn a_day_holds_the_few_dossiers_touched_with_their_event() {
    let daily = GenerateBeneficiaires { daily: Some("2026-11-10".parse().unwrap()), ..order(8000) };
    let mut bytes = Vec::new();
    beneficiaires(&daily, &mut bytes).unwrap();
    let expect = Expect { department: "45".to_owned(), today: "2026-11-26".parse().unwrap() };
    assert_eq!(Flux::open(&bytes[..], expect).unwrap().header().kind, Kind::BeneficiairesDaily);
    let dossiers = dossiers("45", &bytes);
    assert!((20..60).contains(&dossiers.len()), "{}", dossiers.len());
    assert!(dossiers.iter().all(|d| d.events.len() == 1 && d.flags.is_empty()));
}

#[test]
fn claims_come_with_contacts_that_reach_nobody() {
    let claims = GenerateInstruction {
        department: "55".to_owned(),
        day: "2026-11-20".parse().unwrap(),
        claims: 40,
        seed: 1,
        named: Vec::new(),
    };
    let mut bytes = Vec::new();
    assert_eq!(instruction(&claims, &mut bytes).unwrap().dossiers, 40);
    let dossiers = dossiers("55", &bytes);
    for dossier in &dossiers {
        assert!(dossier.flags.is_empty() && dossier.right.is_none());
        let contacts = dossier.contacts.clone().unwrap();
        let phone = contacts.phone.unwrap();
        assert!(
            Phone::parse(&phone).is_some() && (phone.starts_with("019900") || phone.starts_with("063998"))
        );
        let email = contacts.email.unwrap();
        assert!(Email::parse(&email).is_some() && email.ends_with("@courriel.example"), "{email}");
        assert_eq!(dossier.persons.iter().filter(|p| p.role == Role::Claimant).count(), 1);
        assert!(dossier.persons[0].socio_professional_state.is_some());
    }
    let numbers: HashSet<_> = dossiers.iter().map(|d| &d.key.claim_number).collect();
    assert_eq!(numbers.len(), 40);
}

#[test]
fn contacts_are_those_of_the_household_for_ever() {
    assert_eq!(contacts("45", 1, 12), contacts("45", 1, 12));
    assert_ne!(contacts("45", 1, 12), contacts("45", 1, 13));
}
