//! What somebody may ask about their data, and before when it is answered (RGPD, art. 12, 15 to 18 and 21).

use chrono::NaiveDate;

use crate::time::plus_months;

/// Months to answer.
pub const ANSWER_MONTHS: u32 = 1;

/// Months more for a complex request, once, told to the person before the first month ends (art. 12.3).
pub const MORE_MONTHS: u32 = 2;

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

/// Why a request is not given more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoMoreTime {
    /// It was given more time already.
    #[error("Le délai de cette demande a déjà été prolongé : la loi ne le permet qu’une fois.")]
    Twice,
    /// The first month is over.
    #[error(
        "Le premier mois est passé : la loi ne permet de prolonger que si la personne en est informée avant sa fin. Répondez au plus tôt."
    )]
    TooLate,
    /// Nothing is told to the person.
    #[error(
        "Écrivez pourquoi ({SHORTEST_REASON} caractères au moins) : la personne doit connaître les raisons du retard."
    )]
    Reason,
}

/// The new last day of a request that is too complex to be answered in a month (art. 12.3).
///
/// # Errors
/// [`NoMoreTime`].
pub fn extended_to(
    received: NaiveDate,
    extended_on: Option<NaiveDate>,
    today: NaiveDate,
    reason: &str,
) -> Result<NaiveDate, NoMoreTime> {
    if extended_on.is_some() {
        return Err(NoMoreTime::Twice);
    }
    if today > answer_by(received) {
        return Err(NoMoreTime::TooLate);
    }
    if !reason_is_enough(reason) {
        return Err(NoMoreTime::Reason);
    }
    // Counted from the day of receipt: a month clamped in February would cost days otherwise.
    Ok(plus_months(received, ANSWER_MONTHS + MORE_MONTHS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_date_to_date_and_clamped() {
        assert_eq!(answer_by("2027-01-31".parse().unwrap()), "2027-02-28".parse().unwrap());
    }

    #[test]
    fn two_more_months_are_given_once_in_the_first_and_with_a_reason() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (received, why) = (day("2027-01-31"), "Trois services tiennent une partie du dossier.");
        let to = |extended, today, why| extended_to(received, extended, day(today), why);
        assert_eq!(to(None, "2027-02-28", why), Ok(day("2027-04-30")));
        assert_eq!(to(None, "2027-03-01", why), Err(NoMoreTime::TooLate));
        assert_eq!(to(Some(day("2027-02-02")), "2027-02-03", why), Err(NoMoreTime::Twice));
        assert_eq!(to(None, "2027-02-03", "  trop long  "), Err(NoMoreTime::Reason));
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
