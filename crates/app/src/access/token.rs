//! Tokens of other software: made once, shown once, known by their hash.

use chrono::Duration;
use domain::access::permission::Action;
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::token::{self, ApiToken};

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

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum CreateTokenError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Empty or too long.
    #[error("Donnez au jeton le nom du logiciel qui l’utilisera, en 120 caractères au plus.")]
    Name,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a token for another software and returns it: it cannot be shown again.
///
/// # Errors
/// [`CreateTokenError`].
pub async fn create_token(ctx: &Context, name: &str, scope: TokenScope) -> Result<String, CreateTokenError> {
    permit(ctx, Action::ManageUsers)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(CreateTokenError::Name);
    }
    let word = format!("{PREFIX}{}", secret::random_word()?);
    let id = ctx.app.ids.make();
    let new = ApiToken {
        id,
        hash: secret::hash(Use::ApiToken, &word),
        name,
        scope: scope.code().to_owned(),
        created_at: ctx.now(),
        last_used_at: None,
        revoked_at: None,
    };
    let tx = ctx.db().begin().await?;
    token::insert(&tx, new).await?;
    let detail = json!({ "scope": scope.code() });
    audit::record(ctx, &tx, Act::CreateToken, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(word)
}

/// The software behind a bearer token; `None` when the token is unknown or revoked.
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
    let Some(token) = token::live(db, &secret::hash(Use::ApiToken, bearer)).await? else { return Ok(None) };
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
