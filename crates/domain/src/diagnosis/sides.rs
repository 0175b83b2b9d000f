//! Which sides said that the diagnosis is complete, and whether it is.

use chrono::{DateTime, Utc};

use crate::access::side::Side;
use crate::coded::coded;

coded! {
    /// What a side says of a diagnosis.
    Said {
        /// It has written what it had to.
        Complete = "complete",
        /// It writes again.
        Reopened = "reopened",
    }
}

/// What a side said, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The side of who said it.
    pub side: Side,
    /// What.
    pub said: Said,
    /// When.
    pub at: DateTime<Utc>,
}

/// When each side completed, as far as it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sides {
    /// The social side.
    pub social: Option<DateTime<Utc>>,
    /// The employment side.
    pub employment: Option<DateTime<Utc>>,
}

impl Sides {
    /// From every event of a diagnosis, in the order they were said.
    pub fn of(events: &[Event]) -> Self {
        let mut sides = Self::default();
        for event in events {
            let when = (event.said == Said::Complete).then_some(event.at);
            if event.side.is_social() {
                sides.social = when;
            }
            if event.side.is_employment() {
                sides.employment = when;
            }
        }
        sides
    }

    /// When this side completed; both sides, when the last of them did.
    pub fn completed(self, side: Side) -> Option<DateTime<Utc>> {
        match side {
            Side::Social => self.social,
            Side::Employment => self.employment,
            Side::Both => Some(self.social?.max(self.employment?)),
        }
    }

    /// When the diagnosis was complete: when the last of the sides that are asked said so. Where nobody is asked, one side is
    /// enough.
    pub fn complete(self, asked: Asked) -> Option<DateTime<Utc>> {
        match (asked.social, asked.employment) {
            (true, true) => self.completed(Side::Both),
            (true, false) => self.social,
            (false, true) => self.employment,
            (false, false) => self.social.or(self.employment),
        }
    }
}

/// The sides whose word is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The social side.
    pub social: bool,
    /// The employment side.
    pub employment: bool,
}

impl Asked {
    /// Those of who follows the person.
    pub fn of(sides: impl IntoIterator<Item = Side>) -> Self {
        sides.into_iter().fold(Self::default(), |asked, side| Self {
            social: asked.social || side.is_social(),
            employment: asked.employment || side.is_employment(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
    }

    fn event(side: Side, said: Said, minute: i64) -> Event {
        Event { side, said, at: at(minute) }
    }

    #[test]
    fn a_pair_is_complete_when_both_said_so() {
        let both = Asked::of([Side::Social, Side::Employment]);
        let mut events = vec![event(Side::Social, Said::Complete, 1)];
        assert_eq!(Sides::of(&events).complete(both), None);
        assert_eq!(Sides::of(&events).complete(Asked::of([Side::Social])), Some(at(1)));
        assert_eq!(Sides::of(&events).complete(Asked::of([Side::Employment])), None);
        assert_eq!(Sides::of(&events).complete(Asked::of([])), Some(at(1)));
        events.push(event(Side::Employment, Said::Complete, 9));
        assert_eq!(Sides::of(&events).complete(both), Some(at(9)));
        events.push(event(Side::Social, Said::Reopened, 12));
        assert_eq!(Sides::of(&events).complete(both), None);
        events.push(event(Side::Social, Said::Complete, 15));
        assert_eq!(Sides::of(&events).complete(both), Some(at(15)));
    }

    #[test]
    fn who_holds_both_sides_speaks_for_both() {
        let sides = Sides::of(&[event(Side::Both, Said::Complete, 3)]);
        assert_eq!(sides.complete(Asked::of([Side::Both])), Some(at(3)));
        assert_eq!(sides.completed(Side::Employment), Some(at(3)));
    }

    proptest! {
        #[test]
        fn a_side_holds_what_it_said_last(said in proptest::collection::vec((0usize..3, any::<bool>()), 0..20)) {
            let events: Vec<Event> = said
                .iter()
                .enumerate()
                .map(|(minute, (side, complete))| {
                    let said = if *complete { Said::Complete } else { Said::Reopened };
                    event(Side::ALL[*side], said, i64::try_from(minute).unwrap())
                })
                .collect();
            let sides = Sides::of(&events);
            let last = events.iter().rev().find(|event| event.side.is_social());
            let expected = last.filter(|event| event.said == Said::Complete).map(|event| event.at);
            prop_assert_eq!(sides.social, expected);
        }
    }
}
