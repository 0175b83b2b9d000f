//! Who is proposed to the structures of the actor: the only way by which a partner reaches somebody.

use domain::access::permission::{Action, Grant, grant};
use domain::access::proposal::{Case, Reply, Term};
use domain::access::scope::{Reach, Scope};
use store::StoreError;
use store::access::structure::{self, Structure};
use store::people::proposal::ProposalRow;
use store::people::{PersonRow, one};
use uuid::Uuid;

use super::actor::ActorKind;
use crate::Context;

/// A proposal that the actor sees today, to whom and of whom it is.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// The proposal.
    pub row: ProposalRow,
    /// The person: the record that speaks for the one that was proposed.
    pub person: PersonRow,
    /// The structure.
    pub structure: Structure,
}

/// The structures in which the actor holds, today, a role to which people are proposed.
pub(crate) fn proposed_to(ctx: &Context) -> Vec<Uuid> {
    if ctx.actor.kind != ActorKind::User {
        return Vec::new();
    }
    let answers = ctx.actor.roles.iter().filter(|h| grant(h.role, Action::AnswerProposal) == Grant::Proposed);
    answers.filter_map(|held| held.structure.as_ref().map(|structure| structure.id)).collect()
}

/// Those of these proposals that the actor sees today.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn proposed(ctx: &Context, rows: Vec<ProposalRow>) -> Result<Vec<Seen>, StoreError> {
    let (db, today, mine) = (ctx.db(), ctx.today(), proposed_to(ctx));
    let rows: Vec<ProposalRow> = rows.into_iter().filter(|row| mine.contains(&row.structure_id)).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let shared = ctx.shared().await?;
    let speaks = |id: Uuid| shared.joined.get(&id).copied().unwrap_or(id);
    let ids: Vec<Uuid> = rows.iter().map(|row| speaks(row.person_id)).collect();
    let scope = Scope::union(ids.iter().map(|id| Reach::Person(*id)).collect());
    let people = one::seen(db.read(), &scope, today, &ids).await?;
    let structures = structure::of(db.read(), &mine).await?;
    let seen = |row: ProposalRow| {
        let person = people.iter().find(|one| one.id == speaks(row.person_id));
        let structure = structures.iter().find(|one| one.id == row.structure_id);
        let case = Case {
            term: term(&row),
            member: mine.contains(&row.structure_id),
            open: structure.is_some_and(|one| one.is_open_on(today)),
            present: person.is_some(),
        };
        let (person, structure) = person.zip(structure)?;
        case.is_seen(today).then(|| Seen { row, person: person.clone(), structure: structure.clone() })
    };
    Ok(rows.into_iter().filter_map(seen).collect())
}

/// From when to when a proposal lasts, and what was answered.
pub(crate) fn term(row: &ProposalRow) -> Term {
    let reply = row.answer.as_deref().and_then(Reply::parse);
    Term { since: row.since, until: row.until, ended_on: row.ended_on, reply }
}
