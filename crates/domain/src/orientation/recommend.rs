//! What the rules propose, and why: the levels of obstacles, then the rules by stage. It proposes; a person decides.

use std::collections::BTreeMap;

use serde::Serialize;

use super::condition::{Test, Values, World};
use super::rules::{Organisation, Outcome, Path, Rule, RuleSet, Stage};

/// What a case is made of.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// Facts of the file.
    pub facts: &'a Values,
    /// Answers of the call.
    pub answers: &'a Values,
    /// Legal parameters on the day.
    pub parameter: &'a (dyn Fn(&str) -> Option<i64> + Sync),
}

/// What the rules propose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recommendation {
    /// The rules ended before any path.
    pub result: Option<Outcome>,
    /// The path.
    pub path: Option<Path>,
    /// The organisation in charge.
    pub organisation: Option<Organisation>,
    /// Programmes to propose, in the order of the rules.
    pub programmes: Vec<String>,
    /// What must be told or known.
    pub flags: Vec<String>,
    /// The parameter that gives the next look.
    pub review_key: Option<String>,
    /// Meet the person before proposing.
    pub face_to_face: bool,
    /// The level of each theme, 1 low … 3 strong; a theme without obstacle is absent.
    pub levels: BTreeMap<String, u8>,
    /// The codes of the rules that matched, in the order they were tried.
    pub applied: Vec<String>,
}

impl Recommendation {
    /// The rules that matched, in order.
    pub fn reasons<'a>(&self, rules: &'a RuleSet) -> Vec<&'a Rule> {
        self.applied.iter().filter_map(|code| rules.rule(code)).collect()
    }
}

/// What a case comes to, as judged cases write it: `null` where nothing is said, lists in alphabetical order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The result that ends the rules.
    pub result: Option<String>,
    /// The path.
    pub path: Option<String>,
    /// The organisation in charge.
    pub organisation: Option<String>,
    /// The programmes.
    pub programmes: Vec<String>,
    /// The flags.
    pub flags: Vec<String>,
    /// The parameter of the next look.
    pub review_key: Option<String>,
    /// Meet the person first.
    pub face_to_face: Option<bool>,
}

impl From<&Recommendation> for Verdict {
    fn from(found: &Recommendation) -> Self {
        let sorted = |list: &[String]| {
            let mut list = list.to_vec();
            list.sort();
            list
        };
        Self {
            result: found.result.map(|one| one.code().to_owned()),
            path: found.path.map(|one| one.code().to_owned()),
            organisation: found.organisation.map(|one| one.code().to_owned()),
            programmes: sorted(&found.programmes),
            flags: sorted(&found.flags),
            review_key: found.review_key.clone(),
            face_to_face: Some(found.face_to_face),
        }
    }
}

/// The highest level of each theme that the answers give.
pub fn levels(rules: &RuleSet, answers: &Values) -> BTreeMap<String, u8> {
    let mut levels = BTreeMap::new();
    for weight in &rules.weights {
        let given = answers.get(&weight.question).map(Vec::as_slice).unwrap_or_default();
        let level = if weight.scale {
            given.iter().map(|answer| scale(answer)).max().unwrap_or(0)
        } else if weight.answer.as_ref().is_some_and(|answer| given.contains(answer)) {
            weight.level.unwrap_or(0)
        } else {
            0
        };
        if level > 0 {
            let known = levels.entry(weight.theme.clone()).or_insert(level);
            *known = level.max(*known);
        }
    }
    levels
}

fn scale(answer: &str) -> u8 {
    match answer {
        "low" => 1,
        "medium" => 2,
        "strong" => 3,
        _ => 0,
    }
}

/// Tries every rule, stage after stage.
pub fn recommend(rules: &RuleSet, case: &Case<'_>) -> Recommendation {
    let mut found = Recommendation { levels: levels(rules, case.answers), ..Recommendation::default() };
    for stage in Stage::ALL {
        for rule in rules.stage(stage) {
            let derived = derived(rules, &found);
            let world = world(case, &derived);
            if !rule.when.holds(&world) {
                continue;
            }
            apply(rule, &mut found);
            if found.result.is_some() {
                return found;
            }
            if !rule.goes_on {
                break;
            }
        }
    }
    found
}

/// For rules of `stage` that did not match, the comparisons that kept them from it, in the world as it ended.
pub fn missed<'a>(
    rules: &'a RuleSet,
    case: &Case<'_>,
    found: &Recommendation,
    stage: Stage,
) -> Vec<(&'a Rule, Vec<(&'a Test, bool)>)> {
    let derived = derived(rules, found);
    let world = world(case, &derived);
    let others = rules.stage(stage).into_iter().filter(|rule| !found.applied.contains(&rule.code));
    others.map(|rule| (rule, rule.when.missed(&world))).collect()
}

fn world<'a>(case: &Case<'a>, derived: &'a Values) -> World<'a> {
    World { answers: case.answers, facts: case.facts, derived, parameter: case.parameter }
}

