//! The courses of a person as those who open the file read them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::relation::Relation;
use domain::access::visibility::{Case, Level, sees};
use domain::programmes::admission::{Replies, Reply};
use domain::programmes::course::{Kind, Recorded, Stage, fold};
use domain::programmes::milestone::{Milestone, Point, Progress, State, points};
use domain::programmes::programme::{Programme, Terms};
use serde_json::Value;
use store::StoreError;
use store::access::account;
use store::people::PersonRow;
use store::programmes::{self, EnrolmentActRow, EnrolmentRow};
use store::sealed::ENROLMENT_ACT;
use uuid::Uuid;

use super::catalogue::version_read;
use super::change::decides;
use super::record::{point_of, recorded};
use super::restate::on_record;
use crate::Context;
use crate::access::hidden_accounts;

/// The course of a person in a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseTold {
    /// Its identifier.
    pub id: Uuid,
    /// Code of the programme.
    pub programme: String,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: NaiveDate,
    /// Before when an answer is owed.
    pub answer_by: Option<NaiveDate>,
    /// The day they entered.
    pub enrolled_on: Option<NaiveDate>,
    /// The last day, once known.
    pub ends_on: Option<NaiveDate>,
    /// The points that the programme sets, the earliest first, as long as they are in it.
    pub points: Vec<PointTold>,
    /// What may become of its end.
    pub renewal: Renewal,
    /// The last answers to its conditions.
    pub replies: Replies,
    /// What was recorded, the last first.
    pub acts: Vec<CourseAct>,
}

/// What may become of the end of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Renewal {
    /// It may go on once more.
    pub left: bool,
    /// Somebody asked for it, and no answer was given.
    pub asked: bool,
    /// The actor decides of it.
    pub decides: bool,
}

/// A point of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointTold {
    /// Its day in the programme, by which it is named.
    pub day: u32,
    /// What is looked at.
    pub label: String,
    /// Its date.
    pub on: NaiveDate,
    /// Where it stands.
    pub state: State,
}

/// What was recorded of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseAct {
    /// What it is.
    pub kind: Kind,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// The date that it sets.
    pub until: Option<NaiveDate>,
    /// Which point of the programme it is about.
    pub point: Option<String>,
    /// Code of the reason; may be empty.
    pub reason: String,
    /// Who recorded it, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What was written, for who may read it.
    pub text: Option<String>,
}

/// What the actor may do of the courses of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights {
    /// Propose them for a programme.
    pub prescribe: bool,
    /// Answer.
    pub answer: bool,
    /// Pause, resume, renew, end; write a contact.
    pub follow: bool,
}

/// The courses of these records, the last first, for somebody with these relations to the person, whose record says how far they
/// are. `social`: they may know of sensitive structures.
pub(crate) async fn told(
    ctx: &Context,
    person: &PersonRow,
    records: &[Uuid],
    relations: &[Relation],
    (met, social): (bool, bool),
) -> Result<Vec<CourseTold>, StoreError> {
    let rows = programmes::of(ctx.db().read(), records).await?;
    if rows.is_empty() || !relations.iter().any(|relation| sees(*relation, Level::Team, Case::default())) {
        return Ok(Vec::new());
    }
    let acts = programmes::acts(ctx.db().read(), records).await?;
    let accounts: Vec<Uuid> = acts.iter().map(|act| act.account_id).collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
    let one = |act: &EnrolmentActRow| -> Result<Option<CourseAct>, StoreError> {
        let Some(kind) = Kind::parse(&act.kind) else { return Ok(None) };
        let level = Level::parse(&act.level).unwrap_or(Level::Author);
        let case = Case { author: Some(act.account_id) == ctx.actor.id, met, ..Case::default() };
        let reads = case.author || relations.iter().any(|relation| sees(*relation, level, case));
        let sealed = act.text_sealed.as_ref().filter(|_| reads);
        let open = |sealed: &Vec<u8>| ctx.db().keys().decrypt_text(ENROLMENT_ACT.place, sealed);
        Ok(Some(CourseAct {
            kind,
            held_on: act.held_on,
            until: act.until_on,
            point: None,
            reason: act.reason.clone(),
            by: account::name_of(&names, act.account_id).filter(|_| !hidden.contains(&act.account_id)),
            at: act.recorded_at,
            text: sealed.map(open).transpose()?,
        }))
    };
    let mut all = Vec::new();
    for row in rows.into_iter().rev() {
        let mine: Vec<&EnrolmentActRow> = acts.iter().filter(|act| act.enrolment_id == row.id).collect();
        let programme = version_read(ctx, &row.programme, row.version).await?;
        let recorded: Vec<Recorded> = mine.iter().filter_map(|act| recorded(act)).collect();
        let terms = programme.as_ref().and_then(Programme::terms);
        let renewal = terms.and_then(|terms| renewal(ctx, terms, &row, &recorded));
        let milestones = programme.map(|one| one.milestones).unwrap_or_default();
        let with_point = |act: &EnrolmentActRow, told: CourseAct| CourseAct {
            point: (told.kind == Kind::Point).then(|| label(&milestones, &act.detail)).flatten(),
            ..told
        };
        let told: Result<Vec<_>, StoreError> =
            mine.iter().rev().map(|act| Ok(one(act)?.map(|told| with_point(act, told)))).collect();
        let points = points_told(&milestones, &row, person, &recorded);
        let told: Vec<CourseAct> = told?.into_iter().flatten().collect();
        all.push(CourseTold { points, renewal: renewal.unwrap_or_default(), ..course(row, &mine, told) });
    }
    Ok(all)
}

