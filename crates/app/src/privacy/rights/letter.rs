//! The copy in words: one model, written as JSON and set as a PDF, so that neither says what the other does not.

use chrono::NaiveDate;
use letters::{AccessAnswer, Block, Section, Sender};
use serde::Serialize;
use serde_json::Value;

use super::RightsError;

/// The answer to a request for access, in words.
#[derive(Debug, Clone, Serialize)]
pub struct CopyLetter {
    /// The département that answers: « Meuse ».
    pub department: String,
    /// Where one writes to the data protection officer, one line each.
    pub officer: Vec<String>,
    /// Whose data these are.
    pub person: String,
    /// What the département calls this answer.
    pub reference: String,
    /// When the copy was made.
    pub made_on: NaiveDate,
    /// Why data are kept, for how long, and each of them.
    pub sections: Vec<CopySection>,
}

/// A subject.
#[derive(Debug, Clone, Serialize)]
pub struct CopySection {
    /// Its table, or `about`.
    pub name: String,
    /// « Identité ».
    pub title: String,
    /// How long it is kept, and what it is; may be empty.
    pub lead: String,
    /// How the letter shows it.
    #[serde(skip)]
    pub layout: Layout,
    /// What is kept.
    pub rows: Vec<CopyRow>,
}

/// How the letter shows the rows of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Each row has a title and its facts under it.
    Facts,
    /// A row of a table each; a fact that a row lacks is an empty cell.
    Table,
    /// Each fact is a question and its answer.
    Text,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct CopyRow {
    /// What tells it from the others; may be empty.
    pub title: String,
    /// What it says.
    pub facts: Vec<CopyFact>,
}

/// A value with its name.
#[derive(Debug, Clone, Serialize)]
pub struct CopyFact {
    /// The name of the field, for machines.
    pub name: String,
    /// Its name in French.
    pub label: String,
    /// As it is kept.
    pub value: Value,
    /// In French.
    pub text: String,
}

/// Sets the letter as a PDF, on a thread of its own.
///
/// # Errors
/// [`RightsError::Letter`]: our fault, never that of what people wrote.
pub async fn print(letter: &CopyLetter) -> Result<Vec<u8>, RightsError> {
    let model = AccessAnswer {
        sender: Sender {
            department: letter.department.clone(),
            logo_svg: None,
            officer: letter.officer.clone(),
        },
        person: letter.person.clone(),
        made_on: letter.made_on,
        reference: letter.reference.clone(),
        sections: letter.sections.iter().map(section).collect(),
    };
    Ok(tokio::task::spawn_blocking(move || letters::access_answer(&model)).await??)
}

fn section(section: &CopySection) -> Section {
    let pair = |fact: &CopyFact| (fact.label.clone(), fact.text.clone());
    let blocks = match section.layout {
        Layout::Table => vec![table(section)],
        Layout::Facts => section
            .rows
            .iter()
            .map(|row| Block::Facts { title: row.title.clone(), facts: row.facts.iter().map(pair).collect() })
            .collect(),
        Layout::Text => section
            .rows
            .iter()
            .flat_map(|row| &row.facts)
            .map(|fact| Block::Text { title: fact.label.clone(), lines: vec![fact.text.clone()] })
            .collect(),
    };
    Section { title: section.title.clone(), lead: section.lead.clone(), blocks }
}

/// The facts of every row under the heads that at least one of them has.
fn table(section: &CopySection) -> Block {
    let mut heads: Vec<&CopyFact> = Vec::new();
    for fact in section.rows.iter().flat_map(|row| &row.facts) {
        if heads.iter().all(|head| head.name != fact.name) {
            heads.push(fact);
        }
    }
    let cell = |row: &CopyRow, head: &CopyFact| {
        let fact = row.facts.iter().find(|fact| fact.name == head.name);
        fact.map(|fact| fact.text.clone()).unwrap_or_default()
    };
    Block::Table {
        // The title of the section stands right above.
        caption: String::new(),
        rows: section.rows.iter().map(|row| heads.iter().map(|head| cell(row, head)).collect()).collect(),
        heads: heads.iter().map(|head| head.label.clone()).collect(),
    }
}
