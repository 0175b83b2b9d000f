//! Write that somebody works, learns or runs a business, or will soon.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::outcomes::outcome::{Kind, MOST_HOURS, Refusal, Stage, Work, start};
use domain::outcomes::plan::Plan;
use store::outcomes::{self, OutcomeRow};
use store::{StoreError, Tx, programmes};
use uuid::Uuid;

use super::record::{OutcomeError, all, close, detail, seal_name};
use crate::Context;
use crate::followup::{Subject, begin, subject};
use crate::programmes::version_of;

/// Longest name of an employer, in characters.
const LONGEST_NAME: usize = 200;

/// What is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BeginInput {
    /// What it is.
    pub kind: Option<Kind>,
    /// The contract of work, for a job.
    pub work: Option<Work>,
    /// Hours a week; may be unknown.
    pub hours: Option<u32>,
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// The last day, when it has one.
    pub ends_on: Option<NaiveDate>,
    /// The employer and the job, the organisation, the activity.
    pub name: String,
    /// The outcome that it follows.
    pub follows: Option<Uuid>,
}

/// Writes an outcome. One whose first day is to come is announced, and somebody says that day whether it began.
///
/// # Errors
/// [`OutcomeError`].
pub async fn begin_outcome(ctx: &Context, person: Uuid, input: &BeginInput) -> Result<(), OutcomeError> {
    let who = subject(ctx, Action::FollowPath, person).await?;
    if !who.stands().is_followed() {
        return Err(OutcomeError::NotFollowed);
    }
    let kind = input.kind.ok_or(Refusal::Choice)?;
    let work = match input.work {
        None if kind.is_employed() => return Err(Refusal::Choice.into()),
        work => work.filter(|_| kind.is_employed()),
    };
    if input.hours.is_some_and(|hours| !(1..=MOST_HOURS).contains(&hours)) {
        return Err(Refusal::Hours.into());
    }
    let (starts_on, announced) = start(input.starts_on, ctx.today())?;
    if input.ends_on.is_some_and(|end| end <= starts_on) {
        return Err(Refusal::End.into());
    }
    let name = input.name.trim();
    if name.is_empty() {
        return Err(Refusal::Name.into());
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(OutcomeError::Text);
    }
    let tx = begin(ctx).await?;
    if let Some(id) = input.follows {
        let known = all(&tx, &who.records).await?.into_iter().any(|(row, _)| row.id == id);
        if !known {
            return Err(OutcomeError::Unknown);
        }
    }
    let (programme, plan) = plan_of(&tx, &who).await?;
    let row = OutcomeRow {
        id: ctx.app.ids.make(),
        person_id: who.row.id,
        kind: kind.code().to_owned(),
        work: work.map(Work::code).unwrap_or_default().to_owned(),
        weekly_hours: input.hours.map(i64::from),
        starts_on,
        ends_on: input.ends_on,
        announced,
        programme,
        plan: plan.code(),
        follows_id: input.follows,
        stage: if announced { Stage::Announced } else { Stage::Open }.code().to_owned(),
        ended_on: None,
        text_sealed: Some(seal_name(ctx, name)?),
        account_id: who.account,
        recorded_at: ctx.now(),
    };
    let id = row.id;
    outcomes::add(&tx, row).await?;
    close(ctx, tx, &who, id, detail(if announced { "announced" } else { "begun" }, kind.code())).await
}

/// The programme that they follow, and when it takes news afterwards: that of the first that says so, else the usual months.
async fn plan_of(tx: &Tx, who: &Subject) -> Result<(Option<String>, Plan), StoreError> {
    let mut followed = None;
    for row in programmes::of(tx, &who.records).await? {
        if !matches!(row.stage.as_str(), "active" | "paused") {
            continue;
        }
        let plan = version_of(tx, &row.programme, row.version).await?.and_then(|one| one.after);
        if let Some(plan) = plan {
            return Ok((Some(row.programme), plan));
        }
        followed.get_or_insert(row.programme);
    }
    Ok((followed, Plan::default()))
}
