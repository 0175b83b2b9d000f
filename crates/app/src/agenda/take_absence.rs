//! A professional is away: nobody asks why.

use chrono::{NaiveDate, NaiveTime};
use domain::access::permission::Action;
use domain::agenda::appointment::Status;
use domain::agenda::span::{Span, civil_day, instant};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::agenda::absence::{self, AbsenceRow};
use store::agenda::appointment;
use uuid::Uuid;

use super::AgendaError;
use super::make_slots::refresh;
use super::team::may_set;
use crate::access::permit;
use crate::{Context, audit};

/// Longest absence, in days.
const LONGEST_DAYS: i64 = 366;

/// Why an absence was not kept.
#[derive(Debug, thiserror::Error)]
pub enum AbsenceError {
    /// The permission, or not the actor's to set.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// It would end before it begins, is over, or lasts more than a year.
    #[error("Donnez un premier et un dernier jour, à venir, dans cet ordre, d’un an au plus.")]
    Dates,
    /// Hours without sense.
    #[error("L’heure de fin vient avant l’heure de début : corrigez l’une des deux.")]
    Hours,
}

impl From<StoreError> for AbsenceError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// What is typed of an absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsenceInput {
    /// Who is away.
    pub account: Uuid,
    /// First day.
    pub first: NaiveDate,
    /// Last day, included.
    pub last: NaiveDate,
    /// Hour of the first day; `None` = the whole day.
    pub from: Option<NaiveTime>,
    /// Hour of the last day; `None` = the whole day.
    pub to: Option<NaiveTime>,
}

/// Notes that somebody is away; their slots are no longer proposed. Returns how many appointments fall then: they stay booked
/// until somebody moves or cancels them.
///
/// # Errors
/// [`AbsenceError`].
pub async fn take_absence(ctx: &Context, input: AbsenceInput) -> Result<usize, AbsenceError> {
    permit(ctx, Action::EditOpenings).map_err(AgendaError::from)?;
    if !may_set(ctx, input.account).await? {
        return Err(AgendaError::Unknown.into());
    }
    let span = span(ctx, input)?;
    let tx = ctx.db().begin().await?;
    let id = ctx.app.ids.make();
    let row = AbsenceRow { id, account_id: input.account, starts_at: span.start, ends_at: span.end };
    absence::insert(&tx, row).await?;
    refresh(ctx, &tx, &[input.account], span).await?;
    let booked = appointment::with(&tx, &[input.account], span).await?;
    let booked = booked.iter().filter(|row| row.status == Status::Upcoming.code()).count();
    let detail = json!({ "what": "absence", "account": input.account, "from": span.start, "to": span.end });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(booked)
}

fn span(ctx: &Context, input: AbsenceInput) -> Result<Span, AbsenceError> {
    let zone = ctx.department.timezone;
    let days = (input.last - input.first).num_days();
    if !(0..=LONGEST_DAYS).contains(&days) || input.last < ctx.today() {
        return Err(AbsenceError::Dates);
    }
    let start = instant(input.first, input.from.unwrap_or(NaiveTime::MIN), zone);
    let end =
        input.to.map_or_else(|| civil_day(input.last, zone).end, |time| instant(input.last, time, zone));
    if start < end { Ok(Span { start, end }) } else { Err(AbsenceError::Hours) }
}

/// Takes an absence back.
///
/// # Errors
/// [`AgendaError::Unknown`] for an absence that is not the actor's to set. Returns whose it was.
pub async fn remove_absence(ctx: &Context, id: Uuid) -> Result<Uuid, AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let row = absence::by_id(ctx.db().read(), id).await?.ok_or(AgendaError::Unknown)?;
    if !may_set(ctx, row.account_id).await? {
        return Err(AgendaError::Unknown);
    }
    let tx = ctx.db().begin().await?;
    absence::remove(&tx, id).await?;
    refresh(ctx, &tx, &[row.account_id], Span { start: row.starts_at, end: row.ends_at }).await?;
    let detail = json!({ "what": "absence", "account": row.account_id, "removed": true });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(row.account_id)
}
