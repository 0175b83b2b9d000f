//! A letter, from its template to the places of a page; and to whom it goes.

use domain::people::name::display;
use domain::prose::{Block, Line, words};
use domain::reference::catalogues::shared_text;
use exchange::template::{Message, Template, TemplateError, Values, blocks};
use letters::Sheet;

use super::words::Language;
use crate::people::person::PersonFile;

/// Most lines of an address, the name left out (NF Z 10-011: six lines in all, and one for abroad).
const MOST_LINES: usize = 6;

/// The page of a letter, in a language.
///
/// # Errors
/// [`TemplateError`]: the template asks for what is not known.
pub(crate) fn sheet(language: Language, message: &Message, values: &Values) -> Result<Sheet, TemplateError> {
    let code = language.code();
    let none = |name: &str| TemplateError::Partial(name.to_owned());
    let top = format!("letter-header.{code}");
    let header = Template::read(shared_text(&top).ok_or_else(|| none(&top))?.trim())?;
    // The top has places of its own on the page; what is left is read from top to bottom.
    let partial = |name: &str| if name == top { Some("") } else { shared_text(name) };
    let mut top = blocks(&header.fill(values, &partial)?).into_iter().map(|block| match block {
        Block::Paragraph(lines) => lines,
        Block::List { .. } | Block::Framed(_) => Vec::new(),
    });
    let mut lines = || top.next().unwrap_or_default();
    let texts = |lines: Vec<Line>| lines.iter().map(|line| words(line)).collect::<Vec<_>>();
    let (sender, recipient, date) = (texts(lines()), texts(lines()), texts(lines()).join(" "));
    let template = message.section(&format!("letter.{code}"))?;
    let mut body = blocks(&template.fill(values, &partial)?);
    let object = match body.first() {
        Some(Block::Paragraph(lines)) => lines.iter().map(|line| words(line)).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    body.drain(..1.min(body.len()));
    Ok(Sheet {
        language: code,
        sender,
        recipient,
        place_and_date: date,
        notes: top.flatten().collect(),
        object,
        body,
    })
}

/// What is missing to write, in French.
pub(crate) fn field_words(variable: &str) -> &'static str {
    match variable {
        "sender.name" => "le nom du service",
        "sender.short" => "son nom court pour les SMS",
        "sender.address" => "son adresse",
        "document.place" => "la ville d’où part la lettre",
        "sender.phone" => "son téléphone",
        "sender.hours" => "ses heures d’accueil",
        "sender.email" => "son courriel",
        "signatory.name" => "le nom de la personne qui signe",
        "signatory.role" => "la fonction de la personne qui signe",
        "recourse.rapo_address" => "l’adresse du recours préalable",
        "recourse.court" => "le tribunal",
        _ => "l’adresse du tribunal",
    }
}

/// The address of the household, else the newest that a spreadsheet told and that still reaches the person.
pub(crate) fn address(file: &PersonFile) -> Option<Vec<String>> {
    let dossier = file.household.as_ref().and_then(|household| household.dossier.as_ref());
    let kept = dossier.and_then(|dossier| dossier.addresses.iter().min_by_key(|address| address.rank));
    let told =
        kept.filter(|address| !address.postcode.is_empty() && !address.town.is_empty()).map(|address| {
            let town = format!("{} {}", address.postcode, address.town.to_uppercase());
            address.lines.iter().map(|line| display(line)).chain([town]).collect::<Vec<_>>()
        });
    let typed = || {
        let way = file.reach.addresses.iter().find(|way| way.unusable.is_none())?;
        Some(way.told.value.split([',', '\n']).map(|line| line.trim().to_owned()).collect::<Vec<_>>())
    };
    let mut lines = told.or_else(typed)?;
    lines.retain(|line| !line.trim().is_empty());
    // A town alone reaches nobody; the last lines are those that must not be lost.
    let extra = lines.len().saturating_sub(MOST_LINES);
    lines.drain(..extra);
    (lines.len() > 1).then_some(lines)
}

/// The words of a letter, for who reads it on a screen before it is printed.
pub(crate) fn words_of(page: &Sheet) -> String {
    fn of(blocks: &[Block]) -> Vec<String> {
        let said = |lines: &[Line]| lines.iter().map(|line| words(line)).collect::<Vec<_>>().join("\n");
        blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(lines) => said(lines),
                Block::List { items, .. } => said(items),
                Block::Framed(inner) => of(inner).join("\n\n"),
            })
            .collect()
    }
    of(&page.body).join("\n\n")
}
