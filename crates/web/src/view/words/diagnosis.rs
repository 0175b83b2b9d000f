//! The words of the diagnosis and of the actions.

use domain::access::side::Side;
use domain::access::visibility::Level;
use domain::audit::Act;
use domain::diagnosis::action::{Status, Who};
use domain::diagnosis::field::{Impact, Priority};
use domain::diagnosis::sides::Said;
use domain::reference::diagnosis::theme_of;
use serde_json::Value;

use super::{say, side};
use crate::i18n::{Lang, text};

/// How much a theme stands in the way of work.
pub fn impact(impact: Impact) -> String {
    say(match impact {
        Impact::None => "words-impact-none",
        Impact::Low => "words-impact-low",
        Impact::Medium => "words-impact-medium",
        Impact::Strong => "words-impact-strong",
    })
}

/// When the person wishes to work on it.
pub fn priority(priority: Priority) -> String {
    say(match priority {
        Priority::First => "words-priority-first",
        Priority::Soon => "words-priority-soon",
        Priority::Later => "words-priority-later",
    })
}

/// Who does an action.
pub fn who(who: Who) -> String {
    say(match who {
        Who::Person => "words-who-person",
        Who::Social => "words-who-social",
        Who::Employment => "words-who-employment",
        Who::Structure => "words-who-structure",
        Who::Partner => "words-who-partner",
    })
}

/// Where an action stands.
pub fn status(status: Status) -> String {
    say(match status {
        Status::Planned => "words-plan-planned",
        Status::UnderWay => "words-plan-under-way",
        Status::Done => "words-plan-done",
        Status::Dropped => "words-plan-dropped",
    })
}

/// The name of a theme; its code when it is not known.
pub fn theme(code: &str) -> String {
    theme_of(code).map_or_else(|| code.to_owned(), |theme| theme.label_fr.clone())
}

/// What the journal keeps of an act on a diagnosis, in words.
pub fn kept(act: Act, kept: &Value) -> Option<String> {
    let word = |name: &str| kept.get(name).and_then(Value::as_str);
    let is = |name: &str| kept.get(name).and_then(Value::as_bool) == Some(true);
    let t = |key| text(Lang::Fr, key);
    let level = |name: &str| Some(super::level(Level::parse(word(name)?)?));
    let told = match act {
        Act::WriteDiagnosis if is("begun") => t("words-diagnosis-begun"),
        Act::WriteDiagnosis if is("settled") => {
            t("words-diagnosis-settled").s("theme", theme(word("theme")?))
        }
        Act::WriteDiagnosis => t("words-diagnosis-written")
            .s("theme", theme(word("theme")?))
            .n("n", kept.get("fields").and_then(Value::as_i64)?),
        Act::RaiseDiagnosis => t("words-diagnosis-raised")
            .s("theme", theme(word("theme")?))
            .s("before", level("before")?)
            .s("after", level("after")?),
        Act::CompleteDiagnosis => {
            let key = match Said::parse(word("said")?)? {
                Said::Complete => "words-diagnosis-complete",
                Said::Reopened => "words-diagnosis-reopened",
            };
            t(key).s("side", side(Side::parse(word("side")?)?))
        }
        Act::PlanAction => t("words-diagnosis-planned")
            .s("theme", theme(word("theme")?))
            .s("status", status(Status::parse(word("status")?)?).to_lowercase()),
        _ => return None,
    };
    Some(told.to_string())
}

/// What the copy says of codes, for those that it knows.
pub mod coded {
    use domain::access::side::Side;
    use domain::diagnosis::action::{Status, Who};
    use domain::diagnosis::field::{Impact, Priority, YES};
    use domain::diagnosis::sides::Said;
    use domain::reference::diagnosis::{action_of, objective_of, situation_of, theme_of};

    use super::super::say;

    /// A theme.
    pub fn theme(code: &str) -> Option<String> {
        theme_of(code).map(|one| one.label_fr.clone())
    }

    /// A situation.
    pub fn situation(code: &str) -> Option<String> {
        situation_of(code).map(|one| one.label_fr.clone())
    }

    /// An objective.
    pub fn objective(code: &str) -> Option<String> {
        objective_of(code).map(|one| one.label_fr.clone())
    }

    /// An action of the catalogue.
    pub fn action(code: &str) -> Option<String> {
        action_of(code).map(|one| one.label_fr.clone())
    }

    /// A field of a theme.
    pub fn field(code: &str) -> Option<String> {
        let key = match code {
            "explored" => "diagnosis-explored",
            "impact" => "diagnosis-impact",
            "priority" => "diagnosis-priority",
            "strength" => "diagnosis-strength",
            "analysis" => "diagnosis-analysis",
            "says" => "diagnosis-says",
            other => {
                let (kind, code) = other.split_once(':')?;
                return if kind == "situation" { situation(code) } else { objective(code) };
            }
        };
        Some(say(key))
    }

    /// What a field holds, when it is a code.
    pub fn value(code: &str) -> Option<String> {
        match code {
            YES => Some(say("diagnosis-yes")),
            "" => Some(say("diagnosis-emptied")),
            other => Impact::parse(other)
                .map(super::impact)
                .or_else(|| Priority::parse(other).map(super::priority)),
        }
    }

    /// What a side said.
    pub fn said(code: &str) -> Option<String> {
        Said::parse(code).map(|said| match said {
            Said::Complete => say("words-said-complete"),
            Said::Reopened => say("words-said-reopened"),
        })
    }

    /// A side.
    pub fn side(code: &str) -> Option<String> {
        Side::parse(code).map(super::side)
    }

    /// Who does an action.
    pub fn who(code: &str) -> Option<String> {
        Who::parse(code).map(super::who)
    }

    /// Where an action stands.
    pub fn status(code: &str) -> Option<String> {
        Status::parse(code).map(super::status)
    }
}
