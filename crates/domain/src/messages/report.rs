//! What servers and providers say later of a message that they took: it arrived, it never will, or it is still under way.
//!
//! Reports come twice, late and out of order: what arrived has arrived, whatever is said afterwards.

use super::state::State;

/// What is said of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It arrived.
    Delivered,
    /// It will not arrive.
    Failed(Way),
    /// Not yet: the server goes on trying.
    UnderWay,
}

/// What a failure says of the number or the address that was written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It may still work: switched off, full, refused as unwanted.
    Unsure,
    /// It reaches nobody.
    Dead,
}

impl Report {
    /// Every report that changes something, in the order in which one takes the place of another.
    pub const KEPT: [Self; 3] = [Self::Failed(Way::Unsure), Self::Failed(Way::Dead), Self::Delivered];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed(Way::Unsure) => "failed",
            Self::Failed(Way::Dead) => "dead",
            Self::UnderWay => "under_way",
        }
    }

    /// Reads [`Report::code`] of one that is kept.
    pub fn parse(code: &str) -> Option<Self> {
        Self::KEPT.into_iter().find(|report| report.code() == code)
    }

    /// The one that counts of two that were told of the same message.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let rank = |one: Self| Self::KEPT.iter().position(|kept| *kept == one);
        if rank(other) > rank(self) { other } else { self }
    }
}

impl State {
    /// Where a message stands after a report; `None` when that changes nothing.
    ///
    /// One that waits may have been sent by a provider whose answer never came: that it arrived counts, that it did not says
    /// nothing of the next try.
    pub fn after(self, report: Report) -> Option<Self> {
        match (self, report) {
            (Self::Waiting | Self::Sent | Self::Failed, Report::Delivered) => Some(Self::Delivered),
            (Self::Sent, Report::Failed(_)) => Some(Self::Failed),
            _ => None,
        }
    }
}

/// What the enhanced status of a mail server (RFC 3463) says of the address, when the message does not arrive: `5.1.1` is an
/// address that does not exist, `5.2.2` a full mailbox, `5.7.1` a message that was not wanted.
pub fn of_status(status: &str) -> Way {
    let mut parts = status.trim().split('.').map(|part| part.parse::<u16>().ok());
    match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(5), Some(0 | 1), Some(_)) | (Some(5), Some(2), Some(0 | 1)) => Way::Dead,
        _ => Way::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Report; 4] =
        [Report::Delivered, Report::Failed(Way::Unsure), Report::Failed(Way::Dead), Report::UnderWay];

    proptest! {
        #[test]
        fn whatever_the_order_what_arrived_stays_arrived(told in proptest::collection::vec(0usize..4, 1..12)) {
            let told: Vec<Report> = told.into_iter().map(|n| ALL[n]).collect();
            let end = told.iter().fold(State::Sent, |state, report| state.after(*report).unwrap_or(state));
            let expected = if told.contains(&Report::Delivered) {
                State::Delivered
            } else if told.iter().any(|one| matches!(one, Report::Failed(_))) {
                State::Failed
            } else {
                State::Sent
            };
            prop_assert_eq!(end, expected);
        }

        #[test]
        fn the_one_that_counts_does_not_depend_on_the_order(a in 0usize..4, b in 0usize..4) {
            prop_assert_eq!(ALL[a].with(ALL[b]).code(), ALL[b].with(ALL[a]).code());
        }
    }

    #[test]
    fn what_never_left_or_was_taken_back_is_not_changed_by_a_report() {
        for state in [State::Dropped, State::Unsent, State::Refused, State::ToPrint, State::Printed] {
            for report in ALL {
                assert_eq!(state.after(report), None, "{state:?} {report:?}");
            }
        }
        assert_eq!(State::Waiting.after(Report::Failed(Way::Dead)), None);
        assert_eq!(State::Waiting.after(Report::Delivered), Some(State::Delivered));
    }

    #[test]
    fn an_address_is_given_up_only_when_the_server_says_that_it_does_not_exist() {
        for dead in ["5.1.1", "5.0.0", " 5.1.10 ", "5.2.1"] {
            assert_eq!(of_status(dead), Way::Dead, "{dead}");
        }
        for unsure in ["5.2.2", "5.7.1", "4.1.1", "4.4.7", "5.4.4", "5", "", "non"] {
            assert_eq!(of_status(unsure), Way::Unsure, "{unsure}");
        }
        for report in Report::KEPT {
            assert_eq!(Report::parse(report.code()), Some(report));
        }
        assert_eq!(Report::parse("under_way"), None);
    }
}
