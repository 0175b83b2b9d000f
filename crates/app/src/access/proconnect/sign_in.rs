//! The two halves of a sign-in: leave for the provider, and come back.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::audit::Act;
use domain::people::contact::Email;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::StoreError;
use store::Tx;
use store::access::account::{self, Account};
use store::access::identity::{self, Identity};
use store::access::session as sessions;
use store::sealed::ID_TOKEN;
use uuid::Uuid;

use super::super::secret::{self, Use};
use super::super::session::{How, Opening, SignedIn};
use super::super::visitor::Visitor;
use super::ProConnectError;
use super::provider::{Attempt, Known, Provider};
use super::refused::{self, Refusal};
use crate::{App, Department};

/// How long a person may take at the provider's.
const ATTEMPT_MINUTES: i64 = 10;
/// What the cookie of an attempt is sealed for.
const PLACE: &str = "proconnect.attempt";

/// An attempt has begun.
#[derive(Debug)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What it keeps meanwhile: sealed, worth nothing elsewhere.
    pub cookie: String,
}

/// What the browser comes back with.
#[derive(Debug, Clone, Copy)]
pub struct Return<'a> {
    /// The cookie of [`Begun`].
    pub cookie: &'a str,
    /// `code` of the address; empty when the provider refused.
    pub code: &'a str,
    /// `state` of the address.
    pub state: &'a str,
}

/// What the cookie holds.
#[derive(Serialize, Deserialize)]
struct Kept {
    attempt: Attempt,
    next: String,
    until: DateTime<Utc>,
}

/// Prepares to leave for the provider; `next` is where to go once in.
///
/// # Errors
/// [`ProConnectError::Absent`] without a provider, [`ProConnectError::Unreachable`] when it does not answer.
pub async fn begin(
    app: &App,
    department: &Arc<Department>,
    next: &str,
    visitor: Visitor<'_>,
) -> Result<Begun, ProConnectError> {
    let begun = leave(app, department, next).await;
    match begun {
        Ok(begun) => Ok(begun),
        Err(error) => Err(refused::tell(app, department, visitor, error.into()).await),
    }
}

async fn leave(app: &App, department: &Department, next: &str) -> Result<Begun, ProConnectError> {
    let provider = provider(app)?;
    let attempt = Attempt {
        state: secret::random_word()?,
        nonce: secret::random_word()?,
        verifier: secret::random_word()?,
    };
    let address = provider.entrance(&department.code, &attempt).await?;
    let until = app.clock.now() + Duration::minutes(ATTEMPT_MINUTES);
    let kept = serde_json::to_vec(&Kept { attempt, next: next.to_owned(), until })
        .map_err(|error| ProConnectError::Untrusted(error.to_string()))?;
    let sealed = department.db.keys().encrypt(PLACE, &kept)?;
    Ok(Begun { address, cookie: URL_SAFE_NO_PAD.encode(sealed) })
}

/// Begins a session for whoever comes back known to the provider and to this département; gives where to go, too.
///
/// # Errors
/// Every way in which a return is not worth a session: see [`ProConnectError`].
pub async fn finish(
    app: &App,
    department: &Arc<Department>,
    back: Return<'_>,
    visitor: Visitor<'_>,
) -> Result<(SignedIn, String), ProConnectError> {
    match enter(app, department, back, visitor).await {
        Ok(entered) => Ok(entered),
        Err(refusal) => Err(refused::tell(app, department, visitor, refusal).await),
    }
}

async fn enter(
    app: &App,
    department: &Arc<Department>,
    back: Return<'_>,
    visitor: Visitor<'_>,
) -> Result<(SignedIn, String), Refusal> {
    let provider = provider(app)?;
    let kept = kept(app, department, back)?;
    if back.code.is_empty() {
        return Err(ProConnectError::Interrupted.into());
    }
    let known = provider.redeem(&department.code, &kept.attempt, back.code).await?;
    let (account, linked) = account(department, provider, &known).await?;
    let opening = Opening::of(app, department, &account).await?;
    let opening = if known.two_factors { opening.with_two_factors() } else { opening };
    let sealed = department.db.keys().encrypt(ID_TOKEN.place, known.id_token.as_bytes())?;
    let tx = department.db.begin().await?;
    if !linked {
        link(&opening, &tx, provider, &known, app.clock.now(), account.id).await?;
    }
    let signed_in = opening.begin(&tx, How::ProConnect, &visitor).await?;
    let hash = secret::hash(Use::Session, signed_in.token.as_str());
    sessions::keep_id_token(&tx, &hash, sealed).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok((signed_in, kept.next))
}

fn provider(app: &App) -> Result<&Provider, ProConnectError> {
    app.provider.as_deref().ok_or(ProConnectError::Absent)
}

/// Opens the cookie: made here, less than ten minutes ago, and for the state that came back.
fn kept(app: &App, department: &Department, back: Return<'_>) -> Result<Kept, ProConnectError> {
    let sealed = URL_SAFE_NO_PAD.decode(back.cookie).map_err(|_| ProConnectError::Expired)?;
    let plain = department.db.keys().decrypt(PLACE, &sealed).map_err(|_| ProConnectError::Expired)?;
    let kept: Kept = serde_json::from_slice(&plain).map_err(|_| ProConnectError::Expired)?;
    let fresh = kept.until > app.clock.now() && kept.attempt.state == back.state;
    if fresh { Ok(kept) } else { Err(ProConnectError::Expired) }
}

/// The open account of this person, and whether the two are linked already.
async fn account(
    department: &Department,
    provider: &Provider,
    known: &Known,
) -> Result<(Account, bool), Refusal> {
    let db = &department.db;
    let email = Email::parse(&known.email).ok_or(ProConnectError::NoAccount)?;
    let linked = identity::by_subject(db, provider.issuer(), &known.subject).await?;
    let found = match (account::by_email(db, email.as_str()).await?, &linked) {
        (Some(account), _) => Some(account),
        (None, Some(identity)) => account::by_id(db, identity.account_id).await?,
        (None, None) => None,
    };
    let Some(account) = found else { return Err(Refusal::of_nobody(&email)) };
    if account.disabled_at.is_some() || account.demo {
        return Err(Refusal::of_closed(account.id));
    }
    let linked = linked.is_some_and(|identity| identity.account_id == account.id);
    Ok((account, linked))
}

/// Links the account and the person, and says in the journal whether the account was somebody else's there before.
async fn link(
    opening: &Opening<'_>,
    tx: &Tx,
    provider: &Provider,
    known: &Known,
    now: DateTime<Utc>,
    account_id: Uuid,
) -> Result<(), StoreError> {
    let again = identity::of_account(tx, account_id).await?.is_some();
    let new = Identity {
        account_id,
        issuer: provider.issuer().to_owned(),
        subject: known.subject.clone(),
        linked_at: now,
    };
    identity::put(tx, new).await?;
    opening.record(tx, Act::LinkIdentity, json!({ "again": again })).await
}
