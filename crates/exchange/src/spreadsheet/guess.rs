//! Which column is what: by its title, else by what it holds.

use domain::people::contact::{Email, Phone};
use domain::people::nir::Nir;

use super::field::{Field, of_header, suggested};
use super::sheet::Row;
use super::value;

/// How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Nothing was recognised: the column is not read unless somebody says so.
    None,
    /// The values look like it.
    Low,
    /// The title suggests it.
    Medium,
    /// The title is a known one.
    High,
}

/// What is proposed for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Rank of the column, from 0.
    pub column: usize,
    /// What it seems to hold.
    pub field: Field,
    /// How sure.
    pub confidence: Confidence,
    /// Why, in French, for the mapping screen.
    pub why: String,
}

/// So many rows are looked at.
const SAMPLE: usize = 200;

/// Proposes a field for every column; a field is given to one column only, except pieces of address.
pub fn propose(headers: &[String], rows: &[Row]) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = headers
        .iter()
        .enumerate()
        .map(|(column, header)| {
            let values: Vec<&str> = rows
                .iter()
                .take(SAMPLE)
                .filter_map(|r| r.cells.get(column))
                .map(String::as_str)
                .filter(|v| !v.is_empty())
                .collect();
            one(column, header, &values)
        })
        .collect();
    settle(&mut proposals, headers);
    proposals
}

fn one(column: usize, header: &str, values: &[&str]) -> Proposal {
    let proposal = |field, confidence, why: &str| Proposal { column, field, confidence, why: why.to_owned() };
    if let Some(field) = of_header(header) {
        return match field {
            Field::Ignore => proposal(field, Confidence::High, "colonne connue, qui ne sert pas à l’import"),
            _ if !fits(field, values) => proposal(
                field,
                Confidence::Low,
                "titre connu, mais les valeurs ne ressemblent pas à ce qui est attendu",
            ),
            _ => proposal(field, Confidence::High, "titre de colonne connu"),
        };
    }
    if let Some(field) = suggested(header).filter(|f| fits(*f, values)) {
        return proposal(field, Confidence::Medium, "titre de colonne proche d’un titre connu");
    }
    match of_values(values) {
        Some((field, why)) => proposal(field, Confidence::Low, why),
        None => proposal(Field::Ignore, Confidence::None, "colonne non reconnue"),
    }
}

/// Whether the values may belong to the field; always true when there are none.
fn fits(field: Field, values: &[&str]) -> bool {
    let test: fn(&str) -> bool = match field {
        Field::Nir => is_nir,
        Field::Email => is_email,
        Field::Phone | Field::Phone2 => |v| value::phones(v).next().is_some(),
        Field::BirthDate | Field::RightsOpeningDate => is_date,
        _ => return true,
    };
    most(values, test, 50)
}

/// At least `percent` of the values pass the test.
fn most(values: &[&str], test: fn(&str) -> bool, percent: usize) -> bool {
    values.iter().filter(|v| test(v)).count() * 100 >= values.len() * percent
}

fn of_values(values: &[&str]) -> Option<(Field, &'static str)> {
    type Rule = (fn(&str) -> bool, Field, &'static str);
    let rules: [Rule; 8] = [
        (is_email, Field::Email, "les valeurs sont des adresses électroniques"),
        (is_nir, Field::Nir, "les valeurs sont des NIR de 13 ou 15 chiffres"),
        (is_phone, Field::Phone, "les valeurs sont des numéros de téléphone"),
        (is_birth_date, Field::BirthDate, "les valeurs sont des dates de naissance possibles"),
        (|v| value::role(v).is_some(), Field::Role, "les valeurs sont des rôles dans le foyer"),
        (|v| value::title(v).is_some(), Field::Title, "les valeurs sont des civilités"),
        (is_postcode_town, Field::PostcodeTown, "les valeurs commencent par un code postal"),
        (
            is_france_travail,
            Field::FranceTravailId,
            "les valeurs ont la forme d’un identifiant France Travail",
        ),
    ];
    if values.is_empty() {
        return None;
    }
    rules.into_iter().find(|(test, _, _)| most(values, *test, 80)).map(|(_, field, why)| (field, why))
}

fn is_nir(text: &str) -> bool {
    Nir::parse(text).is_ok_and(|nir| nir.reveal().starts_with(['1', '2', '3', '4', '7', '8']))
}

fn is_email(text: &str) -> bool {
    Email::parse(text).is_some()
}

/// Ten digits from a zero, or nine: not any number.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (9..=12).contains(&digits) && Phone::parse(text).is_some()
}

fn is_date(text: &str) -> bool {
    value::date(text).is_some()
}

fn is_birth_date(text: &str) -> bool {
    use chrono::Datelike;
    text.contains(['/', '-', '.']) && value::date(text).is_some_and(|d| (1900..2012).contains(&d.year()))
}

fn is_postcode_town(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 5 && text.get(5..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_france_travail(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 8
        && bytes.iter().take(7).all(u8::is_ascii_digit)
        && bytes.last().is_some_and(u8::is_ascii_uppercase)
}

/// Keeps the surest column of each field; the second phone becomes the other phone.
fn settle(proposals: &mut [Proposal], headers: &[String]) {
    let mut order: Vec<usize> = (0..proposals.len()).collect();
    order.sort_by_key(|i| std::cmp::Reverse(proposals.get(*i).map(|p| p.confidence)));
    let mut taken: Vec<(Field, usize)> = Vec::new();
    for i in order {
        let Some(proposal) = proposals.get_mut(i) else { continue };
        let owner = |field| taken.iter().find(|(f, _)| *f == field).map(|(_, column)| *column);
        if proposal.field == Field::Phone && owner(Field::Phone).is_some() && owner(Field::Phone2).is_none() {
            proposal.field = Field::Phone2;
        }
        if proposal.field.is_repeatable() {
            continue;
        }
        if let Some(column) = owner(proposal.field) {
            let other = headers.get(column).map_or("", String::as_str);
            proposal.why = format!("« {} » est déjà lu dans la colonne « {other} »", proposal.field.label());
            proposal.field = Field::Ignore;
            proposal.confidence = Confidence::None;
        } else {
            taken.push((proposal.field, i));
        }
    }
}
