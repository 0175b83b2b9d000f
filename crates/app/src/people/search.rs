//! Search from anywhere: a few letters of a name in any order, a sound, a number, a date.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::people::contact::Phone;
use domain::people::name::{normalise, similarity, sound_key};
use store::people::search::{Clue, Named};
use uuid::Uuid;

use super::PeopleError;
use super::list::{Entry, entries};
use crate::Context;
use crate::access::scope;

/// Rows ranked before the best are kept.
const CANDIDATES: u64 = 200;
/// Rows shown.
const SHOWN: usize = 50;

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The people, the closest first.
    pub rows: Vec<Entry>,
    /// There were more than could be ranked.
    pub more: bool,
}

/// People of the actor's scope that the words describe.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn search(ctx: &Context, words: &str) -> Result<Found, PeopleError> {
    let scope = scope(ctx, Action::ReadPeople)?;
    let clues = clues(words);
    if clues.is_empty() {
        return Ok(Found { rows: Vec::new(), more: false });
    }
    let (db, today, shared) = (ctx.db(), ctx.today(), ctx.shared().await?);
    let merged = !shared.joined.is_empty();
    let found = store::people::search::search(db, merged, &scope, today, &clues, CANDIDATES).await?;
    let more = found.len() as u64 == CANDIDATES;
    let shown = closest(&normalise(words), found);
    let mut rows = store::people::one::rows(db.read(), &shown).await?;
    rows.sort_by_key(|row| shown.iter().position(|id| *id == row.id));
    let rows = entries(ctx, rows).await?;
    let tx = ctx.db().begin().await?;
    let detail = serde_json::json!({ "words": clues.len(), "found": rows.len() });
    crate::audit::record(ctx, &tx, Act::Search, None, None, detail).await?;
    tx.commit().await.map_err(store::StoreError::from)?;
    Ok(Found { rows, more })
}

/// The records to show, the closest first; those equally close by name, as they came.
fn closest(wanted: &str, found: Vec<Named>) -> Vec<Uuid> {
    let mut ranked: Vec<(f64, Named)> =
        found.into_iter().map(|named| (closeness(wanted, &named), named)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(SHOWN);
    ranked.into_iter().map(|(_, named)| named.id).collect()
}

/// How close a record is to the words: whole words first, then beginnings, then sounds.
fn closeness(wanted: &str, row: &Named) -> f64 {
    let names = [normalise(&row.last_name), normalise(&row.birth_name), normalise(&row.first_name)];
    wanted
        .split(' ')
        .map(|word| {
            let parts = names.iter().flat_map(|n| n.split(' '));
            parts
                .map(|part| match part {
                    p if p == word => 3.0,
                    p if p.starts_with(word) => 2.0,
                    p => similarity(p, word),
                })
                .fold(0.0, f64::max)
        })
        .sum()
}

/// The readings of the words typed; every word must be found.
pub fn clues(words: &str) -> Vec<Clue> {
    let trimmed = words.trim();
    if let Some(date) = date(trimmed) {
        return vec![Clue::Birth(date)];
    }
    let compact: String =
        trimmed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}')).collect();
    let digits = compact.trim_start_matches('+');
    if digits.len() >= 4 && digits.chars().all(|c| c.is_ascii_digit()) {
        return vec![number(&compact, digits)];
    }
    let mut clues = Vec::new();
    for word in trimmed.split_whitespace().take(6) {
        let bare: String = word.chars().filter(|c| !matches!(c, '-' | '/' | '.' | '_')).collect();
        let numeric = bare.chars().filter(char::is_ascii_digit).count();
        if let Some(date) = date(word) {
            clues.push(Clue::Birth(date));
        } else if numeric >= 4 && bare.chars().all(|c| c.is_ascii_alphanumeric()) {
            let upper = bare.to_uppercase();
            clues.push(Clue::Any(vec![Clue::FranceTravail(upper.clone()), Clue::Number(upper)]));
        } else {
            for part in normalise(word).split(' ').filter(|p| !p.is_empty()) {
                clues.push(name(part));
            }
        }
    }
    clues
}

fn name(letters: &str) -> Clue {
    let sound = sound_key(letters);
    // One or two sounds would find half of the département.
    let sound = if letters.len() >= 3 && sound.len() >= 3 { sound } else { String::new() };
    Clue::Name { letters: letters.to_owned(), sound }
}

fn number(compact: &str, digits: &str) -> Clue {
    let mut readings = vec![Clue::Number(digits.to_owned()), Clue::FranceTravail(digits.to_owned())];
    if let Some(phone) = Phone::parse(compact) {
        readings.push(Clue::Phone(phone.e164().to_owned()));
    }
    if digits.len() == 8
        && let Some(date) = NaiveDate::parse_from_str(digits, "%d%m%Y").ok()
    {
        readings.push(Clue::Birth(date));
    }
    Clue::Any(readings)
}

/// « 4/5/1991 », « 04.05.1991 », « 1991-05-04 ».
fn date(text: &str) -> Option<NaiveDate> {
    ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(text, format).ok())
        .filter(|d| (1900..2100).contains(&chrono::Datelike::year(d)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_names_numbers_or_dates() {
        assert_eq!(clues("4/5/1991"), [Clue::Birth("1991-05-04".parse().unwrap())]);
        assert!(
            matches!(clues("06 39 98 00 01").as_slice(), [Clue::Any(r)] if r.contains(&Clue::Phone("+33639980001".into())))
        );
        assert!(
            matches!(clues("1253359x").as_slice(), [Clue::Any(r)] if r.contains(&Clue::FranceTravail("1253359X".into())))
        );
        assert_eq!(clues("Wœrlein").len(), 1);
        assert_eq!(clues("jean-pierre Le Goff").len(), 4);
        assert_eq!(clues("  "), []);
    }
}
