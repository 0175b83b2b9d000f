//! How many people a structure follows at most, from a day on: it warns, and never blocks.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::structure;
use store::orientation::professionals::{
    set_structure_capacity as write, structure_capacities, structure_caseloads,
};
use uuid::Uuid;

use super::StructureError;
use crate::access::permit;
use crate::{Context, audit};

/// The most people that one structure may be said to follow.
pub const MOST_IN_STRUCTURE: i64 = 20_000;

/// How many people each structure follows today, and at most where somebody has said.
///
/// # Errors
/// [`StructureError::Refused`].
pub async fn structure_loads(ctx: &Context) -> Result<HashMap<Uuid, (u64, Option<u64>)>, StructureError> {
    permit(ctx, Action::EditSettings)?;
    let (c, today) = (ctx.db().read(), ctx.today());
    let most = structure_capacities(c, today).await?;
    let mut loads: HashMap<Uuid, (u64, Option<u64>)> =
        structure_caseloads(c, today).await?.into_iter().map(|(id, n)| (id, (n, None))).collect();
    for (id, people) in most {
        loads.entry(id).or_default().1 = Some(people);
    }
    Ok(loads)
}

/// Says how many people a structure follows at most, from `since` on; `None` takes it back from that day.
///
/// # Errors
/// [`StructureError::Capacity`], [`StructureError::Unknown`].
pub async fn set_structure_capacity(
    ctx: &Context,
    id: Uuid,
    people: Option<i64>,
    since: Option<NaiveDate>,
) -> Result<(), StructureError> {
    permit(ctx, Action::EditSettings)?;
    if people.is_some_and(|people| !(1..=MOST_IN_STRUCTURE).contains(&people)) {
        return Err(StructureError::Capacity);
    }
    let since = since.unwrap_or_else(|| ctx.today());
    let tx = ctx.db().begin().await?;
    if structure::of(&tx, &[id]).await?.is_empty() {
        return Err(StructureError::Unknown);
    }
    let before = structure_capacities(&tx, since).await?.get(&id).copied();
    if before.and_then(|people| i64::try_from(people).ok()) == people {
        return Ok(());
    }
    write(&tx, id, since, people).await?;
    let detail = json!({ "what": "structure_capacity", "before": before, "after": people, "since": since });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
