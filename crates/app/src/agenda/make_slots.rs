//! Slots follow from openings; whether each is free follows from what is booked and from absences.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Duration, NaiveDate, NaiveTime};
use domain::agenda::appointment::Modality;
use domain::agenda::free::{Day, is_free};
use domain::agenda::opening::{LONGEST_BUFFER, Opening, WEEKS_AHEAD, Weekdays};
use domain::agenda::span::{Span, civil_day};
use domain::time::plus_days;
use store::agenda::opening::{self, OpeningRow};
use store::agenda::slot::{self, SlotRow};
use store::agenda::{absence, occupation};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::Context;

/// The last day for which slots are made today.
pub(super) fn horizon(ctx: &Context) -> NaiveDate {
    plus_days(ctx.today(), WEEKS_AHEAD * 7)
}

/// From now to the end of the last day for which slots are made.
pub(super) fn ahead(ctx: &Context) -> Span {
    Span { start: ctx.now(), end: civil_day(horizon(ctx), ctx.department.timezone).end }
}

/// The rule that a row holds.
pub(super) fn rule(row: &OpeningRow, exceptions: BTreeSet<NaiveDate>) -> Opening {
    let number = |n: i64| u16::try_from(n).unwrap_or_default();
    Opening {
        weekdays: Weekdays::from_bits(row.weekdays),
        from: time(row.from_minute),
        to: time(row.to_minute),
        every_weeks: number(row.every_weeks),
        since: row.since,
        until: row.until,
        minutes: number(row.minutes),
        buffer_minutes: number(row.buffer_minutes),
        daily_maximum: row.daily_maximum.map(number),
        exceptions,
    }
}

/// Minutes since midnight, as a civil time.
pub(super) fn time(minutes: i64) -> NaiveTime {
    let seconds = u32::try_from(minutes * 60).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or(NaiveTime::MIN)
}

/// Makes the slots of an opening anew from now on. Returns the first of them that another opening of the same professional
/// forbids: the transaction must then be given up.
///
/// # Errors
/// When the database refuses.
pub(super) async fn remake(
    ctx: &Context,
    tx: &Tx,
    row: &OpeningRow,
    exceptions: &BTreeSet<NaiveDate>,
) -> Result<Option<SlotRow>, StoreError> {
    slot::remove_from(tx, row.id, ctx.now()).await?;
    add(ctx, tx, row, exceptions, ctx.today()).await
}

/// Adds the slots of an opening from a day to the horizon.
async fn add(
    ctx: &Context,
    tx: &Tx,
    row: &OpeningRow,
    exceptions: &BTreeSet<NaiveDate>,
    first: NaiveDate,
) -> Result<Option<SlotRow>, StoreError> {
    let (zone, last) = (ctx.department.timezone, horizon(ctx));
    let opening = rule(row, exceptions.clone());
    let mut spans = opening.slots(first, last, ctx.department.holidays(), zone);
    spans.retain(|span| span.start > ctx.now());
    let around = Span { start: ctx.now() - Duration::days(1), end: ahead(ctx).end };
    let others = slot::of(tx, &[row.account_id], around).await?;
    if let Some(clash) = first_clash(&others, &spans) {
        return Ok(Some(clash));
    }
    let modalities = Modality::join(&Modality::split(&row.modalities));
    let rows = spans.into_iter().map(|span| SlotRow {
        id: ctx.app.ids.make(),
        opening_id: row.id,
        account_id: row.account_id,
        site_id: row.site_id,
        room_id: row.room_id,
        starts_at: span.start,
        ends_at: span.end,
        modalities: modalities.clone(),
        taken: false,
    });
    slot::insert(tx, rows.collect()).await?;
    opening::made(tx, row.id, last).await?;
    refresh(ctx, tx, &[row.account_id], ahead(ctx)).await?;
    Ok(None)
}

/// Both lists are in the order of time, and no two of one list overlap.
fn first_clash(others: &[SlotRow], spans: &[Span]) -> Option<SlotRow> {
    let mut rest = others.iter().peekable();
    for span in spans {
        while rest.next_if(|other| other.ends_at <= span.start).is_some() {}
        if let Some(other) = rest.peek().filter(|other| other.span().overlaps(*span)) {
            return Some((*other).clone());
        }
    }
    None
}

