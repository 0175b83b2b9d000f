//! Decides an action with a person, changes it, ends it: each change adds a version.

use domain::access::permission::Action;
use domain::access::visibility::{Level, offered};
use domain::audit::Act;
use domain::diagnosis::action::{Draft, Refusal, Status, check};
use domain::diagnosis::field::Field;
use domain::privacy::sensitive;
use domain::reference::diagnosis::{action_of, objective_of, situation_of};
use serde_json::json;
use store::access::structure;
use store::diagnosis::action::{self, ActionRow};
use store::sealed::{ACTION_LABEL, ACTION_RESULT, ACTION_SERVICE};
use store::{StoreError, Tx, diagnosis};
use uuid::Uuid;

use super::DiagnosisError;
use super::file::known;
use super::planned::{PlannedAction, planned};
use super::reach::{Subject, subject};
use crate::people::PeopleError;
use crate::{Context, audit};

/// What is typed of an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanInput {
    /// Code of its theme.
    pub theme: String,
    /// The situation that it answers.
    pub situation: Option<String>,
    /// The objective that it serves.
    pub objective: Option<String>,
    /// Its code in the catalogue.
    pub code: Option<String>,
    /// What is typed.
    pub draft: Draft,
    /// The structure of the list.
    pub structure: Option<Uuid>,
    /// Several people do it together.
    pub collective: bool,
    /// Who reads it.
    pub level: Option<Level>,
    /// The author read the advice on sensitive words.
    pub anyway: bool,
}

/// Decides an action.
///
/// # Errors
/// [`DiagnosisError::Action`], [`DiagnosisError::Level`], [`DiagnosisError::Words`].
pub async fn plan_action(ctx: &Context, person: Uuid, input: &PlanInput) -> Result<(), DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let id = ctx.app.ids.make();
    let row = version(ctx, &subject, input, (id, id)).await?;
    keep(ctx, &subject, row, None).await
}

/// Changes an action, which the actor reads.
///
/// # Errors
/// As [`plan_action`]; [`DiagnosisError::Changed`] when somebody was faster.
pub async fn change_action(
    ctx: &Context,
    person: Uuid,
    id: Uuid,
    input: &PlanInput,
) -> Result<(), DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let rows = action::of(ctx.db().read(), &subject.records).await?;
    let found = rows.into_iter().find(|row| row.id == id);
    let before = found.filter(|row| subject.reads(super::planned::level(row), Some(row.author_id)));
    let before = before.ok_or(PeopleError::Unknown)?;
    let mut row = version(ctx, &subject, input, (ctx.app.ids.make(), before.thread)).await?;
    // A structure that the actor may not know of stays as it was.
    if row.structure_id.is_none() && before.structure_id.is_some() && !subject.social() {
        let hidden =
            structure::of(ctx.db().read(), &before.structure_id.into_iter().collect::<Vec<_>>()).await?;
        row.structure_id = hidden.iter().find(|one| one.sensitive).map(|one| one.id);
    }
    row.diagnosis_id = before.diagnosis_id.or(row.diagnosis_id);
    keep(ctx, &subject, row, Some(id)).await
}

/// An action that the actor may change, as it stands, with the levels that they may give it.
///
/// # Errors
/// [`PeopleError::Unknown`].
pub async fn own_action(ctx: &Context, person: Uuid, id: Uuid) -> Result<PlannedAction, DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let found = planned(ctx, &subject).await?.into_iter().find(|one| one.id == id);
    Ok(found.ok_or(PeopleError::Unknown)?)
}

