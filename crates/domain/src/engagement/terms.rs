//! What is written in a contract, and what keeps it from being written so.
//!
//! Weekly hours: fifteen at least, adjusted to the situation of the person; none at all, when they ask for it, for health,
//! disability, or a lone parent without childcare (C. trav. L5411-6). Fewer hours have a reason and an end, so that somebody
//! looks again.

use chrono::NaiveDate;

use crate::coded::coded;
use crate::time::{plus_days, plus_months};

/// Longest contract, in months.
pub const LONGEST_MONTHS: u32 = 24;
/// Months before or after today on which a contract may start.
pub const START_MONTHS: u32 = 3;
/// Most weekly hours: those of a full week of work.
pub const MOST_HOURS: u32 = 35;
/// Most commitments of one party.
pub const MOST_COMMITMENTS: usize = 20;
/// Longest commitment, in characters.
pub const LONGEST_COMMITMENT: usize = 500;

coded! {
    /// What kind of contract.
    Nature {
        /// The contrat d'engagement (C. trav. L5411-6, CASF L262-34).
        Engagement = "engagement",
        /// A contract of before 2025 (contrat d'engagements réciproques), still in force, to be converted.
        Cer = "cer",
    }
}

coded! {
    /// Who commits.
    Party {
        /// The person.
        Person = "person",
        /// Those who accompany, for the organisation.
        Organisation = "organisation",
    }
}

coded! {
    /// Why fewer hours than the target.
    Lighter {
        /// Health, without more.
        Health = "health",
        /// Disability.
        Disability = "disability",
        /// Children, without a solution of childcare.
        Childcare = "childcare",
        /// A relative to care for.
        Carer = "carer",
        /// Housing comes first.
        Housing = "housing",
        /// Nobody to drive them, nothing to ride.
        Travel = "travel",
        /// A beginning: more later.
        Start = "start",
    }
}

impl Lighter {
    /// It opens a contract without any hours.
    pub fn exempts(self) -> bool {
        matches!(self, Self::Health | Self::Disability | Self::Childcare)
    }
}

/// A commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Who.
    pub party: Party,
    /// What, in plain French.
    pub text: String,
}

/// Weekly hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// A week; none when the person is exempted.
    pub weekly: u32,
    /// Why fewer than the target.
    pub lighter: Option<Lighter>,
    /// The last day of these fewer hours.
    pub until: Option<NaiveDate>,
}

/// What is written in a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Weekly hours.
    pub hours: Hours,
    /// Who commits to what, in the order of the page.
    pub commitments: Vec<Commitment>,
}

/// Why a contract is not written so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The first day.
    #[error("Le contrat commence au plus tôt trois mois avant aujourd’hui, au plus tard trois mois après.")]
    Start,
    /// The last day.
    #[error("Le contrat se termine après son premier jour, et dure vingt-quatre mois au plus.")]
    End,
    /// Weekly hours.
    #[error("Donnez un nombre d’heures par semaine, de 0 à 35.")]
    Hours,
    /// Fewer hours than the target, without a reason.
    #[error("Moins d’heures que la durée visée : dites pourquoi, dans la liste.")]
    Lighter,
    /// No hours at all, for a reason that does not open it.
    #[error("Un contrat sans aucune heure se justifie par la santé, un handicap ou la garde d’enfant.")]
    Exempt,
    /// Fewer hours without an end.
    #[error(
        "Moins d’heures que la durée visée : donnez une date, dans la durée du contrat, pour en reparler."
    )]
    Until,
    /// One of the parties commits to nothing.
    #[error("Écrivez au moins un engagement de chaque côté, un par ligne.")]
    Commitment,
    /// Too many, or too long.
    #[error("Vingt engagements au plus de chaque côté, de 500 caractères au plus chacun.")]
    TooLong,
}

/// The commitments of a party, from lines.
pub fn lines(party: Party, typed: &str) -> Vec<Commitment> {
    let text = |line: &str| line.trim().trim_start_matches(['-', '•', '–']).trim().to_owned();
    typed.lines().map(text).filter(|line| !line.is_empty()).map(|text| Commitment { party, text }).collect()
}

impl Text {
    /// What keeps it from being written so. `target`: the weekly hours aimed at.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn check(&self, today: NaiveDate, target: u32) -> Result<(), Refusal> {
        let (first, last) = (back(today), plus_months(today, START_MONTHS));
        if self.starts_on < first || self.starts_on > last {
            return Err(Refusal::Start);
        }
        check_length(self.starts_on, self.ends_on)?;
        self.hours.check((self.starts_on, self.ends_on), target)?;
        for party in Party::ALL {
            let theirs = self.commitments.iter().filter(|one| one.party == *party);
            match theirs.count() {
                0 => return Err(Refusal::Commitment),
                n if n > MOST_COMMITMENTS => return Err(Refusal::TooLong),
                _ => {}
            }
        }
        let long = |one: &Commitment| one.text.chars().count() > LONGEST_COMMITMENT;
        if self.commitments.iter().any(long) { Err(Refusal::TooLong) } else { Ok(()) }
    }
}

