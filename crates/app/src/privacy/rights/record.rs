//! Record what somebody asks: the month to answer runs from the day it was received.

use chrono::NaiveDate;
use domain::audit::Act;
use domain::privacy::rights::{Right, answer_by};
use store::StoreError;
use store::privacy::rights::{self, RequestRow};
use store::sealed::REQUEST_NOTE;
use uuid::Uuid;

use super::{RightsError, person, sealed};
use crate::Context;

/// What is recorded of a request.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Who asks.
    pub person: Uuid,
    /// What.
    pub right: Right,
    /// When it was received.
    pub received_on: NaiveDate,
    /// What they ask, in their words: sealed; may be empty.
    pub note: String,
}

/// Records a request.
///
/// # Errors
/// [`RightsError::Unknown`], [`RightsError::Future`].
pub async fn record(ctx: &Context, new: NewRequest) -> Result<Uuid, RightsError> {
    let person = person(ctx, new.person).await?;
    if new.received_on > ctx.today() {
        return Err(RightsError::Future);
    }
    let row = RequestRow {
        id: ctx.app.ids.make(),
        person_id: person.id,
        kind: new.right.code().to_owned(),
        received_on: new.received_on,
        answer_by: answer_by(new.received_on),
        note_sealed: sealed(ctx, REQUEST_NOTE, &new.note)?,
        recorded_by: ctx.actor.id,
        recorded_at: ctx.now(),
        reply: None,
        answered_on: None,
        answered_by: None,
        reply_note_sealed: None,
        taken_at: None,
        extended_on: None,
        extended_by: None,
        extension_sealed: None,
    };
    let id = row.id;
    let tx = ctx.db().begin().await?;
    rights::add(&tx, row).await?;
    let detail = serde_json::json!({ "right": new.right.code() });
    crate::audit::record(ctx, &tx, Act::RecordRequest, Some(person.id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(id)
}
