//! Signing in with an e-mail and a password.

use std::sync::Arc;

use domain::access::attempts::Empty;
use domain::audit::Act;
use domain::people::contact::Email;
use serde_json::json;
use store::StoreError;
use store::access::account::{self, Account};

use super::DEMO_PASSWORD;
use super::limiter::AddressLimiter;
use super::password::{self, Verdict};
use super::session::{How, Opening, SignedIn};
use super::tries::{self, Counted, TriesError};
use super::visitor::Visitor;
use crate::{App, Department};

/// Why somebody did not prove who they are.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// Unknown account, wrong password or code, closed account: the same words for all.
    #[error("Adresse électronique ou mot de passe incorrect.")]
    Wrong,
    /// Too many failures, on this account or from this address.
    #[error("Trop d’essais. Attendez quelques minutes, puis recommencez.")]
    TooMany {
        /// Seconds until the next try.
        wait_seconds: u32,
    },
    /// The database failed: nobody gets in.
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
    /// The machine that asks.
    pub visitor: Visitor<'a>,
}

impl std::fmt::Debug for Credentials<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(•)")
    }
}

impl From<Empty> for ProofError {
    fn from(empty: Empty) -> Self {
        Self::TooMany { wait_seconds: empty.wait_seconds }
    }
}

impl From<TriesError> for ProofError {
    fn from(error: TriesError) -> Self {
        match error {
            TriesError::Empty(empty) => empty.into(),
            TriesError::Store(error) => Self::Store(error),
        }
    }
}

/// Begins a session for whoever knows the password of an account that is open; the stage says what is still to prove.
///
/// An absent account costs the same work, is counted and written down like another, and gives the same answer as a wrong
/// password.
///
/// # Errors
/// [`ProofError`].
pub async fn sign_in(
    app: &App,
    department: &Arc<Department>,
    limiter: &AddressLimiter,
    credentials: Credentials<'_>,
) -> Result<SignedIn, ProofError> {
    let email = Email::parse(credentials.email).map(|email| email.as_str().to_owned()).unwrap_or_default();
    let attempt = limiter.begin(credentials.visitor.address)?;
    let db = &department.db;
    let taken = tries::take(db, Counted::Password, &email, app.clock.now()).await?;
    let account = account::by_email(db, &email).await?.filter(|a| a.disabled_at.is_none());
    let verdict = verify(app, account.as_ref(), credentials.password).await?;
    match account {
        Some(account) if verdict.right => {
            let opening = Opening::of(app, department, &account).await?;
            let tx = db.begin().await?;
            taken.give_back(&tx, app.clock.now()).await?;
            if let (Some(stronger), Some(old)) = (verdict.stronger, &account.password_hash) {
                account::rehash(&tx, account.id, old, stronger).await?;
            }
            let signed_in = opening.begin(&tx, How::Password, &credentials.visitor).await?;
            tx.commit().await.map_err(StoreError::from)?;
            attempt.succeeded();
            Ok(signed_in)
        }
        account => {
            let (known, id) = (account.is_some(), account.map(|account| account.id));
            let detail = json!({ "how": How::Password.code(), "known": known });
            taken.failed(app, department, Act::SignInFailed, id, detail).await?;
            Err(ProofError::Wrong)
        }
    }
}

/// Whether this is the password of the account; the same work when there is no account, or no password.
pub(super) async fn verify(app: &App, account: Option<&Account>, typed: &str) -> Result<Verdict, StoreError> {
    let hash = account.filter(|account| !account.demo).and_then(|account| account.password_hash.clone());
    let mut verdict = password::verify(typed.to_owned(), hash).await?;
    verdict.right |= account.is_some_and(|account| app.demo && account.demo) && typed == DEMO_PASSWORD;
    Ok(verdict)
}
