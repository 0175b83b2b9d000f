//! How often one may fail to sign in: by account and by address.
//!
//! Each key owns a bucket of tries that fills again with time. A try is taken before the password is looked at, so that
//! a hundred at once are a hundred tries, and given back when the password was right: whoever knows it is never kept
//! out by their own habits, nor a whole office behind one address. When too many keys are watched, nobody gets in
//! (fail closed). Time is the machine's, not the département's: a demo whose clock stands still fills its buckets too.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures in a row before an account waits.
const ACCOUNT_TRIES: u32 = 10;
/// How long an account waits for one more try.
const ACCOUNT_REFILL: Duration = Duration::from_mins(1);
/// Failures in a row before an address waits.
const ADDRESS_TRIES: u32 = 50;
/// How long an address waits for one more try.
const ADDRESS_REFILL: Duration = Duration::from_secs(10);
/// Accounts or addresses watched at the same time.
const MOST_KEYS: usize = 100_000;

/// Counts the failures to sign in. One for the whole server.
#[derive(Debug)]
pub struct SignInLimiter {
    accounts: Buckets,
    addresses: Buckets,
}

/// A try that was granted; not given back unless [`Attempt::succeeded`].
#[derive(Debug)]
pub(super) struct Attempt<'a> {
    limiter: &'a SignInLimiter,
    account: String,
    address: String,
}

impl Default for SignInLimiter {
    fn default() -> Self {
        Self {
            accounts: Buckets::new(ACCOUNT_TRIES, ACCOUNT_REFILL, MOST_KEYS),
            addresses: Buckets::new(ADDRESS_TRIES, ADDRESS_REFILL, MOST_KEYS),
        }
    }
}

impl SignInLimiter {
    /// Takes a try of `account` (département and e-mail) and of `address`; `None` when either must wait.
    pub(super) fn begin(&self, account: String, address: &str) -> Option<Attempt<'_>> {
        let now = Instant::now();
        if !self.addresses.take(address, now) {
            return None;
        }
        if !self.accounts.take(&account, now) {
            return None;
        }
        Some(Attempt { limiter: self, account, address: address.to_owned() })
    }
}

impl Attempt<'_> {
    /// The password was right: the try does not count.
    pub(super) fn succeeded(self) {
        self.limiter.accounts.give_back(&self.account);
        self.limiter.addresses.give_back(&self.address);
    }
}

#[derive(Debug)]
struct Buckets {
    tries: u32,
    refill: Duration,
    most_keys: usize,
    by_key: Mutex<HashMap<String, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    used: u32,
    since: Instant,
}

impl Buckets {
    fn new(tries: u32, refill: Duration, most_keys: usize) -> Self {
        Self { tries, refill, most_keys, by_key: Mutex::default() }
    }

    /// Takes a try of `key`; false when none is left, or when no more keys can be watched.
    fn take(&self, key: &str, now: Instant) -> bool {
        let mut buckets = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        if !buckets.contains_key(key) {
            if buckets.len() >= self.most_keys {
                buckets.retain(|_, bucket| self.refilled(*bucket, now).used > 0);
            }
            if buckets.len() >= self.most_keys {
                return false;
            }
        }
        let bucket = buckets.entry(key.to_owned()).or_insert(Bucket { used: 0, since: now });
        *bucket = self.refilled(*bucket, now);
        if bucket.used >= self.tries {
            return false;
        }
        bucket.used += 1;
        true
    }

    fn give_back(&self, key: &str) {
        let mut buckets = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(key) {
            bucket.used = bucket.used.saturating_sub(1);
        }
    }

    /// The bucket with the tries that time has given back.
    fn refilled(&self, bucket: Bucket, now: Instant) -> Bucket {
        let passed = now.saturating_duration_since(bucket.since);
        let whole = passed.as_millis() / self.refill.as_millis().max(1);
        let back = u32::try_from(whole).unwrap_or(u32::MAX);
        if back == 0 && bucket.used > 0 {
            return bucket;
        }
        let used = bucket.used.saturating_sub(back);
        let since = if used == 0 { now } else { bucket.since + self.refill * back };
        Bucket { used, since }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets() -> Buckets {
        Buckets::new(3, Duration::from_mins(1), 2)
    }

    #[test]
    fn three_failures_then_one_try_a_minute() {
        let (buckets, start) = (buckets(), Instant::now());
        assert!((0..3).all(|_| buckets.take("a", start)));
        assert!(!buckets.take("a", start));
        assert!(!buckets.take("a", start + Duration::from_secs(59)));
        assert!(buckets.take("a", start + Duration::from_mins(1)));
        assert!(!buckets.take("a", start + Duration::from_secs(61)));
        assert!((0..3).all(|_| buckets.take("a", start + Duration::from_hours(1))));
    }

    #[test]
    fn a_right_password_does_not_count() {
        let (buckets, start) = (buckets(), Instant::now());
        for _ in 0..50 {
            assert!(buckets.take("a", start));
            buckets.give_back("a");
        }
    }

    #[test]
    fn nobody_gets_in_when_too_many_are_watched_until_some_are_forgotten() {
        let (buckets, start) = (buckets(), Instant::now());
        assert!(buckets.take("a", start) && buckets.take("b", start));
        assert!(!buckets.take("c", start));
        assert!(buckets.take("c", start + Duration::from_mins(1)));
    }

    #[test]
    fn an_account_and_an_address_each_have_their_own_tries() {
        let limiter = SignInLimiter::default();
        let granted = |account: &str, address: &str| limiter.begin(account.to_owned(), address).is_some();
        assert!((0..ACCOUNT_TRIES).all(|_| granted("45 a@b.fr", "192.0.2.1")));
        assert!(!granted("45 a@b.fr", "192.0.2.2"));
        assert!(granted("45 c@d.fr", "192.0.2.1"));
        assert!((0..ADDRESS_TRIES).all(|n| granted(&format!("45 {n}@e.fr"), "192.0.2.3")));
        assert!(!granted("45 new@e.fr", "192.0.2.3"));
    }
}
