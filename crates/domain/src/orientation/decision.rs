//! The decision: a person of the département chooses path, organisation and referent, with what was proposed beside.
//!
//! A decision is in force from its notification until the next one, the end of the path, or the transfer. A reorientation is
//! a new decision with its reason; the one before is never changed (CASF L262-31).

use super::recommend::Recommendation;
use super::rules::{Organisation, Path};

/// Shortest reason of a choice other than the one proposed, in characters.
pub const SHORTEST_REASON: usize = 10;

/// What somebody decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The path.
    pub path: Path,
    /// The organisation in charge.
    pub organisation: Option<Organisation>,
    /// The programmes retained.
    pub programmes: Vec<String>,
    /// Why this and not what was proposed, or why again.
    pub reason: String,
    /// What the person is told, in plain French.
    pub explanation: String,
}

/// Why a decision is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No path.
    #[error(
        "Choisissez un parcours : « à déterminer » n’est pas une décision, proposez plutôt une rencontre."
    )]
    Path,
    /// No organisation.
    #[error("Choisissez l’organisme référent.")]
    Organisation,
    /// Another choice without its reason.
    #[error("Vous vous écartez de la proposition : écrivez pourquoi, en une phrase.")]
    Reason,
    /// A new decision without its reason.
    #[error("Une réorientation a un motif : écrivez-le en une phrase.")]
    Again,
    /// Nothing to tell the person.
    #[error("Écrivez ce que la personne doit comprendre de cette décision.")]
    Explanation,
}

/// Does the choice differ from what the rules proposed? A programme more or less is the person's free choice, and not one.
pub fn deviates(choice: &Choice, proposed: &Recommendation) -> bool {
    let path = proposed.path.filter(|path| *path != Path::Undetermined);
    path != Some(choice.path) || proposed.organisation.is_some_and(|one| Some(one) != choice.organisation)
}

/// The legal parameter that gives the months to the next look: a social path only, at six months unless the rules found a
/// listed vulnerability (CASF L262-31, D262-65-2-1).
pub fn review_key<'a>(choice: &Choice, proposed: &'a Recommendation) -> Option<&'a str> {
    let usual = "orientation.social_review_months";
    (choice.path == Path::Social).then(|| proposed.review_key.as_deref().unwrap_or(usual))
}

/// May this be decided? `again` when a decision is in force.
///
/// # Errors
/// What is missing.
pub fn check(choice: &Choice, proposed: &Recommendation, again: bool) -> Result<(), Refusal> {
    let said = |text: &str| text.trim().chars().count() >= SHORTEST_REASON;
    if choice.path == Path::Undetermined {
        return Err(Refusal::Path);
    }
    if choice.organisation.is_none() {
        return Err(Refusal::Organisation);
    }
    if again && !said(&choice.reason) {
        return Err(Refusal::Again);
    }
    if deviates(choice, proposed) && !said(&choice.reason) {
        return Err(Refusal::Reason);
    }
    if !said(&choice.explanation) {
        return Err(Refusal::Explanation);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(path: Path) -> Choice {
        Choice {
            path,
            organisation: Some(Organisation::FranceTravail),
            programmes: Vec::new(),
            reason: String::new(),
            explanation: "Vous êtes prêt, on cherche ensemble.".to_owned(),
        }
    }

    fn proposed(path: Path) -> Recommendation {
        Recommendation {
            path: Some(path),
            organisation: Some(Organisation::FranceTravail),
            ..Recommendation::default()
        }
    }

    #[test]
    fn another_path_asks_for_a_reason_and_the_proposed_one_does_not() {
        assert_eq!(check(&choice(Path::Emploi), &proposed(Path::Emploi), false), Ok(()));
        assert_eq!(check(&choice(Path::Social), &proposed(Path::Emploi), false), Err(Refusal::Reason));
        let told =
            Choice { reason: "Elle demande d’abord un logement.".to_owned(), ..choice(Path::Social) };
        assert_eq!(check(&told, &proposed(Path::Emploi), false), Ok(()));
    }

    #[test]
    fn nothing_is_decided_on_a_path_that_the_rules_could_not_tell_without_a_reason() {
        assert_eq!(check(&choice(Path::Emploi), &proposed(Path::Undetermined), false), Err(Refusal::Reason));
        assert_eq!(check(&choice(Path::Undetermined), &proposed(Path::Emploi), false), Err(Refusal::Path));
    }

    #[test]
    fn a_second_decision_always_has_its_reason() {
        assert_eq!(check(&choice(Path::Emploi), &proposed(Path::Emploi), true), Err(Refusal::Again));
    }

    #[test]
    fn only_a_social_path_is_looked_at_again_and_at_twelve_months_for_who_is_vulnerable() {
        let vulnerable = Recommendation {
            review_key: Some("orientation.social_review_months_extended".to_owned()),
            ..proposed(Path::Social)
        };
        assert_eq!(review_key(&choice(Path::Emploi), &vulnerable), None);
        assert_eq!(review_key(&choice(Path::Social), &vulnerable), vulnerable.review_key.as_deref());
        let usual = proposed(Path::Emploi);
        assert_eq!(review_key(&choice(Path::Social), &usual), Some("orientation.social_review_months"));
    }

    #[test]
    fn the_person_is_always_told_something() {
        let silent = Choice { explanation: " ".to_owned(), ..choice(Path::Emploi) };
        assert_eq!(check(&silent, &proposed(Path::Emploi), false), Err(Refusal::Explanation));
    }
}
