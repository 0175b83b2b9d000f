//! Reads a story of the catalogue: a header, then a table with a line for each act.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::failure::{Failure, Outcome};

/// A story, as it is written.
#[derive(Debug, Clone)]
pub struct Told {
    /// Day 0.
    pub base: NaiveDate,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

/// A line of a story.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number.
    pub n: u32,
    /// Days from the first one.
    pub day: i64,
    /// Where the person stands after it.
    #[cfg(test)]
    pub state: String,
    /// Who owes what next, before when.
    #[cfg(test)]
    pub owed: String,
}

#[derive(Deserialize)]
struct Header {
    base_date: toml::value::Datetime,
}

/// Columns of the table: number, day, date, role, act, state, what is owed, who sees.
const COLUMNS: usize = 8;

/// Reads a story.
///
/// # Errors
/// When the catalogue does not hold it, or it is not written as the others.
pub fn read(code: &str) -> Outcome<Told> {
    let wrong = |what: &str| Failure::new(format!("L’histoire « {code} » ne se lit pas : {what}."));
    let text = app::domain::reference::catalogues::story(code).ok_or_else(|| wrong("elle n’existe pas"))?;
    let mut parts = text.splitn(3, "+++");
    let (Some(_), Some(header), Some(body)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(wrong("son en-tête"));
    };
    let header: Header = toml::from_str(header).map_err(|error| wrong(&error.to_string()))?;
    let base = header.base_date.to_string().parse().map_err(|_| wrong("base_date"))?;
    let lines = body.lines().filter_map(line).collect();
    Ok(Told { base, lines })
}

/// A row of the table; `None` for any other line.
fn line(text: &str) -> Option<Line> {
    let cells: Vec<&str> = text.trim().strip_prefix('|')?.strip_suffix('|')?.split('|').collect();
    let cell = |at: usize| cells.get(at).map(|cell| cell.trim());
    (cells.len() == COLUMNS).then_some(())?;
    Some(Line {
        n: cell(0)?.parse().ok()?,
        day: cell(1)?.parse().ok()?,
        #[cfg(test)]
        state: cell(5)?.trim_matches('`').to_owned(),
        #[cfg(test)]
        owed: cell(6)?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_stories_are_read_whole() {
        for (code, lines) in
            [("meuse-odile", 31), ("alpes-sylvie", 28), ("loiret-hugo", 37), ("isere-nadege", 39)]
        {
            let told = read(code).unwrap();
            let numbers: Vec<u32> = told.lines.iter().map(|line| line.n).collect();
            assert_eq!(numbers, (1..=lines).collect::<Vec<u32>>(), "{code}");
            assert!(told.lines.windows(2).all(|pair| pair[0].day <= pair[1].day), "{code}");
        }
        assert!(read("autre").is_err());
    }
}
