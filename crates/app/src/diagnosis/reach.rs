//! Whom a diagnosis is about, who opens it, and on which side.

use domain::access::permission::Action;
use domain::access::relation::Relation;
use domain::access::side::Side;
use domain::diagnosis::sides::Asked;
use uuid::Uuid;

use super::DiagnosisError;
use crate::Context;
pub(super) use crate::people::Subject;

/// The person, when the actor may do this to them.
///
/// # Errors
/// [`DiagnosisError::People`].
pub(super) async fn subject(ctx: &Context, action: Action, person: Uuid) -> Result<Subject, DiagnosisError> {
    Ok(crate::people::subject(ctx, action, person).await?)
}

impl Subject {
    /// The side on which the actor follows the person; `None` for who only reads.
    pub fn side(&self) -> Option<Side> {
        let sides = self.relations.iter().filter_map(|relation| match relation {
            Relation::Own(side) => Some(*side),
            _ => None,
        });
        let asked = Asked::of(sides);
        match (asked.social, asked.employment) {
            (true, true) => Some(Side::Both),
            (true, false) => Some(Side::Social),
            (false, true) => Some(Side::Employment),
            (false, false) => None,
        }
    }

    /// The sides whose word is asked: those of who follows the person.
    pub fn asked(&self) -> Asked {
        Asked::of(self.referents.iter().filter_map(|one| Side::parse(&one.side)))
    }
}
