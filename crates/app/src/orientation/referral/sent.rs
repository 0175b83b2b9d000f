//! What one sent, and how it stands.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::orientation::referral::{Answer, Urgency};
use serde_json::json;
use store::StoreError;
use store::orientation::referral;
use uuid::Uuid;

use super::{TypedIdentity, in_clear};
use crate::access::permit;
use crate::people::PeopleError;
use crate::{Context, audit};

/// How many are shown.
const SHOWN: u64 = 200;

/// Somebody whom the actor addressed to the platform: what they typed, and the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its identifier.
    pub id: Uuid,
    /// What was typed.
    pub typed: TypedIdentity,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// How much it pressed.
    pub urgency: Option<Urgency>,
    /// The answer, and when; `None` = a call is planned.
    pub answer: Option<(Answer, DateTime<Utc>)>,
}

/// How many of those whom the actor addressed wait, and how many were answered; no name is read.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn count_referrals(ctx: &Context) -> Result<(u64, u64), PeopleError> {
    permit(ctx, Action::ReferPerson)?;
    let by = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let rows = referral::by(ctx.db().read(), by, SHOWN).await?;
    let waiting = rows.iter().filter(|row| row.answer.is_none()).count() as u64;
    Ok((waiting, rows.len() as u64 - waiting))
}

/// Those whom the actor addressed, the most recent first; the journal keeps how many.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn referrals_sent(ctx: &Context) -> Result<Vec<Sent>, PeopleError> {
    permit(ctx, Action::ReferPerson)?;
    let by = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let rows = referral::by(ctx.db().read(), by, SHOWN).await?;
    let sent = rows
        .iter()
        .map(|row| {
            let (typed, _) = in_clear(ctx, row)?;
            Ok(Sent {
                id: row.id,
                typed,
                sent_at: row.sent_at,
                urgency: Urgency::parse(&row.urgency),
                answer: row.answer.as_deref().and_then(Answer::parse).zip(row.answered_at),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    let tx = ctx.db().begin().await?;
    let detail = json!({ "people": sent.len() });
    audit::record(ctx, &tx, Act::ReadList, None, Some("adressages".to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(sent)
}
