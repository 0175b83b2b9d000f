//! Invite many people at once to choose an hour: who, to what, the numbers, then the people one by one.

use app::agenda::{MOST, Plan, Wave, WaveError, WaveInput, make_wave, plan_wave, stop_wave, wave, waves};
use axum::extract::Path;
use domain::agenda::appointment::Purpose;
use domain::agenda::wave::{Standing, may_be_invited};
use domain::followup::path::PathState;
use domain::time::plus_days;

use super::super::orientation::filters;
use super::super::rows::{self, t};
use super::propose::{offer, offer_fields};
use super::rows::{Tab, fail, local, tabs};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::parts::{Empty, Link, Tag, Tone};
use crate::view::waves::{NewWave, PlanView, WaveLine, WavePage, WavePerson, Waves};
use crate::view::words;

/// The list.
const LIST: &str = "/agenda/vagues";
/// People whom a wave invites when nothing else is written.
const USUAL: &str = "50";
/// Days of hours that are offered when no day is chosen.
const USUAL_DAYS: i64 = 21;

/// `GET /{department}/agenda/vagues`.
///
/// # Errors
/// 403 for who invites nobody.
pub async fn list(visit: Visit) -> Answer {
    let all = waves(&visit.ctx()).await.map_err(fail)?;
    page(&Waves {
        tabs: tabs(&visit, Tab::Waves),
        new: visit.path(&format!("{LIST}/nouvelle")),
        rows: all.iter().map(|one| line(&visit, one)).collect(),
        empty: Empty {
            title: t("waves-none").to_string(),
            text: t("waves-none-text").to_string(),
            action: None,
        },
        shell: visit.shell(),
    })
}

fn line(visit: &Visit, one: &Wave) -> WaveLine {
    WaveLine {
        link: Link::new(title(one), visit.path(&format!("{LIST}/{}", one.id))),
        state: if one.over {
            Tag::new(t("waves-over").to_string(), Tone::Neutral)
        } else {
            Tag::new(t("waves-open").to_string(), Tone::Info)
        },
        numbers: numbers(one)
            .into_iter()
            .map(|(label, n)| format!("{n} {}", label.to_lowercase()))
            .collect::<Vec<_>>()
            .join(", "),
        meta: lead(visit, one),
    }
}

fn title(one: &Wave) -> String {
    let mut parts = vec![words::agenda::purpose(one.offer.purpose)];
    parts.extend(one.with.clone());
    parts.extend(one.site.clone());
    parts.extend(one.offer.modality.map(words::agenda::modality));
    parts.join(", ")
}

fn lead(visit: &Visit, one: &Wave) -> String {
    t("waves-lead")
        .s("day", format::full(local(visit, one.made.0).date()))
        .s("by", one.made.1.clone())
        .s("until", format::full(one.until))
        .to_string()
}

/// How many stand where, those of whom there are some.
fn numbers(one: &Wave) -> Vec<(String, String)> {
    let told = |standing: &Standing| {
        let n = one.count(*standing);
        (n > 0).then(|| (words::agenda::wave_standings(*standing), format::count(n)))
    };
    Standing::ALL.iter().filter_map(told).collect()
}

/// `GET /{department}/agenda/vagues/nouvelle`: the filters of a list may come with the address.
///
/// # Errors
/// 403 for who invites nobody.
pub async fn new(visit: Visit, Query(query): Query) -> Answer {
    page(&form(&visit, &query, None, Vec::new()).await?)
}

/// `POST /{department}/agenda/vagues/nouvelle`: the numbers, or the wave.
///
/// # Errors
/// 403 for who invites nobody.
pub async fn make(visit: Visit, typed: Form) -> Answer {
    let (ctx, input) = (visit.ctx(), input(&visit, &typed));
    if typed.get("do") != "send" {
        return match plan_wave(&ctx, &input).await {
            Ok(plan) => page(&form(&visit, &typed, Some(plan), Vec::new()).await?),
            Err(error) => wrong(&visit, &typed, error).await,
        };
    }
    match make_wave(&ctx, &input).await {
        Ok(id) => see_other_saying(&visit, &visit.path(&format!("{LIST}/{id}")), Tone::Ok, "flash-wave-made"),
        Err(error) => wrong(&visit, &typed, error).await,
    }
}

async fn wrong(visit: &Visit, typed: &Form, error: WaveError) -> Answer {
    let field = match &error {
        WaveError::Agenda(_) => {
            let WaveError::Agenda(error) = error else {
                return Err(Fail::Problem(crate::view::errors::Problem::Internal));
            };
            return Err(fail(error));
        }
        WaveError::Most => "most",
        WaveError::Until => "until",
        WaveError::Nobody | WaveError::Changed => "etat",
    };
    let errors = vec![FieldError { field: field.to_owned(), text: error.to_string() }];
    unprocessable(&form(visit, typed, None, errors).await?)
}

