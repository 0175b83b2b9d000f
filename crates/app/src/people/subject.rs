//! Whom something is recorded about, and what links the actor to them.

use domain::access::permission::Action;
use domain::access::relation::Relation;
use domain::access::visibility::{Case, Level, sees};
use store::people::PersonRow;
use store::people::one::{self, Referent};
use uuid::Uuid;

use super::PeopleError;
use crate::Context;
use crate::access::{Relations, scope};

/// A person, and what links the actor to them.
pub(crate) struct Subject {
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
pub(crate) async fn subject(ctx: &Context, action: Action, person: Uuid) -> Result<Subject, PeopleError> {
    let scope = scope(ctx, action)?;
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
