//! People in programmes before the demonstration opens: some await an answer or a place, some have just entered, some were met,
//! one is paused, one was refused with what next, one has left for a job.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::access::side::Side;
use app::domain::access::visibility::Level;
use app::domain::followup::contact::{Means, Outcome as Came, Subject};
use app::domain::followup::path::PathState;
use app::domain::programmes::admission::{Replies, Reply};
use app::domain::programmes::course::{ExitReason, Kind, PauseReason, RefusalReason};
use app::domain::programmes::programme::Programme;
use app::domain::time::plus_days;
use app::followup::{ContactInput, record_contact};
use app::programmes::{
    AnswerInput, ChangeInput, PrescribeInput, Verdict, answer, change, could_accompany, prescribe, programmes,
};
use uuid::Uuid;

use super::acting;
use super::followup::{in_state, refused};
use crate::failure::Outcome;

/// Who may read what was written.
const LEVEL: Option<Level> = Some(Level::Pair);
/// People who are left as they are: their paths are told elsewhere.
const LEFT: usize = 3;

/// What becomes of each, in turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Prescribed,
    Waiting,
    Refused,
    Enrolled,
    Met,
    Called,
    Paused,
    Left,
}

const PARTS: [Part; 12] = [
    Part::Met,
    Part::Prescribed,
    Part::Enrolled,
    Part::Called,
    Part::Waiting,
    Part::Met,
    Part::Paused,
    Part::Prescribed,
    Part::Refused,
    Part::Enrolled,
    Part::Left,
    Part::Met,
];

/// Puts people in the first programme of the département that enrols.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(lead) = acting(ctx, accounts, Role::TeamLead).await? else { return Ok(()) };
    let all = programmes(&lead).await.map_err(refused)?;
    let open = all.into_iter().find(|one| one.runs && one.programme.terms().is_some());
    let Some(programme) = open.map(|one| one.programme) else { return Ok(()) };
    let oriented = in_state(&lead, PathState::Oriented).await?.into_iter().skip(LEFT);
    for (person, part) in oriented.zip(PARTS) {
        Box::pin(play(&lead, person, &programme, part)).await?;
    }
    Ok(())
}

async fn play(lead: &Context, person: Uuid, programme: &Programme, part: Part) -> Outcome {
    let replies: Replies = programme.conditions.iter().map(|one| (one.code.clone(), Reply::Yes)).collect();
    let proposal = PrescribeInput {
        programme: programme.code.clone(),
        replies: replies.clone(),
        text: "Vu ensemble au dernier rendez-vous : partante, disponible le mardi.".to_owned(),
        level: LEVEL,
    };
    let enrolment = prescribe(lead, person, &proposal).await.map_err(refused)?;
    if part == Part::Prescribed {
        return Ok(());
    }
    let verdict = match part {
        Part::Waiting => Verdict::Wait,
        Part::Refused => Verdict::Refuse,
        _ => Verdict::Enrol,
    };
    let who = could_accompany(lead, person, programme).await.map_err(refused)?;
    let on = |side: Side| {
        let of = who.iter().find(|(known, _)| *known == side)?;
        of.1.first().map(|one| one.id)
    };
    let reply = AnswerInput {
        verdict: Some(verdict),
        replies,
        social: on(Side::Social),
        employment: on(Side::Employment),
        reason: (verdict == Verdict::Refuse).then_some(RefusalReason::OtherFirst),
        text: match verdict {
            Verdict::Refuse => "D’abord la garde des enfants : une place est demandée pour le mois prochain.",
            _ => "",
        }
        .to_owned(),
        level: LEVEL,
        ..AnswerInput::default()
    };
    answer(lead, person, enrolment, &reply).await.map_err(refused)?;
    Box::pin(after(lead, person, enrolment, part)).await
}

/// What followed the entry.
async fn after(lead: &Context, person: Uuid, enrolment: Uuid, part: Part) -> Outcome {
    match part {
        Part::Met | Part::Paused | Part::Left => {
            let text = "Premier entretien : elle aime le contact, craint les horaires du soir. Prochaine étape : le CV.";
            contact(lead, person, (Means::Meeting, Came::Held, Subject::Situation), text).await?;
        }
        Part::Called => {
            contact(lead, person, (Means::Phone, Came::MessageLeft, Subject::Other), "").await?;
        }
        _ => return Ok(()),
    }
    let changed = |kind: Kind, reason: &str, until| ChangeInput {
        kind,
        reason: reason.to_owned(),
        until,
        text: String::new(),
        level: None,
    };
    let new = match part {
        Part::Paused => changed(Kind::Paused, PauseReason::Family.code(), Some(plus_days(lead.today(), 21))),
        Part::Left => changed(Kind::Exited, ExitReason::Job.code(), None),
        _ => return Ok(()),
    };
    change(lead, person, enrolment, &new).await.map_err(refused)
}

async fn contact(
    lead: &Context,
    person: Uuid,
    (means, outcome, subject): (Means, Came, Subject),
    text: &str,
) -> Outcome {
    let input = ContactInput {
        day: None,
        means: Some(means),
        outcome: Some(outcome),
        subject: Some(subject),
        text: text.to_owned(),
        level: LEVEL,
    };
    record_contact(lead, person, &input).await.map_err(refused)
}
