//! Proving again who one is, before a sensitive act: an export, a change of rights, a deletion.

use std::sync::Arc;

use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::{account, second_factor};

use super::limiter::AddressLimiter;
use super::second_factor::Candidate;
use super::session::{Opening, SessionActor, SignedIn};
use super::sign_in::{ProofError, verify};
use super::tries::{self, Counted};
use super::visitor::Visitor;
use crate::{App, Department};

/// Accepts the password, or a code of the second factor, and gives the session another cookie; forms that are open keep
/// their token.
///
/// # Errors
/// [`ProofError`].
pub async fn prove_again(
    app: &App,
    department: &Arc<Department>,
    limiter: &AddressLimiter,
    session: &SessionActor,
    typed: &str,
    visitor: Visitor<'_>,
) -> Result<SignedIn, ProofError> {
    let (db, now) = (&department.db, app.clock.now());
    let attempt = limiter.begin(visitor.address)?;
    let factor = second_factor::of(db, session.account_id).await?.filter(|one| one.confirmed_at.is_some());
    let code = factor.filter(|_| Candidate::looks_like_a_code(typed));
    let what = if code.is_some() { Counted::Code } else { Counted::Password };
    let of = if code.is_some() { session.account_id.to_string() } else { session.email.clone() };
    let taken = tries::take(db, what, &of, now).await?;
    let account = account::by_id(db, session.account_id).await?.filter(|one| one.disabled_at.is_none());
    let account = account.ok_or(ProofError::Wrong)?;
    let candidate = match &code {
        Some(factor) => Candidate::of(department, factor, typed, now).await?,
        None if verify(app, Some(&account), typed).await?.right => Candidate::Password,
        None => Candidate::Wrong,
    };
    let opening = Opening::of(app, department, &account).await?;
    let tx = db.begin().await?;
    if !candidate.accept(&tx, account.id, now).await? {
        drop(tx);
        let detail = json!({ "what": "step_up" });
        taken.failed(app, department, Act::ProofFailed, Some(account.id), detail).await?;
        return Err(ProofError::Wrong);
    }
    taken.give_back(&tx, now).await?;
    let renewed = opening.refresh(&tx, &session.session).await?;
    opening.record(&tx, Act::ProveAgain, json!({ "with": candidate.code() })).await?;
    tx.commit().await.map_err(StoreError::from)?;
    attempt.succeeded();
    Ok(renewed)
}