fn input(visit: &Visit, typed: &Form) -> WaveInput {
    WaveInput {
        filter: rows::filter(typed, visit.today()),
        most: typed.get("most").trim().parse().unwrap_or_default(),
        offer: offer(typed, Purpose::FirstMeeting),
        // What is not a day is before every day: it is refused with a sentence.
        until: typed.get("until").parse().unwrap_or_default(),
    }
}

async fn form(
    visit: &Visit,
    typed: &Form,
    plan: Option<Plan>,
    errors: Vec<FieldError>,
) -> Result<NewWave, Fail> {
    let states = PathState::ALL.into_iter().filter(|state| may_be_invited(*state));
    let states = states.map(|state| (state.code().to_owned(), words::state_name(state)));
    let mut who = vec![
        rows::select(typed, "etat", "waves-state", "waves-any-state", states.collect())
            .error(FieldError::of(&errors, "etat")),
    ];
    who.extend(filters(visit, typed).await?);
    let what = what(visit, typed, &errors).await?;
    Ok(NewWave {
        back: Link::new(t("waves-title").to_string(), visit.path(LIST)),
        action: visit.path(&format!("{LIST}/nouvelle")),
        who,
        what,
        plan: plan.map(|plan| told(&plan)),
        errors,
        shell: visit.shell(),
    })
}

async fn what(visit: &Visit, typed: &Form, errors: &[FieldError]) -> Result<Vec<Field>, Fail> {
    let usual = plus_days(visit.today(), USUAL_DAYS).to_string();
    let mut fields = offer_fields(visit, typed, Purpose::FirstMeeting).await?;
    fields.extend([
        Field::new(FieldKind::Date, "until", t("waves-until").to_string())
            .hint(t("waves-until-hint").to_string())
            .value(typed.some("until").unwrap_or(&usual))
            .error(FieldError::of(errors, "until")),
        Field::new(FieldKind::Text, "most", t("waves-most").to_string())
            .hint(t("waves-most-hint").n("most", MOST as u64).to_string())
            .value(typed.some("most").unwrap_or(USUAL))
            .error(FieldError::of(errors, "most")),
    ]);
    Ok(fields)
}

fn told(plan: &Plan) -> PlanView {
    let count = |n: usize| n as u64;
    let lead = t("waves-plan")
        .n("people", count(plan.people))
        .n("free", count(plan.free))
        .n("now", count(plan.now))
        .to_string();
    let later = plan.people - plan.now;
    let lines = [
        (plan.awaited > 0, t("waves-plan-awaited").n("n", count(plan.awaited)).to_string()),
        (later > 0, t("waves-plan-later").n("n", count(later)).to_string()),
        (plan.out > 0, t("waves-plan-out").n("n", count(plan.out)).to_string()),
        (plan.free == 0, t("waves-plan-none").to_string()),
    ];
    let lines = lines.into_iter().filter(|(say, _)| *say).map(|(_, line)| line).collect();
    PlanView { lead, lines, may_send: plan.people > 0 }
}

/// `GET /{department}/agenda/vagues/{id}`.
///
/// # Errors
/// 404 for a wave that is not the actor's to see.
pub async fn one(visit: Visit, Path((_, which)): Path<(String, String)>) -> Answer {
    let one = wave(&visit.ctx(), id(&which)?).await.map_err(fail)?;
    let waits = one.count(Standing::Waiting) > 0;
    page(&WavePage {
        back: Link::new(t("waves-title").to_string(), visit.path(LIST)),
        title: title(&one),
        lead: lead(&visit, &one),
        numbers: numbers(&one),
        people: one.people.iter().map(|person| in_wave(&visit, person)).collect(),
        stop: waits.then(|| visit.path(&format!("{LIST}/{}/arreter", one.id))),
        shell: visit.shell(),
    })
}

fn in_wave(visit: &Visit, person: &app::agenda::InWave) -> WavePerson {
    let tone = match person.standing {
        Standing::Booked => Tone::Ok,
        Standing::Invited => Tone::Info,
        Standing::Unanswered => Tone::Late,
        Standing::Waiting | Standing::LeftOut => Tone::Neutral,
    };
    let when = person
        .invited_at
        .map(|at| t("waves-invited-on").s("day", format::full(local(visit, at).date())).to_string());
    WavePerson {
        link: Link::new(person.name.clone(), visit.path(&format!("/personnes/{}/messages", person.id))),
        state: Tag::new(words::agenda::wave_standing(person.standing), tone),
        when: when.unwrap_or_default(),
    }
}

/// `POST /{department}/agenda/vagues/{id}/arreter`.
///
/// # Errors
/// 404 for a wave that is not the actor's to see.
pub async fn stop(visit: Visit, Path((_, which)): Path<(String, String)>) -> Answer {
    let which = id(&which)?;
    stop_wave(&visit.ctx(), which).await.map_err(fail)?;
    see_other_saying(&visit, &visit.path(&format!("{LIST}/{which}")), Tone::Ok, "flash-wave-stopped")
}
