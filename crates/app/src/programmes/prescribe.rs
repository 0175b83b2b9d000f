//! Prescribe: propose somebody for a programme, each condition answered by a person.

use domain::access::permission::Action;
use domain::access::role::Role;
use domain::access::visibility::Level;
use domain::intake::flux::RightState;
use domain::programmes::admission::{Replies, Reply};
use domain::programmes::course::{Kind, Stage, answer_by};
use domain::programmes::programme::{Prefill, Programme};
use domain::time::plus_days;
use serde_json::json;
use store::programmes::{self, EnrolmentRow};
use uuid::Uuid;

use super::catalogue::{Offered, all};
use super::record::{EnrolError, Found, NewAct, close, find, text, write};
use crate::Context;
use crate::followup::{Subject, begin, subject};
use crate::intake::run::Settings;

/// What is typed of a prescription.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrescribeInput {
    /// The programme, by code.
    pub programme: String,
    /// The answers to its conditions.
    pub replies: Replies,
    /// Why, in words.
    pub text: String,
    /// Who may read it.
    pub level: Option<Level>,
}

/// A programme for which somebody may be proposed, with the answers that the file gives, to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescribable {
    /// The programme.
    pub programme: Programme,
    /// Answers that are known.
    pub known: Replies,
}

/// The programmes for which the actor may propose this person.
///
/// # Errors
/// [`EnrolError::Follow`] for one whom the actor may not prescribe for.
pub async fn prescribable(ctx: &Context, person: Uuid) -> Result<Vec<Prescribable>, EnrolError> {
    let subject = subject(ctx, Action::Prescribe, person).await?;
    let open = |one: &Offered| one.runs && may_prescribe(ctx, &one.programme);
    let offered = all(ctx).await?.into_iter().filter(open);
    Ok(offered
        .map(|one| Prescribable { known: known(&one.programme, &subject), programme: one.programme })
        .collect())
}

/// Whether one of the actor's roles prescribes it; who leads a team may always.
fn may_prescribe(ctx: &Context, programme: &Programme) -> bool {
    let Some(prescription) = &programme.prescription else { return false };
    let held = |role: Role| ctx.actor.roles.iter().any(|held| held.role == role);
    programme.terms().is_some() && (held(Role::TeamLead) || prescription.by.iter().any(|role| held(*role)))
}

/// What the file answers.
fn known(programme: &Programme, subject: &Subject) -> Replies {
    let row = &subject.row;
    let right = row.right_state.as_deref().and_then(RightState::parse);
    let answer = |prefill: Prefill| match prefill {
        Prefill::RightOpen => right.map(RightState::is_open),
        Prefill::Registered => row.france_travail_sealed.is_some().then_some(true),
        Prefill::NotOriented => Some(row.oriented_on.is_none()),
        Prefill::Claimed => row.claim_reception.map(|_| true),
        Prefill::Territory | Prefill::ObstacleLevel | Prefill::Path => None,
    };
    programme
        .conditions
        .iter()
        .filter_map(|condition| {
            let yes = answer(condition.prefill?)?;
            Some((condition.code.clone(), if yes { Reply::Yes } else { Reply::No }))
        })
        .collect()
}

/// Proposes a person for a programme. Nothing is refused here for an answer: who answers the prescription sees them all.
///
/// # Errors
/// [`EnrolError`].
pub async fn prescribe(ctx: &Context, person: Uuid, input: &PrescribeInput) -> Result<Uuid, EnrolError> {
    let subject = subject(ctx, Action::Prescribe, person).await?;
    if subject.row.left_on.is_some() {
        return Err(EnrolError::Left);
    }
    let offered = all(ctx).await?.into_iter().find(|one| one.runs && one.programme.code == input.programme);
    let Offered { programme, number, .. } = offered.ok_or(EnrolError::Programme)?;
    if !may_prescribe(ctx, &programme) {
        return Err(EnrolError::NotYours);
    }
    let text = text(&input.text, false)?;
    let level = subject.level(input.level, text.as_ref())?;
    let zone = Settings::load(ctx).await?.zone;
    let tx = begin(ctx).await?;
    not_already(ctx, &tx, &subject.records, &programme).await?;
    let asked: Replies = programme
        .conditions
        .iter()
        .map(|one| (one.code.clone(), input.replies.get(&one.code).copied().unwrap_or(Reply::Unknown)))
        .collect();
    let told: serde_json::Map<String, serde_json::Value> =
        asked.iter().map(|(code, reply)| (code.clone(), reply.code().into())).collect();
    let answer_days = programme.prescription.as_ref().and_then(|one| one.answer_days);
    let by = answer_by(ctx.today(), answer_days, zone);
    let id = ctx.app.ids.make();
    let new = EnrolmentRow {
        id,
        person_id: subject.row.id,
        programme: programme.code.clone(),
        version: number,
        stage: Stage::Prescribed.code().to_owned(),
        since: ctx.today(),
        answer_by: Some(by),
        enrolled_on: None,
        starts_on: None,
        ends_on: None,
        prescribed_by: subject.account,
        created_at: ctx.now(),
    };
    programmes::add(&tx, new).await?;
    let act = NewAct {
        kind: Kind::Prescribed,
        held_on: ctx.today(),
        until: Some(by),
        reason: "",
        detail: json!({ "replies": told }),
        level,
        text,
    };
    write(ctx, &tx, (id, subject.row.id, subject.account), act).await?;
    let detail = json!({ "kind": Kind::Prescribed.code(), "until": by });
    close(ctx, tx, subject.row.id, (id, &programme.code), detail).await?;
    Ok(id)
}

/// Neither in it, nor proposed, nor refused a short time ago.
async fn not_already(
    ctx: &Context,
    tx: &store::Tx,
    records: &[Uuid],
    programme: &Programme,
) -> Result<(), EnrolError> {
    let same = programmes::of(tx, records).await?.into_iter().filter(|one| one.programme == programme.code);
    for one in same {
        let Found { course, .. } = find(ctx, tx, records, one.id).await?;
        match course.stage {
            Stage::Over(Kind::Refused) => {
                let days = programme.prescription.as_ref().map_or(0, |one| one.again_after_days);
                let again = plus_days(course.since, i64::from(days));
                if ctx.today() < again {
                    return Err(EnrolError::TooSoon(again));
                }
            }
            Stage::Over(_) => {}
            _ => return Err(EnrolError::Already),
        }
    }
    Ok(())
}
