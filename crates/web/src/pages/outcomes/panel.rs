//! The returns to work of a person on their page.

use app::outcomes::{OutcomeAct, OutcomeTold};
use app::people::person::PersonFile;
use domain::outcomes::outcome::{Act, Stage};

use super::super::followup::lower;
use super::super::proposals::lines;
use super::super::rows::t;
use super::change::fitting;
use crate::format;
use crate::site::Visit;
use crate::view::parts::Link;
use crate::view::programmes::{CourseBlock, CourseLine, CoursePanel};
use crate::view::words::outcomes as said;

/// The panel; where one writes another only for who may, of somebody who is followed.
pub fn panel(visit: &Visit, file: &PersonFile) -> CoursePanel {
    let new = || {
        let path = visit.path(&format!("/personnes/{}/activite", file.row.id));
        Link::new(t("outcomes-new").to_string(), path)
    };
    let row = &file.row;
    let followed =
        file.path.end || row.has_referent || row.oriented_on.or(row.enrolled_on).or(row.outcome_on).is_some();
    CoursePanel {
        id: "reprises",
        title: t("outcomes-title").to_string(),
        none: t("outcomes-none").to_string(),
        courses: file.outcomes.iter().map(|one| block(visit, file, one)).collect(),
        propose: (file.enrolling.follow && followed).then(new),
    }
}

fn block(visit: &Visit, file: &PersonFile, one: &OutcomeTold) -> CourseBlock {
    let to = |what: &str| visit.path(&format!("/personnes/{}/activite/{}/{what}", file.row.id, one.id));
    let mut links = Vec::new();
    if file.enrolling.follow {
        if one.now.stage.allows(Act::News) {
            links.push(Link::new(t("outcomes-news").to_string(), to("nouvelles")));
        }
        links.extend(fitting(one).map(|(path, title)| Link::new(t(title).to_string(), to(path))));
    }
    CourseBlock {
        title: t("outcomes-one").s("kind", said::kind(one.now.kind)).s("name", &one.name).to_string(),
        stage: said::stage(one.now.stage, one.now.is_followed_no_more()),
        facts: facts(file, one),
        points: Vec::new(),
        acts: one.acts.iter().map(|act| line(visit, act)).collect(),
        links,
    }
}

fn facts(file: &PersonFile, one: &OutcomeTold) -> Vec<String> {
    let date = |key: &str, day: chrono::NaiveDate| t(key).s("date", format::full(day)).to_string();
    let mut what: Vec<String> = one.work.map(said::work).into_iter().collect();
    what.extend(one.hours.map(|hours| t("outcomes-week").n("n", i64::from(hours)).to_string()));
    let mut facts = Vec::new();
    if !what.is_empty() {
        facts.push(t("outcomes-contract").s("what", what.join(", ")).to_string());
    }
    let starts = if one.now.stage == Stage::Announced { "outcomes-planned-on" } else { "programmes-since" };
    facts.push(date(starts, one.now.starts_on));
    match (one.now.ended_on, one.now.ends_on) {
        (Some(day), _) => facts.push(date("outcomes-ended-on", day)),
        (None, Some(day)) => facts.push(date("outcomes-until", day)),
        (None, None) => {}
    }
    if let Some((check, day)) = one.now.next_check() {
        let what = lower(&said::check(check));
        facts.push(t("outcomes-next").s("what", what).s("date", format::full(day)).to_string());
    }
    let known: Vec<String> = one
        .kept
        .iter()
        .filter_map(|(months, kept)| {
            let word = said::kept(*kept)?;
            Some(t("outcomes-kept-at").n("n", i64::from(*months)).s("what", lower(&word)).to_string())
        })
        .collect();
    if !known.is_empty() {
        facts.push(t("outcomes-kept").s("what", known.join(", ")).to_string());
    }
    let before = one.follows.and_then(|id| file.outcomes.iter().find(|other| other.id == id));
    facts.extend(before.map(|other| t("outcomes-after").s("name", &other.name).to_string()));
    facts
}

fn line(visit: &Visit, act: &OutcomeAct) -> CourseLine {
    let kind = match act.check {
        Some(check) => {
            let what = lower(&said::check(check));
            t("followup-recorded").s("kind", said::act(act.kind)).s("what", what).to_string()
        }
        None => said::act(act.kind),
    };
    let more = act.going.map(said::going).or_else(|| said::reason(&act.reason));
    let title = match more {
        Some(more) => t("outcomes-act").s("kind", kind).s("what", lower(&more)).to_string(),
        None => kind,
    };
    let on = act.at.with_timezone(&visit.department.timezone).date_naive();
    let by = match &act.by {
        Some(name) => t("followup-by").s("date", format::full(on)).s("by", name).to_string(),
        None => t("followup-by-nobody").s("date", format::full(on)).to_string(),
    };
    let mut text = act.text.as_deref().map(lines).unwrap_or_default();
    let until = match act.kind {
        Act::Extended => "outcomes-until",
        _ => "outcomes-agreed-on",
    };
    text.extend(act.until.map(|day| t(until).s("date", format::full(day)).to_string()));
    CourseLine { title, meta: by, text }
}
