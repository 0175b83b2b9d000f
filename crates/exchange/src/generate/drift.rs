//! What happened to a household between two files.

use chrono::{Datelike, NaiveDate};
use rand::Rng;

use super::household::{Household, Population, draw};

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Another main address; the former one takes rank 02.
    Move,
    /// Open → suspended, suspended → open.
    Toggle,
    /// Closed.
    Close,
    /// No longer in the monthly file.
    Leave,
    /// Goes to another CAF.
    MoveOut,
    /// An adult becomes subject to droits et devoirs.
    Subject,
    /// A new household, in a daily file.
    Arrive,
}

/// The change of a household in a monthly file; a larger drift keeps the changes of a smaller one.
pub(super) fn of_month(household: &Household, percent: f64) -> Option<Change> {
    let mut rng = draw(household.seed, household.rank, "drift");
    if rng.random::<f64>() * 100.0 >= percent {
        return None;
    }
    let change = match rng.random_range(0..100) {
        0..28 => Change::Move,
        28..46 => Change::Toggle,
        46..60 => Change::Close,
        60..76 => Change::Leave,
        76..82 => Change::MoveOut,
        _ => Change::Subject,
    };
    Some(possible(household, change))
}

/// The change of a household on one day.
pub(super) fn of_day(household: &Household, day: NaiveDate, percent: f64) -> Option<Change> {
    let day_number = u64::from(day.num_days_from_ce().unsigned_abs());
    let mut rng = draw(household.seed ^ day_number << 32, household.rank, "daily");
    if rng.random::<f64>() * 100.0 >= percent {
        return None;
    }
    let change = match rng.random_range(0..100) {
        0..30 => Change::Move,
        30..55 => Change::Toggle,
        55..65 => Change::Close,
        65..70 => Change::MoveOut,
        70..85 => Change::Arrive,
        _ => Change::Subject,
    };
    Some(possible(household, change))
}

/// A change that does not fit the household is a move.
fn possible(household: &Household, change: Change) -> Change {
    let all_subject = household.adults.iter().all(|a| a.subject);
    match change {
        Change::Toggle | Change::Close | Change::MoveOut if !household.is_open() => Change::Move,
        Change::Subject if all_subject || !household.is_open() => Change::Move,
        other => other,
    }
}

impl Population {
    /// The household after the change, in effect on `day`.
    pub(super) fn changed(&self, household: Household, change: Change, day: NaiveDate) -> Household {
        let mut h = household;
        let event = match change {
            Change::Move => {
                let address = self.next_address(h.rank);
                h.addresses.truncate(1);
                h.addresses.insert(0, (address, day));
                "ADR"
            }
            Change::Toggle if h.state == '2' => {
                (h.state, h.reason) =
                    if h.rank.is_multiple_of(3) { ('3', ("GK", day)) } else { ('4', ("06", day)) };
                "SUS"
            }
            Change::Toggle => {
                h.state = '2';
                "RESTRIRSA"
            }
            Change::Close | Change::Leave => {
                (h.state, h.reason) = ('5', ("ECH", day));
                "RAD"
            }
            Change::MoveOut => {
                (h.state, h.reason) = ('5', ("MUT", day));
                h.moved_out = Some(day);
                "MUT"
            }
            Change::Subject => {
                if let Some(adult) = h.adults.iter_mut().find(|a| !a.subject) {
                    adult.subject = true;
                    adult.activity = ("CHO", day);
                    adult.income_cents = 0;
                }
                "ENTDED"
            }
            Change::Arrive => {
                // Ranks far above any population: somebody nobody has seen.
                let rank = 700_000 + h.rank % 300_000;
                return self.household(rank, day).arrived(day);
            }
        };
        h.event = Some(event);
        h
    }
}