fn apply(rule: &Rule, found: &mut Recommendation) {
    let then = &rule.then;
    found.applied.push(rule.code.clone());
    if let Some(flag) = then.flag.as_ref().filter(|flag| !found.flags.contains(flag)) {
        found.flags.push(flag.clone());
    }
    if let Some(programme) = then.programme.as_ref().filter(|one| !found.programmes.contains(one)) {
        found.programmes.push(programme.clone());
    }
    found.result = then.result.or(found.result);
    found.path = then.path.or(found.path);
    found.organisation = found.organisation.or(then.organisation);
    found.review_key = then.review_key.clone().or(found.review_key.take());
    found.face_to_face |= then.face_to_face == Some(true) || then.result == Some(Outcome::FaceToFace);
}

fn derived(rules: &RuleSet, found: &Recommendation) -> Values {
    let count = |level: u8| found.levels.values().filter(|l| **l == level).count().to_string();
    let mut all = Values::new();
    let mut put = |name: String, value: String| {
        all.insert(name, vec![value]);
    };
    put("strong_count".to_owned(), count(3));
    put("medium_count".to_owned(), count(2));
    put("obstacle_level".to_owned(), found.levels.values().max().copied().unwrap_or(0).to_string());
    for weight in &rules.weights {
        let level = found.levels.get(&weight.theme).copied().unwrap_or(0);
        put(format!("level.{}", weight.theme), level.to_string());
    }
    if let Some(path) = found.path {
        put("path".to_owned(), path.code().to_owned());
    }
    if let Some(organisation) = found.organisation {
        put("organisation".to_owned(), organisation.code().to_owned());
    }
    if let Some(key) = &found.review_key {
        put("review_key".to_owned(), key.clone());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::condition::{Condition, Literal, Op, Source, values};
    use super::super::rules::{Then, Weight};
    use super::*;

    fn rule(order: u32, stage: Stage, when: Condition, then: Then, goes_on: bool) -> Rule {
        Rule {
            order,
            stage,
            code: format!("r{order}"),
            when,
            then,
            reason_pro_fr: "parce que".to_owned(),
            reason_person_fr: "parce que".to_owned(),
            reference: String::new(),
            confidence: String::new(),
            goes_on,
        }
    }

    fn told(question: &str, answer: &str) -> Condition {
        let op = Op::In(vec![Literal::Text(answer.to_owned())]);
        Condition::Test(Test { source: Source::Answer, name: question.to_owned(), op })
    }

    fn path(path: Path) -> Then {
        Then { path: Some(path), ..Then::default() }
    }

    fn judge(rules: &RuleSet, answers: &Values) -> Recommendation {
        recommend(rules, &Case { facts: &Values::new(), answers, parameter: &|_| None })
    }

    #[test]
    fn the_first_path_ends_its_stage_whatever_the_order_they_are_written_in() {
        let rules = RuleSet {
            version: 1,
            weights: Vec::new(),
            rules: vec![
                rule(20, Stage::Path, Condition::Always, path(Path::Undetermined), false),
                rule(10, Stage::Path, told("wish", "job"), path(Path::Emploi), false),
            ],
        };
        let found = judge(&rules, &values([("wish", "job".to_owned())]));
        assert_eq!((found.path, found.applied), (Some(Path::Emploi), vec!["r10".to_owned()]));
        assert_eq!(judge(&rules, &Values::new()).path, Some(Path::Undetermined));
    }

    #[test]
    fn an_organisation_that_is_set_is_kept_and_a_result_ends_everything() {
        let to = |organisation| Then { organisation: Some(organisation), ..Then::default() };
        let stop = Then { result: Some(Outcome::FaceToFace), ..Then::default() };
        let rules = RuleSet {
            version: 1,
            weights: Vec::new(),
            rules: vec![
                rule(1, Stage::Eligibility, told("phone", "no"), stop, false),
                rule(2, Stage::Organisation, Condition::Always, to(Organisation::CapEmploi), true),
                rule(3, Stage::OrganisationDefault, Condition::Always, to(Organisation::FranceTravail), true),
            ],
        };
        assert_eq!(judge(&rules, &Values::new()).organisation, Some(Organisation::CapEmploi));
        let ended = judge(&rules, &values([("phone", "no".to_owned())]));
        assert_eq!((ended.result, ended.organisation), (Some(Outcome::FaceToFace), None));
        assert!(ended.face_to_face);
    }

    #[test]
    fn the_highest_level_of_a_theme_counts_and_silence_weighs_nothing() {
        let weight = |question: &str, answer: Option<&str>, level| Weight {
            question: question.to_owned(),
            answer: answer.map(str::to_owned),
            theme: "MOB".to_owned(),
            level,
            scale: answer.is_none(),
        };
        let rules = RuleSet {
            version: 1,
            weights: vec![weight("transport", Some("none"), Some(2)), weight("mobility", None, None)],
            rules: Vec::new(),
        };
        let level = |pairs: &[(&str, &str)]| {
            levels(&rules, &values(pairs.iter().map(|(k, v)| (*k, (*v).to_owned())))).get("MOB").copied()
        };
        assert_eq!(level(&[("transport", "none"), ("mobility", "strong")]), Some(3));
        assert_eq!(level(&[("transport", "none"), ("mobility", "low")]), Some(2));
        assert_eq!(level(&[("mobility", "unknown")]), None);
    }
}