fn back(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(chrono::Months::new(START_MONTHS)).unwrap_or(today)
}

/// A contract ends after it starts, and lasts two years at most.
///
/// # Errors
/// [`Refusal::End`].
pub fn check_length(starts_on: NaiveDate, ends_on: NaiveDate) -> Result<(), Refusal> {
    let longest = plus_months(starts_on, LONGEST_MONTHS);
    if ends_on > starts_on && ends_on <= longest { Ok(()) } else { Err(Refusal::End) }
}

impl Hours {
    fn check(self, (starts_on, ends_on): (NaiveDate, NaiveDate), target: u32) -> Result<(), Refusal> {
        if self.weekly > MOST_HOURS {
            return Err(Refusal::Hours);
        }
        if self.weekly >= target {
            return Ok(());
        }
        let why = self.lighter.ok_or(Refusal::Lighter)?;
        if self.weekly == 0 && !why.exempts() {
            return Err(Refusal::Exempt);
        }
        let within = |day: &NaiveDate| *day > starts_on && *day <= ends_on;
        self.until.filter(within).map(|_| ()).ok_or(Refusal::Until)
    }

    /// What holds: a reason and an end only where there are fewer hours than the target.
    #[must_use]
    pub fn kept(self, target: u32) -> Self {
        if self.weekly >= target { Self { lighter: None, until: None, ..self } } else { self }
    }
}

/// The last day of a contract of that many months.
pub fn last_day(starts_on: NaiveDate, months: u32) -> NaiveDate {
    plus_days(plus_months(starts_on, months), -1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn nadege() -> Text {
        Text {
            starts_on: day("2027-02-02"),
            ends_on: day("2027-08-01"),
            hours: Hours { weekly: 8, lighter: Some(Lighter::Childcare), until: Some(day("2027-05-04")) },
            commitments: [
                lines(Party::Person, "- Animer la cuisine\n\n• Venir aux rendez-vous"),
                lines(Party::Organisation, "Chercher une place d’accueil du soir"),
            ]
            .concat(),
        }
    }

    #[test]
    fn eight_hours_for_childcare_until_may() {
        assert_eq!(nadege().check(day("2027-02-02"), 15), Ok(()));
        let all = nadege().commitments;
        assert_eq!((all[0].text.as_str(), all.len()), ("Animer la cuisine", 3));
    }

    #[test]
    fn fewer_hours_have_a_reason_and_an_end_and_none_at_all_a_reason_of_the_law() {
        let with = |hours: Hours| Text { hours, ..nadege() }.check(day("2027-02-02"), 15);
        let hours = nadege().hours;
        assert_eq!(with(Hours { lighter: None, ..hours }), Err(Refusal::Lighter));
        assert_eq!(with(Hours { until: None, ..hours }), Err(Refusal::Until));
        assert_eq!(with(Hours { until: Some(day("2027-08-02")), ..hours }), Err(Refusal::Until));
        assert_eq!(with(Hours { weekly: 0, ..hours }), Ok(()));
        assert_eq!(with(Hours { weekly: 0, lighter: Some(Lighter::Start), ..hours }), Err(Refusal::Exempt));
        assert_eq!(with(Hours { weekly: 36, ..hours }), Err(Refusal::Hours));
        let full = Hours { weekly: 15, ..hours };
        assert_eq!(with(full), Ok(()));
        assert_eq!(full.kept(15), Hours { weekly: 15, lighter: None, until: None });
    }

    #[test]
    fn a_contract_has_an_end_and_commitments_of_both_sides() {
        let check = |text: Text| text.check(day("2027-02-02"), 15);
        assert_eq!(check(Text { starts_on: day("2026-11-01"), ..nadege() }), Err(Refusal::Start));
        assert_eq!(check(Text { ends_on: day("2027-02-02"), ..nadege() }), Err(Refusal::End));
        assert_eq!(check(Text { ends_on: day("2029-02-03"), ..nadege() }), Err(Refusal::End));
        let alone = Text { commitments: lines(Party::Person, "Venir"), ..nadege() };
        assert_eq!(check(alone), Err(Refusal::Commitment));
        let mut long = nadege();
        long.commitments[0].text = "a".repeat(LONGEST_COMMITMENT + 1);
        assert_eq!(check(long), Err(Refusal::TooLong));
        assert_eq!(last_day(day("2027-02-02"), 6), day("2027-08-01"));
        assert_eq!(last_day(day("2028-08-31"), 6), day("2029-02-27"));
    }
}
