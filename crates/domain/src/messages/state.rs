//! What becomes of a message.
//!
//! ```text
//!  waiting ──▶ sent ──▶ delivered
//!     │          └────▶ failed ──▶ another message, by the next channel
//!     ├──▶ refused ───────────────▶ the same
//!     ├──▶ dropped     what it told is no longer so: the appointment was moved or cancelled
//!     └──▶ unsent      no channel reaches them, or it came too late: a professional is told
//!  to_print ──▶ printed
//! ```

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// To be sent.
    Waiting,
    /// A server took it.
    Sent,
    /// The provider says that it arrived.
    Delivered,
    /// The provider says that it did not.
    Failed,
    /// The server refused it: the address or the number does not exist.
    Refused,
    /// It was no longer true, or no longer wanted.
    Dropped,
    /// It could not be sent, and nothing else will be tried.
    Unsent,
    /// A letter to print.
    ToPrint,
    /// A letter that was printed.
    Printed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Waiting,
        Self::Sent,
        Self::Delivered,
        Self::Failed,
        Self::Refused,
        Self::Dropped,
        Self::Unsent,
        Self::ToPrint,
        Self::Printed,
    ];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
            Self::Unsent => "unsent",
            Self::ToPrint => "to_print",
            Self::Printed => "printed",
        }
    }

    /// Reads [`State::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The channel did not reach the person.
    pub fn has_failed(self) -> bool {
        matches!(self, Self::Failed | Self::Refused | Self::Unsent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_from_its_word() {
        for state in State::ALL {
            assert_eq!(State::parse(state.code()), Some(state));
        }
        assert_eq!(State::parse("lost"), None);
    }
}
