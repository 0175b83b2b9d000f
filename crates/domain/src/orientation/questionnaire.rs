//! The questionnaire of the call: sections, questions, when each is asked, and what an answer may be.

use chrono::NaiveDateTime;
use serde::Deserialize;

use super::condition::{Condition, Values, World};

/// Longest free answer, in characters.
pub const LONGEST_TEXT: usize = 1_000;

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One of its answers.
    Single,
    /// Some of its answers.
    Multi,
    /// Yes, no, or what its answers say.
    YesNo,
    /// `none low medium strong unknown`.
    Scale,
    /// A few words of the person.
    Text,
    /// A civil date and time.
    Datetime,
    /// Checked with the file.
    Confirm,
    /// The meeting, booked during the call.
    Appointment,
}

/// An answer proposed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Its code, stable.
    pub code: String,
    /// What the operator reads.
    pub label_fr: String,
    /// The key that gives it.
    #[serde(default)]
    pub key: String,
    /// `LIST:CODE` of France Travail.
    #[serde(default)]
    pub ft: Option<String>,
    /// A situation of the diagnosis to suggest; never recorded without a professional.
    #[serde(default)]
    pub situation: Option<String>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its code, stable.
    pub code: String,
    /// Its section.
    pub section: String,
    /// Its kind.
    pub kind: Kind,
    /// As it is asked.
    pub text_fr: String,
    /// As it is asked in English.
    #[serde(default)]
    pub text_en: String,
    /// Advice for the operator.
    #[serde(default)]
    pub hint_fr: String,
    /// The call is not whole without it; it may be skipped all the same.
    #[serde(default)]
    pub required: bool,
    /// The theme of the diagnosis it touches.
    #[serde(default)]
    pub theme: Option<String>,
    /// When it is asked; always when absent.
    #[serde(default)]
    pub ask_if: Option<Condition>,
    /// The answers proposed.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

impl Question {
    /// Is this the code of one of its answers?
    pub fn accepts(&self, code: &str) -> bool {
        self.answers.iter().any(|answer| answer.code == code) || (self.kind == Kind::Confirm && code == "yes")
    }

    /// The words of an answer.
    pub fn label<'a>(&'a self, code: &'a str) -> &'a str {
        self.answers.iter().find(|answer| answer.code == code).map_or(code, |answer| answer.label_fr.as_str())
    }

    /// The answers typed, kept when they may be answers of this question; `None` when one may not.
    fn read(&self, typed: &[String]) -> Option<Vec<String>> {
        let given: Vec<String> = typed
            .iter()
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect();
        let one = given.len() <= 1;
        let good = match self.kind {
            Kind::Multi => given.iter().all(|code| self.accepts(code)),
            Kind::Text => one && given.iter().all(|text| text.chars().count() <= LONGEST_TEXT),
            Kind::Datetime => one && given.iter().all(|text| moment(text).is_some()),
            Kind::Appointment => given.is_empty(),
            Kind::Single | Kind::YesNo | Kind::Scale | Kind::Confirm => {
                one && given.iter().all(|code| self.accepts(code))
            }
        };
        good.then_some(given)
    }
}

/// A date and time as a form writes it: `2026-12-01T14:30`.
pub fn moment(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()
}

/// A part of the call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title_fr: String,
    /// How long it takes, in minutes.
    #[serde(default)]
    pub minutes: u32,
    /// What the operator says.
    #[serde(default)]
    pub say_fr: String,
}

/// A version of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Questionnaire {
    /// Its number.
    pub version: u32,
    /// « Appel d’orientation ».
    pub title_fr: String,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

impl Questionnaire {
    /// A question by its code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }

    /// The questions that these answers and facts ask, in order. An answer to a question that is no longer asked does
    /// not ask another one.
    pub fn asked(&self, facts: &Values, answers: &Values) -> Vec<&Question> {
        let nothing = Values::new();
        let mut heard = Values::new();
        let mut asked = Vec::new();
        for question in &self.questions {
            let world = World { answers: &heard, facts, derived: &nothing, parameter: &|_| None };
            if question.ask_if.as_ref().is_some_and(|condition| !condition.holds(&world)) {
                continue;
            }
            if let Some(values) = answers.get(&question.code).filter(|values| !values.is_empty()) {
                heard.insert(question.code.clone(), values.clone());
            }
            asked.push(question);
        }
        asked
    }

    /// The answers to the questions that are asked: what rules may weigh. The others stay written, and weigh nothing.
    pub fn heard(&self, facts: &Values, answers: &Values) -> Values {
        let asked = self.asked(facts, answers);
        let given = |question: &&Question| {
            let values = answers.get(&question.code).filter(|values| !values.is_empty())?;
            Some((question.code.clone(), values.clone()))
        };
        asked.iter().filter_map(given).collect()
    }

    /// The required questions that are asked and have no answer; the meeting is not one, it is booked.
    pub fn missing(&self, facts: &Values, answers: &Values) -> Vec<&Question> {
        let silent = |question: &&Question| answers.get(&question.code).is_none_or(Vec::is_empty);
        let asked = self.asked(facts, answers).into_iter();
        asked.filter(|q| q.required && q.kind != Kind::Appointment).filter(silent).collect()
    }

