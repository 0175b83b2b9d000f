//! Opening an account, and sending its holder a link to choose a password.

use chrono::Duration;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::people::contact::Email;
use serde_json::json;
use store::access::account::{self, Account, OneTimeLink};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::choose_password::CHOOSE_PASSWORD;
use super::new_role::{NewRole, RoleError, checked, told};
use super::permit::{Refused, permit};
use super::secret::{self, Use};
use crate::messages::{self, Kind, letters};
use crate::{Context, audit};

/// How long an invitation works.
pub(crate) const INVITATION_DAYS: i64 = 7;
/// Longest name, in characters.
const LONGEST_NAME: usize = 120;

/// Why no account was opened.
#[derive(Debug, thiserror::Error)]
pub enum CreateUserError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Not an e-mail address.
    #[error("« {0} » n’est pas une adresse électronique.")]
    Email(String),
    /// Empty, or longer than a name.
    #[error("Écrivez le prénom et le nom, en 120 caractères au plus.")]
    Name,
    /// The role cannot be given.
    #[error(transparent)]
    Role(#[from] RoleError),
    /// Somebody has it already.
    #[error("Un compte existe déjà avec l’adresse {0}.")]
    EmailTaken(String),
    /// Nobody has it.
    #[error("Aucun compte n’a l’adresse {0}.")]
    NoAccount(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The account to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    /// As typed.
    pub email: String,
    /// First and last name.
    pub name: String,
    /// Its first role.
    pub role: NewRole,
}

/// The link to give to the holder: `/{department}/mot-de-passe/{token}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The account.
    pub account_id: Uuid,
    /// The word of the link; shown once, valid once.
    pub token: String,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Invitation({})", self.account_id)
    }
}

/// Opens an account with one role and returns the link with which its holder chooses a password.
///
/// # Errors
/// [`CreateUserError`].
pub async fn create_user(ctx: &Context, new: NewUser) -> Result<Invitation, CreateUserError> {
    permit(ctx, Action::ManageUsers)?;
    let tx = ctx.db().begin().await?;
    let invitation = open_account(ctx, &tx, new).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(invitation)
}

/// [`create_user`] in a transaction of the caller, who has asked for the permission.
///
/// # Errors
/// [`CreateUserError`].
pub(super) async fn open_account(
    ctx: &Context,
    tx: &Tx,
    new: NewUser,
) -> Result<Invitation, CreateUserError> {
    let (email, name) = identity(&new)?;
    let id = ctx.app.ids.make();
    let role = checked(ctx, tx, id, &new.role).await?;
    if account::by_email_in(tx, &email).await?.is_some() {
        return Err(CreateUserError::EmailTaken(email));
    }
    let created_at = ctx.now();
    let row = Account { id, email, name, password_hash: None, demo: false, created_at, disabled_at: None };
    account::insert(tx, row).await?;
    let detail = told(&role);
    account::add_roles(tx, vec![role]).await?;
    let invitation = invite(ctx, tx, id).await?;
    audit::record(ctx, tx, Act::CreateUser, None, Some(id.to_string()), detail).await?;
    Ok(invitation)
}

/// The e-mail and the name of an account to open, as they are kept.
///
/// # Errors
/// [`CreateUserError::Email`], [`CreateUserError::Name`].
pub(super) fn identity(new: &NewUser) -> Result<(String, String), CreateUserError> {
    let email = Email::parse(&new.email).ok_or_else(|| CreateUserError::Email(new.email.clone()))?;
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(CreateUserError::Name);
    }
    Ok((email.as_str().to_owned(), name))
}

/// [`invite_again`] for the account of this identifier.
///
/// # Errors
/// As [`invite_again`].
pub async fn invite_account(ctx: &Context, account_id: Uuid) -> Result<Invitation, CreateUserError> {
    permit(ctx, Action::ManageUsers)?;
    let account = account::by_id(ctx.db(), account_id).await?;
    let account = account.ok_or_else(|| CreateUserError::NoAccount(account_id.to_string()))?;
    invite_again(ctx, &account.email).await
}

/// Replaces the link of an account: the first was lost, has expired, or the password is forgotten.
///
/// # Errors
/// [`CreateUserError::NoAccount`], the permission, or the database.
pub async fn invite_again(ctx: &Context, email: &str) -> Result<Invitation, CreateUserError> {
    permit(ctx, Action::ManageUsers)?;
    let known = Email::parse(email).ok_or_else(|| CreateUserError::Email(email.to_owned()))?;
    let tx = ctx.db().begin().await?;
    let account = account::by_email_in(&tx, known.as_str()).await?.filter(|a| a.disabled_at.is_none());
    let account = account.ok_or_else(|| CreateUserError::NoAccount(known.as_str().to_owned()))?;
    let invitation = again(ctx, &tx, &account).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(invitation)
}

/// Sends the holder of an account a new link by mail; the link is in the letter alone.
///
/// # Errors
/// [`CreateUserError::NoAccount`], the permission, or the database.
pub async fn send_invitation(ctx: &Context, account_id: Uuid) -> Result<(), CreateUserError> {
    permit(ctx, Action::ManageUsers)?;
    let tx = ctx.db().begin().await?;
    let account = account::by_id_in(&tx, account_id).await?.filter(|a| a.disabled_at.is_none());
    let account = account.ok_or_else(|| CreateUserError::NoAccount(account_id.to_string()))?;
    let invitation = again(ctx, &tx, &account).await?;
    let letter = letters::invitation(&ctx.app, &ctx.department, &account, &invitation.token);
    messages::queue(&ctx.app, &ctx.department, &tx, Kind::Invitation, &letter).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

async fn again(ctx: &Context, tx: &Tx, account: &Account) -> Result<Invitation, StoreError> {
    let invitation = invite(ctx, tx, account.id).await?;
    let detail = json!({ "invited_again": true });
    audit::record(ctx, tx, Act::CreateUser, None, Some(account.id.to_string()), detail).await?;
    Ok(invitation)
}

async fn invite(ctx: &Context, tx: &Tx, account_id: Uuid) -> Result<Invitation, StoreError> {
    account::drop_links(tx, account_id, CHOOSE_PASSWORD).await?;
    let token = secret::random_word()?;
    let link = OneTimeLink {
        hash: secret::hash(Use::Link, &token),
        account_id,
        purpose: CHOOSE_PASSWORD.to_owned(),
        expires_at: ctx.now() + Duration::days(INVITATION_DAYS),
    };
    account::insert_link(tx, link).await?;
    Ok(Invitation { account_id, token })
}
