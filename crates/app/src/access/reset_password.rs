//! A forgotten password: asking for a link, and making it.
//!
//! Whoever asks only puts what they typed in the queue of letters: the page cannot tell, by its words, its status or its
//! time, whether the account exists. The job that sends letters looks for the account, makes the link and writes the
//! letter in one transaction.

use std::sync::Arc;

use chrono::Duration;
use domain::audit::Act;
use domain::people::contact::Email;
use serde_json::json;
use store::access::account::{self, OneTimeLink};
use store::{StoreError, Tx};

use super::choose_password::CHOOSE_PASSWORD;
use super::limiter::AddressLimiter;
use super::secret::{self, Use};
use super::session::user;
use super::sign_in::ProofError;
use super::tries::{self, Counted};
use crate::messages::{self, Letter, letters};
use crate::{App, Context, Department, audit};

/// How long such a link works.
pub(super) const LINK_HOURS: i64 = 1;

/// Asks for a link to be sent to this e-mail, if an account has it. Nothing here depends on whether one has.
///
/// # Errors
/// [`ProofError::Wrong`] when it is not an e-mail address; [`ProofError::TooMany`]; the database.
pub async fn ask_password_reset(
    app: &App,
    department: &Arc<Department>,
    limiter: &AddressLimiter,
    email: &str,
    address: &str,
) -> Result<(), ProofError> {
    let email = Email::parse(email).ok_or(ProofError::Wrong)?;
    // Each one counts: a link that was asked for is a letter that somebody receives.
    limiter.begin(address)?;
    tries::take(&department.db, Counted::Reset, email.as_str(), app.clock.now()).await?;
    let tx = department.db.begin().await?;
    messages::queue_asked(app, department, &tx, email.as_str()).await?;
    Ok(tx.commit().await.map_err(StoreError::from)?)
}

/// The letter for this e-mail, with a new link; `None` when no open account has it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn answer(ctx: &Context, tx: &Tx, email: &str) -> Result<Option<Letter>, StoreError> {
    let found = account::by_email_in(tx, email).await?;
    let Some(account) = found.filter(|one| one.disabled_at.is_none() && !one.demo) else { return Ok(None) };
    let token = secret::random_word()?;
    let link = OneTimeLink {
        hash: secret::hash(Use::Link, &token),
        account_id: account.id,
        purpose: CHOOSE_PASSWORD.to_owned(),
        expires_at: ctx.now() + Duration::hours(LINK_HOURS),
    };
    account::insert_link(tx, link).await?;
    let of_holder = ctx.app.context(&ctx.department, user(&account, Vec::new(), None));
    audit::record(&of_holder, tx, Act::AskPasswordReset, None, None, json!({})).await?;
    Ok(Some(letters::password_reset(&ctx.app, &ctx.department, &account, &token)))
}
