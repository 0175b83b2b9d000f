//! Changing what an account may do: its roles, and whether it is open.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::audit::Act;
use domain::time::plus_days;
use serde_json::json;
use store::access::account::{self, Account};
use store::access::{referent, session};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::new_role::{NewRole, RoleError, checked, told};
use super::permit::{Refused, permit};
use crate::followup::{begin, stand_all};
use crate::{Context, audit};

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditUserError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No such account or role.
    #[error("Ce compte n’existe pas.")]
    Unknown,
    /// Nobody gives a role to themselves.
    #[error("Personne ne se donne un rôle à soi-même : demandez à une autre personne de l’administration.")]
    OwnRole,
    /// Nobody closes their own account.
    #[error("Personne ne ferme son propre compte : demandez à une autre personne de l’administration.")]
    OwnAccount,
    /// Nobody would be left to give roles.
    #[error(
        "Ce compte est le dernier de l’administration : donnez d’abord ce rôle à une autre personne, sans quoi plus personne ne pourrait gérer les comptes."
    )]
    LastAdmin,
    /// A role ends at the earliest yesterday: what was done with it stays done.
    #[error("Le dernier jour d’un rôle est au plus tôt hier.")]
    Past,
    /// Not a number of people.
    #[error("Écrivez un nombre de personnes, de 1 à 500, ou laissez vide.")]
    Capacity,
    /// The role cannot be given.
    #[error(transparent)]
    Role(#[from] RoleError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives a role to an account.
///
/// # Errors
/// [`EditUserError`].
pub async fn add_role(ctx: &Context, account_id: Uuid, new: &NewRole) -> Result<(), EditUserError> {
    permit(ctx, Action::ManageUsers)?;
    if ctx.actor.id == Some(account_id) {
        return Err(EditUserError::OwnRole);
    }
    let tx = ctx.db().begin().await?;
    known(&tx, account_id).await?;
    let role = checked(ctx, &tx, account_id, new).await?;
    let detail = json!({ "before": null, "after": told(&role) });
    account::add_roles(&tx, vec![role]).await?;
    audit::record(ctx, &tx, Act::EditRole, None, Some(account_id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    follow_again(ctx, account_id).await;
    Ok(())
}

/// Sets the last day of a role: yesterday at the earliest, which takes it away at once. A role that has not begun is
/// cancelled by any day before its first one.
///
/// # Errors
/// [`EditUserError`]; the last administrator is never left without the role.
pub async fn end_role(
    ctx: &Context,
    account_id: Uuid,
    role_id: Uuid,
    last_day: NaiveDate,
) -> Result<(), EditUserError> {
    permit(ctx, Action::ManageUsers)?;
    if last_day < plus_days(ctx.today(), -1) {
        return Err(EditUserError::Past);
    }
    let tx = ctx.db().begin().await?;
    let before = account::role_in(&tx, role_id).await?.filter(|role| role.account_id == account_id);
    let before = before.ok_or(EditUserError::Unknown)?;
    // Lengthening is giving: nobody does it to themselves.
    if ctx.actor.id == Some(account_id) && before.until.is_some_and(|last| last < last_day) {
        return Err(EditUserError::OwnRole);
    }
    account::end_role(&tx, role_id, last_day).await?;
    let after = account::AccountRole { until: Some(last_day), ..before.clone() };
    let detail = json!({ "before": told(&before), "after": told(&after) });
    audit::record(ctx, &tx, Act::EditRole, None, Some(account_id.to_string()), detail).await?;
    if before.role == Role::Admin.code() {
        keep_an_admin(ctx, &tx, plus_days(last_day, 1)).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    follow_again(ctx, account_id).await;
    Ok(())
}

/// Closes an account and ends its sessions at once.
///
/// # Errors
/// [`EditUserError`]; never one's own account, nor that of the last administrator.
pub async fn disable_user(ctx: &Context, account_id: Uuid) -> Result<(), EditUserError> {
    permit(ctx, Action::ManageUsers)?;
    if ctx.actor.id == Some(account_id) {
        return Err(EditUserError::OwnAccount);
    }
    let tx = ctx.db().begin().await?;
    let before = known(&tx, account_id).await?;
    if before.disabled_at.is_some() {
        return Ok(());
    }
    let was_admin = account::holders(&tx, Role::Admin.code(), ctx.today()).await?.contains(&account_id);
    account::set_disabled(&tx, account_id, Some(ctx.now())).await?;
    session::delete_of_account(&tx, account_id).await?;
    let detail = json!({ "before": "open", "after": "closed" });
    audit::record(ctx, &tx, Act::DisableUser, None, Some(account_id.to_string()), detail).await?;
    if was_admin {
        keep_an_admin(ctx, &tx, ctx.today()).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    follow_again(ctx, account_id).await;
    Ok(())
}

/// Opens an account again, with the roles whose dates still run.
///
/// # Errors
/// [`EditUserError`].
pub async fn enable_user(ctx: &Context, account_id: Uuid) -> Result<(), EditUserError> {
    permit(ctx, Action::ManageUsers)?;
    let tx = ctx.db().begin().await?;
    if known(&tx, account_id).await?.disabled_at.is_none() {
        return Ok(());
    }
    account::set_disabled(&tx, account_id, None).await?;
    let detail = json!({ "before": "closed", "after": "open" });
    audit::record(ctx, &tx, Act::EnableUser, None, Some(account_id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    follow_again(ctx, account_id).await;
    Ok(())
}

/// Those whom an account follows stand where its roles leave them: whoever may not follow any more leaves them to the team, which
/// names somebody; who may again has them back. After the account itself, which is closed at once whatever an import is doing:
/// what fails here is done by the worker, each day (`followup::turn_referents`).
async fn follow_again(ctx: &Context, account_id: Uuid) {
    let restood = async {
        let people = referent::people_of(ctx.db().read(), account_id, ctx.today()).await?;
        if people.is_empty() {
            return Ok(());
        }
        let tx = begin(ctx).await?;
        stand_all(ctx, &tx, &people).await?;
        tx.commit().await?;
        Ok::<(), StoreError>(())
    };
    if let Err(error) = restood.await {
        tracing::warn!(account = %account_id, %error, "the people of an account are looked at again tomorrow");
    }
}

async fn known(tx: &Tx, account_id: Uuid) -> Result<Account, EditUserError> {
    account::by_id_in(tx, account_id).await?.ok_or(EditUserError::Unknown)
}

/// Somebody else must hold the role today and on `day`. Asked after the journal was written: its last link is locked
/// until the end of the transaction, so that two administrators who remove each other at once are judged in turn.
async fn keep_an_admin(ctx: &Context, tx: &Tx, day: NaiveDate) -> Result<(), EditUserError> {
    for day in [day, ctx.today()] {
        if account::holders(tx, Role::Admin.code(), day).await?.is_empty() {
            return Err(EditUserError::LastAdmin);
        }
    }
    Ok(())
}