/// The name of the point that an act is about.
fn label(milestones: &[Milestone], detail: &str) -> Option<String> {
    let day = point_of(detail)?;
    milestones.iter().find(|one| one.day == day).map(|one| one.label.clone())
}

/// The points of a course that goes on.
fn points_told(
    milestones: &[Milestone],
    row: &EnrolmentRow,
    person: &PersonRow,
    acts: &[Recorded],
) -> Vec<PointTold> {
    if !stage(&row.stage, None).is_active() {
        return Vec::new();
    }
    let progress = Progress {
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        renewed: acts.iter().any(|act| act.kind == Kind::Renewed),
        ..on_record(person)
    };
    let told = |point: Point<'_>| PointTold {
        day: point.milestone.day,
        label: point.milestone.label.clone(),
        on: point.on,
        state: point.state,
    };
    points(milestones, progress, acts).into_iter().map(told).collect()
}

/// What may become of the end of a course that goes on; its last day is on the row.
fn renewal(ctx: &Context, terms: Terms, row: &EnrolmentRow, acts: &[Recorded]) -> Option<Renewal> {
    let course = fold(acts, &[], terms).filter(|course| course.stage.is_active())?;
    Some(Renewal {
        left: course.renewals_left(terms) && row.ends_on.is_some(),
        asked: course.asked,
        decides: decides(ctx, &terms.duration),
    })
}

fn course(row: EnrolmentRow, mine: &[&EnrolmentActRow], acts: Vec<CourseAct>) -> CourseTold {
    let until = mine.iter().rev().find(|act| act.kind == Kind::Paused.code()).and_then(|act| act.until_on);
    CourseTold {
        stage: stage(&row.stage, until),
        id: row.id,
        programme: row.programme,
        since: row.since,
        answer_by: row.answer_by,
        enrolled_on: row.enrolled_on,
        ends_on: row.ends_on,
        points: Vec::new(),
        renewal: Renewal::default(),
        replies: mine.iter().rev().find_map(|act| replies(&act.detail)).unwrap_or_default(),
        acts,
    }
}

/// Reads what [`Stage::code`] wrote.
fn stage(code: &str, paused_until: Option<NaiveDate>) -> Stage {
    match code {
        "prescribed" => Stage::Prescribed,
        "waiting" => Stage::Waiting,
        "active" => Stage::Active,
        "paused" => paused_until.map_or(Stage::Active, Stage::Paused),
        other => Stage::Over(Kind::parse(other).unwrap_or(Kind::Exited)),
    }
}

fn replies(detail: &str) -> Option<Replies> {
    let kept: Value = serde_json::from_str(detail).ok()?;
    let all = kept.get("replies")?.as_object()?;
    let one = |(code, reply): (&String, &Value)| Some((code.clone(), Reply::parse(reply.as_str()?)?));
    Some(all.iter().filter_map(one).collect())
}
