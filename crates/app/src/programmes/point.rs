//! Hold a point that a programme sets on the way: an exchange with the person, written once, that is also the point; or say why it is
//! no longer useful.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::Level;
use domain::followup::contact::{Means, Outcome, Subject, day};
use domain::programmes::course::{Course, Kind};
use domain::programmes::milestone::{Milestone, Progress, points};
use serde_json::json;
use store::Tx;
use store::people::PersonRow;
use uuid::Uuid;

use super::record::{EnrolError, Found, NewAct, close, find, text, write};
use super::restate::on_record;
use crate::Context;
use crate::followup::{ContactInput, FollowError, begin, subject, write_contact};
use crate::people::Subject as Person;

/// Code of the reason of a point that nobody holds.
pub const NEEDLESS: &str = "needless";

/// What is typed of a point.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PointInput {
    /// Which one, by its day in the programme.
    pub point: u32,
    /// How it was held; `None` when it is no longer useful, which is then said in words.
    pub means: Option<Means>,
    /// It is no longer useful.
    pub needless: bool,
    /// The day it was held; today when it is empty.
    pub day: Option<NaiveDate>,
    /// What was said.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Records a point.
///
/// # Errors
/// [`EnrolError`].
pub async fn hold_point(
    ctx: &Context,
    person: Uuid,
    enrolment: Uuid,
    input: &PointInput,
) -> Result<(), EnrolError> {
    let who = subject(ctx, Action::FollowPath, person).await?;
    let tx = begin(ctx).await?;
    let found = find(ctx, &tx, &who.records, enrolment).await?;
    found.course.may(Kind::Point, found.terms)?;
    let milestone = open_point(&found, &who.row, input.point)?;
    let label = milestone.label.clone();
    let new = if input.needless {
        let words = text(&input.text, true)?;
        let level = who.level(input.level, words.as_ref())?;
        NewAct { reason: NEEDLESS, level, text: words, ..held(input.point, ctx.today()) }
    } else {
        let held_on = day(input.day, ctx.today()).map_err(FollowError::from)?;
        exchange(ctx, &tx, &who, input).await?;
        held(input.point, held_on)
    };
    let detail = json!({ "kind": Kind::Point.code(), "point": label, "reason": new.reason });
    write(ctx, &tx, (enrolment, who.row.id, who.account), new).await?;
    close(ctx, tx, who.row.id, (enrolment, &found.row.programme), detail).await
}

fn held(point: u32, held_on: NaiveDate) -> NewAct {
    NewAct {
        kind: Kind::Point,
        held_on,
        until: None,
        reason: "",
        detail: json!({ "point": point }),
        level: Level::OF_A_NOTE,
        text: None,
    }
}

/// The exchange that it was, as any other: what was said is read there.
async fn exchange(ctx: &Context, tx: &Tx, who: &Person, input: &PointInput) -> Result<(), EnrolError> {
    let contact = ContactInput {
        day: input.day,
        means: input.means,
        outcome: Some(Outcome::Held),
        subject: Some(Subject::Situation),
        text: input.text.clone(),
        level: input.level,
    };
    write_contact(ctx, tx, who, &contact).await?;
    Ok(())
}

/// The point, when it may still be held.
fn open_point<'a>(found: &'a Found, row: &PersonRow, day: u32) -> Result<&'a Milestone, EnrolError> {
    let progress = of_course(&found.course, row);
    let all = points(&found.milestones, progress, &found.acts);
    let one = all.into_iter().find(|point| point.milestone.day == day).ok_or(EnrolError::Point)?;
    one.state.is_open().then_some(one.milestone).ok_or(EnrolError::Point)
}

/// How far a course is, from what the record says of the rest.
pub(super) fn of_course(course: &Course, row: &PersonRow) -> Progress {
    Progress {
        starts_on: course.starts_on,
        ends_on: course.ends_on,
        renewed: course.renewals > 0,
        ..on_record(row)
    }
}
