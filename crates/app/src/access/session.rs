//! Sessions: what was proved, how long they last, who they make of a cookie, and their end.
//!
//! ```text
//! password (or another proof) ──▶ Opening ──┬─▶ second_factor ── code ──▶ full ──▶ idle or absolute limit
//!                                           ├─▶ enrol ── first code ────▶ full
//!                                           └─▶ full        each arrow gives the session another cookie
//! ```
//!
//! Whatever proves who somebody is — a password, an identity provider — ends in [`Opening`]: there is no
//! second way to open a session. Until it is `full` a session holds no role, so that it grants nothing anywhere.

use std::sync::Arc;
use std::time::Duration as Wait;

use chrono::{DateTime, Duration, Utc};
use domain::access::device;
use domain::audit::Act;
use serde_json::{Value, json};
use store::access::account::{self, Account};
use store::access::second_factor;
use store::access::session::{self, Renewal, Session};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::actor::{Actor, ActorKind, HeldRole};
use super::held::roles_on;
use super::limits::{Limits, second_factor_roles};
use super::secret::{self, Use};
use super::visitor::Visitor;
use crate::{App, Context, Department, audit};

/// A session that still has something to prove ends after so many minutes.
const UNFINISHED_MINUTES: i64 = 15;
/// The database hears of the use of a session at most every so many minutes.
const TOUCH_MINUTES: i64 = 1;
/// A page does not wait longer than this for the database to note that a session is in use.
pub(super) const TOUCH_WAIT: Wait = Wait::from_millis(250);
/// A proof older than this is asked again before a sensitive act.
const RECENT_MINUTES: i64 = 10;

/// What the cookie holds.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

/// A session, known by its hash: enough to end it, not to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionHandle(pub(super) Vec<u8>);

/// What is still to prove before a session opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing.
    Full,
    /// A code of the second factor.
    SecondFactor,
    /// A role asks for a second factor, and there is none yet.
    Enrol,
}

/// How somebody proved who they are when the session was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The password of their account.
    Password,
    /// The button of a demo account.
    Demo,
    /// An OpenID provider vouches for them.
    ProConnect,
}

/// A session that has just begun, or that has just another cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The value of the cookie.
    pub token: SessionToken,
    /// What is still to prove.
    pub stage: Stage,
}

/// Who is behind a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionActor {
    /// Who acts, with the roles in force today and the reason they wrote, if it still holds. No role until the session
    /// is full.
    pub actor: Actor,
    /// Their account.
    pub account_id: Uuid,
    /// Their e-mail.
    pub email: String,
    /// The account is one of the demonstration: its password is public.
    pub demo: bool,
    /// The token that each form carries.
    pub csrf: String,
    /// The session.
    pub session: SessionHandle,
    /// What is still to prove.
    pub stage: Stage,
    /// They proved who they are less than ten minutes ago.
    pub proved_lately: bool,
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

impl Stage {
    /// The word of the database.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::SecondFactor => "second_factor",
            Self::Enrol => "enrol",
        }
    }

    /// Reads [`Stage::code`]; a word that is not known opens nothing.
    fn parse(code: &str) -> Option<Self> {
        [Self::Full, Self::SecondFactor, Self::Enrol].into_iter().find(|stage| stage.code() == code)
    }
}

impl How {
    /// The word of the database and of the journal.
    pub fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Demo => "demo",
            Self::ProConnect => "proconnect",
        }
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
    let Some(stage) = Stage::parse(&session.stage) else { return Ok(None) };
    let roles = match stage {
        Stage::Full => roles_on(db, account.id, app.clock.today(department.timezone)).await?,
        Stage::SecondFactor | Stage::Enrol => Vec::new(),
    };
    if stage == Stage::Full && now - session.seen_at >= Duration::minutes(TOUCH_MINUTES) {
        // An import may hold the database for a while: the page comes first, the next one will note the use.
        let touch = touch(app, department, &session, &roles);
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
        demo: account.demo,
        csrf: session.csrf,
        session: SessionHandle(session.hash),
        stage,
        proved_lately: session.proved_at.is_some_and(|at| now - at < Duration::minutes(RECENT_MINUTES)),
        reason_until,
    }))
}

async fn touch(
    app: &App,
    department: &Department,
    session: &Session,
    roles: &[HeldRole],
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let limits = Limits::of(&department.db, roles, app.clock.today(department.timezone)).await?;
    session::touch(&department.db, &session.hash, now, limits.end(session.created_at, now)).await
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

/// What is known of an account before its session is opened or renewed; read outside of any transaction.
#[derive(Debug)]
pub(super) struct Opening<'a> {
    app: &'a App,
    department: &'a Arc<Department>,
    account: &'a Account,
    roles: Vec<HeldRole>,
    limits: Limits,
    /// What is still to prove once the first proof is given.
    stage: Stage,
}

