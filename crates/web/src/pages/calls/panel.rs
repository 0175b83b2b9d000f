//! What was decided of an orientation, on the page of a person.

use app::orientation::Told;
use app::people::person::PersonFile;

use super::super::proposals::lines;
use super::super::rows::t;
use crate::format;
use crate::site::Visit;
use crate::view::calls::{DecisionLetter, DecisionLine, OrientationPanel};
use crate::view::parts::{Link, Tag, Tone};
use crate::view::words;

/// The panel; `None` when there is nothing to say and nothing to do.
pub fn panel(visit: &Visit, file: &PersonFile) -> Option<OrientationPanel> {
    let to = |what: &str| visit.path(&format!("/personnes/{}/{what}", file.row.id));
    let again = !file.decisions.is_empty();
    let panel = OrientationPanel {
        decisions: file.decisions.iter().map(|one| with_letter(visit, file, one)).collect(),
        call: file.may_call.then(|| Link::new(t("calls-open").to_string(), to("appel"))),
        decide: (file.may_decide && (again || file.may_call)).then(|| {
            let key = if again { "calls-decide-again" } else { "calls-decide-here" };
            Link::new(t(key).to_string(), to("orientation"))
        }),
    };
    let something = again || panel.call.is_some() || panel.decide.is_some();
    something.then_some(panel)
}

/// A decision in words, with its letter while it is in force.
fn with_letter(visit: &Visit, file: &PersonFile, one: &Told) -> DecisionLine {
    let line = decision(visit, one);
    let letter = (file.may_print && one.ended_on.is_none()).then(|| DecisionLetter {
        link: Link::new(
            t("calls-letter").to_string(),
            visit.path(&format!("/personnes/{}/orientation/{}/lettre.pdf", file.row.id, one.id)),
        ),
        about: t("calls-letter-of").s("title", &line.title).to_string(),
    });
    DecisionLine { letter, ..line }
}

/// « Emploi, France Travail ».
pub fn decision_title(one: &Told) -> String {
    let path = one.path.map(words::orientation_path);
    [path, one.organisation.map(words::organisation)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A decision in words.
pub(super) fn decision(visit: &Visit, one: &Told) -> DecisionLine {
    let (day, today) = (|day| format::full(day), visit.today());
    let decided = one.decided_at.with_timezone(&visit.department.timezone).date_naive();
    let decided = t("calls-decided-by").s("date", day(decided)).s("by", &one.decided_by).to_string();
    let referent = match (&one.referent, &one.structure) {
        (Some(name), Some(place)) => Some(format!("{name}, {place}")),
        (Some(name), None) => Some(name.clone()),
        (None, _) => None,
    };
    let referent = referent.map_or_else(
        || t("calls-no-referent").to_string(),
        |who| t("calls-referent").s("who", who).to_string(),
    );
    let programmes = (!one.programmes.is_empty()).then(|| {
        t("calls-programmes-kept")
            .s(
                "what",
                one.programmes.iter().map(|code| words::programme(code)).collect::<Vec<_>>().join(", "),
            )
            .to_string()
    });
    let review = one.review_on.map(|on| t("calls-review").s("date", format::day(on, today)).to_string());
    let state = match one.ended_on {
        None => Tag::new(t("calls-in-force").to_string(), Tone::Ok),
        Some(on) => Tag::new(t("calls-ended").s("date", day(on)).to_string(), Tone::Neutral),
    };
    DecisionLine {
        title: decision_title(one),
        state,
        lines: [Some(decided), Some(referent), programmes, review].into_iter().flatten().collect(),
        explanation: lines(&one.explanation),
        reason: one.reason.clone().unwrap_or_default(),
        letter: None,
    }
}
