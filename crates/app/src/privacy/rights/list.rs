//! The requests that wait, those that were answered, and who is in no list.

use domain::access::permission::Action;
use store::people::{PersonRow, one as people};
use store::privacy::rights;
use uuid::Uuid;

use super::{Request, RightsError, Shelf, person, read};
use crate::Context;
use crate::access::permit;

/// Requests and people shown at a time.
const SHOWN: u64 = 200;

/// The page of the data protection officer.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The requests, those that wait first, the most urgent before.
    pub requests: Vec<Request>,
    /// Who is in no list, and why.
    pub hidden: Vec<(Shelf, PersonRow)>,
}

/// The requests and the people who are in no list.
///
/// # Errors
/// [`RightsError::Refused`].
pub async fn all(ctx: &Context) -> Result<Rights, RightsError> {
    permit(ctx, Action::ManageRights)?;
    let c = ctx.db().read();
    let rows = rights::list(c, SHOWN).await?;
    let shelves = rights::hidden(c, SHOWN).await?;
    let ids: Vec<Uuid> = rows.iter().map(|r| r.person_id).chain(shelves.iter().map(|s| s.id)).collect();
    let known = people::rows(c, &ids).await?;
    let named = |id: Uuid| known.iter().find(|p| p.id == id).cloned();
    let requests =
        rows.into_iter().map(|row| read(ctx, named(row.person_id), row)).collect::<Result<_, _>>()?;
    let hidden = shelves.into_iter().filter_map(|shelf| Some((shelf, named(shelf.id)?))).collect();
    Ok(Rights { requests, hidden })
}

/// A person, their requests, the oldest first, and why they are in no list.
///
/// # Errors
/// [`RightsError::Unknown`].
pub async fn of_person(
    ctx: &Context,
    id: Uuid,
) -> Result<(PersonRow, Vec<Request>, Option<Shelf>), RightsError> {
    let person = person(ctx, id).await?;
    let c = ctx.db().read();
    let records = people::with_merged(c, person.id).await?;
    let rows = rights::of_records(c, &records).await?;
    let requests =
        rows.into_iter().map(|row| read(ctx, Some(person.clone()), row)).collect::<Result<_, _>>()?;
    let shelf = rights::shelf(c, person.id).await?;
    Ok((person, requests, shelf))
}

/// One request.
///
/// # Errors
/// [`RightsError::Unknown`].
pub async fn one(ctx: &Context, id: Uuid) -> Result<Request, RightsError> {
    permit(ctx, Action::ManageRights)?;
    let c = ctx.db().read();
    let row = rights::get(c, id).await?.ok_or(RightsError::Unknown)?;
    let person = rights::anybody(c, row.person_id).await?;
    Ok(read(ctx, person, row)?)
}

/// How many requests wait, and how many of them are late.
///
/// # Errors
/// [`RightsError::Refused`].
pub async fn waiting(ctx: &Context) -> Result<(u64, u64), RightsError> {
    permit(ctx, Action::ManageRights)?;
    Ok(rights::waiting(ctx.db().read(), ctx.today()).await?)
}
