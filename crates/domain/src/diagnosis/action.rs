//! A lead that became an action: who does it, by when, and what came of it.
//!
//! ```text
//! planned ──▶ under way ──▶ done        done, dropped: what came of it, or why, is written
//!     └───────────┴───────▶ dropped
//! ```

use chrono::NaiveDate;
use uuid::Uuid;

use crate::access::side::Side;
use crate::coded::coded;
use crate::time::plus_months;

/// Longest label, service name, result or reason, in characters.
pub const LONGEST: usize = 500;
/// Most hours of an action.
pub const MOST_HOURS: u32 = 2_000;
/// The furthest date of an action, in months.
pub const FURTHEST_MONTHS: u32 = 24;

coded! {
    /// Who does it.
    Who {
        /// The person.
        Person = "person",
        /// The social side of those who follow them.
        Social = "social",
        /// The employment side.
        Employment = "employment",
        /// A structure.
        Structure = "structure",
        /// A partner.
        Partner = "partner",
    }
}

impl Who {
    /// The side that owes it; `None` for who is not a professional of the person: their referent owes the step.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Social => Some(Side::Social),
            Self::Employment => Some(Side::Employment),
            Self::Person | Self::Structure | Self::Partner => None,
        }
    }
}

coded! {
    /// Where it stands.
    Status {
        /// Decided.
        Planned = "planned",
        /// Begun.
        UnderWay = "under_way",
        /// Finished.
        Done = "done",
        /// Given up, with the reason.
        Dropped = "dropped",
    }
}

impl Status {
    /// Somebody still has to do it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::UnderWay)
    }
}

/// What is typed of an action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Who.
    pub who: Option<Who>,
    /// Its code in the catalogue, or what is written in its place.
    pub label: String,
    /// It has a code.
    pub coded: bool,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// The name of a service, when it is not a structure of the list.
    pub service: String,
    /// Where it stands.
    pub status: Option<Status>,
    /// What came of it, or why it was given up.
    pub result: String,
    /// Hours planned, declared by the person, confirmed.
    pub hours: [Option<u32>; 3],
}

/// Why an action is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither chosen nor written, or too long.
    #[error("Choisissez une action de la liste, ou écrivez-la en 500 caractères au plus.")]
    Label,
    /// Who does it is missing.
    #[error("Dites qui fait cette action.")]
    Who,
    /// Who does it is not on this side of the person.
    #[error("Personne ne suit la personne de ce côté : choisissez qui fait cette action.")]
    NoSide,
    /// A date too far, or not a date.
    #[error("Choisissez une date dans les deux ans qui viennent.")]
    Date,
    /// Too long.
    #[error("Écrivez le nom du service en 500 caractères au plus.")]
    Service,
    /// Where it stands is missing.
    #[error("Dites où en est cette action.")]
    Status,
    /// A reason is missing, or too long.
    #[error("Dites en quelques mots pourquoi cette action est abandonnée.")]
    Reason,
    /// Too long.
    #[error("Écrivez le résultat en 500 caractères au plus.")]
    Result,
    /// Not a number of hours.
    #[error("Écrivez un nombre d’heures entier, 2 000 au plus.")]
    Hours,
}

/// Whether what is typed can be kept.
///
/// # Errors
/// [`Refusal`], the first that holds.
pub fn check(draft: &Draft, today: NaiveDate) -> Result<(), Refusal> {
    let long = |text: &str| text.trim().chars().count() > LONGEST;
    if draft.label.trim().is_empty() || (!draft.coded && long(&draft.label)) {
        return Err(Refusal::Label);
    }
    draft.who.ok_or(Refusal::Who)?;
    if draft.due_on.is_some_and(|day| day > plus_months(today, FURTHEST_MONTHS)) {
        return Err(Refusal::Date);
    }
    if long(&draft.service) {
        return Err(Refusal::Service);
    }
    let status = draft.status.ok_or(Refusal::Status)?;
    if status == Status::Dropped && (draft.result.trim().is_empty() || long(&draft.result)) {
        return Err(Refusal::Reason);
    }
    if long(&draft.result) {
        return Err(Refusal::Result);
    }
    if draft.hours.into_iter().flatten().any(|hours| hours > MOST_HOURS) {
        return Err(Refusal::Hours);
    }
    Ok(())
}

