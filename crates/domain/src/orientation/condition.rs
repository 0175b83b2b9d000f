//! Conditions of rules and of questions: `{ all = […] }`, `{ any = […] }`, `{ not = … }`, `{ always = true }`, or a test
//! `{ q | f | d = name, op = value }` where `q` is an answer, `f` a fact of the file, `d` a derived value.
//!
//! A test on a missing value is false, except `unknown = true`. For an answer with several values, one that passes is
//! enough. A value compares with the type of the rule's literal.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Answers, facts or derived values, by name. A name without a value is missing.
pub type Values = BTreeMap<String, Vec<String>>;

/// Where a test looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// An answer of the questionnaire (`q`).
    Answer,
    /// A fact of the file (`f`).
    Fact,
    /// A value derived from the answers and from the rules before (`d`).
    Derived,
}

/// A value as a rule writes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Anything else: a code.
    Text(String),
}

impl Literal {
    fn is(&self, value: &str) -> bool {
        match self {
            Self::Bool(expected) => value.parse() == Ok(*expected),
            Self::Int(expected) => value.parse() == Ok(*expected),
            Self::Text(expected) => value == expected,
        }
    }
}

/// How a test compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// One of these.
    In(Vec<Literal>),
    /// Less than.
    Lt(i64),
    /// At most.
    Le(i64),
    /// More than.
    Gt(i64),
    /// At least.
    Ge(i64),
    /// Less than a legal parameter, by its key.
    LtKey(String),
    /// No value is known (`true`), or one is (`false`).
    Unknown(bool),
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Where it looks.
    pub source: Source,
    /// The code of the question, of the fact or of the derived value.
    pub name: String,
    /// How it compares.
    pub op: Op,
}

/// When a rule applies, or a question is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Raw")]
pub enum Condition {
    /// Always.
    Always,
    /// Every one of these; an empty list always holds.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this one.
    Not(Box<Condition>),
    /// A comparison.
    Test(Test),
}

/// What conditions are judged on.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Answers of the questionnaire.
    pub answers: &'a Values,
    /// Facts of the file.
    pub facts: &'a Values,
    /// Derived values.
    pub derived: &'a Values,
    /// A legal parameter on the day of the decision; `None` = unknown, thus no test on it passes.
    pub parameter: &'a (dyn Fn(&str) -> Option<i64> + Sync),
}

impl World<'_> {
    fn values(&self, test: &Test) -> &[String] {
        let place = match test.source {
            Source::Answer => self.answers,
            Source::Fact => self.facts,
            Source::Derived => self.derived,
        };
        place.get(&test.name).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Test {
    fn holds(&self, world: &World<'_>) -> bool {
        let values = world.values(self);
        let number =
            |compare: &dyn Fn(i64) -> bool| values.iter().any(|value| value.parse().is_ok_and(compare));
        match &self.op {
            Op::In(list) => values.iter().any(|value| list.iter().any(|literal| literal.is(value))),
            Op::Lt(bound) => number(&|value| value < *bound),
            Op::Le(bound) => number(&|value| value <= *bound),
            Op::Gt(bound) => number(&|value| value > *bound),
            Op::Ge(bound) => number(&|value| value >= *bound),
            Op::LtKey(key) => (world.parameter)(key).is_some_and(|bound| number(&|value| value < bound)),
            Op::Unknown(expected) => values.is_empty() == *expected,
        }
    }
}

impl Condition {
    /// Does it hold in this world?
    pub fn holds(&self, world: &World<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::All(parts) => parts.iter().all(|part| part.holds(world)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(world)),
            Self::Not(inner) => !inner.holds(world),
            Self::Test(test) => test.holds(world),
        }
    }

    /// The comparisons that keep it from holding, each with whether it was expected to hold; empty when it holds.
    pub fn missed(&self, world: &World<'_>) -> Vec<(&Test, bool)> {
        let mut missed = Vec::new();
        if !self.holds(world) {
            self.blame(world, true, &mut missed);
        }
        missed
    }

    // Which tests differ from what is wanted; called on a part that is not as wanted.
    fn blame<'a>(&'a self, world: &World<'_>, wanted: bool, missed: &mut Vec<(&'a Test, bool)>) {
        match self {
            Self::Always => {}
            Self::Test(test) => missed.push((test, wanted)),
            Self::Not(inner) => inner.blame(world, !wanted, missed),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts.iter().filter(|part| part.holds(world) != wanted) {
                    part.blame(world, wanted, missed);
                }
            }
        }
    }

    /// Every comparison in it.
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Self::Always => Vec::new(),
            Self::Test(test) => vec![test],
            Self::Not(inner) => inner.tests(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    all: Option<Vec<Condition>>,
    any: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
    always: Option<bool>,
    q: Option<String>,
    f: Option<String>,
    d: Option<String>,
    #[serde(rename = "in")]
    within: Option<Vec<Literal>>,
    eq: Option<Literal>,
    lt: Option<i64>,
    le: Option<i64>,
    gt: Option<i64>,
    ge: Option<i64>,
    lt_key: Option<String>,
    unknown: Option<bool>,
}

/// Of these, the only one there is.
fn only<T>(found: impl IntoIterator<Item = Option<T>>) -> Option<T> {
    let mut present = found.into_iter().flatten();
    let one = present.next()?;
    present.next().is_none().then_some(one)
}

impl Raw {
    fn has_group(&self) -> bool {
        self.all.is_some() || self.any.is_some() || self.not.is_some() || self.always.is_some()
    }

