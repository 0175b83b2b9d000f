//! Write a contact with a person, or an attempt: two clicks from their page. What it owes and what follows is derived.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::audit::Act;
use domain::followup::act::LONGEST_TEXT;
use domain::followup::contact::{Means, Outcome, Refusal, Subject, counts, day};
use serde_json::json;
use store::programmes::{ContactRow, add_contact};
use store::sealed::PATH_CONTACT;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::record::{FollowError, Subject as Person, begin, stand, subject};
use crate::{Context, agenda, audit};

/// What is typed of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactInput {
    /// The day it was held; today when it is empty.
    pub day: Option<NaiveDate>,
    /// How.
    pub means: Option<Means>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What it was about.
    pub subject: Option<Subject>,
    /// What was said.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Writes a contact.
///
/// # Errors
/// [`FollowError`].
pub async fn record_contact(ctx: &Context, person: Uuid, input: &ContactInput) -> Result<(), FollowError> {
    let who = subject(ctx, Action::FollowPath, person).await?;
    let tx = begin(ctx).await?;
    write_contact(ctx, &tx, &who, input).await?;
    stand(ctx, &tx, who.row.id).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Adds a contact and its line of the journal; the caller says again where the person stands. Returns when it was recorded.
pub(crate) async fn write_contact(
    ctx: &Context,
    tx: &Tx,
    who: &Person,
    input: &ContactInput,
) -> Result<DateTime<Utc>, FollowError> {
    let means = input.means.ok_or(Refusal::Choice)?;
    let outcome = input.outcome.ok_or(Refusal::Choice)?;
    let about = input.subject.ok_or(Refusal::Choice)?;
    if !means.allows(outcome) {
        return Err(Refusal::Outcome.into());
    }
    let held_on = day(input.day, ctx.today())?;
    let text = Some(input.text.trim().to_owned()).filter(|text| !text.is_empty());
    if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
        return Err(Refusal::Text.into());
    }
    let level = who.level(input.level, text.as_ref())?;
    let seal = |text: String| ctx.db().keys().encrypt(PATH_CONTACT.place, text.as_bytes());
    let (id, at) = (ctx.app.ids.make(), ctx.now());
    let row = ContactRow {
        id,
        person_id: who.row.id,
        held_on,
        means: means.code().to_owned(),
        result: outcome.code().to_owned(),
        subject: about.code().to_owned(),
        level: level.code().to_owned(),
        text_sealed: text.map(seal).transpose()?,
        account_id: who.account,
        recorded_at: at,
    };
    add_contact(tx, row).await?;
    if counts(means, outcome) {
        agenda::spoken(ctx, tx, &who.records, held_on).await?;
    }
    let detail =
        json!({ "means": means.code(), "result": outcome.code(), "on": held_on, "level": level.code() });
    audit::record(ctx, tx, Act::RecordContact, Some(who.row.id), Some(id.to_string()), detail).await?;
    Ok(at)
}
