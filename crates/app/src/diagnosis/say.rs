//! Begin a diagnosis, say that one's side is complete, write again; whether it is complete, for the path of the person.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::access::side::Side;
use domain::audit::Act;
use domain::diagnosis::sides::{Asked, Said, Sides};
use serde_json::json;
use store::diagnosis::{self, DiagnosisRow, EventRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::DiagnosisError;
use super::file::theme_file;
use super::reach::{Subject, subject};
use crate::people::PeopleError;
use crate::{Context, audit};

/// How the current diagnosis of a person stands: what the path state `diagnosed` and the step `diagnose` are derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completed {
    /// When it was begun.
    pub opened_at: DateTime<Utc>,
    /// When each side completed.
    pub sides: Sides,
}

impl Completed {
    /// When it was complete, by the sides that a programme asks.
    pub fn at(self, asked: Asked) -> Option<DateTime<Utc>> {
        self.sides.complete(asked)
    }
}

/// How the current diagnosis of these records of a person stands; `None` when none was begun. Whoever is inside a transaction
/// asks [`store::diagnosis::completed`].
///
/// # Errors
/// When the database does not answer.
pub async fn completed(ctx: &Context, records: &[Uuid]) -> Result<Option<Completed>, StoreError> {
    let found = diagnosis::completed(ctx.db().read(), records).await?;
    Ok(found.map(|(opened_at, sides)| Completed { opened_at, sides }))
}

/// Begins a diagnosis: the first, or another one once the one before is complete.
///
/// # Errors
/// [`DiagnosisError::UnderWay`].
pub async fn begin(ctx: &Context, person: Uuid) -> Result<(), DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    subject.side().ok_or(PeopleError::Unknown)?;
    let tx = crate::followup::begin(ctx).await?;
    let all = diagnosis::of(&tx, &subject.records).await?;
    if let Some(last) = all.last() {
        let said = diagnosis::events(&tx, &[last.id]).await?;
        if diagnosis::sides(&said).complete(subject.asked()).is_none() {
            return Err(DiagnosisError::UnderWay);
        }
    }
    let number = all.iter().map(|row| row.number).max().unwrap_or_default() + 1;
    let row = DiagnosisRow {
        id: ctx.app.ids.make(),
        person_id: subject.row.id,
        number,
        opened_by: subject.account,
        opened_at: ctx.now(),
        revision: 0,
    };
    diagnosis::open(&tx, row).await?;
    crate::followup::stand(ctx, &tx, subject.row.id).await?;
    let detail = json!({ "number": number, "begun": true });
    audit::record(ctx, &tx, Act::WriteDiagnosis, Some(subject.row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Says that one's side of the diagnosis is complete.
///
/// # Errors
/// [`DiagnosisError::Conflict`] when a field that one reads waits for a choice, [`DiagnosisError::Closed`] when it was said
/// already.
pub async fn say_complete(ctx: &Context, person: Uuid) -> Result<(), DiagnosisError> {
    if theme_file(ctx, person).await?.is_conflict() {
        return Err(DiagnosisError::Conflict);
    }
    say(ctx, person, Said::Complete).await
}

/// Writes again on one's side.
///
/// # Errors
/// [`DiagnosisError::NotBegun`].
pub async fn reopen(ctx: &Context, person: Uuid) -> Result<(), DiagnosisError> {
    say(ctx, person, Said::Reopened).await
}

async fn say(ctx: &Context, person: Uuid, said: Said) -> Result<(), DiagnosisError> {
    let subject = subject(ctx, Action::EditDiagnosis, person).await?;
    let side = subject.side().ok_or(PeopleError::Unknown)?;
    let tx = crate::followup::begin(ctx).await?;
    let (row, sides) = held(&tx, &subject).await?;
    let complete = sides.completed(side).is_some();
    match (said, complete) {
        (Said::Complete, true) => return Err(DiagnosisError::Closed),
        // Said twice: it holds already.
        (Said::Reopened, false) => return Ok(()),
        _ => {}
    }
    let event = EventRow {
        id: ctx.app.ids.make(),
        diagnosis_id: row.id,
        person_id: subject.row.id,
        side: side.code().to_owned(),
        said: said.code().to_owned(),
        account_id: subject.account,
        at: ctx.now(),
    };
    diagnosis::say(&tx, event).await?;
    crate::followup::stand(ctx, &tx, subject.row.id).await?;
    let detail = json!({ "said": said.code(), "side": side.code(), "number": row.number });
    audit::record(ctx, &tx, Act::CompleteDiagnosis, Some(subject.row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The current diagnosis, held for the length of the transaction, and when each side completed it.
pub(super) async fn held(tx: &Tx, subject: &Subject) -> Result<(DiagnosisRow, Sides), DiagnosisError> {
    let found = diagnosis::of(tx, &subject.records).await?.pop();
    let row = found.ok_or(DiagnosisError::NotBegun)?;
    diagnosis::hold(tx, row.id).await?;
    let said = diagnosis::events(tx, &[row.id]).await?;
    Ok((row, diagnosis::sides(&said)))
}

/// The same, for who writes: their side has not said that it is complete.
pub(super) async fn writable(tx: &Tx, subject: &Subject) -> Result<(DiagnosisRow, Side), DiagnosisError> {
    let side = subject.side().ok_or(PeopleError::Unknown)?;
    let (row, sides) = held(tx, subject).await?;
    if sides.completed(side).is_some() {
        return Err(DiagnosisError::Closed);
    }
    Ok((row, side))
}
