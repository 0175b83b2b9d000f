//! Questionnaire and rules of the orientation (TOML), and cases judged by hand (CSV).
//!
//! The grammar is told in the README of the catalogues; `domain::orientation` holds what it means.

use domain::orientation::condition::Values;
use domain::orientation::questionnaire::Questionnaire;
use domain::orientation::recommend::Verdict;
use domain::orientation::rules::RuleSet;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Why a catalogue or a list of cases cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrientationError {
    /// The TOML is not what is expected.
    #[error("Ligne {line} : le texte ne suit pas la forme attendue ({reason}).")]
    Catalogue {
        /// From 1.
        line: usize,
        /// What the reader says.
        reason: String,
    },
    /// The CSV is not what is expected.
    #[error("Les cas ne peuvent pas être lus, ligne {line} : {reason}.")]
    Cases {
        /// From 1, the header included.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

/// Reads a questionnaire.
///
/// # Errors
/// [`OrientationError::Catalogue`].
pub fn read_questionnaire(text: &str) -> Result<Questionnaire, OrientationError> {
    read(text)
}

/// Reads a set of rules.
///
/// # Errors
/// [`OrientationError::Catalogue`].
pub fn read_rules(text: &str) -> Result<RuleSet, OrientationError> {
    read(text)
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, OrientationError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        OrientationError::Catalogue { line, reason: error.message().to_owned() }
    })
}

/// A case judged by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedCase {
    /// Its name: `OR-02`.
    pub case: String,
    /// Facts of the file; the département of the row is one.
    pub facts: Values,
    /// Answers of the call.
    pub answers: Values,
    /// What a person judged.
    pub expected: Verdict,
    /// Why they judged so.
    pub why: String,
}

/// The columns without which a case is not judged; `why_fr` is one more.
const COLUMNS: [&str; 11] = [
    "case",
    "department",
    "facts",
    "answers",
    "expected_result",
    "expected_path",
    "expected_organisation",
    "expected_programmes",
    "expected_flags",
    "expected_review_key",
    "expected_face_to_face",
];

#[derive(Deserialize)]
struct Row {
    case: String,
    department: String,
    facts: String,
    answers: String,
    expected_result: String,
    expected_path: String,
    expected_organisation: String,
    expected_programmes: String,
    expected_flags: String,
    expected_review_key: String,
    expected_face_to_face: String,
    #[serde(default)]
    why_fr: String,
}

/// Reads the judged cases, in the order of the file.
///
/// # Errors
/// [`OrientationError::Cases`] at the first row that cannot be read.
pub fn read_cases(bytes: &[u8]) -> Result<Vec<JudgedCase>, OrientationError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let header =
        reader.headers().map_err(|error| OrientationError::Cases { line: 1, reason: in_french(&error) })?;
    if let Some(missing) = COLUMNS.iter().find(|name| header.iter().all(|found| found != **name)) {
        return Err(OrientationError::Cases {
            line: 1,
            reason: format!(
                "il manque la colonne {missing} ; les colonnes attendues sont {}",
                COLUMNS.join(", ")
            ),
        });
    }
    let mut cases = Vec::new();
    for (rank, row) in reader.deserialize::<Row>().enumerate() {
        let line = rank as u64 + 2;
        let row = row.map_err(|error| {
            let at = error.position().map_or(line, csv::Position::line);
            OrientationError::Cases { line: at, reason: in_french(&error) }
        })?;
        cases.push(judged(row).map_err(|reason| OrientationError::Cases { line, reason })?);
    }
    Ok(cases)
}

fn in_french(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "le fichier n’est pas en UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} colonnes au lieu de {expected_len}")
        }
        _ => error.to_string(),
    }
}

fn judged(row: Row) -> Result<JudgedCase, String> {
    let mut facts = pairs(&row.facts)?;
    facts.insert("department".to_owned(), vec![row.department]);
    let word = |text: String| (!text.is_empty()).then_some(text);
    let face_to_face = match row.expected_face_to_face.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| format!("« {text} » n’est ni true ni false"))?),
    };
    Ok(JudgedCase {
        case: row.case,
        answers: pairs(&row.answers)?,
        facts,
        expected: Verdict {
            result: word(row.expected_result),
            path: word(row.expected_path),
            organisation: word(row.expected_organisation),
            programmes: list(&row.expected_programmes),
            flags: list(&row.expected_flags),
            review_key: word(row.expected_review_key),
            face_to_face,
        },
        why: row.why_fr,
    })
}