    fn has_test(&self) -> bool {
        let op =
            self.within.is_some() || self.eq.is_some() || self.lt_key.is_some() || self.unknown.is_some();
        let bound = [self.lt, self.le, self.gt, self.ge].iter().any(Option::is_some);
        op || bound || self.q.is_some() || self.f.is_some() || self.d.is_some()
    }
}

impl TryFrom<Raw> for Condition {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        if raw.has_group() == raw.has_test() {
            return Err("une condition est soit un groupe (all, any, not, always), soit un test".to_owned());
        }
        if raw.has_group() {
            let always = match raw.always {
                Some(false) => return Err("« always » ne peut valoir que true".to_owned()),
                other => other.map(|_| Self::Always),
            };
            let groups = [always, raw.all.map(Self::All), raw.any.map(Self::Any), raw.not.map(Self::Not)];
            return only(groups).ok_or_else(|| "un seul de all, any, not, always par condition".to_owned());
        }
        let named = |source, name: Option<String>| name.map(|name| (source, name));
        let place =
            only([named(Source::Answer, raw.q), named(Source::Fact, raw.f), named(Source::Derived, raw.d)]);
        let (source, name) = place.ok_or("un test porte sur un seul nom : q, f ou d")?;
        let op = only([
            raw.within.map(Op::In),
            raw.eq.map(|literal| Op::In(vec![literal])),
            raw.lt.map(Op::Lt),
            raw.le.map(Op::Le),
            raw.gt.map(Op::Gt),
            raw.ge.map(Op::Ge),
            raw.lt_key.map(Op::LtKey),
            raw.unknown.map(Op::Unknown),
        ]);
        let op = op.ok_or("un test compare une seule fois : in, eq, lt, le, gt, ge, lt_key ou unknown")?;
        Ok(Self::Test(Test { source, name, op }))
    }
}

/// Makes [`Values`] of pairs, for callers who have one value for each name.
pub fn values<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> Values {
    let mut all = Values::new();
    for (name, value) in pairs {
        all.entry(name.to_owned()).or_default().push(value);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(source: Source, name: &str, op: Op) -> Condition {
        Condition::Test(Test { source, name: name.to_owned(), op })
    }

    fn judge(condition: &Condition, answers: &Values) -> bool {
        let none = Values::new();
        let parameter = |key: &str| (key == "youth").then_some(26);
        condition.holds(&World { answers, facts: &none, derived: &none, parameter: &parameter })
    }

    fn text(value: &str) -> Literal {
        Literal::Text(value.to_owned())
    }

    #[test]
    fn a_missing_value_passes_no_test_but_unknown() {
        let nothing = Values::new();
        for op in
            [Op::In(vec![text("a")]), Op::Lt(1), Op::Le(1), Op::Gt(-1), Op::Ge(0), Op::LtKey("youth".into())]
        {
            assert!(!judge(&test(Source::Answer, "x", op), &nothing));
        }
        assert!(judge(&test(Source::Answer, "x", Op::Unknown(true)), &nothing));
        assert!(!judge(&test(Source::Answer, "x", Op::Unknown(false)), &nothing));
    }

    #[test]
    fn a_department_is_a_text_and_an_age_is_a_number() {
        let answers = values([("department", "04".to_owned()), ("age", "25".to_owned())]);
        assert!(judge(&test(Source::Answer, "department", Op::In(vec![text("04")])), &answers));
        assert!(!judge(&test(Source::Answer, "department", Op::In(vec![text("4")])), &answers));
        assert!(judge(&test(Source::Answer, "age", Op::LtKey("youth".into())), &answers));
        assert!(!judge(&test(Source::Answer, "age", Op::LtKey("not a parameter".into())), &answers));
    }

    #[test]
    fn of_several_answers_one_is_enough() {
        let answers = values([("transport", "bus".to_owned()), ("transport", "foot".to_owned())]);
        assert!(judge(&test(Source::Answer, "transport", Op::In(vec![text("foot")])), &answers));
    }

    #[test]
    fn what_is_missed_is_told_with_what_was_wanted() {
        let ready = test(Source::Answer, "ready", Op::In(vec![text("now")]));
        let hard = Condition::Not(Box::new(test(Source::Answer, "french", Op::In(vec![text("hard")]))));
        let both = Condition::All(vec![ready, hard]);
        let answers = values([("ready", "later".to_owned()), ("french", "hard".to_owned())]);
        let none = Values::new();
        let world = World { answers: &answers, facts: &none, derived: &none, parameter: &|_| None };
        let missed: Vec<(&str, bool)> =
            both.missed(&world).into_iter().map(|(test, wanted)| (test.name.as_str(), wanted)).collect();
        assert_eq!(missed, [("ready", true), ("french", false)]);
    }

    fn any_condition() -> impl Strategy<Value = Condition> {
        let leaf = (0u8..4, 0i64..4)
            .prop_map(|(name, bound)| test(Source::Answer, &name.to_string(), Op::Ge(bound)));
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Condition::All),
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Condition::Any),
                inner.prop_map(|c| Condition::Not(Box::new(c))),
            ]
        })
    }

    proptest! {
        #[test]
        fn nothing_is_missed_exactly_when_it_holds(
            condition in any_condition(),
            given in proptest::collection::btree_map(0u8..4, 0i64..4, 0..4),
        ) {
            let answers: Values = given.iter().map(|(k, v)| (k.to_string(), vec![v.to_string()])).collect();
            let none = Values::new();
            let world = World { answers: &answers, facts: &none, derived: &none, parameter: &|_| None };
            if condition.holds(&world) {
                prop_assert!(condition.missed(&world).is_empty());
            }
            for (test, wanted) in condition.missed(&world) {
                prop_assert_eq!(Condition::Test(test.clone()).holds(&world), !wanted);
            }
        }
    }
}
