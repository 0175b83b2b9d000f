//! What the programmes of a person say of them, written on their record and on their enrolments.

use chrono::NaiveDate;
use domain::agenda::appointment::Status;
use domain::followup::act::{CallResult, Kind as PathKind};
use domain::followup::contact::{Means, Outcome, counts};
use domain::programmes::course::{Course, Recorded, Stage, fold};
use domain::programmes::milestone::{Point, Progress, next, points};
use domain::programmes::owed::Owed;
use store::agenda::appointment::{self, AppointmentRow};
use store::diagnosis::completed;
use store::followup::{self, ActRow};
use store::people::PersonRow;
use store::programmes::{self, Derived, EnrolmentActRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::catalogue::version_of;
use super::point::of_course;
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

/// Reads the courses of a person again. The caller derives the state and saves the record, on which contracts and returns to work
/// are already said.
pub(crate) async fn restate(
    ctx: &Context,
    tx: &Tx,
    row: &mut PersonRow,
    records: &[Uuid],
    (booked, acts): (&[AppointmentRow], &[ActRow]),
) -> Result<(), StoreError> {
    let enrolments = programmes::of(tx, records).await?;
    let mut all = Together::default();
    if !enrolments.is_empty() {
        let recorded_acts = programmes::acts(tx, records).await?;
        let days = days(ctx, tx, records, booked, acts).await?;
        let said = completed(tx, records).await?.map(|(_, sides)| sides);
        for one in &enrolments {
            let mine = |act: &&EnrolmentActRow| act.enrolment_id == one.id;
            let acts: Vec<Recorded> = recorded_acts.iter().filter(mine).filter_map(recorded).collect();
            let Some(programme) = version_of(tx, &one.programme, one.version).await? else { continue };
            let Some(terms) = programme.terms() else { continue };
            let Some(course) = fold(&acts, &days, terms) else { continue };
            programmes::save(tx, one.id, derived(&course)).await?;
            if matches!(course.stage, Stage::Over(_)) {
                continue;
            }
            let complete = said.and_then(|sides| sides.complete(terms.asked));
            all.owed = all.owed.and(course.owed(terms, complete.is_some()));
            if course.stage.is_active() {
                let on = complete.map(|at| at.with_timezone(&ctx.department.timezone).date_naive());
                all.diagnosed = all.diagnosed.into_iter().chain(on).min();
                let progress = Progress { diagnosed: on.is_some(), ..of_course(&course, row) };
                all.point(next(&points(&programme.milestones, progress, &acts)));
            }
            all.course(&course, &one.programme);
        }
    }
    all.write_on(row);
    Ok(())
}

fn derived(course: &Course) -> Derived {
    Derived {
        stage: course.stage.code().to_owned(),
        since: course.since,
        answer_by: course.answer_by.filter(|_| course.stage.is_awaited()),
        enrolled_on: course.enrolled_on,
        starts_on: course.starts_on,
        ends_on: course.ends_on,
    }
}

/// What a record says to the points of programmes.
pub(super) fn on_record(row: &PersonRow) -> Progress {
    Progress {
        diagnosed: row.diagnosed_on.is_some(),
        contracted: row.contract_until.or(row.contract_lapsed).is_some(),
        at_work: row.outcome_on.is_some(),
        ..Progress::default()
    }
}

/// What the courses of a person say together.
#[derive(Default)]
struct Together {
    owed: Owed,
    /// The one that is shown: active first, then the most recent.
    shown: Option<(bool, NaiveDate, String)>,
    since: Option<NaiveDate>,
    diagnosed: Option<NaiveDate>,
    /// What the next point looks at.
    point: Option<String>,
}

impl Together {
    fn course(&mut self, course: &Course, code: &str) {
        let active = course.stage.is_active();
        if active {
            self.since = self.since.into_iter().chain(course.enrolled_on).min();
        }
        let key = (active, course.since);
        if self.shown.as_ref().is_none_or(|best| (best.0, best.1) < key) {
            self.shown = Some((key.0, key.1, code.to_owned()));
        }
    }

    fn point(&mut self, next: Option<Point<'_>>) {
        let Some(next) = next.filter(|one| self.owed.point_by.is_none_or(|by| one.on < by)) else { return };
        self.owed.point_by = Some(next.on);
        self.point = Some(next.milestone.label.clone());
    }

    fn write_on(self, row: &mut PersonRow) {
        row.programme = self.shown.map(|(_, _, code)| code);
        row.enrolled_on = self.since;
        row.diagnosed_on = self.diagnosed;
        row.diagnose_by = self.owed.diagnose_by;
        row.prescription_by = self.owed.answer_by;
        row.meet_by = self.owed.meet_by;
        row.contact_by = self.owed.contact_by;
        row.renew_by = self.owed.renew_by;
        row.paused_until = self.owed.paused_until;
        row.point_by = self.owed.point_by;
        row.point = self.point;
        row.decide_by = self.owed.decide_by;
    }
}
