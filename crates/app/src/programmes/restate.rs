//! What the programmes of a person say of them, written on their record and on their enrolments.

use chrono::NaiveDate;
use domain::agenda::appointment::Status;
use domain::followup::act::{CallResult, Kind as PathKind};
use domain::followup::contact::{Means, Outcome, counts};
use domain::programmes::course::{Owed, Recorded, Stage, fold};
use store::agenda::appointment::{self, AppointmentRow};
use store::diagnosis::completed;
use store::followup::{self, ActRow};
use store::people::PersonRow;
use store::programmes::{self, Derived, EnrolmentActRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::catalogue::terms_of;
use super::record::recorded;
use crate::Context;

/// The days of individual contacts with these records: written by a professional, attended, or a call after an absence where
/// they spoke (`rules.md` § 2).
pub(super) async fn contact_days(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
) -> Result<Vec<NaiveDate>, StoreError> {
    let booked = appointment::of_people(tx, records).await?;
    let acts = followup::of(tx, records).await?;
    days(ctx, tx, records, &booked, &acts).await
}

async fn days(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
    booked: &[AppointmentRow],
    acts: &[ActRow],
) -> Result<Vec<NaiveDate>, StoreError> {
    let zone = ctx.department.timezone;
    let attended =
        |one: &&AppointmentRow| one.status == Status::Attended.code() && one.gathering_id.is_none();
    let mut days: Vec<NaiveDate> =
        booked.iter().filter(attended).map(|one| one.starts_at.with_timezone(&zone).date_naive()).collect();
    let spoken =
        |act: &&ActRow| act.kind == PathKind::Called.code() && act.reason == CallResult::Reached.code();
    days.extend(acts.iter().filter(spoken).map(|act| act.held_on));
    days.extend(programmes::contacts(tx, records).await?.iter().filter_map(|row| {
        let held = counts(Means::parse(&row.means)?, Outcome::parse(&row.result)?);
        held.then_some(row.held_on)
    }));
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// The same for who reads appointments and acts for nothing else.
pub(crate) async fn restated(
    ctx: &Context,
    tx: &Tx,
    row: &mut PersonRow,
    records: &[Uuid],
) -> Result<(), StoreError> {
    let booked = appointment::of_people(tx, records).await?;
    let acts = followup::of(tx, records).await?;
    restate(ctx, tx, row, records, (&booked, &acts)).await
}

/// Reads the courses of a person again. The caller derives the state and saves the record.
pub(crate) async fn restate(
    ctx: &Context,
    tx: &Tx,
    row: &mut PersonRow,
    records: &[Uuid],
    (booked, acts): (&[AppointmentRow], &[ActRow]),
) -> Result<(), StoreError> {
    let enrolments = programmes::of(tx, records).await?;
    let mut owed = Owed::default();
    let mut shown: Option<(bool, NaiveDate, &str)> = None;
    let mut since: Option<NaiveDate> = None;
    let mut diagnosed: Option<NaiveDate> = None;
    if !enrolments.is_empty() {
        let recorded_acts = programmes::acts(tx, records).await?;
        let days = days(ctx, tx, records, booked, acts).await?;
        let said = completed(tx, records).await?.map(|(_, sides)| sides);
        let zone = ctx.department.timezone;
        for one in &enrolments {
            let mine = |act: &&EnrolmentActRow| act.enrolment_id == one.id;
            let acts: Vec<Recorded> = recorded_acts.iter().filter(mine).filter_map(recorded).collect();
            let Some(terms) = terms_of(tx, &one.programme, one.version).await? else { continue };
            let Some(course) = fold(&acts, &days, terms) else { continue };
            let derived = Derived {
                stage: course.stage.code().to_owned(),
                since: course.since,
                answer_by: course.answer_by.filter(|_| course.stage.is_awaited()),
                enrolled_on: course.enrolled_on,
                ends_on: course.ends_on,
            };
            programmes::save(tx, one.id, derived).await?;
            if matches!(course.stage, Stage::Over(_)) {
                continue;
            }
            let complete = said.and_then(|sides| sides.complete(terms.asked));
            owed = owed.and(course.owed(terms, complete.is_some()));
            let active = course.stage.is_active();
            if active {
                let on = complete.map(|at| at.with_timezone(&zone).date_naive());
                diagnosed = diagnosed.into_iter().chain(on).min();
                since = since.into_iter().chain(course.enrolled_on).min();
            }
            let key = (active, course.since, one.programme.as_str());
            if shown.is_none_or(|best| (best.0, best.1) < (key.0, key.1)) {
                shown = Some(key);
            }
        }
    }
    row.programme = shown.map(|(_, _, code)| code.to_owned());
    row.enrolled_on = since;
    row.diagnosed_on = diagnosed;
    row.diagnose_by = owed.diagnose_by;
    row.prescription_by = owed.answer_by;
    row.meet_by = owed.meet_by;
    row.contact_by = owed.contact_by;
    row.renew_by = owed.renew_by;
    row.paused_until = owed.paused_until;
    Ok(())
}