/// An action that has a date, as the due step sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dated {
    /// The action.
    pub id: Uuid,
    /// Where it stands.
    pub status: Status,
    /// Who does it.
    pub who: Who,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

/// The next action that is due, and the side that owes it when it is one of them: the earliest date, the first recorded.
pub fn next_due(actions: &[Dated]) -> Option<(NaiveDate, Option<Side>)> {
    actions
        .iter()
        .filter(|one| one.status.is_open())
        .filter_map(|one| Some((one.due_on?, one.id, one.who.side())))
        .min_by_key(|(day, id, _)| (*day, *id))
        .map(|(day, _, side)| (day, side))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn draft() -> Draft {
        Draft {
            who: Some(Who::Person),
            label: "MOB-A02".to_owned(),
            coded: true,
            due_on: Some(day("2026-12-20")),
            status: Some(Status::Planned),
            ..Draft::default()
        }
    }

    #[test]
    fn an_action_says_what_who_and_where_it_stands() {
        let today = day("2026-11-27");
        let refused = |change: fn(&mut Draft)| {
            let mut typed = draft();
            change(&mut typed);
            check(&typed, today)
        };
        assert_eq!(check(&draft(), today), Ok(()));
        assert_eq!(refused(|d| d.label.clear()), Err(Refusal::Label));
        assert_eq!(refused(|d| d.who = None), Err(Refusal::Who));
        assert_eq!(refused(|d| d.status = None), Err(Refusal::Status));
        assert_eq!(refused(|d| d.due_on = None), Ok(()));
        assert_eq!(refused(|d| d.due_on = Some(day("2028-11-28"))), Err(Refusal::Date));
        assert_eq!(refused(|d| d.due_on = Some(day("2028-11-27"))), Ok(()));
        assert_eq!(refused(|d| d.status = Some(Status::Dropped)), Err(Refusal::Reason));
        assert_eq!(refused(|d| d.service = "x".repeat(501)), Err(Refusal::Service));
        assert_eq!(refused(|d| d.result = "x".repeat(501)), Err(Refusal::Result));
        assert_eq!(refused(|d| d.hours = [None, Some(2_001), None]), Err(Refusal::Hours));
        assert_eq!(
            refused(|d| {
                d.coded = false;
                d.label = "x".repeat(501);
            }),
            Err(Refusal::Label)
        );
        assert_eq!(
            refused(|d| {
                d.status = Some(Status::Dropped);
                d.result = "Le garage a fermé.".to_owned();
            }),
            Ok(())
        );
    }

    fn dated(id: u128, status: Status, who: Who, due_on: Option<&str>) -> Dated {
        Dated { id: Uuid::from_u128(id), status, who, due_on: due_on.map(day) }
    }

    #[test]
    fn the_next_action_due_is_open_and_dated() {
        let all = [
            dated(1, Status::Done, Who::Social, Some("2026-12-01")),
            dated(2, Status::Planned, Who::Person, None),
            dated(3, Status::UnderWay, Who::Employment, Some("2026-12-15")),
            dated(4, Status::Planned, Who::Partner, Some("2026-12-20")),
        ];
        assert_eq!(next_due(&all), Some((day("2026-12-15"), Some(Side::Employment))));
        assert_eq!(next_due(&all[3..]), Some((day("2026-12-20"), None)));
        assert_eq!(next_due(&all[..2]), None);
    }

    proptest! {
        #[test]
        fn no_open_dated_action_is_due_before_the_next_one(days in proptest::collection::vec((0i32..5_000, 0usize..4), 0..12)) {
            let all: Vec<Dated> = days
                .iter()
                .enumerate()
                .map(|(id, (days, status))| Dated {
                    id: Uuid::from_u128(id as u128),
                    status: Status::ALL[*status],
                    who: Who::Person,
                    due_on: NaiveDate::from_epoch_days(*days),
                })
                .collect();
            let open: Vec<NaiveDate> =
                all.iter().filter(|one| one.status.is_open()).filter_map(|one| one.due_on).collect();
            prop_assert_eq!(next_due(&all).map(|(day, _)| day), open.into_iter().min());
        }
    }
}