/// Removes the slots of an opening after its last day.
///
/// # Errors
/// When the database refuses.
pub(super) async fn remove_after(
    ctx: &Context,
    tx: &Tx,
    row: &OpeningRow,
    last: NaiveDate,
) -> Result<(), StoreError> {
    let end = civil_day(last, ctx.department.timezone).end;
    slot::remove_from(tx, row.id, end.max(ctx.now())).await
}

/// Says again of each slot of these professionals that begins in `span` whether it is free.
///
/// # Errors
/// When the database refuses.
pub(super) async fn refresh(ctx: &Context, tx: &Tx, accounts: &[Uuid], span: Span) -> Result<(), StoreError> {
    let zone = ctx.department.timezone;
    let day_of = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).date_naive();
    // Whole days: how many are received that day counts too.
    let whole =
        Span { start: civil_day(day_of(span.start), zone).start, end: civil_day(day_of(span.end), zone).end };
    let slots = slot::of(tx, accounts, whole).await?;
    if slots.is_empty() {
        return Ok(());
    }
    let openings: BTreeMap<Uuid, OpeningRow> =
        opening::of(tx, accounts).await?.into_iter().map(|row| (row.id, row)).collect();
    let wide = whole.widened(LONGEST_BUFFER);
    let busy = occupation::busy(tx, accounts, wide).await?;
    let away = absence::during(tx, accounts, wide).await?;
    let (mut taken, mut free) = (Vec::new(), Vec::new());
    for slot in slots {
        let near = slot.span().widened(LONGEST_BUFFER);
        let mine = || busy.iter().filter(|(who, _, _)| *who == slot.account_id);
        let day = day_of(slot.starts_at);
        let held: HashSet<Uuid> =
            mine().filter(|(_, _, span)| day_of(span.start) == day).map(|(_, holder, _)| *holder).collect();
        let close: Vec<Span> = mine().map(|(_, _, span)| *span).filter(|span| span.overlaps(near)).collect();
        let absences: Vec<Span> = away
            .iter()
            .filter(|one| one.account_id == slot.account_id)
            .map(|one| Span { start: one.starts_at, end: one.ends_at })
            .collect();
        let row = openings.get(&slot.opening_id).map(|row| rule(row, BTreeSet::new()));
        let (buffer, most) = row.map_or((0, None), |one| (one.buffer_minutes, one.daily_maximum));
        let known = Day { busy: &close, absences: &absences, booked: held.len() };
        match (is_free(slot.span(), buffer, most, known), slot.taken) {
            (true, true) => free.push(slot.id),
            (false, false) => taken.push(slot.id),
            _ => {}
        }
    }
    slot::set_taken(tx, &taken, true).await?;
    slot::set_taken(tx, &free, false).await
}

/// Makes the slots of the days that have come within reach. Safe to run as often as one likes; returns for how many openings
/// there was something to do.
///
/// # Errors
/// When the database does not answer.
pub async fn keep(ctx: &Context) -> Result<usize, StoreError> {
    let last = horizon(ctx);
    let behind = |row: &OpeningRow| {
        row.made_until.is_none_or(|made| made < last)
            && row.until.is_none_or(|until| until > row.made_until.unwrap_or(NaiveDate::MIN))
    };
    let due: Vec<OpeningRow> =
        opening::lasting(ctx.db().read(), ctx.today()).await?.into_iter().filter(behind).collect();
    if due.is_empty() {
        return Ok(0);
    }
    let tx = ctx.db().begin().await?;
    let ids: Vec<Uuid> = due.iter().map(|row| row.id).collect();
    let exceptions = opening::exceptions(&tx, &ids).await?;
    for row in &due {
        // Read again: another node may have been here.
        let Some(row) = opening::by_id(&tx, row.id).await?.filter(behind) else { continue };
        let first = row.made_until.map_or_else(|| ctx.today(), |made| plus_days(made, 1));
        let days = exceptions.iter().filter(|(id, _)| *id == row.id).map(|(_, day)| *day).collect();
        if let Some(clash) = add(ctx, &tx, &row, &days, first).await? {
            // Two openings that cross were refused when they were typed; say it rather than lose the others.
            tracing::error!(opening.id = %row.id, other.id = %clash.opening_id, "openings overlap");
            opening::made(&tx, row.id, last).await?;
        }
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(due.len())
}
