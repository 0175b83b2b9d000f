//! One household of the made-up population: a function of the seed and of its rank.

use std::io;

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::reference::names;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::MadeUpContacts;
use super::places::{Address, Birthplace, Places};
use super::xml::capitals;

/// Ages and dates are drawn back from this day, whatever the month of the file.
const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(2026, 10, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};
/// Length of the longest right drawn, in years.
const LONGEST_YEARS: u32 = 12;

/// A population: the same for ever for one département and one seed.
pub(super) struct Population {
    pub(super) department: String,
    pub(super) places: Places,
    seed: u64,
}

/// One household.
#[derive(Debug, Clone)]
pub(super) struct Household {
    pub(super) rank: u64,
    pub(super) seed: u64,
    pub(super) matricule: String,
    pub(super) claim_number: String,
    pub(super) origin: NaiveDate,
    pub(super) family: &'static str,
    pub(super) adults: Vec<Adult>,
    pub(super) children: Vec<Child>,
    /// The main one first, then the former one.
    pub(super) addresses: Vec<(Address, NaiveDate)>,
    /// `ETATDOSRSA`.
    pub(super) state: char,
    /// Reason and date of the state.
    pub(super) reason: (&'static str, NaiveDate),
    pub(super) homeless: bool,
    /// Day of arrival from another CAF.
    pub(super) moved_in: Option<NaiveDate>,
    /// Day of departure to another CAF.
    pub(super) moved_out: Option<NaiveDate>,
    /// `FG` of a daily file.
    pub(super) event: Option<&'static str>,
}

/// A claimant or a partner.
#[derive(Debug, Clone)]
pub(super) struct Adult {
    pub(super) woman: bool,
    pub(super) last_name: String,
    pub(super) birth_name: String,
    pub(super) first_name: String,
    pub(super) second_name: Option<String>,
    pub(super) birth: NaiveDate,
    pub(super) birthplace: Birthplace,
    pub(super) nir: String,
    pub(super) france_travail_id: Option<String>,
    pub(super) subject: bool,
    /// `ACT` and since when.
    pub(super) activity: (&'static str, NaiveDate),
    /// Monthly income in cents.
    pub(super) income_cents: i64,
}

/// A child.
#[derive(Debug, Clone)]
pub(super) struct Child {
    pub(super) girl: bool,
    pub(super) first_name: String,
    pub(super) birth: NaiveDate,
    pub(super) birthplace: Birthplace,
}

const IDLE: [&str; 8] = ["CHO", "ANP", "SAC", "CNI", "CHO", "SAC", "ANP", "INP"];
const BUSY: [&str; 5] = ["CDD", "INT", "SAL", "AEN", "CUI"];
const ALONE: [&str; 5] = ["CEL", "CEL", "ISO", "DIV", "SEF"];
const TOGETHER: [&str; 3] = ["MAR", "PAC", "VIM"];

impl Population {
    pub(super) fn new(department: &str, seed: u64) -> Self {
        Self { department: department.to_owned(), places: Places::new(department), seed }
    }

    /// The population of a département that exists.
    pub(super) fn checked(department: &str, seed: u64) -> io::Result<Self> {
        let population = Self::new(department, seed);
        if population.places.exist() {
            Ok(population)
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, format!("Département inconnu : {department}.")))
        }
    }

