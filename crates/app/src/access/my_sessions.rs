//! One's own sessions: which machines are signed in, and ending them.

use chrono::{DateTime, Utc};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::session::{self, Session};

use super::session::SessionActor;
use crate::{Context, audit};

/// Letters of a session's name.
const NAME_BYTES: usize = 12;

/// An open session, as « Mes sessions » shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// Names it in the form that ends it; nothing can be opened with it.
    pub name: String,
    /// « Firefox sur Windows ».
    pub device: String,
    /// Where it was opened from, shortened: `203.0.113.0/24`.
    pub address: String,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When it was last used, to a minute.
    pub last_used: DateTime<Utc>,
    /// It is the one that asks.
    pub current: bool,
}

/// The open sessions of whoever asks, the present one first.
///
/// # Errors
/// When the database does not answer.
pub async fn my_sessions(ctx: &Context, mine: &SessionActor) -> Result<Vec<SessionLine>, StoreError> {
    let open = session::of_account(ctx.db(), mine.account_id, ctx.now()).await?;
    let mut lines: Vec<SessionLine> = open
        .into_iter()
        .map(|one| SessionLine {
            name: name(&one),
            current: one.hash == mine.session.0,
            device: one.device,
            address: one.address,
            since: one.created_at,
            last_used: one.seen_at,
        })
        .collect();
    lines.sort_by_key(|line| !line.current);
    Ok(lines)
}

/// Ends another session of whoever asks; false when none has this name, or when it is the present one.
///
/// # Errors
/// When the database refuses.
pub async fn end_my_session(ctx: &Context, mine: &SessionActor, named: &str) -> Result<bool, StoreError> {
    let open = session::of_account(ctx.db(), mine.account_id, ctx.now()).await?;
    let found = open.into_iter().find(|one| one.hash != mine.session.0 && name(one) == named);
    let Some(found) = found else { return Ok(false) };
    let tx = ctx.db().begin().await?;
    if !session::delete(&tx, &found.hash).await? {
        return Ok(false);
    }
    audit::record(ctx, &tx, Act::RevokeSession, None, None, json!({ "ended": 1 })).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends every other session of whoever asks; returns how many.
///
/// # Errors
/// When the database refuses.
pub async fn end_my_other_sessions(ctx: &Context, mine: &SessionActor) -> Result<u64, StoreError> {
    let tx = ctx.db().begin().await?;
    let ended = session::delete_others(&tx, mine.account_id, &mine.session.0).await?;
    if ended > 0 {
        audit::record(ctx, &tx, Act::RevokeSession, None, None, json!({ "ended": ended })).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// A name that shows nothing of the cookie: the hash of its hash, cut.
fn name(session: &Session) -> String {
    use std::fmt::Write as _;
    let hash = store::crypto::sha256(&[b"session name", &session.hash]);
    hash.iter().take(NAME_BYTES).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
