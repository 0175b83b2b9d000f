//! May somebody enter a programme? Each condition is answered by a person; nothing here decides.

use std::collections::BTreeMap;

use crate::access::role::Role;
use crate::coded::coded;

use super::programme::{Condition, IfNo, Programme};

coded! {
    /// The answer to a condition.
    Reply {
        /// It opens the programme.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// Nobody knows yet.
        Unknown = "unknown",
    }
}

/// The answers, by the code of the condition; an absent one is unknown.
pub type Replies = BTreeMap<String, Reply>;

/// Why somebody does not enter today.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// An answer is missing.
    #[error("« {0} » : répondez oui ou non avant d’accepter.")]
    Unknown(String),
    /// A « no » that somebody may lift.
    #[error("« {0} » : la réponse est non. Refusez avec une suite, ou écrivez pourquoi vous passez outre.")]
    No(String),
    /// A « no » that nobody lifts.
    #[error("« {0} » : la réponse est non, et personne ne peut passer outre.")]
    Never(String),
    /// A « no » that these roles do not lift.
    #[error("« {0} » : la réponse est non, et votre rôle ne permet pas de passer outre.")]
    NotYou(String),
}

/// What keeps the person out, in the order of the conditions. `lifted`: the conditions for which somebody with these roles
/// wrote a reason.
pub fn obstacles(programme: &Programme, replies: &Replies, roles: &[Role], lifted: &[&str]) -> Vec<Obstacle> {
    let one = |condition: &Condition| -> Option<Obstacle> {
        let question = || condition.question.clone();
        match (replies.get(&condition.code).copied().unwrap_or(Reply::Unknown), condition.if_no) {
            (Reply::Yes, _) | (_, IfNo::Informs) | (Reply::No, IfNo::Warns) => None,
            (Reply::Unknown, _) => Some(Obstacle::Unknown(question())),
            (Reply::No, IfNo::Blocks) if condition.overridable_by.is_empty() => {
                Some(Obstacle::Never(question()))
            }
            (Reply::No, IfNo::Blocks) if !lifted.contains(&condition.code.as_str()) => {
                Some(Obstacle::No(question()))
            }
            (Reply::No, IfNo::Blocks) => {
                let may = condition.overridable_by.iter().any(|role| roles.contains(role));
                (!may).then(|| Obstacle::NotYou(question()))
            }
        }
    };
    programme.conditions.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::programme::tests::three_months;
    use super::*;

    fn replies(travel: Reply, volunteers: Reply) -> Replies {
        [("can-travel".to_owned(), travel), ("volunteers".to_owned(), volunteers)].into()
    }

    #[test]
    fn every_condition_is_answered_and_a_no_is_lifted_by_who_may_with_a_reason() {
        let programme = three_months();
        let lead = [Role::TeamLead];
        let out = |replies: &Replies, roles: &[Role], lifted: &[&str]| {
            obstacles(&programme, replies, roles, lifted)
        };
        assert_eq!(out(&replies(Reply::Yes, Reply::Yes), &lead, &[]), []);
        assert_eq!(out(&Replies::new(), &lead, &[]).len(), 2);
        let no = replies(Reply::No, Reply::Yes);
        assert_eq!(out(&no, &lead, &[]), [Obstacle::No("?".to_owned())]);
        assert_eq!(out(&no, &lead, &["can-travel"]), []);
        assert_eq!(out(&no, &[Role::JobCoach], &["can-travel"]), [Obstacle::NotYou("?".to_owned())]);
        let unwilling = replies(Reply::Yes, Reply::No);
        assert_eq!(out(&unwilling, &lead, &["volunteers"]), [Obstacle::Never("?".to_owned())]);
    }
}
