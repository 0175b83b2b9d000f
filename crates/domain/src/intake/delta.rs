//! What a file changed for one adult, against what was known before it (`interfaces.md`, import report).

use serde::{Deserialize, Serialize};

use super::flux::RightState;

/// One line of the delta report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Subject to droits et devoirs now, not before.
    Entered,
    /// Subject before, not now, for whatever reason.
    Left,
    /// The part of `Entered` already known with an open right.
    NewlySubject,
    /// 2 → 3 or 4.
    Suspended,
    /// 3 or 4 → 2.
    Resumed,
    /// 0, 2, 3, 4 → 1, 5, 6 or absent.
    Closed,
    /// Arrives from another organism.
    MovedIn,
    /// Leaves for another organism.
    MovedOut,
    /// Another main address.
    Address,
}

impl Change {
    /// Every kind, in the order of the report.
    pub const ALL: [Self; 9] = [
        Self::Entered,
        Self::Left,
        Self::NewlySubject,
        Self::Suspended,
        Self::Resumed,
        Self::Closed,
        Self::MovedIn,
        Self::MovedOut,
        Self::Address,
    ];

    /// The word of the report, of the database and of URLs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Left => "left",
            Self::NewlySubject => "newly_subject",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
            Self::Closed => "closed",
            Self::MovedIn => "moved_in",
            Self::MovedOut => "moved_out",
            Self::Address => "address",
        }
    }

    /// Reads [`Change::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// Eight bytes that stand for a text when only equality matters: an import keeps one per person in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// FNV-1a of the text.
    pub fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    /// FNV-1a of the bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(
            bytes
                .iter()
                .fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3)),
        )
    }
}

/// Where an adult stands in the payer's eyes; what deltas are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// State of the right of their household.
    pub right: Option<RightState>,
    /// `TOPPERSDRODEVORSA` = 1.
    pub subject_flag: bool,
    /// Main address; `None` when unknown.
    pub address: Option<Fingerprint>,
    /// Organism and date of the mutation that brought them.
    pub moved_in: Option<Fingerprint>,
    /// Organism and date of the mutation that takes them away.
    pub moved_out: Option<Fingerprint>,
}

impl Standing {
    /// Subject = right open and flag set (`interfaces.md`).
    pub fn is_subject(&self) -> bool {
        self.subject_flag && self.right.is_some_and(RightState::is_open)
    }

    fn is_open(&self) -> bool {
        self.right.is_some_and(RightState::is_open)
    }
}

/// The changes between what was known (`None`: first sight) and what the file says.
pub fn changes(before: Option<&Standing>, after: &Standing) -> Vec<Change> {
    let mut found = Vec::new();
    let was_subject = before.is_some_and(Standing::is_subject);
    if after.is_subject() && !was_subject {
        found.push(Change::Entered);
        if before.is_some_and(Standing::is_open) {
            found.push(Change::NewlySubject);
        }
    }
    if was_subject && !after.is_subject() {
        found.push(Change::Left);
    }
    if let Some(before) = before {
        found.extend(right_change(before.right, after.right));
        if before.address.is_some() && after.address.is_some() && before.address != after.address {
            found.push(Change::Address);
        }
    }
    if after.moved_in.is_some() && before.is_none_or(|b| b.moved_in != after.moved_in) {
        found.push(Change::MovedIn);
    }
    if after.moved_out.is_some() && before.is_none_or(|b| b.moved_out != after.moved_out) {
        found.push(Change::MovedOut);
    }
    found
}

fn right_change(before: Option<RightState>, after: Option<RightState>) -> Option<Change> {
    use RightState::{Open, PaymentSuspended, Pending, Suspended};
    match (before?, after?) {
        (Open, Suspended | PaymentSuspended) => Some(Change::Suspended),
        (Suspended | PaymentSuspended, Open) => Some(Change::Resumed),
        (Pending | Open | Suspended | PaymentSuspended, state) if state.is_closed() => Some(Change::Closed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RightState::*;

    fn at(right: RightState, subject_flag: bool) -> Standing {
        Standing {
            right: Some(right),
            subject_flag,
            address: Some(Fingerprint::of("1 RUE|52121")),
            ..Standing::default()
        }
    }

    #[test]
    fn on_a_first_file_all_who_are_subject_enter_and_nothing_else_is_counted() {
        assert_eq!(changes(None, &at(Open, true)), [Change::Entered]);
        assert_eq!(changes(None, &at(PaymentSuspended, true)), [Change::Entered]);
        assert_eq!(changes(None, &at(Closed, true)), []);
    }

    #[test]
    fn someone_known_with_an_open_right_who_becomes_subject_is_newly_subject() {
        assert_eq!(changes(Some(&at(Open, false)), &at(Open, true)), [Change::Entered, Change::NewlySubject]);
        assert_eq!(changes(Some(&at(Closed, true)), &at(Open, true)), [Change::Entered]);
    }

    #[test]
    fn absence_closes_and_makes_leave() {
        assert_eq!(changes(Some(&at(Open, true)), &at(Absent, true)), [Change::Left, Change::Closed]);
        assert_eq!(changes(Some(&at(Closed, true)), &at(Absent, true)), []);
    }

    #[test]
    fn suspension_keeps_one_subject() {
        assert_eq!(changes(Some(&at(Open, true)), &at(Suspended, true)), [Change::Suspended]);
        assert_eq!(changes(Some(&at(PaymentSuspended, true)), &at(Open, true)), [Change::Resumed]);
        assert_eq!(changes(Some(&at(Suspended, true)), &at(PaymentSuspended, true)), []);
    }

    #[test]
    fn a_mutation_counts_once() {
        let arrived = Standing { moved_in: Some(Fingerprint::of("CAF 521 2026-10-01")), ..at(Open, false) };
        assert_eq!(changes(None, &arrived), [Change::MovedIn]);
        assert_eq!(changes(Some(&arrived), &arrived), []);
        let gone = Standing { moved_out: Some(Fingerprint::of("CAF 511 2026-11-01")), ..at(Closed, false) };
        assert_eq!(changes(Some(&at(Open, false)), &gone), [Change::Closed, Change::MovedOut]);
    }

    #[test]
    fn another_main_address_counts_for_those_already_known() {
        let moved = Standing { address: Some(Fingerprint::of("2 RUE|52121")), ..at(Open, false) };
        assert_eq!(changes(Some(&at(Open, false)), &moved), [Change::Address]);
        assert_eq!(changes(None, &moved), []);
    }
}
