//! A professional's agenda in their own calendar: a secret address, without anything on anybody.

use domain::access::permission::Action;
use domain::agenda::appointment::Status;
use domain::agenda::span::Span;
use domain::audit::Act;
use serde_json::json;
use store::agenda::{appointment, feed as rows, gathering};
use store::{StoreError, access::account};

use super::AgendaError;
use super::edit_sites::sites;
use crate::access::permit;
use crate::access::secret::{Use, hash, random_word};
use crate::{Context, audit};

/// Days of the feed, before and after today.
const PAST_DAYS: i64 = 30;
const AHEAD_DAYS: i64 = 180;

/// Gives the actor a secret address, shown once; the one before stops working.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn begin_feed(ctx: &Context) -> Result<String, AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let id = ctx.actor.id.ok_or(AgendaError::Unknown)?;
    let word = random_word()?;
    let tx = ctx.db().begin().await?;
    rows::set(&tx, id, hash(Use::Feed, &word), ctx.now()).await?;
    let detail = json!({ "what": "feed", "begins": true });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(word)
}

/// Takes the actor's address away.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn end_feed(ctx: &Context) -> Result<(), AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let id = ctx.actor.id.ok_or(AgendaError::Unknown)?;
    let tx = ctx.db().begin().await?;
    rows::remove(&tx, id).await?;
    let detail = json!({ "what": "feed", "begins": false });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Since when the actor has an address.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn feed_since(ctx: &Context) -> Result<Option<chrono::DateTime<chrono::Utc>>, AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let Some(id) = ctx.actor.id else { return Ok(None) };
    Ok(rows::since(ctx.db().read(), id).await?)
}

/// The calendar behind a secret address: hours and places, never with whom nor why. The address is the only proof asked.
///
/// # Errors
/// [`AgendaError::Unknown`] for an address that does not work, or whose account is closed.
pub async fn feed(ctx: &Context, word: &str) -> Result<String, AgendaError> {
    let c = ctx.db().read();
    let id = rows::account_of(c, &hash(Use::Feed, word)).await?.ok_or(AgendaError::Unknown)?;
    let open = account::by_id(ctx.db(), id).await?.is_some_and(|one| one.disabled_at.is_none());
    if !open {
        return Err(AgendaError::Unknown);
    }
    let day = chrono::Duration::days;
    let span = Span { start: ctx.now() - day(PAST_DAYS), end: ctx.now() + day(AHEAD_DAYS) };
    let places = sites(ctx).await?;
    let place = |id| places.iter().find(|one| Some(one.id) == id);
    let mut events = Vec::new();
    for row in appointment::with(c, &[id], span).await?.into_iter().filter(|row| row.gathering_id.is_none()) {
        let status = Status::parse(&row.status).unwrap_or(Status::Upcoming);
        if status.takes_time() {
            events.push(super::calendar::event(ctx, &row, place(row.site_id)));
        }
    }
    for row in gathering::during(c, span).await? {
        if row.account_id == id && row.cancelled_at.is_none() {
            events.push(super::calendar::session(ctx, &row, place(Some(row.site_id))));
        }
    }
    Ok(exchange::ics::feed(&events))
}
