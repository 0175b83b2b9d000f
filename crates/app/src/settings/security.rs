//! How long sessions last and who needs a second factor, as the département decides.

use domain::access::permission::Action;
use domain::access::role::Role;
use store::StoreError;
use store::settings;

use super::set_parameter;
use crate::Context;
use crate::access::limits::{
    ADMIN_IDLE_MINUTES, IDLE_MINUTES, LONGEST_HOURS, SECOND_FACTOR_ROLES, second_factor_roles,
};
use crate::access::{Refused, permit};

/// Bounds of the minutes without use: shorter hinders work, longer leaves screens open.
pub const IDLE_BOUNDS: (u32, u32) = (5, 480);
/// Bounds of the hours of a session: a working day, and no more than a whole one.
pub const LONGEST_BOUNDS: (u32, u32) = (1, 24);

/// The rules of sign-in and sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Security {
    /// Roles that need a second factor.
    pub second_factor: Vec<Role>,
    /// Minutes without use after which a session ends.
    pub idle_minutes: u32,
    /// The same, for an administrator.
    pub admin_idle_minutes: u32,
    /// Hours after which a session ends, used or not.
    pub longest_hours: u32,
}

/// Why the rules stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum SecurityError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Out of bounds.
    #[error("Donnez un nombre de minutes entre {} et {}.", IDLE_BOUNDS.0, IDLE_BOUNDS.1)]
    Idle,
    /// Out of bounds, for an administrator.
    #[error("Donnez un nombre de minutes entre {} et {}.", IDLE_BOUNDS.0, IDLE_BOUNDS.1)]
    AdminIdle,
    /// Out of bounds.
    #[error("Donnez un nombre d’heures entre {} et {}.", LONGEST_BOUNDS.0, LONGEST_BOUNDS.1)]
    Longest,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rules in force today.
///
/// # Errors
/// [`SecurityError`].
pub async fn security(ctx: &Context) -> Result<Security, SecurityError> {
    permit(ctx, Action::EditSettings)?;
    let number = async |key: &str| {
        let value = settings::value_at(ctx.db(), key, ctx.today()).await?;
        Ok::<_, StoreError>(value.and_then(|value| value.parse().ok()).unwrap_or_default())
    };
    Ok(Security {
        second_factor: second_factor_roles(ctx.db(), ctx.today()).await?,
        idle_minutes: number(IDLE_MINUTES).await?,
        admin_idle_minutes: number(ADMIN_IDLE_MINUTES).await?,
        longest_hours: number(LONGEST_HOURS).await?,
    })
}

/// Replaces the rules from today on; a session that is open keeps its end until its next use, and its second factor until
/// the next sign-in. What changed goes to the journal, before and after.
///
/// # Errors
/// [`SecurityError`].
pub async fn edit_security(ctx: &Context, new: &Security) -> Result<(), SecurityError> {
    permit(ctx, Action::EditSettings)?;
    let within = |value: u32, (least, most): (u32, u32)| (least..=most).contains(&value);
    if !within(new.idle_minutes, IDLE_BOUNDS) {
        return Err(SecurityError::Idle);
    }
    if !within(new.admin_idle_minutes, IDLE_BOUNDS) {
        return Err(SecurityError::AdminIdle);
    }
    if !within(new.longest_hours, LONGEST_BOUNDS) {
        return Err(SecurityError::Longest);
    }
    let codes: Vec<&str> =
        Role::ALL.into_iter().filter(|role| new.second_factor.contains(role)).map(Role::code).collect();
    let tx = ctx.db().begin().await?;
    set_parameter(ctx, &tx, SECOND_FACTOR_ROLES, codes.join(" ")).await?;
    set_parameter(ctx, &tx, IDLE_MINUTES, new.idle_minutes.to_string()).await?;
    set_parameter(ctx, &tx, ADMIN_IDLE_MINUTES, new.admin_idle_minutes.to_string()).await?;
    set_parameter(ctx, &tx, LONGEST_HOURS, new.longest_hours.to_string()).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}
