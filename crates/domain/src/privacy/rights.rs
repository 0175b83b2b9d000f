//! What somebody may ask about their data, and before when it is answered (RGPD, art. 12, 15 to 18 and 21).

use chrono::NaiveDate;

use crate::time::plus_months;

/// Months to answer; two more when the request is complex, and the person is told.
pub const ANSWER_MONTHS: u32 = 1;

/// Fewest characters of what is written to somebody whose request is refused, in whole or in part (art. 12.4).
pub const SHORTEST_REASON: usize = 20;

/// Whether a refusal says why.
pub fn reason_is_enough(text: &str) -> bool {
    text.trim().chars().count() >= SHORTEST_REASON
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// A copy of everything held (art. 15).
    Access,
    /// A mistake is mended (art. 16).
    Rectification,
    /// Data are frozen: kept, not used (art. 18).
    Restriction,
    /// A use is refused (art. 21).
    Objection,
    /// Data are deleted (art. 17; not those that the law makes the département keep).
    Erasure,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 5] =
        [Self::Access, Self::Rectification, Self::Restriction, Self::Objection, Self::Erasure];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Rectification => "rectification",
            Self::Restriction => "restriction",
            Self::Objection => "objection",
            Self::Erasure => "erasure",
        }
    }

    /// Reads [`Right::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|right| right.code() == code)
    }
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Done as asked.
    Granted,
    /// In part, with the reason written to the person.
    Partly,
    /// Refused, with the reason written to the person.
    Refused,
}

impl Reply {
    /// Every answer.
    pub const ALL: [Self; 3] = [Self::Granted, Self::Partly, Self::Refused];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Partly => "partly",
            Self::Refused => "refused",
        }
    }

    /// Reads [`Reply::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.code() == code)
    }
}

/// The last day on which a request received on a day is answered in time.
pub fn answer_by(received: NaiveDate) -> NaiveDate {
    plus_months(received, ANSWER_MONTHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_date_to_date_and_clamped() {
        assert_eq!(answer_by("2027-01-31".parse().unwrap()), "2027-02-28".parse().unwrap());
    }

    #[test]
    fn words_come_back() {
        for right in Right::ALL {
            assert_eq!(Right::parse(right.code()), Some(right));
        }
        for reply in Reply::ALL {
            assert_eq!(Reply::parse(reply.code()), Some(reply));
        }
    }
}
