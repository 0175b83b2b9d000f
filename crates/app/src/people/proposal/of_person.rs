//! To which structures a person is or was proposed.

use domain::access::proposal::Shared;
use domain::audit::Act;
use store::StoreError;
use store::access::{account, structure};
use store::people::proposal;
use uuid::Uuid;

use super::propose::offered;
use super::{Proposal, answered, text};
use crate::Context;
use crate::access::term;
use crate::audit::JournalLine;

/// The proposals of these records, to an actor who may read them, the most recent first. A structure that is sensitive is told to the social side of the
/// person, and to who proposed.
pub(crate) async fn of_person(
    ctx: &Context,
    records: &[Uuid],
    social: bool,
) -> Result<Vec<Proposal>, StoreError> {
    let (db, today) = (ctx.db(), ctx.today());
    let rows = proposal::of(db.read(), records).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.structure_id).collect();
    let structures = structure::of(db.read(), &ids).await?;
    let accounts: Vec<Uuid> =
        rows.iter().flat_map(|row| [Some(row.author_id), row.answered_by]).flatten().collect();
    let names = account::names(db, &accounts).await?;
    let mut all = Vec::new();
    for row in &rows {
        let Some(to) = structures.iter().find(|one| one.id == row.structure_id) else { continue };
        if to.sensitive && !social && Some(row.author_id) != ctx.actor.id {
            continue;
        }
        all.push(Proposal {
            id: row.id,
            structure: to.name.clone(),
            author: account::name_of(&names, row.author_id).unwrap_or_default(),
            text: text(ctx, row)?,
            shares: Shared::split(&row.shares),
            since: row.since,
            until: row.until,
            ended_on: row.ended_on,
            standing: term(row).standing(today),
            answer: answered(ctx, row, &names)?,
        });
    }
    Ok(all)
}

/// Identifier and name of the structures to which the actor, on the social side of a person or not, may propose them.
pub(crate) async fn proposable(ctx: &Context, social: bool) -> Result<Vec<(Uuid, String)>, StoreError> {
    Ok(offered(ctx, social).await?.into_iter().map(|one| (one.id, one.name)).collect())
}

/// Takes out of the journal of a person what would hint, outside their social side, at a sensitive structure to which
/// they are proposed; each keeps their own acts.
pub(crate) async fn hidden_in_journal(
    ctx: &Context,
    records: &[Uuid],
    lines: &mut Vec<JournalLine>,
) -> Result<(), StoreError> {
    let of_proposals = [Act::ProposePerson, Act::EndProposal, Act::ReadProposal, Act::AnswerProposal];
    let about = |line: &JournalLine| of_proposals.iter().any(|act| act.code() == line.row.act);
    if !lines.iter().any(about) {
        return Ok(());
    }
    let rows = proposal::of(ctx.db().read(), records).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.structure_id).collect();
    let structures = structure::of(ctx.db().read(), &ids).await?;
    let told: Vec<String> = rows
        .iter()
        .filter(|row| structures.iter().any(|one| one.id == row.structure_id && !one.sensitive))
        .map(|row| row.id.to_string())
        .collect();
    lines.retain(|line| {
        let own = line.row.actor_id.is_some() && line.row.actor_id == ctx.actor.id;
        own || !about(line) || line.row.object.as_ref().is_some_and(|id| told.contains(id))
    });
    Ok(())
}
