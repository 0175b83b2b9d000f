//! The answer to an access request (GDPR, article 15), as a letter that can be read.

use chrono::NaiveDate;
use domain::time::in_words;
use serde_json::{Value, json};

use crate::press::{LetterError, print};
use crate::words::Speller;

/// The template.
const TEMPLATE: &str = include_str!("../templates/access.typ");

/// Who answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// « Meuse ».
    pub department: String,
    /// The département's drawing, as SVG without text; its name stands alone when there is none.
    pub logo_svg: Option<Vec<u8>>,
    /// Where one writes to the data protection officer, one line each.
    pub officer: Vec<String>,
}

/// What is kept about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessAnswer {
    /// Who answers.
    pub sender: Sender,
    /// « Odile Barrancourt ».
    pub person: String,
    /// The day of the answer.
    pub made_on: NaiveDate,
    /// What the département calls this answer.
    pub reference: String,
    /// What is kept, by subject.
    pub sections: Vec<Section>,
}

/// A subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// « Identité ».
    pub title: String,
    /// Why it is kept and how long, in a sentence; may be empty.
    pub lead: String,
    /// What is kept.
    pub blocks: Vec<Block>,
}

/// A part of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Terms and what they are.
    Facts {
        /// What they are about; may be empty.
        title: String,
        /// Each term with what it is.
        facts: Vec<(String, String)>,
    },
    /// A table; each row has as many cells as there are heads.
    Table {
        /// What it tells.
        caption: String,
        /// The heads of its columns.
        heads: Vec<String>,
        /// Its rows.
        rows: Vec<Vec<String>>,
    },
    /// Sentences, one paragraph each.
    Text {
        /// What they are about; may be empty.
        title: String,
        /// The sentences.
        lines: Vec<String>,
    },
}

/// Sets the letter.
pub(crate) fn set(model: &AccessAnswer) -> Result<Vec<u8>, LetterError> {
    let mut speller = Speller::default();
    let mut data = data(model, &mut |text| speller.french(text));
    if let Some(object) = data.as_object_mut() {
        let note = speller.replaced().then_some(Speller::NOTE);
        object.insert("note".to_owned(), json!(note));
    }
    print(TEMPLATE, &data, model.sender.logo_svg.as_deref(), model.made_on)
}

/// The model as the template reads it.
fn data(model: &AccessAnswer, french: &mut impl FnMut(&str) -> String) -> Value {
    let sections: Vec<Value> = model
        .sections
        .iter()
        .map(|section| {
            let blocks: Vec<Value> = section.blocks.iter().map(|one| block(one, french)).collect();
            json!({ "title": french(&section.title), "lead": french(&section.lead), "blocks": blocks })
        })
        .collect();
    json!({
        "department": french(&model.sender.department),
        "officer": model.sender.officer.iter().map(|line| french(line)).collect::<Vec<_>>(),
        "logo": model.sender.logo_svg.is_some(),
        "person": french(&model.person),
        "day": french(&in_words(model.made_on)),
        "reference": french(&model.reference),
        "sections": sections,
    })
}

fn block(block: &Block, french: &mut impl FnMut(&str) -> String) -> Value {
    match block {
        Block::Facts { title, facts } => {
            let facts: Vec<_> = facts
                .iter()
                .map(|(term, value)| json!({ "term": french(term), "value": french(value) }))
                .collect();
            json!({ "kind": "facts", "title": french(title), "facts": facts })
        }
        Block::Table { caption, heads, rows } => {
            // A row that is too short or too long would shift all those that follow.
            let row = |cells: &Vec<String>| {
                let mut cells = cells.clone();
                cells.resize(heads.len(), String::new());
                cells
            };
            let rows: Vec<Vec<String>> =
                rows.iter().map(|cells| row(cells).iter().map(|cell| french(cell)).collect()).collect();
            let heads: Vec<String> = heads.iter().map(|head| french(head)).collect();
            json!({ "kind": "table", "caption": french(caption), "heads": heads, "rows": rows })
        }
        Block::Text { title, lines } => {
            let lines: Vec<String> = lines.iter().map(|line| french(line)).collect();
            json!({ "kind": "text", "title": french(title), "lines": lines })
        }
    }
}
