//! Whom to orient, before which date: the list and the legal clock.

use domain::access::permission::Action;
use domain::followup::path::PathState;
use domain::orientation::Urgency;

use crate::Context;
use crate::access::scope;
use crate::people::PeopleError;
use crate::people::list::{Filter, Listed, Order, Page, Sort, listed};

/// The people to orient that a filter keeps.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn to_orient(
    ctx: &Context,
    filter: &Filter,
    sort: (Sort, Order),
    page: &Page,
) -> Result<Listed, PeopleError> {
    let scope = scope(ctx, Action::ReadOrientation)?;
    listed(ctx, &scope, &only_to_orient(filter), sort, page).await
}

/// How many people to orient stand at each stage of the legal clock, within a filter.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn urgencies(ctx: &Context, filter: &Filter) -> Result<Vec<(Urgency, u64)>, PeopleError> {
    let scope = scope(ctx, Action::ReadOrientation)?;
    let (db, today) = (ctx.db(), ctx.today());
    let shared = ctx.shared().await?;
    let filter = only_to_orient(filter);
    let days = store::people::list::by_due(db, &shared.counters, &scope, today, &filter).await?;
    let of =
        |urgency| days.iter().filter(|(day, _)| Urgency::of(*day, today) == urgency).map(|(_, n)| n).sum();
    Ok(Urgency::ALL.into_iter().map(|urgency| (urgency, of(urgency))).collect())
}

/// The filter, kept to people to orient.
pub fn only_to_orient(filter: &Filter) -> Filter {
    Filter { state: Some(PathState::ToOrient.code().to_owned()), ..filter.clone() }
}
