//! Whom a diagnosis is about, who opens it, and on which side.

use domain::access::permission::Action;
use domain::access::relation::Relation;
use domain::access::side::Side;
use domain::access::visibility::{Case, Level, sees};
use domain::diagnosis::sides::Asked;
use store::people::PersonRow;
use store::people::one::{self, Referent};
use uuid::Uuid;

use super::DiagnosisError;
use crate::Context;
use crate::access::{Relations, scope};
use crate::people::PeopleError;

/// The person, and what links the actor to them.
pub(super) struct Subject {
    pub row: PersonRow,
    pub records: Vec<Uuid>,
    pub referents: Vec<Referent>,
    pub relations: Vec<Relation>,
    pub account: Uuid,
}

/// The person, when the actor may do this to them.
///
/// # Errors
/// [`PeopleError::Unknown`], [`PeopleError::Refused`].
pub(super) async fn subject(ctx: &Context, action: Action, person: Uuid) -> Result<Subject, DiagnosisError> {
    let scope = scope(ctx, action).map_err(PeopleError::from)?;
    let (db, today) = (ctx.db(), ctx.today());
    let row = one::get(db, &scope, today, person).await?.ok_or(PeopleError::Unknown)?;
    let records = one::with_merged(db.read(), row.id).await?;
    let referents = one::referents(db.read(), &records, today).await?;
    let known = Relations::load(ctx).await?.of(&ctx.actor, &row, &referents.iter().collect::<Vec<_>>());
    let relations = known.into_iter().map(|why| why.relation).collect();
    let account = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    Ok(Subject { row, records, referents, relations, account })
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

    /// Whether the actor reads what is of this level, written by `author`.
    pub fn reads(&self, level: Level, author: Option<Uuid>) -> bool {
        let case = Case { author: author == Some(self.account), met: self.row.met_on.is_some(), sent: false };
        case.author || self.relations.iter().any(|relation| sees(*relation, level, case))
    }

    /// Whether sensitive structures are the actor's to know.
    pub fn social(&self) -> bool {
        self.relations.iter().any(|relation| relation.is_social())
    }
}
