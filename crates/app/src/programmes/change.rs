//! What changes of a course: the person declines, who prescribed takes it back, a pause, its end, a renewal (asked for, decided or
//! not), the exit.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::role::Role;
use domain::access::visibility::Level;
use domain::programmes::course::{Course, ExitReason, Kind, PauseReason, pause_end};
use domain::programmes::programme::{Duration, Terms};
use serde_json::json;
use store::{StoreError, Tx, programmes};
use uuid::Uuid;

use super::record::{EnrolError, Found, NewAct, close, find, text, write};
use crate::Context;
use crate::followup::{begin, subject};

/// What is typed of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeInput {
    /// What changes.
    pub kind: Kind,
    /// Code of the reason: of a pause, or of an exit.
    pub reason: String,
    /// The end of a pause.
    pub until: Option<NaiveDate>,
    /// In words.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// Records a change of a course.
///
/// # Errors
/// [`EnrolError`].
pub async fn change(
    ctx: &Context,
    person: Uuid,
    enrolment: Uuid,
    input: &ChangeInput,
) -> Result<(), EnrolError> {
    let action = match input.kind {
        Kind::Declined | Kind::Withdrawn => Action::Prescribe,
        _ => Action::FollowPath,
    };
    let subject = subject(ctx, action, person).await?;
    let (reason, other) = reason(input)?;
    // Nobody is told « no » without being told why.
    let words = text(&input.text, other || input.kind == Kind::RenewalDenied)?;
    let level = subject.level(input.level, words.as_ref())?;
    let tx = begin(ctx).await?;
    let Found { row, course, terms, .. } = find(ctx, &tx, &subject.records, enrolment).await?;
    course.may(input.kind, terms)?;
    let until = until(ctx, input, &course, terms)?;
    let detail = json!({ "kind": input.kind.code(), "reason": reason, "until": until });
    let new = NewAct {
        kind: input.kind,
        held_on: ctx.today(),
        until,
        reason,
        detail: json!({}),
        level,
        text: words,
    };
    write(ctx, &tx, (enrolment, subject.row.id, subject.account), new).await?;
    close(ctx, tx, subject.row.id, (enrolment, &row.programme), detail).await
}

/// The code of the reason, and whether it must be said in words.
fn reason(input: &ChangeInput) -> Result<(&'static str, bool), EnrolError> {
    match input.kind {
        Kind::Paused => {
            let one = PauseReason::parse(&input.reason).ok_or(EnrolError::Choice)?;
            Ok((one.code(), one == PauseReason::Other))
        }
        Kind::Exited => {
            // The end of a path ends its courses by itself.
            let one = ExitReason::parse(&input.reason).filter(|one| *one != ExitReason::PathEnded);
            let one = one.ok_or(EnrolError::Choice)?;
            Ok((one.code(), one == ExitReason::Other))
        }
        Kind::Declined
        | Kind::Withdrawn
        | Kind::Resumed
        | Kind::Renewed
        | Kind::RenewalAsked
        | Kind::RenewalDenied => Ok(("", false)),
        Kind::Prescribed | Kind::Waiting | Kind::Enrolled | Kind::Refused | Kind::Point => {
            Err(EnrolError::Choice)
        }
    }
}

/// Whether the actor decides of a renewal: the role that the programme says, and who leads.
pub(super) fn decides(ctx: &Context, length: &Duration) -> bool {
    let may = |role: Role| role == length.renewal_by || role == Role::TeamLead;
    ctx.actor.roles.iter().any(|held| may(held.role))
}

/// The date that the change sets.
fn until(
    ctx: &Context,
    input: &ChangeInput,
    course: &Course,
    terms: Terms,
) -> Result<Option<NaiveDate>, EnrolError> {
    match input.kind {
        Kind::Paused => Ok(Some(pause_end(input.until, ctx.today()).ok_or(EnrolError::Day)?)),
        Kind::RenewalDenied if !decides(ctx, &terms.duration) => Err(EnrolError::Decider),
        Kind::Renewed => {
            if !decides(ctx, &terms.duration) {
                return Err(EnrolError::Decider);
            }
            let both = course.starts_on.zip(course.ends_on);
            Ok(both.map(|(starts, ends)| terms.duration.renewed(starts, ends)))
        }
        _ => Ok(None),
    }
}

/// Ends every course of a person: refused where an answer was awaited, left where they were in it.
pub(crate) async fn end_courses(
    ctx: &Context,
    tx: &Tx,
    (records, account): (&[Uuid], Uuid),
    why: ExitReason,
) -> Result<(), StoreError> {
    for row in programmes::of(tx, records).await? {
        let kind = match row.stage.as_str() {
            "prescribed" | "waiting" => Kind::Withdrawn,
            "active" | "paused" => Kind::Exited,
            _ => continue,
        };
        let new = NewAct {
            kind,
            held_on: ctx.today(),
            until: None,
            reason: why.code(),
            detail: json!({}),
            level: Level::OF_A_NOTE,
            text: None,
        };
        write(ctx, tx, (row.id, row.person_id, account), new).await?;
    }
    Ok(())
}
