//! The words of the joint diagnosis: themes, situations, objectives, actions, what leads from one to the next, and what the
//! same things are called elsewhere.
//!
//! A code is never used again and never changes meaning: what is retired stays readable (`active = false`).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::table::{self, Row};

const THEMES: &str = include_str!("../data/catalogues/diagnosis/themes.csv");
const SITUATIONS: &str = include_str!("../data/catalogues/diagnosis/situations.csv");
const OBJECTIVES: &str = include_str!("../data/catalogues/diagnosis/objectives.csv");
const ACTIONS: &str = include_str!("../data/catalogues/diagnosis/actions.csv");
const LINKS: &str = include_str!("../data/catalogues/diagnosis/links.csv");
const CROSSWALK: &str = include_str!("../data/catalogues/diagnosis/crosswalk.csv");
const CLASSES: &str = include_str!("../data/catalogues/diagnosis/drees_action_classes.csv");

/// A theme of the diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Three capitals: `MOB`.
    pub code: String,
    /// Daily life, not work itself.
    pub peripheral: bool,
    /// « Se déplacer ».
    pub label_fr: String,
    /// The question that opens the exchange.
    pub question_fr: String,
    /// The question that follows.
    pub follow_up_fr: String,
    /// What each level of impact on work means: none, low, medium, strong.
    pub impacts_fr: [String; 4],
    /// Who reads a text on this theme unless its author says otherwise: `pair` or `social`.
    pub visibility: String,
    /// How to write on this theme; may be empty.
    pub writing_rule_fr: String,
    /// It is proposed.
    pub active: bool,
}

/// What a situation is for the return to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// It is in the way.
    Obstacle,
    /// Neither.
    Neutral,
    /// It helps.
    Resource,
}

/// A situation of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Situation {
    /// `MOB-S01`.
    pub code: String,
    /// Its theme.
    pub theme: String,
    /// What it is for the return to work.
    pub nature: Nature,
    /// For professionals.
    pub label_fr: String,
    /// As the person would say it.
    pub label_person_fr: String,
    /// Asks for care: never sent to a host or an employer, never printed.
    pub sensitive: bool,
    /// Who knows of it: `pair` or `social`.
    pub visibility: String,
    /// It is proposed.
    pub active: bool,
}

/// What a person may want to reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// `MOB-O01`.
    pub code: String,
    /// Its theme.
    pub theme: String,
    /// « Faire le point sur ses déplacements ».
    pub label_fr: String,
    /// How the person would say that it is reached.
    pub success_sign_fr: String,
    /// It is proposed.
    pub active: bool,
}

/// How the hours of an action count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    /// They do not.
    None,
    /// As its timetable says.
    Scheduled,
    /// As the person declares them.
    Declared,
}

/// What may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// `MOB-A01`.
    pub code: String,
    /// Its theme.
    pub theme: String,
    /// « Faire un bilan de mobilité avec un conseiller ».
    pub label_fr: String,
    /// Class of the plan of the contract: `formation`, `accompagnement`, `appui`, `emploi`.
    pub plan_kind: String,
    /// Class of the national survey: `D08`.
    pub drees_class: String,
    /// How its hours count.
    pub hours: Hours,
    /// A hint only; 0 when none.
    pub typical_hours_per_week: u32,
    /// Who usually does it: `person`, `social_referent`, `job_coach`, `partner`.
    pub led_by: String,
    /// `service`, `workshop`, `volunteering`…
    pub offer_kind: String,
    /// The aid of the catalogue that it asks for; may be empty.
    pub aid_code: String,
    /// It is proposed.
    pub active: bool,
}

/// From a situation to an objective, and to an action; the lower the ranks, the sooner it is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The situation.
    pub situation: String,
    /// The objective.
    pub objective: String,
    /// The action.
    pub action: String,
    /// Rank of the objective for the situation.
    pub objective_rank: u32,
    /// Rank of the action for the objective.
    pub action_rank: u32,
}

/// What something is called elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equivalent {
    /// Our code; empty when we have none. Those of `impact` are `THEME:level`.
    pub code: String,
    /// `theme`, `situation`, `objective`, `action`, `impact`.
    pub kind: String,
    /// `france_travail`, `carnet_de_bord`, `data_inclusion`…
    pub system: String,
    /// Their list.
    pub system_kind: String,
    /// Their code.
    pub system_code: String,
    /// Their words.
    pub system_label: String,
    /// `exact`, `close`, `broader`, `narrower`, `none`.
    pub matches: String,
}

/// Everything, read once.
#[derive(Debug)]
struct Catalogue {
    themes: Vec<Theme>,
    situations: Vec<Situation>,
    objectives: Vec<Objective>,
    actions: Vec<Action>,
    links: Vec<Link>,
    crosswalk: Vec<Equivalent>,
    classes: HashMap<String, String>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue {
    themes: ordered(THEMES, "family", theme),
    situations: ordered(SITUATIONS, "theme", situation),
    objectives: ordered(OBJECTIVES, "theme", objective),
    actions: ordered(ACTIONS, "theme", action),
    links: table::rows(LINKS).iter().map(link).collect(),
    crosswalk: table::rows(CROSSWALK).iter().map(equivalent).collect(),
    classes: table::rows(CLASSES).iter().map(|row| (row.text("code"), row.text("label_fr"))).collect(),
});

