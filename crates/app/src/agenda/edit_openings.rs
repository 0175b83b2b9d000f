//! Opening hours: when a professional receives, where, and how.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::access::permission::Action;
use domain::agenda::appointment::Modality;
use domain::agenda::opening::{Opening, OpeningError};
use domain::agenda::span::Span;
use domain::audit::Act;
use serde_json::json;
use store::agenda::absence::{self, AbsenceRow};
use store::agenda::opening::{self, OpeningRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::AgendaError;
use super::edit_sites::{Site, sites};
use super::make_slots::{self, ahead, rule};
use super::team::{may_set, names};
use crate::access::permit;
use crate::{Context, audit};

/// Why opening hours were not kept.
#[derive(Debug, thiserror::Error)]
pub enum OpeningsError {
    /// The permission, or not the actor's to set.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// What is typed makes no opening.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// No place, or one that is closed.
    #[error("Choisissez un lieu ouvert.")]
    Site,
    /// Not a room of that place.
    #[error("Choisissez une salle de ce lieu.")]
    Room,
    /// No way to meet.
    #[error("Cochez au moins une façon de se rencontrer.")]
    Modality,
    /// The professional would be in two places.
    #[error("Une autre plage occupe déjà ce moment, le {0} : changez le jour ou l’heure.")]
    Overlap(String),
}

impl From<StoreError> for OpeningsError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// What is typed of an opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningInput {
    /// The place.
    pub site: Uuid,
    /// The room.
    pub room: Option<Uuid>,
    /// When.
    pub opening: Opening,
    /// How to meet.
    pub modalities: Vec<Modality>,
}

/// The hours of a professional.
#[derive(Debug, Clone)]
pub struct Hours {
    /// The account.
    pub account: Uuid,
    /// Their name.
    pub name: String,
    /// Their openings that last, with the rule of each.
    pub openings: Vec<(OpeningRow, Opening)>,
    /// Their absences to come or under way.
    pub absences: Vec<AbsenceRow>,
    /// The places of the département.
    pub sites: Vec<Site>,
}

/// The hours of a professional whom the actor may set: their own, their team's.
///
/// # Errors
/// [`AgendaError::Unknown`] for somebody else.
pub async fn openings_of(ctx: &Context, account: Uuid) -> Result<Hours, AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    if !may_set(ctx, account).await? {
        return Err(AgendaError::Unknown);
    }
    let c = ctx.db().read();
    let mut rows = opening::of(c, &[account]).await?;
    rows.retain(|row| row.until.is_none_or(|last| last >= ctx.today()));
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let exceptions = opening::exceptions(c, &ids).await?;
    let days = |id| exceptions.iter().filter(|(of, _)| *of == id).map(|(_, day)| *day).collect();
    let far = Span { start: ctx.now(), end: ctx.now() + chrono::Duration::days(3 * 366) };
    Ok(Hours {
        account,
        name: names(ctx, &[account]).await?.pop().map(|(_, name)| name).unwrap_or_default(),
        openings: rows.into_iter().map(|row| (row.clone(), rule(&row, days(row.id)))).collect(),
        absences: absence::during(c, &[account], far).await?,
        sites: sites(ctx).await?,
    })
}

