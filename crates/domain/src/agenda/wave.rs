//! A wave of invitations (`product.md` § 4.4): nobody is invited to choose among hours that others will have taken. As many
//! people are invited as there is room for; the others wait in their order, and are invited as room comes.
//!
//! ```text
//! waiting ──▶ invited ──▶ booked · unanswered (the link is over)
//!    └───────────┴──────▶ left_out (nothing to invite them to any more, or the wave was stopped)
//! ```

use crate::coded::coded;
use crate::followup::path::PathState;

coded! {
    /// Where somebody stands in a wave.
    Standing {
        /// There is no room yet.
        Waiting = "waiting",
        /// The invitation was queued.
        Invited = "invited",
        /// They have an appointment.
        Booked = "booked",
        /// Their link is over, and they have none.
        Unanswered = "unanswered",
        /// They are not to be invited any more.
        LeftOut = "left_out",
    }
}

impl Standing {
    /// Something is still expected.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::Invited)
    }
}

/// Somebody who stands there may be invited: followed, or waited for.
pub fn may_be_invited(state: PathState) -> bool {
    state.is_followed() || matches!(state, PathState::ToOrient | PathState::Known)
}

/// Hours still to be offered: the free ones, less those that people already invited may take.
pub fn room(free: usize, awaited: usize) -> usize {
    free.saturating_sub(awaited)
}

/// What is known of somebody in a wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// They are followed or waited for here, and nothing hides their file.
    pub here: bool,
    /// An appointment of theirs is to come, or was held since the wave was made.
    pub booked: bool,
    /// Their link can no more be used.
    pub link_over: bool,
}

/// Where somebody stands now; what is over stays as it is.
pub fn now(before: Standing, known: Known) -> Standing {
    match before {
        open if !open.is_open() => open,
        _ if known.booked => Standing::Booked,
        _ if !known.here => Standing::LeftOut,
        Standing::Invited if known.link_over => Standing::Unanswered,
        open => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: Known = Known { here: true, booked: false, link_over: false };

    #[test]
    fn each_is_invited_once_and_what_is_over_stays() {
        assert_eq!(now(Standing::Waiting, HERE), Standing::Waiting);
        assert_eq!(now(Standing::Invited, HERE), Standing::Invited);
        let booked = Known { booked: true, ..HERE };
        assert_eq!(now(Standing::Waiting, booked), Standing::Booked);
        assert_eq!(now(Standing::Invited, Known { link_over: true, ..booked }), Standing::Booked);
        let over = Known { link_over: true, ..HERE };
        assert_eq!(
            (now(Standing::Invited, over), now(Standing::Waiting, over)),
            (Standing::Unanswered, Standing::Waiting)
        );
        let gone = Known { here: false, ..HERE };
        assert_eq!(
            (now(Standing::Invited, gone), now(Standing::Waiting, gone)),
            (Standing::LeftOut, Standing::LeftOut)
        );
        for over in [Standing::Booked, Standing::Unanswered, Standing::LeftOut] {
            assert_eq!(now(over, HERE), over);
        }
    }

    #[test]
    fn whoever_is_here_no_more_is_not_invited() {
        let invited = PathState::ALL.map(may_be_invited);
        assert_eq!(invited, [true, true, true, true, true, true, true, true, false, false]);
    }

    proptest! {
        #[test]
        fn never_more_are_awaited_than_there_are_hours(free in 0usize..200, awaited in 0usize..200) {
            prop_assert!(room(free, awaited) + awaited.min(free) == free);
        }
    }
}
