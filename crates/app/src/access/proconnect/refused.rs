//! Who was not let in by ProConnect, and why, in the journal: told beside the answer, which does not wait for it.

use std::sync::Arc;
use std::time::Duration as Wait;

use domain::audit::Act;
use domain::people::contact::Email;
use serde_json::json;
use store::StoreError;
use uuid::Uuid;

use super::super::actor::Actor;
use super::super::session::How;
use super::super::visitor::Visitor;
use super::ProConnectError;
use crate::people::contact::masked_email;
use crate::{App, Department, audit};

/// The page waits no longer for the journal; the row is written all the same.
const WAIT: Wait = Wait::from_millis(250);

/// Why somebody was not let in, and what is known of them.
pub(super) struct Refusal {
    error: ProConnectError,
    closed: Option<Uuid>,
    email: Option<String>,
}

impl From<ProConnectError> for Refusal {
    fn from(error: ProConnectError) -> Self {
        Self { error, closed: None, email: None }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        ProConnectError::from(error).into()
    }
}

impl Refusal {
    /// Nobody here has this address: only its first letter is kept.
    pub(super) fn of_nobody(email: &Email) -> Self {
        Self { email: Some(masked_email(email.as_str())), ..ProConnectError::NoAccount.into() }
    }

    /// This account is closed, or is one of the demonstration.
    pub(super) fn of_closed(account: Uuid) -> Self {
        Self { closed: Some(account), ..ProConnectError::NoAccount.into() }
    }

    /// The word of the journal; `None` for what is no sign-in: no provider, a setting, a database that is away.
    fn why(&self) -> Option<&'static str> {
        match (&self.error, self.closed) {
            (ProConnectError::Unreachable(_), _) => Some("unreachable"),
            (ProConnectError::Interrupted, _) => Some("interrupted"),
            (ProConnectError::Expired, _) => Some("expired"),
            (ProConnectError::Untrusted(_), _) => Some("untrusted"),
            (ProConnectError::NoAccount, None) => Some("no_account"),
            (ProConnectError::NoAccount, Some(_)) => Some("closed"),
            (ProConnectError::Absent | ProConnectError::Settings | ProConnectError::Store(_), _) => None,
        }
    }
}

/// Writes a refusal down, and gives it back. An address that fails all the time fills no journal: beyond what the
/// provider's limiter grants, its refusals are only logged.
pub(super) async fn tell(
    app: &App,
    department: &Arc<Department>,
    visitor: Visitor<'_>,
    refusal: Refusal,
) -> ProConnectError {
    let granted = app.provider.as_deref().is_some_and(|one| one.refusals().begin(visitor.address).is_ok());
    if let Some(why) = refusal.why().filter(|_| granted) {
        let (app, department) = (app.clone(), Arc::clone(department));
        let (closed, email) = (refusal.closed, refusal.email);
        let written = tokio::spawn(async move {
            if let Err(error) = write(&app, &department, why, closed, email).await {
                tracing::error!(department = department.code, %error, "a refused sign-in is not in the journal");
            }
        });
        let _ = tokio::time::timeout(WAIT, written).await;
    }
    refusal.error
}

async fn write(
    app: &App,
    department: &Arc<Department>,
    why: &str,
    closed: Option<Uuid>,
    email: Option<String>,
) -> Result<(), StoreError> {
    let ctx = app.context(department, Actor::system("connexion"));
    let detail = json!({ "how": How::ProConnect.code(), "why": why, "email": email });
    let tx = department.db.begin().await?;
    audit::record(&ctx, &tx, Act::SignInFailed, None, closed.map(|id| id.to_string()), detail).await?;
    Ok(tx.commit().await?)
}
