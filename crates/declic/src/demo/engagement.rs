//! Contracts before the demonstration opens: one in force, one that is to be signed, one of before 2025 to replace.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::engagement::contract::Signatory;
use app::domain::engagement::terms::{Lighter, last_day};
use app::domain::followup::path::PathState;
use app::domain::time::plus_days;
use app::engagement::{DraftInput, HandInput, OldInput, draft, proposed, record_old, sign_by_hand};
use uuid::Uuid;

use super::acting;
use super::diagnosis::is_mine;
use super::followup::{in_state, refused};
use crate::failure::Outcome;

/// Contracts that are signed by all.
const SIGNED: usize = 2;
/// Days ago that one of before 2025 began, and days that are left.
const OLD: (i64, i64) = (-150, 120);

/// Writes the contracts.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(lead) = acting(ctx, accounts, Role::TeamLead).await? else { return Ok(()) };
    let Some(coach) = acting(ctx, accounts, Role::JobCoach).await? else { return Ok(()) };
    let mut mine = Vec::new();
    for state in [PathState::Enrolled, PathState::Diagnosed, PathState::Oriented] {
        for person in in_state(&lead, state).await? {
            if is_mine(&coach, person).await {
                mine.push(person);
            }
        }
    }
    // Where few are followed, somebody is still to write one with, and somebody has an old one.
    let signed = SIGNED.min(mine.len().saturating_sub(3));
    let mut people = mine.into_iter();
    for (rank, person) in people.by_ref().take(signed + 1).enumerate() {
        write(&coach, person, rank < signed).await?;
    }
    if let Some(person) = people.next() {
        let (first, last) = OLD;
        let today = lead.today();
        let dates =
            OldInput { starts_on: Some(plus_days(today, first)), ends_on: Some(plus_days(today, last)) };
        record_old(&lead, person, dates).await.map_err(refused)?;
    }
    Ok(())
}

async fn write(coach: &Context, person: Uuid, signed: bool) -> Outcome {
    let begun = proposed(coach, person, None, None).await.map_err(refused)?;
    let today = coach.today();
    let input = DraftInput {
        starts_on: Some(today),
        ends_on: Some(last_day(today, begun.months)),
        weekly: Some(if signed { 8 } else { begun.target }),
        lighter: signed.then_some(Lighter::Childcare),
        until: signed.then(|| plus_days(today, 60)),
        person: "Venir aux rendez-vous, ou prévenir quand c’est impossible\n\
                 Préparer le CV avec les expériences de cuisine\n\
                 Aider à la cuisine de la fête du quartier, trois heures par semaine"
            .to_owned(),
        organisation: "Vous voir ou vous appeler au moins toutes les trois semaines\n\
                       Chercher avec vous une place d’accueil du soir\n\
                       Vous présenter une cuisine scolaire pour une immersion"
            .to_owned(),
        ..DraftInput::default()
    };
    let id = draft(coach, person, None, &input).await.map_err(refused)?;
    if signed {
        let paper = HandInput { day: Some(today), who: begun.signatories, revision: 1 };
        sign_by_hand(coach, person, id, &paper).await.map_err(refused)
    } else {
        let first = HandInput { day: Some(today), who: vec![Signatory::Person], revision: 1 };
        sign_by_hand(coach, person, id, &first).await.map_err(refused)
    }
}
