//! A letter that goes by post: sender, window of the envelope, object, paragraphs, ways of recourse.

use chrono::NaiveDate;
use domain::prose::{Block, Line, words};
use serde_json::{Value, json};

use crate::press::{LetterError, print};
use crate::words::Speller;

/// The template.
const TEMPLATE: &str = include_str!("../templates/mail.typ");

/// A letter, with its translations behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// « Département de la Meuse », for the file.
    pub author: String,
    /// The day of the letter.
    pub made_on: NaiveDate,
    /// Internal and neutral, at the foot of every page.
    pub reference: String,
    /// The letter first, which counts; then its translations. Never empty.
    pub sheets: Vec<Sheet>,
}

/// A letter in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// `fr`, `en`.
    pub language: &'static str,
    /// Who writes, line by line.
    pub sender: Vec<String>,
    /// To whom, as on an envelope: at most seven lines.
    pub recipient: Vec<String>,
    /// « Bar-le-Duc, le 26 novembre 2026 ».
    pub place_and_date: String,
    /// What follows the date, line by line: the reference, « this is a translation ».
    pub notes: Vec<Line>,
    /// « Objet : Votre accompagnement : notre décision ».
    pub object: String,
    /// What is written.
    pub body: Vec<Block>,
}

/// Sets the letter.
pub(crate) fn set(model: &Mail) -> Result<Vec<u8>, LetterError> {
    let mut speller = Speller::default();
    let sheets: Vec<Value> = model.sheets.iter().map(|one| sheet(one, &mut speller)).collect();
    let first = model.sheets.first();
    let mut french = |text: &str| speller.french(text);
    let mut data = json!({
        "author": french(&model.author),
        "title": first.map(|one| french(&one.object)).unwrap_or_default(),
        "reference": french(&model.reference),
        "sheets": sheets,
    });
    if let Some(object) = data.as_object_mut() {
        let note = speller.replaced().then_some(Speller::NOTE_IN_MAIL);
        object.insert("note".to_owned(), json!(note));
    }
    print(TEMPLATE, &data, None, model.made_on)
}

fn sheet(sheet: &Sheet, speller: &mut Speller) -> Value {
    let mut french = |text: &str| speller.french(text);
    let sender: Vec<String> = sheet.sender.iter().map(|line| french(line)).collect();
    let recipient: Vec<String> = sheet.recipient.iter().map(|line| french(line)).collect();
    let (place_and_date, object) = (french(&sheet.place_and_date), french(&sheet.object));
    json!({
        "language": sheet.language,
        "sender": sender,
        "recipient": recipient,
        "date": place_and_date,
        "notes": sheet.notes.iter().map(|one| line(one, speller)).collect::<Vec<_>>(),
        "object": object,
        "body": blocks(&sheet.body, speller),
    })
}

fn blocks(all: &[Block], speller: &mut Speller) -> Vec<Value> {
    all.iter()
        .map(|block| match block {
            Block::Paragraph(lines) => {
                let lines: Vec<Value> = lines.iter().map(|one| line(one, speller)).collect();
                json!({ "kind": "lines", "lines": lines })
            }
            Block::List { numbered, items } => {
                let items: Vec<Value> = items.iter().map(|one| line(one, speller)).collect();
                json!({ "kind": if *numbered { "steps" } else { "points" }, "items": items })
            }
            Block::Framed(inner) => json!({ "kind": "framed", "body": blocks(inner, speller) }),
        })
        .collect()
}

/// A line is spelled whole, then cut again where its look changes: a hard space may stand on either side of a change.
fn line(line: &Line, speller: &mut Speller) -> Value {
    let mut whole = speller.french(&words(line));
    let mut runs = Vec::new();
    for (rank, run) in line.iter().enumerate() {
        // Spelling keeps the number of what is neither a space nor without width, and their order.
        let solid = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).count();
        let text = if rank + 1 == line.len() {
            std::mem::take(&mut whole)
        } else {
            let mut left = solid(&Speller::default().french(&run.text));
            let end = whole.char_indices().find(|(_, sign)| {
                if left == 0 && !sign.is_whitespace() {
                    return true;
                }
                left = left.saturating_sub(usize::from(!sign.is_whitespace()));
                false
            });
            let rest = whole.split_off(end.map_or(whole.len(), |(at, _)| at));
            std::mem::replace(&mut whole, rest)
        };
        if !text.is_empty() {
            runs.push(json!({ "text": text, "strong": run.strong, "soft": run.soft }));
        }
    }
    Value::Array(runs)
}