/// Adds an opening to a professional (`id` = `None`) or changes one from now on; what is booked stays booked.
///
/// # Errors
/// [`OpeningsError`].
pub async fn save_opening(
    ctx: &Context,
    account: Uuid,
    id: Option<Uuid>,
    input: &OpeningInput,
) -> Result<Uuid, OpeningsError> {
    permit(ctx, Action::EditOpenings).map_err(AgendaError::from)?;
    if !may_set(ctx, account).await? {
        return Err(AgendaError::Unknown.into());
    }
    check(ctx, input).await?;
    let tx = ctx.db().begin().await?;
    let before = known(&tx, account, id).await?;
    let row = row(ctx, account, before.as_ref(), input);
    opening::save(&tx, row.clone(), input.opening.exceptions.iter().copied().collect()).await?;
    if let Some(clash) = make_slots::remake(ctx, &tx, &row, &input.opening.exceptions).await? {
        let day = clash.starts_at.with_timezone(&ctx.department.timezone).date_naive();
        return Err(OpeningsError::Overlap(domain::time::in_words(day)));
    }
    let detail = json!({ "what": "opening", "account": account, "before": before.as_ref().map(told), "after": told(&row) });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(row.id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(row.id)
}

async fn check(ctx: &Context, input: &OpeningInput) -> Result<(), OpeningsError> {
    input.opening.check()?;
    let all = sites(ctx).await?;
    let first = input.opening.since.max(ctx.today());
    let site =
        all.iter().find(|one| one.id == input.site && one.is_open_on(first)).ok_or(OpeningsError::Site)?;
    if input.room.is_some_and(|room| site.rooms.iter().all(|one| one.id != room)) {
        return Err(OpeningsError::Room);
    }
    if input.modalities.is_empty() { Err(OpeningsError::Modality) } else { Ok(()) }
}

async fn known(tx: &Tx, account: Uuid, id: Option<Uuid>) -> Result<Option<OpeningRow>, OpeningsError> {
    let Some(id) = id else { return Ok(None) };
    let row = opening::by_id(tx, id).await?.filter(|row| row.account_id == account);
    Ok(Some(row.ok_or(AgendaError::Unknown)?))
}

fn row(ctx: &Context, account: Uuid, before: Option<&OpeningRow>, input: &OpeningInput) -> OpeningRow {
    let rule = &input.opening;
    OpeningRow {
        id: before.map_or_else(|| ctx.app.ids.make(), |row| row.id),
        account_id: account,
        site_id: input.site,
        room_id: input.room,
        weekdays: rule.weekdays.bits(),
        from_minute: minutes(rule.from),
        to_minute: minutes(rule.to),
        every_weeks: i64::from(rule.every_weeks),
        since: rule.since,
        until: rule.until,
        minutes: i64::from(rule.minutes),
        buffer_minutes: i64::from(rule.buffer_minutes),
        daily_maximum: rule.daily_maximum.map(i64::from),
        modalities: Modality::join(&input.modalities),
        made_until: None,
    }
}

fn minutes(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

fn told(row: &OpeningRow) -> serde_json::Value {
    json!({
        "site": row.site_id, "weekdays": row.weekdays, "from": row.from_minute, "to": row.to_minute,
        "every_weeks": row.every_weeks, "since": row.since, "until": row.until, "minutes": row.minutes,
    })
}

/// Whose opening this is, when it is the actor's to set.
///
/// # Errors
/// [`AgendaError::Unknown`] otherwise.
pub async fn opening_owner(ctx: &Context, id: Uuid) -> Result<Uuid, AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let row = opening::by_id(ctx.db().read(), id).await?.ok_or(AgendaError::Unknown)?;
    if may_set(ctx, row.account_id).await? { Ok(row.account_id) } else { Err(AgendaError::Unknown) }
}

/// Ends an opening: its last day is `last`. What is booked later stays booked, and is counted.
///
/// # Errors
/// [`AgendaError::Unknown`] for an opening that is not the actor's to set.
pub async fn end_opening(ctx: &Context, id: Uuid, last: NaiveDate) -> Result<(), AgendaError> {
    permit(ctx, Action::EditOpenings)?;
    let row = opening::by_id(ctx.db().read(), id).await?.ok_or(AgendaError::Unknown)?;
    if !may_set(ctx, row.account_id).await? {
        return Err(AgendaError::Unknown);
    }
    let tx = ctx.db().begin().await?;
    let days = opening::exceptions(&tx, &[id]).await?.into_iter().map(|(_, day)| day);
    let days: BTreeSet<NaiveDate> = days.collect();
    let after = OpeningRow { until: Some(last.max(row.since)), ..row.clone() };
    opening::save(&tx, after.clone(), days.into_iter().collect()).await?;
    make_slots::remove_after(ctx, &tx, &after, last).await?;
    make_slots::refresh(ctx, &tx, &[row.account_id], ahead(ctx)).await?;
    let detail =
        json!({ "what": "opening", "account": row.account_id, "before": told(&row), "after": told(&after) });
    audit::record(ctx, &tx, Act::EditOpenings, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