/// The rows in the order that the catalogue gives them within each group.
fn ordered<T>(file: &str, group: &str, read: fn(&Row) -> T) -> Vec<T> {
    let mut rows = table::rows(file);
    let mut groups: Vec<String> = Vec::new();
    for row in &rows {
        let name = row.text(group);
        if !groups.contains(&name) {
            groups.push(name);
        }
    }
    rows.sort_by_key(|row| {
        let place = groups.iter().position(|name| *name == row.text(group));
        (place, row.number("order"))
    });
    rows.iter().map(read).collect()
}

fn theme(row: &Row) -> Theme {
    Theme {
        code: row.text("code"),
        peripheral: row.text("family") == "peripheral",
        label_fr: row.text("label_fr"),
        question_fr: row.text("open_question_fr"),
        follow_up_fr: row.text("follow_up_question_fr"),
        impacts_fr: ["impact_none_fr", "impact_low_fr", "impact_medium_fr", "impact_strong_fr"]
            .map(|name| row.text(name)),
        visibility: row.text("default_visibility"),
        writing_rule_fr: row.text("writing_rule_fr"),
        active: row.is("active"),
    }
}

fn situation(row: &Row) -> Situation {
    Situation {
        code: row.text("code"),
        theme: row.text("theme"),
        nature: match row.text("kind").as_str() {
            "obstacle" => Nature::Obstacle,
            "resource" => Nature::Resource,
            _ => Nature::Neutral,
        },
        label_fr: row.text("label_fr"),
        label_person_fr: row.text("label_person_fr"),
        sensitive: row.is("sensitive"),
        visibility: row.text("default_visibility"),
        active: row.is("active"),
    }
}

fn objective(row: &Row) -> Objective {
    Objective {
        code: row.text("code"),
        theme: row.text("theme"),
        label_fr: row.text("label_fr"),
        success_sign_fr: row.text("success_sign_fr"),
        active: row.is("active"),
    }
}

fn action(row: &Row) -> Action {
    let hours = match row.text("hours_rule").as_str() {
        "scheduled" => Hours::Scheduled,
        "declared" => Hours::Declared,
        _ => Hours::None,
    };
    Action {
        code: row.text("code"),
        theme: row.text("theme"),
        label_fr: row.text("label_fr"),
        plan_kind: row.text("plan_kind"),
        drees_class: row.text("drees_class"),
        hours: if row.is("counts_hours") { hours } else { Hours::None },
        typical_hours_per_week: row.number("typical_hours_per_week"),
        led_by: row.text("led_by"),
        offer_kind: row.text("offer_kind"),
        aid_code: row.text("aid_code"),
        active: row.is("active"),
    }
}

fn link(row: &Row) -> Link {
    Link {
        situation: row.text("situation"),
        objective: row.text("objective"),
        action: row.text("action"),
        objective_rank: row.number("objective_rank"),
        action_rank: row.number("action_rank"),
    }
}

fn equivalent(row: &Row) -> Equivalent {
    Equivalent {
        code: row.text("code"),
        kind: row.text("kind"),
        system: row.text("system"),
        system_kind: row.text("system_kind"),
        system_code: row.text("system_code"),
        system_label: row.text("system_label"),
        matches: row.text("match"),
    }
}

/// Every theme, daily life first.
pub fn themes() -> &'static [Theme] {
    &CATALOGUE.themes
}

/// The theme of this code.
pub fn theme_of(code: &str) -> Option<&'static Theme> {
    themes().iter().find(|theme| theme.code == code)
}

/// Every situation.
pub fn situations() -> &'static [Situation] {
    &CATALOGUE.situations
}

/// The situation of this code.
pub fn situation_of(code: &str) -> Option<&'static Situation> {
    situations().iter().find(|one| one.code == code)
}

/// Every objective.
pub fn objectives() -> &'static [Objective] {
    &CATALOGUE.objectives
}

/// The objective of this code.
pub fn objective_of(code: &str) -> Option<&'static Objective> {
    objectives().iter().find(|one| one.code == code)
}

/// Every action.
pub fn actions() -> &'static [Action] {
    &CATALOGUE.actions
}

/// The action of this code.
pub fn action_of(code: &str) -> Option<&'static Action> {
    actions().iter().find(|one| one.code == code)
}

/// Every link.
pub fn links() -> &'static [Link] {
    &CATALOGUE.links
}

/// What everything is called elsewhere.
pub fn crosswalk() -> &'static [Equivalent] {
    &CATALOGUE.crosswalk
}

