//! Returns to work before the demonstration opens: two that are lived, one of them fragile, and one that is announced.

use std::collections::BTreeMap;

use app::Context;
use app::domain::access::role::Role;
use app::domain::followup::contact::Means;
use app::domain::followup::path::PathState;
use app::domain::outcomes::outcome::{Going, Kind, Work};
use app::domain::outcomes::plan::Check;
use app::domain::time::plus_days;
use app::outcomes::{BeginInput, NewsInput, begin_outcome, take_news};
use app::people::person::open;
use uuid::Uuid;

use super::acting;
use super::diagnosis::is_mine;
use super::followup::{in_state, refused};
use crate::failure::Outcome;

/// Each: what it is, its contract, hours a week, days since it began, the employer.
const LIVED: [(Kind, Work, u32, i64, &str); 3] = [
    (Kind::Job, Work::FixedTerm, 24, 40, "Magasin de Saint-Mihiel, employée en rayon"),
    (Kind::Iae, Work::Insertion, 26, 12, "Chantier de la Woëvre, entretien des espaces verts"),
    (Kind::Job, Work::Permanent, 28, -6, "École du centre, aide de cuisine"),
];

/// Writes the returns to work.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(lead) = acting(ctx, accounts, Role::TeamLead).await? else { return Ok(()) };
    let Some(coach) = acting(ctx, accounts, Role::JobCoach).await? else { return Ok(()) };
    let mut mine = Vec::new();
    for state in [PathState::Contracted, PathState::Enrolled, PathState::Oriented] {
        // The last ones: the first of each state show what comes before work.
        for person in in_state(&lead, state).await?.into_iter().rev() {
            if is_mine(&coach, person).await {
                mine.push(person);
            }
        }
    }
    for (person, (kind, work, hours, days, name)) in mine.into_iter().skip(1).zip(LIVED) {
        let starts = plus_days(ctx.today(), -days);
        let input = BeginInput {
            kind: Some(kind),
            work: Some(work),
            hours: Some(hours),
            starts_on: Some(starts),
            ends_on: (work != Work::Permanent).then(|| plus_days(starts, 180)),
            name: name.to_owned(),
            follows: None,
        };
        begin_outcome(&coach, person, &input).await.map_err(refused)?;
        if days > 30 {
            called(&coach, person, days).await?;
        }
    }
    Ok(())
}

/// The news of the first month: something is fragile, and another call is agreed.
async fn called(coach: &Context, person: Uuid, days: i64) -> Outcome {
    let file = open(coach, person, app::domain::audit::Part::Essential).await.map_err(refused)?;
    let Some(one) = file.outcomes.first() else { return Ok(()) };
    let input = NewsInput {
        day: Some(plus_days(coach.today(), 30 - days)),
        means: Some(Means::Phone),
        going: Some(Going::Fragile),
        check: one.now.left().into_iter().find(|check| *check == Check::Months(1)),
        agreed: Some(plus_days(coach.today(), 3)),
        text: "Le planning change : plus de car le soir. On en reparle avant d’appeler le magasin, avec son accord."
            .to_owned(),
        level: Some(app::domain::access::visibility::Level::Team),
    };
    take_news(coach, person, one.id, &input).await.map_err(refused)?;
    Ok(())
}
