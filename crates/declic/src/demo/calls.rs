//! Calls made before the demonstration opens: some people oriented, some not reached, one called back tomorrow.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::orientation::condition::Values;
use app::domain::orientation::queue::Attempt;
use app::domain::orientation::rules::Path;
use app::orientation::{
    AnswersInput, AttemptInput, CallScreen, DecisionInput, FirstAppointment, TakeError, decide, open_call,
    record_attempt, save_answers, take_next,
};
use chrono::Days;
use store::StoreError;
use store::orientation::professionals;
use uuid::Uuid;

use super::acting;
use crate::failure::{Failure, Outcome};

/// One person in so many is oriented already.
const ONE_IN: u64 = 8;
/// Never more than this, so that a large demonstration is ready soon.
const MOST: u64 = 60;
/// How many people a professional of the demonstration follows at most.
const PLACES: i64 = 80;

/// What four made-up people answer.
const ANSWERS: [&[(&str, &str)]; 4] = [
    &[
        ("work_situation", "last_two_years"),
        ("work_kind", "employee"),
        ("wish", "quick_job"),
        ("readiness", "now"),
        ("search_autonomy", "some_help"),
        ("confidence", "none"),
        ("transport", "bus"),
        ("mobility", "none"),
        ("health", "none"),
        ("housing", "stable"),
        ("french", "easy"),
        ("support_wish", "job"),
    ],
    &[
        ("work_situation", "more_than_two_years"),
        ("work_kind", "seasonal"),
        ("wish", "explore"),
        ("readiness", "within_3_months"),
        ("search_autonomy", "close_help"),
        ("confidence", "medium"),
        ("transport", "none"),
        ("mobility", "strong"),
        ("health", "adapt"),
        ("housing", "unsettled"),
        ("french", "with_help"),
        ("support_wish", "both"),
    ],
    &[
        ("work_situation", "never"),
        ("wish", "not_now"),
        ("readiness", "later"),
        ("search_autonomy", "close_help"),
        ("confidence", "strong"),
        ("transport", "foot"),
        ("mobility", "strong"),
        ("health", "skip"),
        ("housing", "must_leave"),
        ("french", "hard"),
        ("support_wish", "social"),
    ],
    &[
        ("work_situation", "working"),
        ("work_kind", "childminder"),
        ("work_enough", "no"),
        ("wish", "training"),
        ("readiness", "now"),
        ("search_autonomy", "alone"),
        ("confidence", "low"),
        ("transport", "car"),
        ("mobility", "low"),
        ("health", "none"),
        ("housing", "stable"),
        ("french", "easy"),
        ("support_wish", "job"),
    ],
];

/// What everybody answers at the beginning.
pub(super) const OPENING: [(&str, &str); 8] = [
    ("call_ok", "yes"),
    ("identity", "yes"),
    ("language_need", "french_ok"),
    ("phone_ok", "yes"),
    ("channels", "sms"),
    ("message_ok", "yes"),
    ("sleep", "yes"),
    ("food", "yes"),
];

/// Makes the calls of the first days.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let tx = ctx.db().begin().await?;
    for role in [Role::SocialReferent, Role::JobCoach] {
        if let Some(account) = accounts.get(&role) {
            professionals::set_capacity(&tx, *account, Some(PLACES)).await?;
        }
    }
    tx.commit().await.map_err(StoreError::from)?;
    let Some(operator) = acting(ctx, accounts, Role::Operator).await? else { return Ok(()) };
    let waiting = app::orientation::to_call(&operator).await?.unwrap_or(0);
    for rank in 0..(waiting / ONE_IN).min(MOST) {
        if !Box::pin(call(&operator, rank)).await? {
            break;
        }
    }
    let endings = [Attempt::NoAnswer, Attempt::Voicemail, Attempt::CallBack, Attempt::WrongNumber];
    for ending in endings {
        let Some(person) = next(&operator).await? else { break };
        let tomorrow = ctx.today().checked_add_days(Days::new(1)).and_then(|day| day.and_hms_opt(10, 30, 0));
        let input = AttemptInput { ending: Some(ending), inbound: false, call_back: tomorrow };
        record_attempt(&operator, person, &input).await.map_err(refused)?;
    }
    Ok(())
}

fn refused(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}

async fn next(operator: &Context) -> Outcome<Option<Uuid>> {
    match take_next(operator, None).await {
        Ok(person) => Ok(Some(person)),
        Err(TakeError::Nobody) => Ok(None),
        Err(error) => Err(refused(error)),
    }
}

/// Calls the next person; `false` when nobody waits.
async fn call(operator: &Context, rank: u64) -> Outcome<bool> {
    let Some(person) = next(operator).await? else { return Ok(false) };
    let profile =
        ANSWERS.get(usize::try_from(rank).unwrap_or(0) % ANSWERS.len()).copied().unwrap_or_default();
    let mut typed = Values::new();
    for (code, value) in OPENING.iter().chain(profile) {
        typed.insert((*code).to_owned(), vec![(*value).to_owned()]);
    }
    let input = AnswersInput { shown: typed.keys().cloned().collect(), typed, draft: Values::new() };
    save_answers(operator, person, 0, &input).await.map_err(refused)?;
    let seen = open_call(operator, person).await.map_err(refused)?;
    decide(operator, person, &as_proposed(&seen)).await.map_err(refused)?;
    Ok(true)
}

/// What the rules propose, with the first who has room.
fn as_proposed(seen: &CallScreen) -> DecisionInput {
    let proposed = &seen.proposed;
    let reasons = proposed.reasons(&seen.catalogues.rules);
    let told: Vec<&str> = reasons.iter().map(|rule| rule.reason_person_fr.as_str()).collect();
    let path = proposed.path.filter(|path| *path != Path::Undetermined);
    DecisionInput {
        path: Some(path.unwrap_or(Path::Social)),
        organisation: proposed
            .organisation
            .or(Some(app::domain::orientation::rules::Organisation::Departement)),
        programmes: proposed.programmes.clone(),
        // Whoever has the first free hour; without one, whoever is first of the list.
        referent: seen.slots.first().map_or_else(
            || seen.candidates.first().map(|one| one.id),
            |slot| slot.hosts.first().map(|(host, _)| *host),
        ),
        reason: if path.is_some() {
            String::new()
        } else {
            "Décidé avec la personne au téléphone.".to_owned()
        },
        explanation: told.join(" "),
        first: seen
            .slots
            .first()
            .and_then(|slot| Some(FirstAppointment { slot: slot.id, modality: *slot.modalities.first()? })),
        after: None,
    }
}