    /// The household of this rank as it stands at `reference`, before any change.
    pub(super) fn household(&self, rank: u64, reference: NaiveDate) -> Household {
        let mut rng = draw(self.seed, rank, "household");
        let couple = rng.random_bool(0.2);
        let (state, reason) = state(&mut rng, reference);
        let origin =
            settled(before(EPOCH, rng.random_range(0..LONGEST_YEARS * 365)), reference, LONGEST_YEARS);
        let mut adults = vec![self.adult(&mut rng, rank, false, None)];
        if couple {
            let first = adults.first().cloned();
            adults.push(self.adult(&mut rng, rank, true, first.as_ref()));
        }
        let children = self.children(&mut rng, &adults, reference);
        let since = settled(before(EPOCH, rng.random_range(30..3000)), reference, 9);
        let mut addresses = vec![(self.places.address(&mut rng), since)];
        if rng.random_bool(0.06) {
            addresses.push((self.places.address(&mut rng), before(since, 900)));
        }
        let family = if couple { TOGETHER.choose(&mut rng) } else { ALONE.choose(&mut rng) };
        let moved_in =
            rng.random_bool(0.003).then(|| settled(before(EPOCH, rng.random_range(0..28)), reference, 1));
        Household {
            rank,
            seed: self.seed,
            matricule: format!("{:07}00000000", (rank * 7919 + self.seed % 1000 * 104_729) % 10_000_000),
            claim_number: format!("{:02}{:06}{:0>3}", self.seed % 90 + 10, rank % 1_000_000, self.department),
            origin,
            family: family.copied().unwrap_or("CEL"),
            adults,
            children,
            addresses,
            state,
            reason,
            homeless: rng.random_bool(0.04),
            moved_in,
            moved_out: None,
            event: None,
        }
    }

    /// Another address for a household that moves: always the same one.
    pub(super) fn next_address(&self, rank: u64) -> Address {
        self.places.address(&mut draw(self.seed, rank, "move"))
    }

    fn adult(&self, rng: &mut ChaCha8Rng, rank: u64, partner: bool, beside: Option<&Adult>) -> Adult {
        let woman = match beside {
            Some(other) if rng.random_bool(0.97) => !other.woman,
            _ => rng.random_bool(0.54),
        };
        let age_days = rng.random_range(23 * 365..65 * 365);
        let birth = before(EPOCH, age_days);
        let birth_name = name(rng, &names::LAST);
        let last_name = match beside {
            Some(other) if rng.random_bool(0.6) => other.last_name.clone(),
            _ => birth_name.clone(),
        };
        let (birthplace, nir) = self.nir(rank * 2 + u64::from(partner), woman, birth);
        let subject = rng.random_bool(0.87);
        let busy = !subject || rng.random_bool(0.08);
        let activity = if busy { BUSY.choose(rng) } else { IDLE.choose(rng) };
        let income_cents = if !subject {
            i64::from(rng.random_range(500..1400)) * 100
        } else if busy {
            i64::from(rng.random_range(80..480)) * 100
        } else {
            0
        };
        let letter = char::from(b'A' + rng.random_range(0..26));
        let france_travail_id = format!("{:07}{letter}", rng.random_range(1_000_000..9_999_999));
        Adult {
            woman,
            last_name,
            birth_name,
            first_name: first_name(rng, woman),
            second_name: rng
                .random_bool(0.3)
                .then(|| first_name(rng, woman))
                .map(|n| n.chars().take(15).collect()),
            birth,
            birthplace,
            nir,
            france_travail_id: rng.random_bool(0.6).then_some(france_travail_id),
            subject,
            activity: (activity.copied().unwrap_or("CHO"), before(EPOCH, rng.random_range(200..2000))),
            income_cents,
        }
    }

    /// A number no other person of this population has: place and order are a bijection of the person's rank.
    pub(super) fn nir(&self, person: u64, woman: bool, birth: NaiveDate) -> (Birthplace, String) {
        let count = self.places.births.len().max(1) as u64;
        let at = (person + self.seed % 10_007 * 7) % count;
        let order = (person / count * 571 + at * 389 + self.seed % 997) % 999 + 1;
        let place = usize::try_from(at).ok().and_then(|at| self.places.births.get(at)).cloned();
        let place = place.unwrap_or(Birthplace { code: "99999".to_owned(), name: String::new() });
        let sex = if woman { 2 } else { 1 };
        let nir = format!("{sex}{:02}{:02}{}{order:03}", birth.year() % 100, birth.month(), place.code);
        (place, nir)
    }

