//! A person leaves for another département, or arrives from one (`rules.md` §§ 1 and 6; CASF D262-65-2: the information of a
//! transfer into the département starts the clock of the orientation).
//!
//! ```text
//!        file made                      receipt, or confirmed by hand
//! here ─────────▶ waiting ─────────────────────────────▶ closed
//!                    └── it did not happen ─▶ cancelled   (the person is followed here as before)
//! there            file brought in ─▶ received            (to orient, from that day)
//! ```
//! Until it is closed, the département that sends owes a step: nobody is forgotten between two départements.

use chrono::NaiveDate;

use crate::access::visibility::Level;
use crate::time::plus_months;

/// Days in which a file may be brought in, unless the département says otherwise (proposed).
pub const FILE_DAYS: i64 = 30;
/// The parameter that says otherwise.
pub const FILE_PARAMETER: &str = "transfer.file_days";
/// Days in which the arrival is confirmed, unless the département says otherwise (proposed).
pub const CONFIRM_DAYS: i64 = 10;
/// The parameter that says otherwise.
pub const CONFIRM_PARAMETER: &str = "transfer.confirm_days";
/// How long a payer's files may go on naming somebody who left, before they are to orient here again (proposed).
pub const LINGER_MONTHS: u32 = 2;
/// Shortest reason, in characters.
pub const SHORTEST_REASON: usize = 3;
/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To another département.
    Out,
    /// From another one.
    In,
}

impl Direction {
    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::In => "in",
        }
    }

    /// Reads [`Direction::code`].
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Out, Self::In].into_iter().find(|one| one.code() == code)
    }
}

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The file was made; nobody has said yet that the person arrived.
    Waiting,
    /// They arrived.
    Closed,
    /// It did not happen.
    Cancelled,
    /// They were received here.
    Received,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Closed, Self::Cancelled, Self::Received];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
            Self::Received => "received",
        }
    }

    /// Reads [`Standing::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Whether a text of this level leaves with the person: what an author kept for themself never does.
pub fn travels(level: Level) -> bool {
    level != Level::Author
}

/// Whether somebody who left on that day is wanted here again, because a payer still names them on `named_on` as subject to
/// droits et devoirs, long after.
pub fn is_back(left_on: NaiveDate, named_on: NaiveDate) -> bool {
    named_on > plus_months(left_on, LINGER_MONTHS)
}

/// A receipt as two people read it to each other: groups of four digits or letters from A to F.
pub fn receipt(bytes: [u8; 8]) -> String {
    let groups: Vec<String> = bytes
        .chunks(2)
        .map(|two| two.iter().fold(String::new(), |text, byte| format!("{text}{byte:02X}")))
        .collect();
    groups.join("-")
}

/// Whether what was typed is this receipt, whatever its spaces, dashes and case.
pub fn same_receipt(typed: &str, known: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
    };
    !plain(known).is_empty() && plain(typed) == plain(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_author_keeps_for_themself_stays() {
        let stays: Vec<Level> = Level::ALL.into_iter().filter(|level| !travels(*level)).collect();
        assert_eq!(stays, [Level::Author]);
    }

    #[test]
    fn a_payer_late_by_two_months_brings_nobody_back() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(!is_back(day("2026-11-26"), day("2026-12-31")));
        assert!(!is_back(day("2026-11-26"), day("2027-01-26")));
        assert!(is_back(day("2026-11-26"), day("2027-01-31")));
    }

    #[test]
    fn a_receipt_is_known_however_it_was_typed() {
        let known = receipt([0x3f, 0x2a, 0x91, 0, 0xbc, 0xff, 0, 1]);
        assert_eq!(known, "3F2A-9100-BCFF-0001");
        assert!(same_receipt(" 3f2a 9100bcff-0001 ", &known));
        for wrong in ["", "3F2A", "3F2A-9100-BCFF-0002"] {
            assert!(!same_receipt(wrong, &known), "{wrong}");
        }
        assert!(!same_receipt("", ""));
    }

    #[test]
    fn every_word_of_the_database_is_read_again() {
        for standing in Standing::ALL {
            assert_eq!(Standing::parse(standing.code()), Some(standing));
        }
        for direction in [Direction::Out, Direction::In] {
            assert_eq!(Direction::parse(direction.code()), Some(direction));
        }
    }
}
