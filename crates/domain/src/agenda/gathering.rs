//! Collective sessions: seats, and a waiting list that moves up.

/// Most seats of a session.
pub const MOST_SEATS: u16 = 200;

/// What becomes of somebody who asks for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// This seat is theirs; seats are numbered from 1.
    Given(u16),
    /// All are taken: they wait.
    Waiting,
}

/// The first seat that nobody has, among `seats`.
pub fn seat(seats: u16, taken: &[u16]) -> Seat {
    (1..=seats).find(|number| !taken.contains(number)).map_or(Seat::Waiting, Seat::Given)
}

/// How many of those who wait move up, when so many seats are taken.
pub fn moving_up(seats: u16, taken: usize, waiting: usize) -> usize {
    usize::from(seats).saturating_sub(taken).min(waiting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_free_seat_is_given_and_then_people_wait() {
        assert_eq!(seat(2, &[]), Seat::Given(1));
        assert_eq!(seat(2, &[1]), Seat::Given(2));
        assert_eq!(seat(2, &[2]), Seat::Given(1));
        assert_eq!(seat(2, &[2, 1]), Seat::Waiting);
        assert_eq!(seat(0, &[]), Seat::Waiting);
    }

    proptest! {
        #[test]
        fn nobody_waits_while_a_seat_is_free(seats in 0u16..30, taken in 0usize..40, waiting in 0usize..40) {
            let up = moving_up(seats, taken, waiting);
            prop_assert!(taken.min(usize::from(seats)) + up <= usize::from(seats));
            prop_assert!(up == waiting || taken + up >= usize::from(seats));
        }
    }
}
