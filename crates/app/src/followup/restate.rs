//! What decisions, acts, appointments, actions, contracts and outcomes say of a person, written on their record; state and due step follow.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::agenda::appointment::Status;
use domain::agenda::callback::{HalfDay, call_by};
use domain::agenda::span::instant;
use domain::followup::act::{CallResult, Held, InForce, Kind, Meeting, Recorded, missed, standing};
use domain::followup::contact::{Means, Outcome, counts};
use domain::orientation::queue::Attempt;
use domain::time::plus_days;
use store::access::referent;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::callback::{self, CallbackRow};
use store::followup::{self, ActRow};
use store::orientation::{call, decision};
use store::people::{PersonRow, one};
use store::programmes::ContactRow;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::record::stand;
use crate::{Context, engagement, outcomes, programmes};

/// Reads again what is derived from decisions, acts, referents and appointments. The caller derives and saves.
pub(crate) async fn refresh(ctx: &Context, tx: &Tx, row: &mut PersonRow) -> Result<(), StoreError> {
    let records = one::with_merged(tx, row.id).await?;
    let decision = decision::in_force(tx, &records).await?;
    let acts = followup::of(tx, &records).await?;
    let signed_on = engagement::restate(ctx, tx, row, &records).await?;
    let in_force = decision.as_ref().map(|one| {
        let it = InForce { id: one.id, notified_on: one.notified_on, review_on: one.review_on };
        InForce { review_on: it.review_from(signed_on), ..it }
    });
    let recorded: Vec<Recorded> = acts.iter().filter_map(read).collect();
    let told = standing(in_force, &recorded, row.closed_on);
    row.has_referent = !one::referents(tx, &records, ctx.today()).await?.is_empty();
    let civil = |at: DateTime<Utc>| at.with_timezone(&ctx.department.timezone).date_naive();
    row.alone_since =
        if row.has_referent { None } else { referent::alone_since(tx, &records, ctx.today(), civil).await? };
    row.oriented_on = decision.map(|one| one.notified_on);
    row.exited_on = told.exited_on;
    row.review_on = told.review_on;
    row.look_on = told.look_on;
    row.answer_by = told.answer_by;
    let booked = appointment::of_people(tx, &records).await?;
    let zone = ctx.department.timezone;
    let day = |one: &AppointmentRow| one.starts_at.with_timezone(&zone).date_naive();
    let held = booked.iter().filter(|one| one.status == Status::Attended.code()).map(day);
    row.met_on = row.oriented_on.and_then(|since| held.filter(|day| *day >= since).min());
    let mut spoken: Vec<_> = acts.iter().filter(|act| is_spoken(act)).map(|act| act.recorded_at).collect();
    let tried = call::attempts(tx, &records).await?.into_iter();
    spoken.extend(
        tried.filter(|one| Attempt::parse(&one.ending).is_some_and(Attempt::is_contact)).map(|one| one.at),
    );
    outcomes::restate(tx, row, &records, &booked).await?;
    programmes::restate(ctx, tx, row, &records, (&booked, &acts)).await?;
    spoken.extend(exchanges(ctx, tx, &records).await?);
    let absent = missed(&meetings(tx, &booked).await?, &spoken);
    row.absent_on = absent.map(|(at, _)| at.with_timezone(&zone).date_naive());
    row.call_by = promised(ctx, tx, &records).await?;
    row.absent_with = absent.and_then(|(_, host)| host);
    let task = crate::diagnosis::next_task(tx, &records).await?;
    row.task_on = task.map(|(day, _)| day);
    row.task_side = task.and_then(|(_, side)| side).map(|side| side.code().to_owned());
    Ok(())
}

fn read(row: &ActRow) -> Option<Recorded> {
    Some(Recorded {
        id: row.id,
        kind: Kind::parse(&row.kind)?,
        held_on: row.held_on,
        next_on: row.next_on,
        decision: row.decision_id,
        about: row.about_id,
    })
}

/// Before when somebody who asked to be called is.
async fn promised(ctx: &Context, tx: &Tx, records: &[Uuid]) -> Result<Option<NaiveDate>, StoreError> {
    let zone = ctx.department.timezone;
    let open = callback::of(tx, records).await?.into_iter().filter(|one| one.done_at.is_none());
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    let by = |one: CallbackRow| {
        let wanted = one.half_day.as_deref().and_then(HalfDay::parse);
        call_by(wanted, day(one.asked_at), day(one.not_before), ctx.department.holidays())
    };
    Ok(open.map(by).min())
}

/// When exchanges that a professional wrote took place, at the latest: the end of their day, or when they were written.
async fn exchanges(ctx: &Context, tx: &Tx, records: &[Uuid]) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let zone = ctx.department.timezone;
    let held = |row: &ContactRow| {
        counts(Means::parse(&row.means)?, Outcome::parse(&row.result)?).then_some(())?;
        Some(row.recorded_at.min(instant(plus_days(row.held_on, 1), NaiveTime::MIN, zone)))
    };
    Ok(store::programmes::contacts(tx, records).await?.iter().filter_map(held).collect())
}

fn is_spoken(act: &ActRow) -> bool {
    act.kind == Kind::Called.code() && act.reason == CallResult::Reached.code()
}

async fn meetings(tx: &Tx, booked: &[AppointmentRow]) -> Result<Vec<Meeting>, StoreError> {
    let absent: Vec<Uuid> =
        booked.iter().filter(|one| one.status == Status::Absent.code()).map(|one| one.id).collect();
    let hosts = if absent.is_empty() { Vec::new() } else { appointment::hosts(tx, &absent).await? };
    let meeting = |one: &AppointmentRow| Meeting {
        at: one.starts_at,
        how: match Status::parse(&one.status) {
            Some(Status::Absent) => Held::Absent,
            Some(Status::Attended | Status::Upcoming) => Held::MetOrBooked,
            _ => Held::Neither,
        },
        host: hosts.iter().find(|(id, _)| *id == one.id).map(|(_, host)| *host),
    };
    Ok(booked.iter().map(meeting).collect())
}

/// An appointment of this person was booked, moved, cancelled, held or missed, or they were called: what is owed follows.
/// `booked`: it can only end what is owed after an absence, so that nothing is read for who has none.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn appointments_changed(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    booked: bool,
) -> Result<(), StoreError> {
    let Some(row) = one::rows(tx, &[person]).await?.into_iter().next() else { return Ok(()) };
    if booked && row.absent_on.is_none() {
        return Ok(());
    }
    let mut after = row.clone();
    refresh(ctx, tx, &mut after).await?;
    if after == row { Ok(()) } else { stand(ctx, tx, person).await }
}
