//! A contract, to be read and signed: who, until when, who commits to what, the room for signatures.

use chrono::NaiveDate;
use domain::time::in_words;
use serde_json::{Value, json};

use crate::press::{LetterError, print};
use crate::words::Speller;

/// The template.
const TEMPLATE: &str = include_str!("../templates/contract.typ");

/// A contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// « Meuse ».
    pub department: String,
    /// « Contrat d’engagement ».
    pub title: String,
    /// « Odile Barrancourt ».
    pub person: String,
    /// The day of the print.
    pub made_on: NaiveDate,
    /// What tells this version from the others, at the foot of every page.
    pub reference: String,
    /// What it is, in a sentence or two.
    pub lead: String,
    /// Dates and hours, each with its name.
    pub facts: Vec<(String, String)>,
    /// Who commits, and to what.
    pub sections: Vec<(String, Vec<String>)>,
    /// The title above the signatures.
    pub signatures_title: String,
    /// Who signs, and what stands there: a signature that was given, or nothing yet.
    pub signatures: Vec<(String, String)>,
    /// What the person should know, a paragraph each.
    pub notes: Vec<String>,
}

/// Sets the contract.
pub(crate) fn set(model: &Contract) -> Result<Vec<u8>, LetterError> {
    let mut speller = Speller::default();
    let mut data = data(model, &mut |text| speller.french(text));
    if let Some(object) = data.as_object_mut() {
        let note = speller.replaced().then_some(Speller::NOTE);
        object.insert("note".to_owned(), json!(note));
    }
    print(TEMPLATE, &data, None, model.made_on)
}

fn data(model: &Contract, french: &mut impl FnMut(&str) -> String) -> Value {
    let mut pairs = |all: &[(String, String)]| -> Vec<Value> {
        all.iter().map(|(term, value)| json!({ "term": french(term), "value": french(value) })).collect()
    };
    let (facts, signatures) = (pairs(&model.facts), pairs(&model.signatures));
    let mut sections = Vec::new();
    for (title, lines) in &model.sections {
        let lines: Vec<String> = lines.iter().map(|line| french(line)).collect();
        sections.push(json!({ "title": french(title), "lines": lines }));
    }
    json!({
        "department": french(&model.department),
        "title": french(&model.title),
        "person": french(&model.person),
        "day": french(&in_words(model.made_on)),
        "reference": french(&model.reference),
        "lead": french(&model.lead),
        "facts": facts,
        "sections": sections,
        "signatures_title": french(&model.signatures_title),
        "signatures": signatures,
        "notes": model.notes.iter().map(|line| french(line)).collect::<Vec<_>>(),
    })
}