/// `name=value;…`, where `+` joins several values; a name without a value is missing.
fn pairs(text: &str) -> Result<Values, String> {
    let mut all = Values::new();
    for pair in text.split(';').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or_else(|| format!("« {pair} » n’est pas nom=valeur"))?;
        let given: Vec<String> =
            value.split('+').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect();
        if !given.is_empty() {
            all.entry(name.trim().to_owned()).or_default().extend(given);
        }
    }
    Ok(all)
}

/// The names of a list, whichever separator joins them, in alphabetical order.
fn list(text: &str) -> Vec<String> {
    let mut names: Vec<String> = text
        .split(['+', ';', '|', ','])
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use domain::orientation::recommend::{Case, recommend};
    use domain::reference::catalogues::{ORIENTATION_CASES, ORIENTATION_QUESTIONNAIRE, ORIENTATION_RULES};
    use domain::reference::parameters;

    use super::*;

    fn parameter(key: &str) -> Option<i64> {
        let day = "2026-11-26".parse().unwrap();
        parameters::value_at(key, day)?.parse().ok()
    }

    #[test]
    fn every_judged_case_of_the_catalogue_agrees() {
        let rules = read_rules(ORIENTATION_RULES).unwrap();
        let cases = read_cases(ORIENTATION_CASES.as_bytes()).unwrap();
        assert_eq!(cases.len(), ORIENTATION_CASES.trim_end().lines().count() - 1);
        for case in cases {
            let given = Case { facts: &case.facts, answers: &case.answers, parameter: &parameter };
            let found = recommend(&rules, &given);
            assert_eq!(Verdict::from(&found), case.expected, "{}: {}", case.case, case.why);
            assert!(!found.applied.is_empty(), "{} has no reason", case.case);
        }
    }

    #[test]
    fn the_shipped_catalogues_have_no_fault() {
        let questions = read_questionnaire(ORIENTATION_QUESTIONNAIRE).unwrap();
        assert_eq!(questions.faults(), Vec::<String>::new());
        let known = |key: &str| parameter(key).is_some();
        let faults = read_rules(ORIENTATION_RULES).unwrap().faults(&questions, &known);
        assert_eq!(faults, Vec::<String>::new());
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let broken = ORIENTATION_RULES.replace("stage = \"path\"", "stage = \"chemin\"");
        let error = read_rules(&broken).unwrap_err();
        let line = broken.lines().position(|line| line.contains("chemin")).unwrap() + 1;
        assert!(
            matches!(error, OrientationError::Catalogue { line: at, .. } if at.abs_diff(line) < 3),
            "{error}"
        );
        let error = read_questionnaire("version = [").unwrap_err();
        assert!(error.to_string().starts_with("Ligne 1"), "{error}");
    }

    #[test]
    fn a_rule_that_asks_what_nobody_is_asked_is_a_fault() {
        let questions = read_questionnaire(ORIENTATION_QUESTIONNAIRE).unwrap();
        let rules = read_rules(&ORIENTATION_RULES.replace("\"not_possible\"", "\"impossible\"")).unwrap();
        let faults = rules.faults(&questions, &|_| true);
        assert!(
            faults.iter().any(|f| f.contains("« health » n’a pas de réponse « impossible »")),
            "{faults:?}"
        );
    }

    #[test]
    fn cases_that_cannot_be_read_say_where() {
        assert!(
            read_cases(b"case,department\nA,45\n")
                .unwrap_err()
                .to_string()
                .contains("il manque la colonne facts")
        );
        let bad = ORIENTATION_CASES.replacen("age=", "age", 1);
        assert!(read_cases(bad.as_bytes()).unwrap_err().to_string().contains("ligne 2"));
        assert!(read_cases(b"\xff\xfe").unwrap_err().to_string().contains("UTF-8"));
    }
}
