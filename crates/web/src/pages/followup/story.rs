//! Decisions, calls and acts of the path among what happened to a person.

use app::outcomes::OutcomeTold;
use app::people::person::PersonFile;
use chrono::{DateTime, NaiveDate, Utc};
use domain::followup::contact::Outcome;
use domain::orientation::queue::Attempt;
use domain::outcomes::outcome::Act;

use super::super::calls::decision_title;
use super::super::person_story::event;
use super::super::rows::t;
use super::panel::{lower, title};
use crate::format;
use crate::site::Visit;
use crate::view::parts::Event;
use crate::view::words::{self, engagement as contracts, outcomes, programmes as said};

/// What was written of a return to work, but the news, which are contacts.
fn lived(visit: &Visit, one: &OutcomeTold) -> Vec<(NaiveDate, String, Option<String>)> {
    let on = one.at.with_timezone(&visit.department.timezone).date_naive();
    let (key, day) = if one.now.starts_on > on {
        ("outcomes-told-announced", on)
    } else {
        ("outcomes-told-begun", one.now.starts_on)
    };
    let kind = lower(&outcomes::kind(one.now.kind));
    let mut all = vec![(day, t(key).s("kind", kind).s("name", &one.name).to_string(), one.by.clone())];
    for act in one.acts.iter().filter(|act| act.kind != Act::News) {
        let what = lower(&outcomes::act(act.kind));
        let title = t("outcomes-told").s("name", &one.name).s("what", what).to_string();
        all.push((act.held_on, title, act.by.clone()));
    }
    all
}

/// Everything that happened, the most recent first: what files tell, and what was done here.
pub fn story(visit: &Visit, file: &PersonFile) -> Vec<Event> {
    let day = |at: DateTime<Utc>| at.with_timezone(&visit.department.timezone).date_naive();
    let done = |icon: &'static str, on: NaiveDate, title: String, by: Option<String>| {
        let when = format::day(on, visit.today());
        (on, Event { icon, title, when, by, text: None, source: None, accent: false })
    };
    let mut all: Vec<(NaiveDate, Event)> = Vec::new();
    for act in &file.acts {
        all.push(done("flag", act.held_on, title(act), act.by.clone()));
    }
    for course in &file.courses {
        for act in &course.acts {
            let what = lower(&said::course_act(act.kind));
            let name = words::programme(&course.programme);
            let title = t("programmes-told").s("programme", name).s("what", what).to_string();
            all.push(done("flag", act.held_on, title, act.by.clone()));
        }
    }
    for contract in &file.contracts {
        for act in &contract.acts {
            let what = contracts::act(act.kind);
            let nature = contracts::nature(contract.nature);
            let title = match act.signatory {
                Some(who) => t("engagement-told-by")
                    .s("nature", nature)
                    .s("what", lower(&what))
                    .s("who", lower(&contracts::signatory(who))),
                None => t("programmes-told").s("programme", nature).s("what", lower(&what)),
            };
            all.push(done("check", act.held_on, title.to_string(), act.by.clone()));
        }
    }
    for outcome in &file.outcomes {
        all.extend(lived(visit, outcome).into_iter().map(|(on, title, by)| done("flag", on, title, by)));
    }
    for contact in &file.contacts {
        let (how, about) = (said::means(contact.means), lower(&said::subject(contact.subject)));
        let title = match contact.outcome {
            Outcome::Held => t("followup-told-contact").s("how", how).s("about", about),
            other => t("followup-told-attempt").s("how", how).s("what", lower(&said::outcome(other))),
        };
        let (on, mut event) = done("phone", contact.held_on, title.to_string(), contact.by.clone());
        event.text.clone_from(&contact.text);
        all.push((on, event));
    }
    for one in &file.decisions {
        let title = t("followup-story-decision").s("what", lower(&decision_title(one))).to_string();
        all.push(done(
            "check",
            day(one.decided_at),
            title,
            Some(one.decided_by.clone()).filter(|by| !by.is_empty()),
        ));
    }
    for (call, by) in &file.calls {
        let Some(ending) = Attempt::parse(&call.ending) else { continue };
        let key = if call.inbound { "followup-story-call-in" } else { "followup-story-call" };
        let title = t(key).s("what", lower(&words::attempt(ending))).to_string();
        all.push(done("phone", day(call.at), title, by.clone()));
    }
    all.extend(file.events.iter().map(|told| (told.0.on, event(visit, file, told, false))));
    // What was done here comes before what a file tells of the same day.
    all.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    let mut events: Vec<Event> = all.into_iter().map(|(_, event)| event).collect();
    if let Some(first) = events.first_mut() {
        first.accent = true;
    }
    events
}
