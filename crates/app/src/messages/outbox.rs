//! The queue of letters: written in the transaction of what makes a letter needed, emptied by a job.
//!
//! A letter is claimed before it is sent, so that two workers never send the same; a worker that dies leaves it to the
//! next one after the claim. A letter that a server took just before the worker died may leave twice: both carry the same
//! `Message-ID`, by which mail programs know them as one.

use chrono::Duration;
use store::messages::mail::{self as store_of, Mail, Outcome};
use store::sealed::MAIL;
use store::{StoreError, Tx};

use super::letters::Letter;
use super::post::PostError;
use crate::access::{INVITATION_DAYS, answer_password_reset};
use crate::{App, Context, Department};

/// A worker that has not sent a letter after so many minutes is taken for dead.
const CLAIM_MINUTES: i64 = 5;
/// Longest wait between two tries, when the server is away.
const LONGEST_WAIT_MINUTES: i64 = 60;
/// Wait after a refusal that looks final: an address that does not exist, a setting to mend.
const REFUSED_WAIT_HOURS: i64 = 6;
/// The kind of a row that holds an e-mail as typed, not a letter yet.
const ASKED: &str = "password_reset";

/// What a letter is about; how long it is worth sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A first password.
    Invitation,
    /// Something changed on an account.
    Notice,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Notice => "notice",
        }
    }

    fn worth(self) -> Duration {
        match self {
            Self::Invitation => Duration::days(INVITATION_DAYS),
            Self::Notice => Duration::days(3),
        }
    }
}

/// Queues a letter, in the transaction of what makes it needed. Where no post is configured nothing is queued.
///
/// # Errors
/// When the database refuses.
pub async fn queue(
    app: &App,
    department: &Department,
    tx: &Tx,
    kind: Kind,
    letter: &Letter,
) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(letter).map_err(|error| StoreError::Other(error.to_string()))?;
    insert(app, department, tx, kind.code(), &plain, kind.worth()).await
}

/// Queues the question whether somebody has this e-mail; the answer is a letter, or nothing.
///
/// # Errors
/// When the database refuses.
pub async fn queue_asked(app: &App, department: &Department, tx: &Tx, email: &str) -> Result<(), StoreError> {
    insert(app, department, tx, ASKED, email.as_bytes(), Duration::hours(1)).await
}

async fn insert(
    app: &App,
    department: &Department,
    tx: &Tx,
    kind: &str,
    plain: &[u8],
    worth: Duration,
) -> Result<(), StoreError> {
    if !app.post.leaves() {
        return Ok(());
    }
    let now = app.clock.now();
    let new = Mail {
        id: app.ids.make(),
        kind: kind.to_owned(),
        content_sealed: Some(department.db.keys().encrypt(MAIL.place, plain)?),
        created_at: now,
        expires_at: now + worth,
        tries: 0,
    };
    store_of::queue(tx, new).await
}

/// Sends the letter that has waited longest; false when none is due.
///
/// # Errors
/// When the database does not answer; a letter that does not leave is put off, not lost.
pub async fn send_due(ctx: &Context) -> Result<bool, StoreError> {
    if !ctx.app.post.leaves() {
        return Ok(false);
    }
    let (db, now) = (ctx.db(), ctx.now());
    let Some(mail) = store_of::claim(db, now, now + Duration::minutes(CLAIM_MINUTES)).await? else {
        return Ok(false);
    };
    let Some(sealed) = mail.content_sealed.as_deref().filter(|_| mail.expires_at > now) else {
        tracing::warn!(
            department = ctx.department.code,
            mail.kind = mail.kind,
            "a letter could not leave in time"
        );
        end(ctx, &mail, Outcome::Expired).await?;
        return Ok(true);
    };
    let plain = db.keys().decrypt(MAIL.place, sealed)?;
    if mail.kind == ASKED {
        return write_asked(ctx, &mail, &String::from_utf8_lossy(&plain)).await.map(|()| true);
    }
    let letter: Letter = serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable)?;
    match ctx.app.post.send(&mail, &mail.id.to_string(), &letter, None).await {
        Ok(()) => end(ctx, &mail, Outcome::Sent).await?,
        Err(error) => put_off(ctx, &mail, &error).await?,
    }
    Ok(true)
}

/// Turns a question into the letter that answers it, or into nothing.
async fn write_asked(ctx: &Context, mail: &Mail, email: &str) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    let letter = answer_password_reset(ctx, &tx, email).await?;
    if let Some(letter) = &letter {
        let plain = serde_json::to_vec(letter).map_err(|error| StoreError::Other(error.to_string()))?;
        insert(&ctx.app, &ctx.department, &tx, "reset_link", &plain, mail.expires_at - ctx.now()).await?;
    }
    let outcome = if letter.is_some() { Outcome::Sent } else { Outcome::Nobody };
    store_of::end(&tx, mail.id, outcome, ctx.now()).await?;
    Ok(tx.commit().await?)
}

async fn end(ctx: &Context, mail: &Mail, outcome: Outcome) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    store_of::end(&tx, mail.id, outcome, ctx.now()).await?;
    Ok(tx.commit().await?)
}

async fn put_off(ctx: &Context, mail: &Mail, error: &PostError) -> Result<(), StoreError> {
    tracing::warn!(
        department = ctx.department.code,
        mail.kind = mail.kind,
        mail.tries = mail.tries,
        mail.error = %error,
        "a letter did not leave; it will be tried again"
    );
    let wait = match error {
        PostError::Refused(_) => Duration::hours(REFUSED_WAIT_HOURS),
        PostError::Away(_) => {
            let doubled = 1i64.checked_shl(u32::try_from(mail.tries - 1).unwrap_or(0)).unwrap_or(i64::MAX);
            Duration::minutes(doubled.clamp(1, LONGEST_WAIT_MINUTES))
        }
    };
    let tx = ctx.db().begin().await?;
    store_of::put_off(&tx, mail.id, ctx.now() + wait).await?;
    Ok(tx.commit().await?)
}
