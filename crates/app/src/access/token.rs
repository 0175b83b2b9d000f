//! Tokens of other software: made once, shown once, known by their hash.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone as _, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::time::{in_words, plus_days};
use serde_json::json;
use store::access::token;
pub use store::access::token::ApiToken;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::actor::{Actor, ActorKind, TokenScope};
use super::permit::{Refused, permit};
use super::secret::{self, Use};
use super::session::TOUCH_WAIT;
use crate::{App, Context, Department, audit};

/// How a token begins, so that a leaked one is recognised.
const PREFIX: &str = "declic_";
/// The database hears of the use of a token at most every so many minutes.
const TOUCH_MINUTES: i64 = 10;
/// Longest name, in characters.
const LONGEST_NAME: usize = 120;
/// A token lives at most so many days.
const LONGEST_DAYS: i64 = 365;
/// The old token works so long after a rotation.
const OVERLAP_HOURS: i64 = 24;

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateTokenError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Empty or too long.
    #[error("Donnez au jeton le nom du logiciel qui l’utilisera, en 120 caractères au plus.")]
    Name,
    /// Past, or more than a year away.
    #[error("Le dernier jour du jeton est entre aujourd’hui et le {0} : un an au plus.")]
    End(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a token was not listed, replaced or revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Unknown, revoked or ended.
    #[error("Ce jeton n’existe pas ou ne fonctionne plus.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The token to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// The software that will use it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// Its last day; `None` = in a year.
    pub last_day: Option<NaiveDate>,
}

impl NewToken {
    /// A token for a year.
    pub fn of(name: &str, scope: TokenScope) -> Self {
        Self { name: name.to_owned(), scope, last_day: None }
    }
}

/// Makes a token for another software and returns it: it cannot be shown again.
///
/// # Errors
/// [`CreateTokenError`].
pub async fn create_token(ctx: &Context, new: NewToken) -> Result<String, CreateTokenError> {
    permit(ctx, Action::ManageUsers)?;
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(CreateTokenError::Name);
    }
    let expires_at = end(ctx, new.last_day)?;
    let tx = ctx.db().begin().await?;
    let (word, id) = insert(ctx, &tx, name, new.scope.code(), expires_at).await?;
    let detail = json!({ "scope": new.scope.code(), "expires_at": expires_at });
    audit::record(ctx, &tx, Act::CreateToken, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(word)
}

/// The midnight after the last day, which is between today and a year from now.
fn end(ctx: &Context, last_day: Option<NaiveDate>) -> Result<DateTime<Utc>, CreateTokenError> {
    let (today, longest) = (ctx.today(), plus_days(ctx.today(), LONGEST_DAYS));
    let last = last_day.unwrap_or(longest);
    if last < today || last > longest {
        return Err(CreateTokenError::End(in_words(longest)));
    }
    let midnight = plus_days(last, 1).and_time(NaiveTime::MIN);
    let zone = ctx.department.timezone;
    Ok(zone
        .from_local_datetime(&midnight)
        .earliest()
        .unwrap_or_else(|| zone.from_utc_datetime(&midnight))
        .to_utc())
}

async fn insert(
    ctx: &Context,
    tx: &Tx,
    name: String,
    scope: &str,
    expires_at: DateTime<Utc>,
) -> Result<(String, Uuid), StoreError> {
    let word = format!("{PREFIX}{}", secret::random_word()?);
    let id = ctx.app.ids.make();
    let new = ApiToken {
        id,
        hash: secret::hash(Use::ApiToken, &word),
        name,
        scope: scope.to_owned(),
        created_at: ctx.now(),
        last_used_at: None,
        revoked_at: None,
        expires_at: Some(expires_at),
    };
    token::insert(tx, new).await?;
    Ok((word, id))
}

/// The tokens, the most recent first; their words are not kept.
///
/// # Errors
/// [`TokenError`].
pub async fn list_tokens(ctx: &Context) -> Result<Vec<ApiToken>, TokenError> {
    permit(ctx, Action::ManageUsers)?;
    Ok(token::all(ctx.db()).await?)
}

/// Makes a token that replaces another one, for a year; the old one still works for a day, the time to put the new one
/// in its place.
///
/// # Errors
/// [`TokenError`].
pub async fn rotate_token(ctx: &Context, id: Uuid) -> Result<String, TokenError> {
    permit(ctx, Action::ManageUsers)?;
    let tx = ctx.db().begin().await?;
    let now = ctx.now();
    let old = token::by_id(&tx, id).await?.filter(|old| token_works(old, now)).ok_or(TokenError::Unknown)?;
    let overlap = now + Duration::hours(OVERLAP_HOURS);
    token::set_end(&tx, id, old.expires_at.map_or(overlap, |at| at.min(overlap))).await?;
    let expires_at = end(ctx, None).map_err(|_| TokenError::Unknown)?;
    let (word, new) = insert(ctx, &tx, old.name, &old.scope, expires_at).await?;
    let detail = json!({ "before": id, "after": new, "expires_at": expires_at });
    audit::record(ctx, &tx, Act::RotateToken, None, Some(new.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(word)
}

/// Makes a token worthless at once.
///
/// # Errors
/// [`TokenError`].
pub async fn revoke_token(ctx: &Context, id: Uuid) -> Result<(), TokenError> {
    permit(ctx, Action::ManageUsers)?;
    let tx = ctx.db().begin().await?;
    if !token::revoke(&tx, id, ctx.now()).await? {
        return Err(TokenError::Unknown);
    }
    audit::record(ctx, &tx, Act::RevokeToken, None, Some(id.to_string()), json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Whether a token opens anything at this instant.
pub fn token_works(token: &ApiToken, now: DateTime<Utc>) -> bool {
    token.revoked_at.is_none() && token.expires_at.is_none_or(|end| now < end)
}

/// The software behind a bearer token; `None` when the token is unknown, revoked or ended.
///
/// # Errors
/// When the database does not answer.
pub async fn load_token(
    app: &App,
    department: &Department,
    bearer: &str,
) -> Result<Option<Actor>, StoreError> {
    if !bearer.starts_with(PREFIX) {
        return Ok(None);
    }
    let (db, now) = (&department.db, app.clock.now());
    let Some(token) = token::live(db, &secret::hash(Use::ApiToken, bearer), now).await? else {
        return Ok(None);
    };
    let Some(scope) = TokenScope::parse(&token.scope) else { return Ok(None) };
    if token.last_used_at.is_none_or(|at| now - at >= Duration::minutes(TOUCH_MINUTES)) {
        // An import may hold the database for a while: the answer comes first, the next one will note the use.
        let touch = token::touch(db, token.id, now);
        if !matches!(tokio::time::timeout(TOUCH_WAIT, touch).await, Ok(Ok(()))) {
            tracing::warn!(department = department.code, "the use of a token was not noted");
        }
    }
    Ok(Some(Actor {
        kind: ActorKind::Token(scope),
        id: Some(token.id),
        name: token.name,
        roles: Vec::new(),
        reason: None,
    }))
}
