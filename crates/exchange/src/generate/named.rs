//! Somebody who is named: the household of a story, added to a made-up file under the same rank each time.

use std::io;

use chrono::NaiveDate;
use domain::reference::geo;

use super::household::{Child, Household, Population, draw};
use super::places::Places;
use super::xml::capitals;

/// Ranks apart from those of every other population.
const FIRST_RANK: u64 = 900_000;

/// Somebody to name, alone or with children. Nobody of this name exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which one of the département; two with one number are one household.
    pub number: u32,
    /// The name.
    pub last_name: String,
    /// The first name.
    pub first_name: String,
    /// A woman.
    pub woman: bool,
    /// The day of birth.
    pub born_on: NaiveDate,
    /// INSEE code of the commune.
    pub commune: String,
    /// The children: girl or boy, first name, day of birth.
    pub children: Vec<(bool, String, NaiveDate)>,
    /// The first day of the right.
    pub since: NaiveDate,
    /// The day from which it is closed: nothing to pay, other resources.
    pub closed_on: Option<NaiveDate>,
}

/// Whether a claim is that of somebody named.
pub fn is_named(claim_number: &str) -> bool {
    let rank = claim_number.get(2..8).and_then(|rank| rank.parse::<u64>().ok());
    rank.is_some_and(|rank| rank >= FIRST_RANK)
}

impl Population {
    /// The household of somebody named, as it stands at `reference`; the rest is drawn, the same for ever.
    pub(super) fn named(&self, one: &Named, reference: NaiveDate) -> io::Result<Household> {
        let rank = FIRST_RANK + u64::from(one.number);
        let mut home = self.household(rank, reference);
        home.adults.truncate(1);
        (home.state, home.reason) = match one.closed_on {
            Some(day) if day <= reference => ('5', ("ECH", day)),
            _ => ('2', ("", one.since)),
        };
        home.origin = one.since;
        home.homeless = false;
        home.moved_in = None;
        home.family = "CEL";
        let adult = home.adults.first_mut().ok_or_else(unknown)?;
        adult.woman = one.woman;
        adult.last_name = capitals(&one.last_name, 28);
        adult.birth_name.clone_from(&adult.last_name);
        adult.first_name = capitals(&one.first_name, 28);
        adult.second_name = None;
        adult.birth = one.born_on;
        (adult.birthplace, adult.nir) = self.nir(rank * 2, one.woman, one.born_on);
        adult.subject = true;
        adult.activity = ("CHO", one.since);
        adult.income_cents = 0;
        let birthplace = adult.birthplace.clone();
        let child = |(girl, first_name, birth): &(bool, String, NaiveDate)| Child {
            girl: *girl,
            first_name: capitals(first_name, 28),
            birth: *birth,
            birthplace: birthplace.clone(),
        };
        home.children = one.children.iter().map(child).collect();
        let commune = geo::commune(&one.commune).ok_or_else(unknown)?;
        let address = Places::address_in(&mut draw(home.seed, rank, "named"), commune);
        home.addresses = vec![(address, one.since)];
        Ok(home)
    }
}

fn unknown() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "Commune inconnue.")
}
