//! How often one address may fail to prove who it is: counted in this server's memory, before the database is asked.
//!
//! The tries of an account are counted in the database ([`super::tries`]), where every server sees them. When too many
//! addresses are watched, nobody gets in (fail closed). Time is the machine's, not the département's: a demo whose
//! clock stands still fills its buckets too.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use chrono::{DateTime, Duration, Utc};
use domain::access::attempts::{Bucket, Empty, Rule};

/// A whole office may stand behind one address.
const ADDRESS: Rule = Rule { tries: 50, refill_seconds: 10 };
/// A provider of text messages tells of each message, several times: a wave of a thousand in a few minutes.
const REPORTS: Rule = Rule { tries: 5_000, refill_seconds: 1 };
/// Addresses watched at the same time.
const MOST_ADDRESSES: usize = 100_000;
/// What is said when no more addresses can be watched.
const CROWDED: Empty = Empty { wait_seconds: 60 };

/// Counts the failures of each address. One for the whole server.
#[derive(Debug)]
pub struct AddressLimiter {
    rule: Rule,
    most: usize,
    started: Instant,
    by_address: Mutex<HashMap<String, Bucket>>,
}

/// A try that was granted; it counts unless [`Attempt::succeeded`].
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    limiter: &'a AddressLimiter,
    address: String,
}

impl Default for AddressLimiter {
    fn default() -> Self {
        Self { rule: ADDRESS, most: MOST_ADDRESSES, started: Instant::now(), by_address: Mutex::default() }
    }
}

impl AddressLimiter {
    /// One for the calls of providers, each of which counts.
    pub fn of_reports() -> Self {
        Self { rule: REPORTS, ..Self::default() }
    }

    /// Takes a try of `address`.
    ///
    /// # Errors
    /// [`Empty`] when none is left, or when no more addresses can be watched.
    pub(crate) fn begin(&self, address: &str) -> Result<Attempt<'_>, Empty> {
        self.take(address, self.now())?;
        Ok(Attempt { limiter: self, address: address.to_owned() })
    }

    fn now(&self) -> DateTime<Utc> {
        let passed = Duration::from_std(self.started.elapsed()).unwrap_or(Duration::MAX);
        DateTime::UNIX_EPOCH.checked_add_signed(passed).unwrap_or(DateTime::UNIX_EPOCH)
    }

    fn take(&self, address: &str, now: DateTime<Utc>) -> Result<(), Empty> {
        let mut buckets = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if !buckets.contains_key(address) && buckets.len() >= self.most {
            buckets.retain(|_, bucket| bucket.refilled(self.rule, now).used > 0);
            if buckets.len() >= self.most {
                return Err(CROWDED);
            }
        }
        let bucket = buckets.entry(address.to_owned()).or_insert(Bucket::full(now));
        *bucket = bucket.take(self.rule, now)?;
        Ok(())
    }

    fn give_back(&self, address: &str) {
        let mut buckets = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(address) {
            *bucket = bucket.given_back();
        }
    }
}

impl Attempt<'_> {
    /// The proof was right: the try does not count.
    pub(crate) fn succeeded(self) {
        self.limiter.give_back(&self.address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn each_address_has_its_own_tries_and_a_right_proof_does_not_count() {
        let limiter = AddressLimiter::default();
        for _ in 0..200 {
            limiter.begin("192.0.2.1").unwrap().succeeded();
        }
        for _ in 0..ADDRESS.tries {
            drop(limiter.begin("192.0.2.1").unwrap());
        }
        assert!(limiter.begin("192.0.2.1").unwrap_err().wait_seconds <= 10);
        limiter.begin("192.0.2.2").unwrap();
    }

    #[test]
    fn nobody_gets_in_when_too_many_are_watched_until_some_are_forgotten() {
        let limiter = AddressLimiter { most: 2, ..AddressLimiter::default() };
        limiter.take("a", at(0)).unwrap();
        limiter.take("b", at(0)).unwrap();
        assert_eq!(limiter.take("c", at(0)), Err(CROWDED));
        limiter.take("c", at(60)).unwrap();
    }
}