    fn children(&self, rng: &mut ChaCha8Rng, adults: &[Adult], reference: NaiveDate) -> Vec<Child> {
        let youngest = adults.iter().map(|a| a.birth).max().unwrap_or(EPOCH);
        let adult_since = youngest.checked_add_months(Months::new(18 * 12)).unwrap_or(youngest);
        let has_children = rng.random_bool(if adults.len() > 1 { 0.4 } else { 0.2 });
        let count = if has_children { [1, 1, 1, 1, 2, 2, 3, 4].choose(rng).copied().unwrap_or(1) } else { 0 };
        let mut children = Vec::new();
        for _ in 0..count {
            let girl = rng.random_bool(0.5);
            let birth = before(EPOCH, rng.random_range(0..18 * 365));
            let first_name = first_name(rng, girl);
            let birthplace = self.places.births.choose(rng).cloned();
            if let Some(birthplace) = birthplace.filter(|_| birth > adult_since && birth <= reference) {
                children.push(Child { girl, first_name, birth, birthplace });
            }
        }
        children
    }
}

impl Household {
    /// 2, 3 or 4.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state, '2' | '3' | '4')
    }

    /// The same household, new in the département with a right that begins on `day`.
    pub(super) fn arrived(mut self, day: NaiveDate) -> Self {
        let mut rng = draw(self.seed, self.rank, "arrival");
        self.state = '2';
        self.origin = day;
        self.moved_in = rng.random_bool(0.1).then_some(day);
        self.addresses.truncate(1);
        self.event = Some("DEMRSA");
        self
    }

    /// How its claimant can be reached.
    pub(super) fn contacts(&self) -> MadeUpContacts {
        let mut rng = draw(self.seed, self.rank, "contacts");
        let number = (self.rank * 3 + self.seed % 1000) % 10_000;
        let phone =
            if rng.random_bool(0.2) { format!("019900{number:04}") } else { format!("063998{number:04}") };
        let part = |text: &str| domain::people::name::normalise(text).replace(' ', "-");
        let name = self.adults.first().map(|a| format!("{}.{}", part(&a.first_name), part(&a.last_name)));
        MadeUpContacts { phone, email: format!("{}{}@courriel.example", name.unwrap_or_default(), self.rank) }
    }
}

/// The randomness of one household for one purpose.
pub(super) fn draw(seed: u64, rank: u64, purpose: &str) -> ChaCha8Rng {
    let mut key = [0; 32];
    let parts = [&seed.to_le_bytes()[..], &rank.to_le_bytes()[..], purpose.as_bytes()].concat();
    for (slot, byte) in key.iter_mut().zip(parts) {
        *slot = byte;
    }
    ChaCha8Rng::from_seed(key)
}

/// `days` before `day`.
pub(super) fn before(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(days))).unwrap_or(day)
}

/// The date, moved back by whole cycles of years until it is not after `limit`.
fn settled(date: NaiveDate, limit: NaiveDate, cycle_years: u32) -> NaiveDate {
    let mut date = date;
    while date > limit {
        match date.checked_sub_months(Months::new(cycle_years * 12)) {
            Some(earlier) => date = earlier,
            None => return limit,
        }
    }
    date
}

/// State of the right with its reason, in the shares seen in real files.
fn state(rng: &mut ChaCha8Rng, reference: NaiveDate) -> (char, (&'static str, NaiveDate)) {
    let since = settled(before(EPOCH, rng.random_range(1..100)), reference, 1);
    let (state, reasons): (char, &[&str]) = match rng.random_range(0..100) {
        0..86 => ('2', &[""]),
        86..89 => ('3', &["DA", "DB", "DC", "GK", "GJ", "DL"]),
        89..96 => ('4', &["05", "06", "44", "70", "06", "05", "CV"]),
        96..99 => ('5', &["ECH", "PCG", "RFD", "MUT", "RAU"]),
        _ => ('6', &["ECH", "RFD"]),
    };
    (state, (reasons.choose(rng).copied().unwrap_or(""), since))
}

fn name(rng: &mut ChaCha8Rng, list: &[&'static str]) -> String {
    capitals(list.choose(rng).copied().unwrap_or("MARTIN"), 28)
}

fn first_name(rng: &mut ChaCha8Rng, woman: bool) -> String {
    name(rng, if woman { &names::FEMALE } else { &names::MALE })
}