impl<'a> Opening<'a> {
    /// Reads what decides how the session of this account begins.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(super) async fn of(
        app: &'a App,
        department: &'a Arc<Department>,
        account: &'a Account,
    ) -> Result<Self, StoreError> {
        let (db, today) = (&department.db, app.clock.today(department.timezone));
        let roles = roles_on(db, account.id, today).await?;
        let limits = Limits::of(db, &roles, today).await?;
        let stage = if account.demo {
            Stage::Full
        } else if second_factor::of(db, account.id).await?.is_some_and(|one| one.confirmed_at.is_some()) {
            Stage::SecondFactor
        } else if must_have_second_factor(app, department, &roles).await? {
            Stage::Enrol
        } else {
            Stage::Full
        };
        Ok(Self { app, department, account, roles, limits, stage })
    }

    /// The first proof was of two factors already: nothing is left to prove.
    pub(super) fn with_two_factors(self) -> Self {
        Self { stage: Stage::Full, ..self }
    }

    /// Begins a session for this account, which has just proved who it is.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn begin(
        &self,
        tx: &Tx,
        how: How,
        visitor: &Visitor<'_>,
    ) -> Result<SignedIn, StoreError> {
        let now = self.app.clock.now();
        session::delete_expired(tx, now).await?;
        let (token, csrf) = (secret::random_word()?, secret::random_word()?);
        let new = Session {
            hash: secret::hash(Use::Session, &token),
            account_id: self.account.id,
            csrf,
            created_at: now,
            seen_at: now,
            expires_at: self.end(self.stage, now, now),
            reason: None,
            reason_until: None,
            stage: self.stage.code().to_owned(),
            how: how.code().to_owned(),
            device: device::in_words(visitor.agent),
            address: device::shortened(visitor.address),
            proved_at: Some(now),
        };
        session::insert(tx, new).await?;
        if self.stage == Stage::Full {
            account::signed_in(tx, self.account.id, now).await?;
            self.record(tx, Act::SignIn, json!({ "how": how.code() })).await?;
        }
        Ok(SignedIn { token: SessionToken(token), stage: self.stage })
    }

    /// Gives a session another cookie and another form token: a further proof opened it wholly.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn complete(&self, tx: &Tx, old: &SessionHandle) -> Result<SignedIn, StoreError> {
        let signed_in = self.renew(tx, old, Some(secret::random_word()?)).await?;
        account::signed_in(tx, self.account.id, self.app.clock.now()).await?;
        Ok(signed_in)
    }

    /// Gives a session another cookie; forms that are open keep their token, so that nothing typed is lost.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn refresh(&self, tx: &Tx, old: &SessionHandle) -> Result<SignedIn, StoreError> {
        self.renew(tx, old, None).await
    }

    async fn renew(
        &self,
        tx: &Tx,
        old: &SessionHandle,
        csrf: Option<String>,
    ) -> Result<SignedIn, StoreError> {
        let now = self.app.clock.now();
        let token = secret::random_word()?;
        let created_at = session::created_at(tx, &old.0).await?.unwrap_or(now);
        let new = Renewal {
            hash: secret::hash(Use::Session, &token),
            csrf,
            stage: Stage::Full.code().to_owned(),
            proved_at: now,
            expires_at: self.end(Stage::Full, created_at, now),
        };
        session::renew(tx, &old.0, new).await?;
        Ok(SignedIn { token: SessionToken(token), stage: Stage::Full })
    }

    /// Writes an act of this account.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn record(&self, tx: &Tx, act: Act, detail: Value) -> Result<(), StoreError> {
        let actor = user(self.account, self.roles.clone(), None);
        let ctx = self.app.context(self.department, actor);
        audit::record(&ctx, tx, act, None, None, detail).await?;
        Ok(())
    }

    fn end(&self, stage: Stage, created_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        match stage {
            Stage::Full => self.limits.end(created_at, now),
            Stage::SecondFactor | Stage::Enrol => created_at + Duration::minutes(UNFINISHED_MINUTES),
        }
    }
}

/// Whether one of these roles needs a second factor. Never in a demonstration, whose passwords are public.
pub(super) async fn must_have_second_factor(
    app: &App,
    department: &Department,
    roles: &[HeldRole],
) -> Result<bool, StoreError> {
    if app.demo {
        return Ok(false);
    }
    let asked = second_factor_roles(&department.db, app.clock.today(department.timezone)).await?;
    Ok(roles.iter().any(|held| asked.contains(&held.role)))
}

/// An account as an actor.
pub(super) fn user(account: &Account, roles: Vec<HeldRole>, reason: Option<String>) -> Actor {
    Actor { kind: ActorKind::User, id: Some(account.id), name: account.name.clone(), roles, reason }
}
