//! The accounts of the département and their roles.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::access::role::Role;
use store::StoreError;
use store::access::{account, second_factor};
use uuid::Uuid;

use super::permit::{Refused, permit};
use crate::Context;

/// Why the accounts are not shown.
#[derive(Debug, thiserror::Error)]
pub enum ListUsersError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserLine {
    /// Its identifier.
    pub id: Uuid,
    /// Its e-mail.
    pub email: String,
    /// Its holder.
    pub name: String,
    /// Past, present and future roles, in the order in which they were given.
    pub roles: Vec<RoleLine>,
    /// When it was last signed in to.
    pub signed_in_at: Option<DateTime<Utc>>,
    /// A password was chosen.
    pub has_password: bool,
    /// An account of the demonstration, opened by a button.
    pub demo: bool,
    /// A code is asked after the password.
    pub second_factor: bool,
    /// Since when it is closed.
    pub disabled_at: Option<DateTime<Utc>>,
}

/// A role of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleLine {
    /// Its identifier.
    pub id: Uuid,
    /// Which role.
    pub role: Role,
    /// On which territory; `None` = the whole département, or a structure.
    pub territory: Option<String>,
    /// In which structure.
    pub structure: Option<Uuid>,
    /// First day.
    pub since: NaiveDate,
    /// Last day.
    pub until: Option<NaiveDate>,
}

/// Every account, by name.
///
/// # Errors
/// [`ListUsersError`].
pub async fn list_users(ctx: &Context) -> Result<Vec<UserLine>, ListUsersError> {
    permit(ctx, Action::ReadUsers)?;
    let mut roles: HashMap<Uuid, Vec<RoleLine>> = HashMap::new();
    for role in account::all_roles(ctx.db()).await? {
        if let Some(known) = Role::parse(&role.role) {
            let line = RoleLine {
                id: role.id,
                role: known,
                territory: role.territory,
                structure: role.structure,
                since: role.since,
                until: role.until,
            };
            roles.entry(role.account_id).or_default().push(line);
        }
    }
    let signed_in = account::last_sign_ins(ctx.db()).await?;
    let guarded: HashSet<Uuid> = second_factor::holders(ctx.db()).await?.into_iter().collect();
    let accounts = account::all(ctx.db()).await?.into_iter();
    Ok(accounts
        .map(|account| UserLine {
            roles: roles.remove(&account.id).unwrap_or_default(),
            signed_in_at: signed_in.get(&account.id).copied(),
            second_factor: guarded.contains(&account.id),
            id: account.id,
            email: account.email,
            name: account.name,
            demo: account.demo,
            has_password: account.password_hash.is_some(),
            disabled_at: account.disabled_at,
        })
        .collect())
}
