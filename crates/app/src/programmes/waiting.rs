//! Prescriptions that await an answer, and who waits for a place: for those who answer.

use domain::access::permission::Action;
use domain::audit::Act;
use domain::programmes::course::Stage;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::people::one;
use store::programmes::{self, EnrolmentRow};
use uuid::Uuid;

use crate::access::scope;
use crate::people::PeopleError;
use crate::people::list::{Entry, entries};
use crate::{Context, audit};

/// Somebody who awaits an answer or a place.
#[derive(Debug, Clone)]
pub struct Awaited {
    /// The enrolment.
    pub enrolment: EnrolmentRow,
    /// The person.
    pub entry: Entry,
    /// Who prescribed.
    pub by: Option<String>,
}

/// How many of the actor's teams await an answer or a place.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn count_awaited(ctx: &Context) -> Result<u64, PeopleError> {
    let reach = scope(ctx, Action::AnswerPrescription)?;
    let people: Vec<Uuid> = open(ctx, None).await?.iter().map(|row| row.person_id).collect();
    if people.is_empty() {
        return Ok(0);
    }
    Ok(one::seen(ctx.db().read(), &reach, ctx.today(), &people).await?.len() as u64)
}

/// What awaits an answer or a place, each told of the record that speaks for the person: one that joined another since keeps
/// its prescription.
async fn open(ctx: &Context, programme: Option<&str>) -> Result<Vec<EnrolmentRow>, StoreError> {
    let stages = [Stage::Prescribed.code(), Stage::Waiting.code()];
    let mut rows = programmes::at_stage(ctx.db().read(), &stages, programme).await?;
    let shared = ctx.shared().await?;
    for row in &mut rows {
        row.person_id = shared.joined.get(&row.person_id).copied().unwrap_or(row.person_id);
    }
    Ok(rows)
}

/// Everybody of the actor's teams who awaits an answer or a place, the earliest first. The journal keeps that it was read.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn awaited(ctx: &Context, programme: Option<&str>) -> Result<Vec<Awaited>, PeopleError> {
    let reach = scope(ctx, Action::AnswerPrescription)?;
    let rows = open(ctx, programme).await?;
    let people: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    let seen = one::seen(ctx.db().read(), &reach, ctx.today(), &people).await?;
    let told = entries(ctx, seen).await?;
    let authors: Vec<Uuid> = rows.iter().map(|row| row.prescribed_by).collect();
    let names = account::names(ctx.db(), &authors).await?;
    let all: Vec<Awaited> = rows
        .into_iter()
        .filter_map(|enrolment| {
            let entry = told.iter().find(|entry| entry.row.id == enrolment.person_id)?.clone();
            let by = account::name_of(&names, enrolment.prescribed_by);
            Some(Awaited { enrolment, entry, by })
        })
        .collect();
    let tx = ctx.db().begin().await?;
    let detail = json!({ "what": "prescriptions", "people": all.len() });
    audit::record(ctx, &tx, Act::ReadList, None, None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(all)
}
