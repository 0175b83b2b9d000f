//! Answer a proposal, for one's structure.

use domain::access::proposal::{LONGEST_ANSWER, Reply};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::people::proposal::{self, NewAnswer};
use store::sealed::PROPOSAL_ANSWER;
use uuid::Uuid;

use super::proposed::seen;
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why an answer is not kept.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The proposal or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Neither yes nor no.
    #[error("Choisissez votre réponse.")]
    Reply,
    /// A refusal without a reason.
    #[error("Écrivez pourquoi vous déclinez : la personne qui propose en a besoin pour chercher ailleurs.")]
    Reason,
    /// Too long.
    #[error("Écrivez votre réponse en 1 000 caractères au plus.")]
    Text,
}

impl From<StoreError> for AnswerError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// What is typed of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerInput {
    /// Yes or no.
    pub reply: Option<Reply>,
    /// Why; may be empty when it is yes.
    pub text: String,
}

/// Answers a proposal; one that is declined is not seen any more, one that is accepted may still be declined.
///
/// # Errors
/// [`AnswerError`].
pub async fn answer(ctx: &Context, id: Uuid, input: &AnswerInput) -> Result<Reply, AnswerError> {
    let seen = seen(ctx, id).await?;
    let by = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let reply = input.reply.ok_or(AnswerError::Reply)?;
    let text = input.text.trim();
    if text.chars().count() > LONGEST_ANSWER {
        return Err(AnswerError::Text);
    }
    if text.is_empty() && reply == Reply::Declined {
        return Err(AnswerError::Reason);
    }
    let seal = || ctx.db().keys().encrypt(PROPOSAL_ANSWER.place, text.as_bytes());
    let sealed = (!text.is_empty()).then(seal).transpose()?;
    let tx = ctx.db().begin().await?;
    if !proposal::answer(&tx, id, NewAnswer { reply, at: ctx.now(), by, sealed }).await? {
        return Err(PeopleError::Unknown.into());
    }
    let detail = json!({ "answer": reply.code() });
    audit::record(ctx, &tx, Act::AnswerProposal, Some(seen.person.id), Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(reply)
}
