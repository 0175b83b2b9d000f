//! Answer who addressed somebody, when no decision does.

use domain::audit::Act;
use domain::orientation::referral::Answer;
use serde_json::json;
use store::StoreError;
use store::intake::{files, record};
use store::orientation::referral;
use store::people::one;
use uuid::Uuid;

use super::received::mine;
use crate::intake::run::Settings;
use crate::intake::standing::derive;
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why nothing is answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerReferralError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Not one of the answers.
    #[error("Choisissez la réponse à envoyer.")]
    Answer,
    /// Somebody answered meanwhile, or a decision was made.
    #[error("Quelqu’un a déjà répondu à cette demande.")]
    Answered,
}

impl From<StoreError> for AnswerReferralError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// Answers with one of [`Answer::GIVEN`]: the person does not wait for that reason any more. Whoever the law has oriented, or
/// whom a file of the payer names as a claimant where the platform is open, still waits.
///
/// # Errors
/// [`AnswerReferralError`].
pub async fn answer_referral(
    ctx: &Context,
    id: Uuid,
    answer: Option<Answer>,
) -> Result<(), AnswerReferralError> {
    let (known, person) = mine(ctx, id).await?;
    let answer = answer.filter(|one| Answer::GIVEN.contains(one)).ok_or(AnswerReferralError::Answer)?;
    let by = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    if known.answer.is_some() {
        return Err(AnswerReferralError::Answered);
    }
    let settings = Settings::load(ctx).await?;
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    let records = one::with_merged(&tx, person.id).await?;
    if referral::answer(&tx, &records, answer, (ctx.now(), by)).await? == 0 {
        return Err(AnswerReferralError::Answered);
    }
    let mut row = one::rows(&tx, &[person.id]).await?.into_iter().next().ok_or(PeopleError::Unknown)?;
    row.referred_on = None;
    // Whom a referral alone made known asked for help through it, and no more.
    if row.origin_import.is_none() && row.household_id.is_none() {
        row.asked_for_help = false;
    }
    derive(&mut row, &settings);
    let waits = super::super::reserve::waits(&row);
    one::save(&tx, vec![row]).await?;
    record::rebuild_counters(&tx).await?;
    let detail = json!({ "answer": answer.code(), "waits": waits });
    audit::record(ctx, &tx, Act::AnswerReferral, Some(person.id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
