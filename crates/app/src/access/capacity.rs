//! How many people a professional follows at most: it warns, and never blocks.

use domain::access::permission::Action;
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::orientation::professionals;
use uuid::Uuid;

use super::edit_user::EditUserError;
use super::permit::permit;
use crate::{Context, audit};

/// The most people that one professional may be said to follow.
pub const MOST_PEOPLE: i64 = 500;

/// How many people an account follows at most; `None` when nobody has said.
///
/// # Errors
/// [`EditUserError::Refused`].
pub async fn capacity(ctx: &Context, account: Uuid) -> Result<Option<i64>, EditUserError> {
    permit(ctx, Action::ReadUsers)?;
    Ok(professionals::capacity(ctx.db().read(), account).await?)
}

/// Says how many people an account follows at most; `None` takes it back.
///
/// # Errors
/// [`EditUserError`].
pub async fn set_capacity(ctx: &Context, account_id: Uuid, people: Option<i64>) -> Result<(), EditUserError> {
    permit(ctx, Action::ManageUsers)?;
    if people.is_some_and(|people| !(1..=MOST_PEOPLE).contains(&people)) {
        return Err(EditUserError::Capacity);
    }
    let tx = ctx.db().begin().await?;
    account::by_id_in(&tx, account_id).await?.ok_or(EditUserError::Unknown)?;
    let before = professionals::capacity(&tx, account_id).await?;
    professionals::set_capacity(&tx, account_id, people).await?;
    let said = |people: Option<i64>| people.map(|people| people.to_string());
    let detail = json!({ "what": "capacity", "before": said(before), "after": said(people) });
    audit::record(ctx, &tx, Act::EditSettings, None, Some(account_id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
