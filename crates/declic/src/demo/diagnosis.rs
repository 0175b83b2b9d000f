//! Diagnoses at several stages before the demonstration opens: one that two write, one complete with a first one to compare, one
//! just begun; and the actions that came of them.

use std::collections::BTreeMap;

use app::Context;
use app::diagnosis::{PlanInput, Typed, WriteInput, begin, plan_action, say_complete, write};
use app::domain::access::role::Role;
use app::domain::access::visibility::Level;
use app::domain::diagnosis::action::{Draft, Status, Who};
use app::domain::diagnosis::field::{Field, YES};
use app::domain::followup::path::PathState;
use app::domain::time::plus_days;
use uuid::Uuid;

use super::acting;
use super::followup::{in_state, refused};
use crate::failure::Outcome;

/// Themes: code, impact, situations, what the person says.
type Told<'a> = (&'a str, &'a str, &'a [&'a str], &'a str);

const FIRST: [Told<'_>; 4] = [
    ("MOB", "medium", &["MOB-S02"], "« Sans bus le soir, je ne peux pas accepter tous les horaires. »"),
    ("LOG", "strong", &["LOG-S02"], ""),
    ("NUM", "medium", &["NUM-S01"], ""),
    ("FIN", "medium", &[], ""),
];

const SECOND: [Told<'_>; 5] = [
    (
        "MOB",
        "strong",
        &["MOB-S02", "MOB-S04"],
        "« Après le dernier bus, je suis bloquée. Le code, je veux le passer. »",
    ),
    ("LOG", "low", &[], "« On a enfin un bail à nous. »"),
    ("NUM", "low", &[], ""),
    ("FIN", "medium", &[], ""),
    ("CHO", "low", &["CHO-S01"], "« La cuisine, ça me plaît. »"),
];

/// Writes the diagnoses.
///
/// # Errors
/// When one is refused: the demonstration would not be one.
pub async fn make(ctx: &Context, accounts: &BTreeMap<Role, Uuid>) -> Outcome {
    let Some(lead) = acting(ctx, accounts, Role::TeamLead).await? else { return Ok(()) };
    let Some(social) = acting(ctx, accounts, Role::SocialReferent).await? else { return Ok(()) };
    let Some(coach) = acting(ctx, accounts, Role::JobCoach).await? else { return Ok(()) };
    let mut known = in_state(&lead, PathState::Oriented).await?;
    known.extend(in_state(&lead, PathState::ToOrient).await?);
    let mut people = Vec::new();
    for person in known {
        let files = (is_mine(&social, person).await, is_mine(&coach, person).await);
        if files == (true, true) {
            people.push(person);
        }
    }
    let mut people = people.into_iter();
    if let Some(person) = people.next() {
        begin(&social, person).await.map_err(refused)?;
        tell(&social, person, &FIRST).await?;
        say_complete(&social, person).await.map_err(refused)?;
        say_complete(&coach, person).await.map_err(refused)?;
        begin(&coach, person).await.map_err(refused)?;
        tell(&coach, person, &SECOND).await?;
        decide(&coach, person).await?;
    }
    if let Some(person) = people.next() {
        begin(&social, person).await.map_err(refused)?;
        tell(&social, person, &FIRST).await?;
        beside(&social, &coach, person).await?;
    }
    if let Some(person) = people.next() {
        begin(&coach, person).await.map_err(refused)?;
    }
    Ok(())
}

pub async fn is_mine(who: &Context, person: Uuid) -> bool {
    app::people::person::is_seen(who, person).await.unwrap_or(false)
}

/// Writes themes from nothing.
async fn tell(who: &Context, person: Uuid, all: &[Told<'_>]) -> Outcome {
    for (theme, impact, situations, says) in all {
        let typed = |field, value: &str| Typed { field, base: None, value: value.to_owned() };
        let mut fields =
            vec![typed(Field::Explored, YES), typed(Field::Impact, impact), typed(Field::Says, says)];
        fields.extend(situations.iter().map(|code| typed(Field::Situation((*code).to_owned()), YES)));
        let input = WriteInput { fields, level: Some(Level::Person), ..WriteInput::default() };
        write(who, person, theme, &input).await.map_err(refused)?;
    }
    Ok(())
}

/// Two texts written at the same time.
async fn beside(social: &Context, coach: &Context, person: Uuid) -> Outcome {
    for (who, text) in [
        (
            coach,
            "Les postes visés demandent d’arriver à 7 h : remise en selle au volant avant toute candidature.",
        ),
        (social, "Elle veut reprendre le volant, pas seule. Six heures à l’auto-école sociale d’abord."),
    ] {
        let fields = vec![Typed { field: Field::Analysis, base: None, value: text.to_owned() }];
        write(who, person, "MOB", &WriteInput { fields, ..WriteInput::default() }).await.map_err(refused)?;
    }
    Ok(())
}

/// What was decided.
async fn decide(coach: &Context, person: Uuid) -> Outcome {
    let today = coach.today();
    for (code, who, days, status, result) in [
        ("MOB-A02", Who::Person, 14, Status::Planned, ""),
        ("MOB-A01", Who::Social, 7, Status::UnderWay, ""),
        ("MOB-A03", Who::Employment, -6, Status::Done, "Accordée pour trois mois."),
    ] {
        let plan = PlanInput {
            theme: "MOB".to_owned(),
            situation: Some("MOB-S04".to_owned()),
            code: Some(code.to_owned()),
            draft: Draft {
                who: Some(who),
                due_on: Some(plus_days(today, days)),
                status: Some(status),
                result: result.to_owned(),
                ..Draft::default()
            },
            level: Some(Level::Person),
            ..PlanInput::default()
        };
        plan_action(coach, person, &plan).await.map_err(refused)?;
    }
    Ok(())
}
