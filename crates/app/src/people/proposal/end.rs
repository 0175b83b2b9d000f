//! End a proposal: the structure stops seeing the person at once.

use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::structure;
use store::people::proposal;
use uuid::Uuid;

use super::propose::own;
use crate::access::term;
use crate::people::PeopleError;
use crate::{Context, audit};

/// Ends a proposal of a person whom the actor follows.
///
/// # Errors
/// [`PeopleError::Unknown`] for one that is over, of another person, or to a structure that the actor may not know of.
pub async fn end_proposal(ctx: &Context, person: Uuid, id: Uuid) -> Result<(), PeopleError> {
    let (row, records, social) = own(ctx, person).await?;
    let tx = ctx.db().begin().await?;
    let known = proposal::by_id(&tx, id).await?.filter(|one| records.contains(&one.person_id));
    let known = known.ok_or(PeopleError::Unknown)?;
    let to = structure::of(&tx, &[known.structure_id]).await?;
    let hidden = !social && Some(known.author_id) != ctx.actor.id && to.iter().any(|one| one.sensitive);
    if hidden || !term(&known).standing(ctx.today()).lasts() || !proposal::end(&tx, id, ctx.today()).await? {
        return Err(PeopleError::Unknown);
    }
    audit::record(ctx, &tx, Act::EndProposal, Some(row.id), Some(id.to_string()), json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
