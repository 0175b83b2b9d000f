//! The answers of a call: written as they are given, resumed another day, by another operator.

use std::collections::BTreeSet;

use domain::audit::Act;
use domain::orientation::condition::Values;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::orientation::call::{self, CallRow};
use store::people::one;
use store::sealed::ANSWERS;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::TakeError;
use super::catalogues::{Catalogues, current, questionnaire_of};
use super::reserve::{callable, reserve, taken, waits};
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why answers are not written.
#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    /// The person, the permission, or another operator has them.
    #[error(transparent)]
    Take(#[from] TakeError),
    /// Another operator wrote meanwhile: their answers, so that both may be read side by side.
    #[error(
        "Quelqu’un a écrit sur cet appel entre-temps : vos réponses sont gardées ici, relisez-les puis enregistrez."
    )]
    Changed {
        /// The revision to write over.
        revision: i64,
    },
    /// Answers that their questions do not take, by code.
    #[error("Une réponse n’est pas de celles que la question accepte.")]
    Refused(Vec<String>),
}

impl From<StoreError> for AnswersError {
    fn from(error: StoreError) -> Self {
        Self::Take(error.into())
    }
}

impl From<PeopleError> for AnswersError {
    fn from(error: PeopleError) -> Self {
        Self::Take(error.into())
    }
}

/// What is typed on the screen of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswersInput {
    /// The codes of the questions that the page showed: one without an answer was left empty.
    pub shown: BTreeSet<String>,
    /// Their answers.
    pub typed: Values,
    /// What was begun of the decision: choices and texts that differ from what the page proposed.
    pub draft: Values,
}

/// What is kept of a call, sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The answers, those that are no longer asked included.
    pub answers: Values,
    /// The facts of the file on the day of the decision.
    #[serde(default)]
    pub facts: Values,
    /// What was begun of the decision.
    #[serde(default)]
    pub draft: Values,
}

/// Answers that were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The person.
    pub person: Uuid,
    /// The revision that the next writing follows.
    pub revision: i64,
}

/// What a call holds.
pub(super) fn kept_answers(ctx: &Context, row: &CallRow) -> Result<Kept, StoreError> {
    let text = ctx.db().keys().decrypt_text(ANSWERS.place, &row.answers_sealed)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Unreadable)
}

/// What a call holds, in words: code of the question, its wording, the answers. A question or an answer that the questionnaire
/// no longer knows is told by its code.
///
/// # Errors
/// When it cannot be read.
pub(crate) async fn answers_in_words(
    ctx: &Context,
    row: &CallRow,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let in_force = current(ctx).await?;
    let questionnaire = questionnaire_of(ctx, row.questionnaire, &in_force).await?;
    let word = |code: &str, answer: &String| {
        let question = questionnaire.questions.iter().find(|one| one.code == code);
        let known = question.and_then(|one| one.answers.iter().find(|one| one.code == *answer));
        known.map_or_else(|| answer.clone(), |one| one.label_fr.clone())
    };
    let told = kept_answers(ctx, row)?.answers.into_iter().map(|(code, answers)| {
        let question = questionnaire.questions.iter().find(|one| one.code == code);
        let wording = question.map_or_else(|| code.clone(), |one| one.text_fr.clone());
        let answers: Vec<String> = answers.iter().map(|answer| word(&code, answer)).collect();
        (code, wording, answers.join(", "))
    });
    Ok(told.collect())
}

pub(super) fn seal(ctx: &Context, kept: &Kept) -> Result<Vec<u8>, StoreError> {
    let text = serde_json::to_string(kept).map_err(|error| StoreError::Other(error.to_string()))?;
    ctx.db().keys().encrypt(ANSWERS.place, text.as_bytes())
}

/// Writes the answers that were typed, over those of `revision` (0 when none were there). Answers to questions that were not
/// shown stay as they were. Somebody else's answers are never overwritten unseen; one's own are, since a page that saves by
/// itself may leave before the answer to its last writing comes back.
///
/// # Errors
/// [`AnswersError`]. Answers that may not be given are told once the others are written.
pub async fn save_answers(
    ctx: &Context,
    person: Uuid,
    revision: i64,
    input: &AnswersInput,
) -> Result<Saved, AnswersError> {
    let (row, account) = callable(ctx, person).await?;
    if !waits(&row) {
        return Err(TakeError::NotToOrient.into());
    }
    let in_force = current(ctx).await?;
    let records = one::with_merged(ctx.db().read(), row.id).await?;
    let tx = ctx.db().begin().await?;
    // The person is held first: of two operators who write at once, the second waits here and then finds the first one's row.
    if !reserve(ctx, &tx, row.id, account).await? {
        drop(tx);
        return Err(taken(ctx, row.id).await?.into());
    }
    let open = call::open_for(&tx, &records).await?;
    let before = open.as_ref().map_or(0, |one| one.revision);
    let mine = open.as_ref().is_some_and(|one| one.changed_by == account);
    if before != revision && !mine {
        return Err(AnswersError::Changed { revision: before });
    }
    let (changed, refused) = write(ctx, &tx, &in_force, (row.id, account), open.as_ref(), input).await?;
    if !changed.is_empty() {
        let detail = json!({ "questions": changed });
        audit::record(ctx, &tx, Act::WriteAnswers, Some(row.id), None, detail).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    let revision = before + i64::from(!changed.is_empty());
    if refused.is_empty() {
        Ok(Saved { person: row.id, revision })
    } else {
        Err(AnswersError::Refused(refused))
    }
}

/// Writes what changed; returns the codes of the questions whose answer did, and those whose answer may not be given.
async fn write(
    ctx: &Context,
    tx: &Tx,
    in_force: &Catalogues,
    (person, account): (Uuid, Uuid),
    open: Option<&CallRow>,
    input: &AnswersInput,
) -> Result<(Vec<String>, Vec<String>), AnswersError> {
    let questionnaire = match open {
        Some(call) => questionnaire_of(ctx, call.questionnaire, in_force).await?,
        None => in_force.questionnaire.clone(),
    };
    let (read, refused) = questionnaire.read(&input.typed);
    let refused: Vec<String> = refused.into_iter().map(|question| question.code.clone()).collect();
    let mut kept = open.map(|call| kept_answers(ctx, call)).transpose()?.unwrap_or_default();
    let before = kept.clone();
    kept.draft.clone_from(&input.draft);
    for code in input.shown.iter().filter(|code| !refused.contains(code)) {
        match read.get(code) {
            Some(values) => kept.answers.insert(code.clone(), values.clone()),
            None => kept.answers.remove(code),
        };
    }
    let mut changed: Vec<String> = questionnaire
        .questions
        .iter()
        .map(|question| question.code.clone())
        .filter(|code| before.answers.get(code) != kept.answers.get(code))
        .collect();
    if before.draft != kept.draft {
        changed.push("decision".to_owned());
    }
    if changed.is_empty() {
        return Ok((changed, refused));
    }
    let sealed = seal(ctx, &kept)?;
    if let Some(call) = open {
        if !call::write(tx, call.id, call.revision, sealed, account, ctx.now()).await? {
            return Err(AnswersError::Changed { revision: call.revision });
        }
    } else {
        let new = CallRow {
            id: ctx.app.ids.make(),
            person_id: person,
            open_for: Some(person),
            questionnaire: in_force.questionnaire_number,
            answers_sealed: sealed,
            revision: 1,
            opened_by: account,
            opened_at: ctx.now(),
            changed_by: account,
            changed_at: ctx.now(),
            closed_at: None,
        };
        call::open(tx, new).await?;
    }
    Ok((changed, refused))
}
