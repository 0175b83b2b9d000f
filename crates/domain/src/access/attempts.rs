//! How often one may fail to prove who one is: a bucket of tries that time fills again.
//!
//! ```text
//! full ── a try is taken before the proof is looked at ──▶ fewer ── … ──▶ empty: wait for the next one
//!   ▲──────── given back when the proof was right, or by time, one after the other ────────┘
//! ```

use chrono::{DateTime, Duration, Utc};

/// How many tries, and how long until one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Failures in a row before one must wait.
    pub tries: u32,
    /// Seconds until one more try is given.
    pub refill_seconds: u32,
}

/// What was used of a bucket, and since when time gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// Tries taken and not given back.
    pub used: u32,
    /// The instant from which the next try given back by time is counted.
    pub since: DateTime<Utc>,
}

/// No try is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Empty {
    /// Seconds until the next one, at least 1.
    pub wait_seconds: u32,
}

impl Bucket {
    /// A bucket nobody used.
    pub fn full(now: DateTime<Utc>) -> Self {
        Self { used: 0, since: now }
    }

    /// The bucket with the tries that time has given back at `now`.
    #[must_use]
    pub fn refilled(self, rule: Rule, now: DateTime<Utc>) -> Self {
        let refill = i64::from(rule.refill_seconds.max(1));
        let whole = (now - self.since).num_seconds().max(0) / refill;
        let back = u32::try_from(whole).unwrap_or(u32::MAX);
        let used = self.used.saturating_sub(back);
        let since = if used == 0 { now } else { self.since + Duration::seconds(refill * i64::from(back)) };
        Self { used, since }
    }

    /// The bucket after one more try.
    ///
    /// # Errors
    /// [`Empty`] when none is left.
    pub fn take(self, rule: Rule, now: DateTime<Utc>) -> Result<Self, Empty> {
        let bucket = self.refilled(rule, now);
        if bucket.used >= rule.tries {
            let next = bucket.since + Duration::seconds(i64::from(rule.refill_seconds));
            let wait_seconds = u32::try_from((next - now).num_seconds()).unwrap_or(1).max(1);
            return Err(Empty { wait_seconds });
        }
        Ok(Self { used: bucket.used + 1, ..bucket })
    }

    /// The bucket after a try that was right.
    #[must_use]
    pub fn given_back(self) -> Self {
        Self { used: self.used.saturating_sub(1), ..self }
    }

    /// True when no try is left in it: the failure that took the last one closes the door for a while.
    pub fn is_spent(self, rule: Rule) -> bool {
        self.used >= rule.tries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULE: Rule = Rule { tries: 3, refill_seconds: 60 };

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn three_failures_then_one_try_a_minute() {
        let mut bucket = Bucket::full(at(0));
        for _ in 0..3 {
            bucket = bucket.take(RULE, at(0)).unwrap();
        }
        assert!(bucket.is_spent(RULE));
        assert_eq!(bucket.take(RULE, at(0)), Err(Empty { wait_seconds: 60 }));
        assert_eq!(bucket.take(RULE, at(59)), Err(Empty { wait_seconds: 1 }));
        let bucket = bucket.take(RULE, at(60)).unwrap();
        assert_eq!(bucket.take(RULE, at(61)), Err(Empty { wait_seconds: 59 }));
        assert_eq!(bucket.refilled(RULE, at(3_600)), Bucket::full(at(3_600)));
    }

    #[test]
    fn a_right_proof_does_not_count() {
        let mut bucket = Bucket::full(at(0));
        for second in 0..50 {
            bucket = bucket.take(RULE, at(second)).unwrap().given_back();
        }
        assert_eq!(bucket.used, 0);
    }

    proptest! {
        #[test]
        fn nobody_gets_more_tries_than_the_rule_and_time_give(waits in prop::collection::vec(0i64..200, 1..60)) {
            let (mut bucket, mut now, mut granted) = (Bucket::full(at(0)), 0, 0i64);
            for wait in waits {
                now += wait;
                if let Ok(next) = bucket.take(RULE, at(now)) {
                    bucket = next;
                    granted += 1;
                }
                prop_assert!(bucket.used <= RULE.tries);
                prop_assert!(granted <= 3 + now / 60);
            }
        }
    }
}
