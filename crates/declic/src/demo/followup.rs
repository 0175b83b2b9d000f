//! What was done of some paths before the demonstration opens: one closed, one kept, one opened again, a review, a refusal
//! that waits, another that was answered. What is late is there already: it comes from the files.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::access::visibility::Level;
use app::domain::followup::act::{Channel, ContestKind, EndReason, KeepReason, Presence, ReviewResult};
use app::domain::followup::path::PathState;
use app::domain::time::plus_days;
use app::followup::{
    AnswerInput, ContestInput, EndInput, KeepInput, ReopenInput, ReviewInput, answer_contest, contest,
    end_path, keep_path, reopen_path, review_path,
};
use app::people::list::{Filter, Order, Page, Sort, list};
use app::people::person::open;
use uuid::Uuid;

use super::{acting, stories};
use crate::failure::{Failure, Outcome};

/// Who may read what was written.
const LEVEL: Option<Level> = Some(Level::Pair);

/// Writes what was done of some paths.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(lead) = acting(ctx, accounts, Role::TeamLead).await? else { return Ok(()) };
    let mut gone = in_state(&lead, PathState::RightClosed).await?.into_iter();
    if let Some(person) = gone.next() {
        end_path(&lead, person, &ended(&lead)).await.map_err(refused)?;
    }
    if let Some(person) = gone.next() {
        let kept = KeepInput {
            reason: Some(KeepReason::SoonOpen),
            next_on: Some(plus_days(ctx.today(), 60)),
            text: "La déclaration trimestrielle est refaite, le dossier est à la Caf.".to_owned(),
            level: LEVEL,
        };
        keep_path(&lead, person, &kept).await.map_err(refused)?;
    }
    if let Some(person) = gone.next() {
        end_path(&lead, person, &ended(&lead)).await.map_err(refused)?;
        let again = ReopenInput { text: "Clos sur la mauvaise fiche.".to_owned(), level: LEVEL };
        reopen_path(&lead, person, &again).await.map_err(refused)?;
    }
    let mut oriented = in_state(&lead, PathState::Oriented).await?.into_iter();
    if let Some(person) = oriented.next() {
        contest(&lead, person, &refusal(&lead)).await.map_err(refused)?;
    }
    if let Some(person) = oriented.next() {
        contest(&lead, person, &refusal(&lead)).await.map_err(refused)?;
        let file = open(&lead, person, app::domain::audit::Part::Essential).await.map_err(refused)?;
        let text = "Nous en parlons au premier rendez-vous, et nous changerons si cela ne va pas.".to_owned();
        for act in file.acts.iter().filter(|act| act.open) {
            let said = AnswerInput { text: text.clone(), level: LEVEL };
            answer_contest(&lead, person, act.id, &said).await.map_err(refused)?;
        }
    }
    if let Some(person) = oriented.next() {
        let review = ReviewInput {
            day: Some(ctx.today()),
            presence: Some(Presence::Present),
            result: Some(ReviewResult::Continue),
            next_on: Some(plus_days(ctx.today(), 90)),
            text: "Le permis est financé, la garde des enfants reste à trouver.".to_owned(),
            level: LEVEL,
        };
        review_path(&lead, person, &review).await.map_err(refused)?;
    }
    Ok(())
}

pub(super) fn refused(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}

fn ended(lead: &Context) -> EndInput {
    EndInput {
        reason: Some(EndReason::Resources),
        day: Some(lead.today()),
        text: "A repris un emploi à temps plein, ne souhaite plus de rendez-vous.".to_owned(),
        level: LEVEL,
    }
}

fn refusal(lead: &Context) -> ContestInput {
    ContestInput {
        kind: Some(ContestKind::Contests),
        channel: Some(Channel::Phone),
        day: Some(lead.today()),
        words: "« Je voudrais garder ma conseillère, pas recommencer ailleurs. »".to_owned(),
        level: LEVEL,
    }
}

/// Those of a state who have a referent, in the order of names; whoever has a story is left to it.
pub(super) async fn in_state(lead: &Context, state: PathState) -> Outcome<Vec<Uuid>> {
    let filter = Filter { state: Some(state.code().to_owned()), ..Filter::default() };
    let page = Page { after: None, limit: 200 };
    let found = list(lead, &filter, (Sort::Name, Order::Ascending), &page).await.map_err(refused)?;
    Ok(found
        .rows
        .into_iter()
        .filter(|one| one.row.has_referent && !stories::tells(&one.row))
        .map(|one| one.row.id)
        .collect())
}
