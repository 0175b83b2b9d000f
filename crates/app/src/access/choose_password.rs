//! Choosing a password with a link valid once.

use std::sync::Arc;

use domain::access::password::{Holder, PasswordFault, check};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::{account, session};

use super::password;
use super::secret::{self, Use};
use super::session::user;
use crate::messages::{self, Kind, letters};
use crate::{App, Department, audit};

/// What the links of this use case are for.
pub(super) const CHOOSE_PASSWORD: &str = "choose_password";

/// Why no password was chosen.
#[derive(Debug, thiserror::Error)]
pub enum ChoosePasswordError {
    /// Used, expired, replaced, or never made: the same words for all.
    #[error("Ce lien a déjà servi ou n’est plus valable. Demandez-en un autre à votre administration.")]
    Link,
    /// Not accepted.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whom a link invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Their e-mail.
    pub email: String,
    /// Their name.
    pub name: String,
}

/// Whom this link invites, without using it; `None` when it does not work.
///
/// # Errors
/// When the database does not answer.
pub async fn invited(app: &App, department: &Department, token: &str) -> Result<Option<Invited>, StoreError> {
    let (db, hash) = (&department.db, secret::hash(Use::Link, token));
    let Some(id) = account::link_account(db, &hash, CHOOSE_PASSWORD, app.clock.now()).await? else {
        return Ok(None);
    };
    let account = account::by_id(db, id).await?.filter(|account| account.disabled_at.is_none());
    Ok(account.map(|account| Invited { email: account.email, name: account.name }))
}

/// Uses the link, keeps the password, and ends the sessions that the old one had opened.
///
/// # Errors
/// [`ChoosePasswordError`]; a password that is not accepted leaves the link as it was.
pub async fn choose_password(
    app: &App,
    department: &Arc<Department>,
    token: &str,
    password: &str,
) -> Result<(), ChoosePasswordError> {
    let who = invited(app, department, token).await?.ok_or(ChoosePasswordError::Link)?;
    let holder = Holder { email: &who.email, name: &who.name, department: &department.name };
    check(password, holder)?;
    let hash = password::hash(password.to_owned()).await?;
    let tx = department.db.begin().await?;
    let link = secret::hash(Use::Link, token);
    let id = account::take_link(&tx, &link, CHOOSE_PASSWORD, app.clock.now()).await?;
    let id = id.ok_or(ChoosePasswordError::Link)?;
    let account = account::by_id_in(&tx, id).await?.ok_or(ChoosePasswordError::Link)?;
    account::set_password(&tx, id, hash).await?;
    account::drop_links(&tx, id, CHOOSE_PASSWORD).await?;
    session::delete_of_account(&tx, id).await?;
    let ctx = app.context(department, user(&account, Vec::new(), None));
    audit::record(&ctx, &tx, Act::SetPassword, None, None, json!({ "how": "link" })).await?;
    let letter = letters::password_changed(app, department, &account);
    messages::queue(app, department, &tx, Kind::Notice, &letter).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
