//! Signing in with an e-mail and a password.

use std::sync::Arc;

use domain::people::contact::Email;
use store::StoreError;
use store::access::account::{self, Account};

use super::limiter::SignInLimiter;
use super::session::{self, SessionToken};
use super::{DEMO_PASSWORD, password};
use crate::{App, Department};

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown account, wrong password, closed account: the same words for all.
    #[error("Adresse électronique ou mot de passe incorrect.")]
    Wrong,
    /// Too many failures, on this account or from this address.
    #[error("Trop d’essais. Attendez quelques minutes, puis recommencez.")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the form holds, and where it comes from.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// As typed.
    pub email: &'a str,
    /// As typed.
    pub password: &'a str,
    /// The address of the machine that asks.
    pub address: &'a str,
}

impl std::fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(•)")
    }
}

/// Begins a session for whoever knows the password of an account that is open.
///
/// An absent account costs the same time and gives the same answer as a wrong password.
///
/// # Errors
/// [`SignInError::Wrong`], [`SignInError::TooMany`], or the database.
pub async fn sign_in(
    app: &App,
    department: &Arc<Department>,
    limiter: &SignInLimiter,
    credentials: Credentials<'_>,
) -> Result<SessionToken, SignInError> {
    let email = Email::parse(credentials.email).map(|email| email.as_str().to_owned()).unwrap_or_default();
    let key = format!("{} {email}", department.code);
    let attempt = limiter.begin(key, credentials.address).ok_or(SignInError::TooMany)?;
    let account = account::by_email(&department.db, &email).await?.filter(|a| a.disabled_at.is_none());
    let demo = account
        .as_ref()
        .is_some_and(|account| app.demo && account.demo && credentials.password == DEMO_PASSWORD);
    let right = demo || has_password(account.as_ref(), credentials.password).await?;
    match account {
        Some(account) if right => {
            let token = session::begin(app, department, &account, "password").await?;
            attempt.succeeded();
            Ok(token)
        }
        _ => Err(SignInError::Wrong),
    }
}

async fn has_password(account: Option<&Account>, typed: &str) -> Result<bool, StoreError> {
    let hash = account.filter(|account| !account.demo).and_then(|account| account.password_hash.clone());
    password::verify(typed.to_owned(), hash).await
}
