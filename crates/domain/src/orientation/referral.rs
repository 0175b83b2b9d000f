//! A person addressed to the platform by a prescriber, a partner or a referent (*adressage*): it brings somebody into the queue
//! of calls. It is not the prescription of a programme.
//!
//! ```text
//! sent ─▶ waiting (call planned) ─▶ oriented │ followed already │ does not wish │ not reached │ not concerned
//! ```

/// How much it presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// As anybody of the queue.
    Ordinary,
    /// Before those of the same delay.
    Urgent,
}

impl Urgency {
    /// Every urgency, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Ordinary, Self::Urgent];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Urgent => "urgent",
        }
    }

    /// Reads [`Urgency::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// When the person would rather be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// At any hour.
    Any,
    /// In the morning.
    Morning,
    /// Around noon.
    Noon,
    /// In the afternoon.
    Afternoon,
}

impl Moment {
    /// Every moment, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Any, Self::Morning, Self::Noon, Self::Afternoon];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Morning => "morning",
            Self::Noon => "noon",
            Self::Afternoon => "afternoon",
        }
    }

    /// Reads [`Moment::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What who sent the person is answered: a word of this list and no other, so that nothing of the file is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A decision of orientation was made; given by the decision itself.
    Oriented,
    /// Somebody follows the person already.
    Followed,
    /// The person does not wish it.
    Declined,
    /// Nobody could reach them.
    NotReached,
    /// The platform is not for them: another département, another scheme.
    NotConcerned,
}

impl Answer {
    /// Every answer.
    pub const ALL: [Self; 5] =
        [Self::Oriented, Self::Followed, Self::Declined, Self::NotReached, Self::NotConcerned];

    /// Those that somebody chooses.
    pub const GIVEN: [Self; 4] = [Self::Followed, Self::Declined, Self::NotReached, Self::NotConcerned];

    /// The word of the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Oriented => "oriented",
            Self::Followed => "followed",
            Self::Declined => "declined",
            Self::NotReached => "not_reached",
            Self::NotConcerned => "not_concerned",
        }
    }

    /// Reads [`Answer::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Fewest characters of the reason.
pub const SHORTEST_REASON: usize = 10;
/// Most characters of the reason.
pub const LONGEST_REASON: usize = 1_000;
/// People that one account addresses in an hour at most.
pub const AN_HOUR: u64 = 10;
/// People that one account addresses in a day at most: a queue is not filled by one hand.
pub const A_DAY: u64 = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_again_and_a_decision_is_not_chosen_by_hand() {
        assert!(Urgency::ALL.into_iter().all(|one| Urgency::parse(one.code()) == Some(one)));
        assert!(Moment::ALL.into_iter().all(|one| Moment::parse(one.code()) == Some(one)));
        assert!(Answer::ALL.into_iter().all(|one| Answer::parse(one.code()) == Some(one)));
        assert!(!Answer::GIVEN.contains(&Answer::Oriented));
    }
}