/// The version that is typed.
async fn version(
    ctx: &Context,
    subject: &Subject,
    input: &PlanInput,
    (id, thread): (Uuid, Uuid),
) -> Result<ActionRow, DiagnosisError> {
    let theme = known(&input.theme)?;
    let code = input.code.as_deref().and_then(action_of);
    let draft = Draft {
        coded: code.is_some(),
        label: code.map_or_else(|| input.draft.label.trim().to_owned(), |one| one.code.clone()),
        ..input.draft.clone()
    };
    check(&draft, ctx.today())?;
    let who = draft.who.ok_or(Refusal::Who)?;
    let asked = subject.asked();
    if who
        .side()
        .is_some_and(|side| !(side.is_social() && asked.social || side.is_employment() && asked.employment))
    {
        return Err(Refusal::NoSide.into());
    }
    let level = level(subject, input)?;
    if let Some(id) = input.structure {
        let found = structure::of(ctx.db().read(), &[id]).await?;
        if !found.iter().any(|one| !one.sensitive || subject.social()) {
            return Err(DiagnosisError::Structure);
        }
    }
    if !input.anyway {
        let written = [draft.label.as_str(), draft.service.as_str(), draft.result.as_str()].join("\n");
        let advice = sensitive::advice(&written);
        if !advice.is_empty() {
            return Err(DiagnosisError::Words(advice.join(" ")));
        }
    }
    let diagnosis = diagnosis::of(ctx.db().read(), &subject.records).await?.pop();
    let seal = |place: &str, text: &str| -> Result<Option<Vec<u8>>, StoreError> {
        let text = text.trim();
        if text.is_empty() { Ok(None) } else { ctx.db().keys().encrypt(place, text.as_bytes()).map(Some) }
    };
    let hours = draft.hours.map(|hours| hours.map(i64::from));
    Ok(ActionRow {
        id,
        thread,
        person_id: subject.row.id,
        diagnosis_id: diagnosis.map(|row| row.id),
        theme: theme.code.clone(),
        situation: input
            .situation
            .clone()
            .filter(|code| situation_of(code).is_some_and(|one| one.theme == theme.code)),
        objective: input
            .objective
            .clone()
            .filter(|code| objective_of(code).is_some_and(|one| one.theme == theme.code)),
        code: code.map(|one| one.code.clone()),
        label_sealed: if code.is_some() { None } else { seal(ACTION_LABEL.place, &draft.label)? },
        who: who.code().to_owned(),
        structure_id: input.structure,
        service_sealed: seal(ACTION_SERVICE.place, &draft.service)?,
        collective: input.collective,
        status: draft.status.unwrap_or(Status::Planned).code().to_owned(),
        result_sealed: seal(ACTION_RESULT.place, &draft.result)?,
        due_on: draft.due_on,
        hours_planned: hours.first().copied().flatten(),
        hours_declared: hours.get(1).copied().flatten(),
        hours_confirmed: hours.get(2).copied().flatten(),
        level: level.code().to_owned(),
        author_id: subject.account,
        written_at: ctx.now(),
        superseded_by: None,
        superseded_at: None,
    })
}

/// The level that is given, among those that one may give. What answers a situation of the social side stays there, unless its
/// author says otherwise.
fn level(subject: &Subject, input: &PlanInput) -> Result<Level, DiagnosisError> {
    let offered = offered(&subject.relations);
    if let Some(level) = input.level {
        return Some(level).filter(|level| offered.contains(level)).ok_or(DiagnosisError::Level);
    }
    let situation = input.situation.clone().map(|code| Field::Situation(code).level());
    Ok(situation.filter(|level| *level == Level::Social && offered.contains(level)).unwrap_or(Level::Person))
}

async fn keep(
    ctx: &Context,
    subject: &Subject,
    row: ActionRow,
    replaces: Option<Uuid>,
) -> Result<(), DiagnosisError> {
    let tx: Tx = crate::followup::begin(ctx).await?;
    let detail = json!({
        "theme": row.theme, "code": row.code, "who": row.who, "status": row.status, "due_on": row.due_on,
        "level": row.level,
    });
    let object = row.thread.to_string();
    if !action::write(&tx, row, replaces).await? {
        return Err(DiagnosisError::Changed);
    }
    crate::followup::stand(ctx, &tx, subject.row.id).await?;
    audit::record(ctx, &tx, Act::PlanAction, Some(subject.row.id), Some(object), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
