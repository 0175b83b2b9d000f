//! A contact: an exchange with the person that took place (`rules.md` § 2). A letter, a voicemail, an absence or a message without
//! answer is an attempt: kept, and no contact.

use chrono::NaiveDate;

use crate::coded::coded;
use crate::time::plus_days;

/// How far back a contact may be written, in days.
pub const BACK_DAYS: i64 = 60;

coded! {
    /// How it was held.
    Means {
        /// By telephone.
        Phone = "phone",
        /// In person, at a place.
        Meeting = "meeting",
        /// At home or elsewhere.
        Visit = "visit",
        /// By messages, both ways.
        Message = "message",
        /// In a group.
        Workshop = "workshop",
    }
}

coded! {
    /// What came of it.
    Outcome {
        /// They spoke together.
        Held = "held",
        /// No answer.
        Unanswered = "unanswered",
        /// A message was left.
        MessageLeft = "message_left",
        /// The person did not come.
        Absent = "absent",
    }
}

coded! {
    /// What it was about; what was said is in the text, each with who may read it.
    Subject {
        /// Where things stand.
        Situation = "situation",
        /// The project, the search.
        Work = "work",
        /// A training, skills.
        Training = "training",
        /// Getting around.
        Mobility = "mobility",
        /// Housing, family, rights, money.
        Social = "social",
        /// What was decided and signed.
        Contract = "contract",
        /// A job that was found.
        AtWork = "at_work",
        /// Anything else.
        Other = "other",
    }
}

impl Means {
    /// Between the person and their professional alone: what a rhythm counts.
    pub fn is_individual(self) -> bool {
        self != Self::Workshop
    }

    /// What may come of it: nobody is absent on the telephone.
    pub fn allows(self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Held => true,
            Outcome::Unanswered | Outcome::MessageLeft => matches!(self, Self::Phone | Self::Message),
            Outcome::Absent => matches!(self, Self::Meeting | Self::Visit | Self::Workshop),
        }
    }
}

/// Whether it is a contact that the rhythm of a programme counts.
pub fn counts(means: Means, outcome: Outcome) -> bool {
    means.is_individual() && outcome == Outcome::Held
}

/// Why a contact is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No means, no result, no subject.
    #[error("Choisissez une réponse dans la liste.")]
    Choice,
    /// Nobody is absent on the telephone.
    #[error(
        "Ce résultat ne va pas avec ce moyen : « absent » vaut pour un rendez-vous, « pas de réponse » pour un appel ou un message."
    )]
    Outcome,
    /// Not today, or too long ago.
    #[error("Donnez un jour entre il y a 60 jours et aujourd’hui.")]
    Day,
    /// Too long.
    #[error("Écrivez 4 000 caractères au plus.")]
    Text,
}

/// The day of a contact; today when none is typed.
///
/// # Errors
/// [`Refusal::Day`].
pub fn day(typed: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let day = typed.unwrap_or(today);
    (day <= today && day >= plus_days(today, -BACK_DAYS)).then_some(day).ok_or(Refusal::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exchange_that_took_place_between_two_people_counts() {
        for means in Means::ALL {
            for outcome in Outcome::ALL {
                let counted = counts(*means, *outcome);
                assert_eq!(counted, *outcome == Outcome::Held && *means != Means::Workshop);
            }
        }
        assert!(!Means::Phone.allows(Outcome::Absent));
        assert!(!Means::Meeting.allows(Outcome::MessageLeft));
        assert!(Means::Message.allows(Outcome::Unanswered));
    }

    #[test]
    fn a_contact_is_written_within_sixty_days() {
        let today: NaiveDate = "2028-02-29".parse().unwrap();
        assert_eq!(day(None, today), Ok(today));
        assert_eq!(day(Some(plus_days(today, -60)), today), Ok(plus_days(today, -60)));
        assert_eq!(day(Some(plus_days(today, -61)), today), Err(Refusal::Day));
        assert_eq!(day(Some(plus_days(today, 1)), today), Err(Refusal::Day));
    }
}
