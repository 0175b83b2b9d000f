//! The programmes of a person on their page.

use app::people::person::PersonFile;
use app::programmes::{CourseAct, CourseTold};
use domain::programmes::course::Stage;

use super::super::followup::lower;
use super::super::proposals::lines;
use super::super::rows::t;
use super::change::fitting;
use super::point::{self, next};
use crate::format;
use crate::site::Visit;
use crate::view::parts::Link;
use crate::view::programmes::{CourseBlock, CourseLine, CoursePanel};
use crate::view::words::{self, programmes as said};

/// The panel.
pub fn panel(visit: &Visit, file: &PersonFile) -> CoursePanel {
    let person = |what: &str| visit.path(&format!("/personnes/{}/{what}", file.row.id));
    CoursePanel {
        id: "dispositifs",
        title: t("programmes-title").to_string(),
        none: t("programmes-none").to_string(),
        courses: file.courses.iter().map(|one| block(visit, file, one)).collect(),
        propose: file
            .enrolling
            .prescribe
            .then(|| Link::new(t("programmes-propose").to_string(), person("dispositif"))),
    }
}

fn block(visit: &Visit, file: &PersonFile, one: &CourseTold) -> CourseBlock {
    let to = |what: &str| visit.path(&format!("/personnes/{}/dispositif/{}/{what}", file.row.id, one.id));
    let mut links = Vec::new();
    if one.stage.is_awaited() && file.enrolling.answer {
        links.push(Link::new(t("programmes-answer-short").to_string(), to("reponse")));
    }
    let may = if one.stage.is_awaited() { file.enrolling.prescribe } else { file.enrolling.follow };
    if may {
        links.extend(fitting(one).map(|(path, _, title)| Link::new(t(title).to_string(), to(path))));
    }
    let date = |key: &str, day: chrono::NaiveDate| t(key).s("date", format::full(day)).to_string();
    let facts = match one.stage {
        Stage::Prescribed => vec![one.answer_by.map(|day| date("programmes-answer-by", day))],
        Stage::Waiting => vec![one.answer_by.map(|day| date("programmes-look-by", day))],
        Stage::Active | Stage::Paused(_) => vec![
            one.enrolled_on.map(|day| date("programmes-since", day)),
            one.ends_on.map(|day| date("programmes-until", day)),
            next(one).map(|point| {
                t("programmes-next-point")
                    .s("what", &point.label)
                    .s("date", format::full(point.on))
                    .to_string()
            }),
            match one.stage {
                Stage::Paused(until) => Some(date("programmes-paused-until", until)),
                _ => None,
            },
            one.renewal.asked.then(|| t("programmes-renewal-asked").to_string()),
        ],
        Stage::Over(_) => vec![Some(date("programmes-over-on", one.since))],
    };
    CourseBlock {
        title: words::programme(&one.programme),
        stage: said::stage(one.stage),
        facts: facts.into_iter().flatten().collect(),
        points: point::lines(visit, file, one),
        acts: one.acts.iter().map(|act| line(visit, act)).collect(),
        links,
    }
}

fn line(visit: &Visit, act: &CourseAct) -> CourseLine {
    let what = act.point.clone().unwrap_or_else(|| said::course_act(act.kind));
    let title = match said::course_reason(act.kind, &act.reason) {
        Some(reason) => t("followup-recorded").s("kind", what).s("what", lower(&reason)).to_string(),
        None => what,
    };
    let on = act.at.with_timezone(&visit.department.timezone).date_naive();
    let by = match &act.by {
        Some(name) => t("followup-by").s("date", format::full(on)).s("by", name).to_string(),
        None => t("followup-by-nobody").s("date", format::full(on)).to_string(),
    };
    CourseLine { title, meta: by, text: act.text.as_deref().map(lines).unwrap_or_default() }
}
