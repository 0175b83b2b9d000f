//! How an attempt to reach somebody ended, and when to call again.

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};
use domain::audit::Act;
use domain::orientation::queue::{Attempt, not_before};
use serde_json::json;
use store::StoreError;
use store::orientation::call::{self, AttemptRow};
use uuid::Uuid;

use super::TakeError;
use super::reserve::{callable, reserve, taken, waits};
use crate::agenda::called;
use crate::followup::appointments_changed;
use crate::messages::call_promised;
use crate::people::PeopleError;
use crate::{Context, audit};

/// The longest time for which a call is promised, in days.
const FARTHEST: i64 = 60;

/// Why an attempt is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AttemptError {
    /// The person, the permission, or another operator has them.
    #[error(transparent)]
    Take(#[from] TakeError),
    /// Not an end that an operator gives.
    #[error("Choisissez comment l’appel s’est terminé.")]
    Ending,
    /// No time, or one that is past or too far.
    #[error("Choisissez quand rappeler : un jour et une heure à venir, dans les deux mois.")]
    When,
}

impl From<StoreError> for AttemptError {
    fn from(error: StoreError) -> Self {
        Self::Take(error.into())
    }
}

impl From<PeopleError> for AttemptError {
    fn from(error: PeopleError) -> Self {
        Self::Take(error.into())
    }
}

/// What is typed of an attempt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttemptInput {
    /// How it ended.
    pub ending: Option<Attempt>,
    /// The person called, not the operator.
    pub inbound: bool,
    /// The time promised to call back, in the time of the département.
    pub call_back: Option<NaiveDateTime>,
}

/// Records the end of an attempt and gives the person back to the queue, until the time that follows from it.
///
/// # Errors
/// [`AttemptError`].
pub async fn record_attempt(ctx: &Context, person: Uuid, input: &AttemptInput) -> Result<(), AttemptError> {
    let (row, account) = callable(ctx, person).await?;
    if !waits(&row) {
        return Err(TakeError::NotToOrient.into());
    }
    let ending = input.ending.filter(|end| Attempt::GIVEN.contains(end)).ok_or(AttemptError::Ending)?;
    let promised = match ending {
        Attempt::CallBack => Some(promised(ctx, input.call_back).ok_or(AttemptError::When)?),
        _ => None,
    };
    let tx = ctx.db().begin().await?;
    if !reserve(ctx, &tx, row.id, account).await? {
        drop(tx);
        return Err(taken(ctx, row.id).await?.into());
    }
    let next = not_before(ending, ctx.now(), ctx.today(), promised, ctx.department.holidays());
    let id = ctx.app.ids.make();
    let new = AttemptRow {
        id,
        person_id: row.id,
        account_id: account,
        at: ctx.now(),
        inbound: input.inbound,
        ending: ending.code().to_owned(),
        not_before: next,
        latest: true,
    };
    call::add_attempt(&tx, new).await?;
    call::release(&tx, row.id, account).await?;
    called(ctx, &tx, row.id, ending, next).await?;
    if let Some(at) = promised {
        call_promised(ctx, &tx, row.id, id, at).await?;
    }
    let detail = json!({ "ending": ending.code(), "inbound": input.inbound });
    appointments_changed(ctx, &tx, row.id, true).await?;
    audit::record(ctx, &tx, Act::RecordCall, Some(row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The promised instant; an hour that the clocks jump over is taken an hour later, one that comes twice the first time.
fn promised(ctx: &Context, local: Option<NaiveDateTime>) -> Option<DateTime<Utc>> {
    let (local, zone) = (local?, ctx.department.timezone);
    let at = zone.from_local_datetime(&local).earliest().or_else(|| {
        let later = local.checked_add_signed(chrono::Duration::hours(1))?;
        zone.from_local_datetime(&later).earliest()
    })?;
    let at = at.with_timezone(&Utc);
    let days = (at - ctx.now()).num_days();
    (at > ctx.now() && days <= FARTHEST).then_some(at)
}
