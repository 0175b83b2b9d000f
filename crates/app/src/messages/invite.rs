//! Invite somebody to choose an hour, after having read what they will be sent.

use domain::audit::Act;
use domain::messages::channel::{Channel, next, order};
use serde_json::json;
use store::StoreError;
use store::Tx;
use uuid::Uuid;

use super::compose::written_offer;
use super::tell::{Notice, open, tell, valid};
use super::templates::{Example, channels, examples, in_force, made_up};
use crate::agenda::booking_link::Offer;
use crate::agenda::{AgendaError, bookable};
use crate::people::contact::reach;
use crate::{Context, audit};

/// The message that invites.
pub(crate) const INVITATION: &str = "booking-invitation";

/// What somebody would be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// By which channel, today; `None` when none reaches them.
    pub channel: Option<Channel>,
    /// What it would say, in their language, with the name of a place and a link that are made up.
    pub example: Option<Example>,
}

/// What a person would be sent if they were invited now. Nothing is queued.
///
/// # Errors
/// [`AgendaError::Unknown`] for somebody for whom the actor may not book.
pub async fn preview_invitation(ctx: &Context, person: Uuid) -> Result<Preview, AgendaError> {
    let (row, _) = bookable(ctx, person).await?;
    let (message, _) = in_force(ctx, INVITATION).await?;
    let records = store::people::one::with_merged(ctx.db().read(), row.id).await?;
    let known = reach(ctx, &records, &[]).await?;
    let channel = next(&order(&channels(&message), false), open(ctx, &known), &[]);
    let language = super::words::Language::spoken(known.language.as_ref().map(|told| told.value.as_str()));
    let mut facts = made_up(ctx, domain::agenda::appointment::Modality::InPerson, false);
    facts.name = format!("{} {}", row.first_name, row.last_name);
    facts.meeting = None;
    let all = examples(&message, &facts).map_err(|error| StoreError::Other(error.to_string()))?;
    let example = all.into_iter().find(|one| Some(one.channel) == channel && one.language == language.code());
    Ok(Preview { channel, example })
}

/// Invites a person to choose an hour within an offer.
///
/// # Errors
/// [`AgendaError::Unknown`] for somebody for whom the actor may not book.
pub async fn invite(ctx: &Context, person: Uuid, offer: &Offer) -> Result<(), AgendaError> {
    let (row, _) = bookable(ctx, person).await?;
    let tx = ctx.db().begin().await?;
    let key = ctx.app.ids.make().simple().to_string();
    invite_in(ctx, &tx, row.id, offer, &key).await?;
    let detail = json!({ "template": INVITATION, "what": "asked" });
    audit::record(ctx, &tx, Act::SendMessage, Some(row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Queues an invitation in the transaction of another act, which has asked for the permission: a wave. `key` makes it once.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn invite_in(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    offer: &Offer,
    key: &str,
) -> Result<(), StoreError> {
    let notice = Notice {
        template: INVITATION,
        key: format!("{INVITATION}:{key}:{}", person.simple()),
        appointment: None,
        aim: Some(written_offer(offer)),
        urgent: false,
        until: ctx.now() + valid(ctx, tx).await?,
    };
    tell(ctx, tx, person, &notice).await
}
