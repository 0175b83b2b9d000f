//! A form sent after the end of its session: kept sealed for an hour, and shown again to its author alone.
//!
//! ```text
//! form ── session ended ──▶ kept (cookie and form token are those of that session) ──▶ sign-in, second factor, ProConnect
//!                                                   └─▶ shown to the same account ──▶ sent, forgotten
//! ```

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::access::kept_form::{self as rows, KeptFormRow};
use store::access::session;
use store::sealed::KEPT_FORM;
use uuid::Uuid;

use super::secret::{self, Use};
use super::session::{SessionActor, Stage};
use crate::{App, Context, Department};

/// How long a form waits for its author.
const KEPT_MINUTES: i64 = 60;
/// Forms of an account that wait at the same time; one more is not kept.
const MOST: u64 = 20;

/// A form as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptForm {
    /// Where it was sent.
    pub action: String,
    /// Its fields, without its token.
    pub fields: Vec<(String, String)>,
}

/// Keeps a form that came with the cookie and the form token of a session that has ended. Gives its identifier; `None`
/// when nothing proves that it was typed in a session of ours.
///
/// # Errors
/// When the database refuses.
pub async fn keep_form(
    app: &App,
    department: &Arc<Department>,
    (cookie, form_token): (&str, &str),
    form: &KeptForm,
) -> Result<Option<Uuid>, StoreError> {
    let (db, now) = (&department.db, app.clock.now());
    let known = session::known(db, &secret::hash(Use::Session, cookie)).await?;
    let same = |one: &session::Session| {
        // Hashes tell nothing of how much was right.
        secret::hash(Use::Session, &one.csrf) == secret::hash(Use::Session, form_token)
    };
    let ended = known.filter(|one| one.expires_at <= now && one.stage == Stage::Full.code() && same(one));
    let Some(ended) = ended else { return Ok(None) };
    let plain = serde_json::to_vec(form).map_err(|error| StoreError::Other(error.to_string()))?;
    let row = KeptFormRow {
        id: app.ids.make(),
        account_id: ended.account_id,
        content_sealed: db.keys().encrypt(KEPT_FORM.place, &plain)?,
        expires_at: now + Duration::minutes(KEPT_MINUTES),
    };
    let (id, tx) = (row.id, db.begin().await?);
    if rows::count(&tx, row.account_id, now).await? >= MOST {
        return Ok(None);
    }
    rows::insert(&tx, row).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// The form of whoever is signed in, and until when it is kept; `None` for another one's.
///
/// # Errors
/// When the database does not answer.
pub async fn kept_form(
    ctx: &Context,
    session: &SessionActor,
    id: Uuid,
) -> Result<Option<(KeptForm, DateTime<Utc>)>, StoreError> {
    let found = rows::find(ctx.db(), id, session.account_id, ctx.now()).await?;
    let Some(row) = found else { return Ok(None) };
    let plain = ctx.db().keys().decrypt(KEPT_FORM.place, &row.content_sealed)?;
    let form = serde_json::from_slice(&plain).map_err(|_| StoreError::Unreadable)?;
    Ok(Some((form, row.expires_at)))
}

/// Forgets a form of whoever is signed in: it was sent.
///
/// # Errors
/// When the database refuses.
pub async fn forget_form(ctx: &Context, session: &SessionActor, id: Uuid) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    rows::delete(&tx, id, session.account_id).await?;
    Ok(tx.commit().await?)
}
