//! Writing why one needs to open files outside one's caseload.

use chrono::{DateTime, Duration, Utc};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;

use super::session::SessionHandle;
use crate::{Context, audit};

/// How long a reason holds.
const HOLDS_MINUTES: i64 = 30;
/// Fewest characters.
const SHORTEST: usize = 10;
/// Most characters.
const LONGEST: usize = 500;

/// Why the reason is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum GiveReasonError {
    /// Fewer than ten characters.
    #[error("Écrivez le motif en quelques mots : 10 caractères au moins.")]
    TooShort,
    /// More than five hundred characters.
    #[error("Le motif est trop long : 500 caractères au plus.")]
    TooLong,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps the reason in the session for half an hour and in the journal for good; returns until when it holds.
///
/// # Errors
/// [`GiveReasonError`].
pub async fn give_reason(
    ctx: &Context,
    session: &SessionHandle,
    text: &str,
) -> Result<DateTime<Utc>, GiveReasonError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        ..SHORTEST => return Err(GiveReasonError::TooShort),
        SHORTEST..=LONGEST => {}
        _ => return Err(GiveReasonError::TooLong),
    }
    let until = ctx.now() + Duration::minutes(HOLDS_MINUTES);
    let mut with_reason = ctx.clone();
    with_reason.actor.reason = Some(text.clone());
    let tx = ctx.db().begin().await?;
    store::access::session::set_reason(&tx, &session.0, text, until).await?;
    audit::record(&with_reason, &tx, Act::GiveReason, None, None, json!({ "until": until })).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(until)
}