    /// What was typed, kept when it may be an answer. The second list names the questions whose answer may not.
    pub fn read(&self, typed: &Values) -> (Values, Vec<&Question>) {
        let mut kept = Values::new();
        let mut refused = Vec::new();
        for question in &self.questions {
            let Some(values) = typed.get(&question.code) else { continue };
            match question.read(values) {
                Some(values) if values.is_empty() => {}
                Some(values) => {
                    kept.insert(question.code.clone(), values);
                }
                None => refused.push(question),
            }
        }
        (kept, refused)
    }

    /// What is wrong with it, in French sentences; empty = it may be used.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for question in &self.questions {
            let code = question.code.as_str();
            if seen.contains(&code) {
                faults.push(format!("Question « {code} » : ce code est déjà pris."));
            }
            if !self.sections.iter().any(|section| section.code == question.section) {
                faults
                    .push(format!("Question « {code} » : la partie « {} » n’existe pas.", question.section));
            }
            if question.text_fr.trim().is_empty() {
                faults.push(format!("Question « {code} » : écrivez la question."));
            }
            let listed =
                !matches!(question.kind, Kind::Text | Kind::Datetime | Kind::Confirm | Kind::Appointment);
            if listed && question.answers.is_empty() {
                faults.push(format!("Question « {code} » : proposez au moins une réponse."));
            }
            let later = question.ask_if.iter().flat_map(Condition::tests).find(|test| {
                test.source == super::condition::Source::Answer && !seen.contains(&test.name.as_str())
            });
            if let Some(test) = later {
                faults.push(format!(
                    "Question « {code} » : elle dépend de « {} », qui n’est pas posée avant elle.",
                    test.name
                ));
            }
            seen.push(code);
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::super::condition::{Literal, Op, Source, Test, values};
    use super::*;

    fn question(code: &str, kind: Kind, ask_if: Option<Condition>) -> Question {
        let answer = |code: &str| Answer {
            code: code.to_owned(),
            label_fr: code.to_owned(),
            key: String::new(),
            ft: None,
            situation: None,
        };
        Question {
            code: code.to_owned(),
            section: "s".to_owned(),
            kind,
            text_fr: code.to_owned(),
            text_en: String::new(),
            hint_fr: String::new(),
            required: true,
            theme: None,
            ask_if,
            answers: vec![answer("yes"), answer("no")],
        }
    }

    fn after(code: &str, answer: &str) -> Condition {
        let op = Op::In(vec![Literal::Text(answer.to_owned())]);
        Condition::Test(Test { source: Source::Answer, name: code.to_owned(), op })
    }

    fn form() -> Questionnaire {
        let section =
            Section { code: "s".to_owned(), title_fr: "S".to_owned(), minutes: 1, say_fr: String::new() };
        Questionnaire {
            version: 1,
            title_fr: "F".to_owned(),
            sections: vec![section],
            questions: vec![
                question("first", Kind::Single, None),
                question("second", Kind::Single, Some(after("first", "yes"))),
                question("third", Kind::Multi, Some(after("second", "yes"))),
            ],
        }
    }

    fn asked(answers: &Values) -> Vec<String> {
        form().asked(&Values::new(), answers).iter().map(|q| q.code.clone()).collect()
    }

    #[test]
    fn an_answer_to_a_question_no_longer_asked_asks_nothing_and_weighs_nothing() {
        let yes = |code| (code, "yes".to_owned());
        assert_eq!(asked(&values([yes("first"), yes("second")])), ["first", "second", "third"]);
        let changed = values([("first", "no".to_owned()), yes("second"), yes("third")]);
        assert_eq!(asked(&changed), ["first"]);
        assert_eq!(form().heard(&Values::new(), &changed), values([("first", "no".to_owned())]));
    }

    #[test]
    fn an_answer_outside_of_the_list_is_refused_and_the_others_are_kept() {
        let form = form();
        let typed = values([("first", "perhaps".to_owned()), ("second", "no".to_owned())]);
        let (kept, refused) = form.read(&typed);
        assert_eq!(kept, values([("second", "no".to_owned())]));
        assert_eq!(refused.iter().map(|q| q.code.as_str()).collect::<Vec<_>>(), ["first"]);
        let twice = values([("first", "yes".to_owned()), ("first", "no".to_owned())]);
        assert_eq!(form.read(&twice).1.len(), 1);
    }

    #[test]
    fn a_question_that_depends_on_a_later_one_is_a_fault() {
        let mut form = form();
        assert_eq!(form.faults(), Vec::<String>::new());
        form.questions.reverse();
        assert!(form.faults().iter().any(|fault| fault.contains("n’est pas posée avant elle")));
    }

    #[test]
    fn a_moment_that_is_no_moment_is_refused() {
        assert!(moment("2026-12-01T14:30").is_some());
        assert!(moment("2026-02-30T14:30").is_none());
    }
}
