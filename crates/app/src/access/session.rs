//! Sessions: how long they last, who they make of a cookie, and their end.

use std::sync::Arc;
use std::time::Duration as Wait;

use chrono::{DateTime, Duration, Utc};
use domain::audit::Act;
use serde_json::json;
use store::access::account::{self, Account};
use store::access::session::{self, Session};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::actor::{Actor, ActorKind, HeldRole};
use super::held::roles_on;
use super::secret::{self, Use};
use crate::{App, Context, Department, audit};

/// A session ends after so many hours without use.
const IDLE_HOURS: i64 = 8;
/// A session ends after so many hours, used or not.
const LONGEST_HOURS: i64 = 24;
/// The database hears of the use of a session at most every so many minutes.
const TOUCH_MINUTES: i64 = 5;
/// A page does not wait longer than this for the database to note that a session is in use.
pub(super) const TOUCH_WAIT: Wait = Wait::from_millis(250);

/// What the cookie holds.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// A session, known by its hash: enough to end it, not to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionHandle(pub(super) Vec<u8>);

/// Who is behind a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionActor {
    /// Who acts, with the roles in force today and the reason they wrote, if it still holds.
    pub actor: Actor,
    /// Their account.
    pub account_id: Uuid,
    /// Their e-mail.
    pub email: String,
    /// The token that each form carries.
    pub csrf: String,
    /// The session.
    pub session: SessionHandle,
    /// Until when the reason holds.
    pub reason_until: Option<DateTime<Utc>>,
}

impl SessionToken {
    /// The value of the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(•)")
    }
}

/// Who is behind this cookie, in two reads (four for a role held in a structure); `None` when the session has ended or never was.
///
/// # Errors
/// When the database does not answer.
pub async fn load_session(
    app: &App,
    department: &Arc<Department>,
    token: &str,
) -> Result<Option<SessionActor>, StoreError> {
    let (db, now) = (&department.db, app.clock.now());
    let Some((session, account)) = session::live(db, &secret::hash(Use::Session, token), now).await? else {
        return Ok(None);
    };
    let roles = roles_on(db, account.id, app.clock.today(department.timezone)).await?;
    if now - session.seen_at >= Duration::minutes(TOUCH_MINUTES) {
        let expires_at = end_of(session.created_at, now);
        let touch = session::touch(db, &session.hash, now, expires_at);
        // An import may hold the database for a while: the page comes first, the next one will note the use.
        if !matches!(tokio::time::timeout(TOUCH_WAIT, touch).await, Ok(Ok(()))) {
            tracing::warn!(department = department.code, "the use of a session was not noted");
        }
    }
    let reason_until = session.reason_until.filter(|until| *until > now);
    let reason = session.reason.filter(|_| reason_until.is_some());
    Ok(Some(SessionActor {
        actor: user(&account, roles, reason),
        account_id: account.id,
        email: account.email,
        csrf: session.csrf,
        session: SessionHandle(session.hash),
        reason_until,
    }))
}

/// Ends the session of the actor.
///
/// # Errors
/// When the database refuses.
pub async fn sign_out(ctx: &Context, session: &SessionHandle) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    if session::delete(&tx, &session.0).await? {
        audit::record(ctx, &tx, Act::SignOut, None, None, json!({})).await?;
    }
    Ok(tx.commit().await?)
}

/// Begins a session for an account that has proved who it is, and writes it in the journal.
///
/// # Errors
/// When the database refuses.
pub(super) async fn begin(
    app: &App,
    department: &Arc<Department>,
    account: &Account,
    how: &str,
) -> Result<SessionToken, StoreError> {
    let now = app.clock.now();
    let today = app.clock.today(department.timezone);
    let roles = roles_on(&department.db, account.id, today).await?;
    let ctx = app.context(department, user(account, roles, None));
    let (token, csrf) = (secret::random_word()?, secret::random_word()?);
    let tx: Tx = department.db.begin().await?;
    session::delete_expired(&tx, now).await?;
    let new = Session {
        hash: secret::hash(Use::Session, &token),
        account_id: account.id,
        csrf,
        created_at: now,
        seen_at: now,
        expires_at: end_of(now, now),
        reason: None,
        reason_until: None,
    };
    session::insert(&tx, new).await?;
    account::signed_in(&tx, account.id, now).await?;
    audit::record(&ctx, &tx, Act::SignIn, None, None, json!({ "how": how })).await?;
    tx.commit().await?;
    Ok(SessionToken(token))
}

/// An account as an actor.
pub(super) fn user(account: &Account, roles: Vec<HeldRole>, reason: Option<String>) -> Actor {
    Actor { kind: ActorKind::User, id: Some(account.id), name: account.name.clone(), roles, reason }
}

/// When a session that began at `created_at` and is used `now` ends.
fn end_of(created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (now + Duration::hours(IDLE_HOURS)).min(created_at + Duration::hours(LONGEST_HOURS))
}