/// The words of a class of the national survey on actions: `D08`.
pub fn drees_class(code: &str) -> Option<&'static str> {
    CATALOGUE.classes.get(code).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn known_theme(code: &str) -> bool {
        theme_of(code).is_some()
    }

    #[test]
    fn no_row_is_lost_while_reading() {
        for (read, file) in [
            (themes().len(), THEMES),
            (situations().len(), SITUATIONS),
            (objectives().len(), OBJECTIVES),
            (actions().len(), ACTIONS),
            (links().len(), LINKS),
            (crosswalk().len(), CROSSWALK),
            (CATALOGUE.classes.len(), CLASSES),
        ] {
            assert_eq!(read, table::announced(file));
        }
    }

    #[test]
    fn no_code_stands_twice_and_each_says_its_theme() {
        let codes: Vec<(&str, &str)> = situations()
            .iter()
            .map(|one| (one.code.as_str(), one.theme.as_str()))
            .chain(objectives().iter().map(|one| (one.code.as_str(), one.theme.as_str())))
            .chain(actions().iter().map(|one| (one.code.as_str(), one.theme.as_str())))
            .collect();
        let different: HashSet<&str> = codes.iter().map(|(code, _)| *code).collect();
        assert_eq!(different.len(), codes.len());
        for (code, theme) in codes {
            assert!(code.starts_with(&format!("{theme}-")) && known_theme(theme), "{code}");
        }
        let themes_once: HashSet<&str> = themes().iter().map(|theme| theme.code.as_str()).collect();
        assert_eq!(themes_once.len(), 16);
    }

    #[test]
    fn every_link_leads_from_a_situation_to_an_objective_to_an_action() {
        let mut seen = HashSet::new();
        for link in links() {
            assert!(situation_of(&link.situation).is_some(), "{link:?}");
            assert!(objective_of(&link.objective).is_some(), "{link:?}");
            assert!(action_of(&link.action).is_some(), "{link:?}");
            assert!(link.objective_rank > 0 && link.action_rank > 0, "{link:?}");
            assert!(seen.insert((&link.situation, &link.objective, &link.action)), "twice: {link:?}");
        }
    }

    #[test]
    fn every_obstacle_leads_somewhere() {
        for one in situations().iter().filter(|one| one.nature == Nature::Obstacle && one.active) {
            assert!(links().iter().any(|link| link.situation == one.code), "{}", one.code);
        }
    }

    #[test]
    fn every_code_of_the_crosswalk_is_ours_or_empty() {
        for one in crosswalk() {
            let known = match one.kind.as_str() {
                _ if one.code.is_empty() => one.matches == "none",
                "theme" => known_theme(&one.code),
                "situation" => situation_of(&one.code).is_some(),
                "objective" => objective_of(&one.code).is_some(),
                "action" => action_of(&one.code).is_some(),
                "impact" => one.code.split_once(':').is_some_and(|(theme, level)| {
                    known_theme(theme) && ["none", "low", "medium", "strong"].contains(&level)
                }),
                _ => false,
            };
            assert!(known, "{one:?}");
            assert!(
                ["exact", "close", "broader", "narrower", "none"].contains(&one.matches.as_str()),
                "{one:?}"
            );
        }
    }

    #[test]
    fn what_is_said_of_each_theme_is_whole() {
        for theme in themes() {
            assert!(!theme.label_fr.is_empty() && !theme.question_fr.is_empty(), "{}", theme.code);
            assert!(theme.impacts_fr.iter().all(|text| !text.is_empty()), "{}", theme.code);
            assert!(["pair", "social"].contains(&theme.visibility.as_str()), "{}", theme.code);
        }
        assert_eq!(theme_of("SAN").map(|theme| theme.visibility.as_str()), Some("social"));
        assert_eq!(themes().first().map(|theme| theme.code.as_str()), Some("MOB"));
        assert!(themes().first().is_some_and(|theme| theme.peripheral));
        assert!(themes().last().is_some_and(|theme| !theme.peripheral));
    }

    #[test]
    fn every_situation_has_its_words_and_its_readers() {
        for one in situations() {
            assert!(!one.label_fr.is_empty() && !one.label_person_fr.is_empty(), "{}", one.code);
            assert!(["pair", "social"].contains(&one.visibility.as_str()), "{}", one.code);
        }
        assert!(objectives().iter().all(|one| !one.label_fr.is_empty() && !one.success_sign_fr.is_empty()));
        let health = situation_of("SAN-S02").unwrap();
        assert!(health.sensitive && health.visibility == "social" && health.nature == Nature::Obstacle);
    }

    #[test]
    fn every_action_has_a_class_of_the_plan_and_of_the_survey() {
        for one in actions() {
            assert!(drees_class(&one.drees_class).is_some(), "{}", one.code);
            assert!(
                ["formation", "accompagnement", "appui", "emploi"].contains(&one.plan_kind.as_str()),
                "{}",
                one.code
            );
            assert!(
                ["person", "social_referent", "job_coach", "partner"].contains(&one.led_by.as_str()),
                "{}",
                one.code
            );
            assert!(!one.label_fr.is_empty(), "{}", one.code);
        }
        let mobility = action_of("MOB-A01").unwrap();
        assert_eq!((mobility.hours, mobility.typical_hours_per_week), (Hours::Scheduled, 2));
        assert!(actions().iter().any(|one| one.hours == Hours::None));
        assert!(actions().iter().any(|one| one.offer_kind == "volunteering"));
        assert_eq!(action_of("MOB-A99"), None);
    }
}
