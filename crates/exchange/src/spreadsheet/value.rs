//! Values as people type them.

use chrono::{Datelike, Days, NaiveDate};
use domain::intake::flux::Role;
use domain::people::contact::Phone;
use domain::people::name::normalise;

use super::row::Title;

/// Allocataire number as received and in its short form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Matricule {
    /// Without blanks.
    pub raw: String,
    /// Seven characters, with its leading zeros: what people write, and what the file of contacts uses.
    pub short: String,
}

impl Matricule {
    /// Fifteen characters that end with eight zeros are a short number and its filling; another long number loses its
    /// last zeros, then its first ones.
    pub fn parse(text: &str) -> Option<Self> {
        let raw: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if raw.is_empty() || raw.chars().count() > 15 || !raw.chars().all(|c| c.is_ascii_alphanumeric()) {
            return None;
        }
        let short = match raw.strip_suffix("00000000") {
            Some(short) if raw.len() == 15 => short,
            _ if raw.len() > 7 => raw.trim_end_matches('0').trim_start_matches('0'),
            _ => &raw,
        };
        let short = format!("{short:0>7}");
        Some(Self { raw, short })
    }
}

/// `AAAA-MM-JJ` with or without time, `JJ/MM/AAAA` with any of `/-. `, two-digit years of the last hundred years, or
/// the day number of a spreadsheet.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    if !day.is_empty() && day.bytes().all(|b| b.is_ascii_digit()) {
        return serial(day);
    }
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |t: &str| if t.bytes().all(|b| b.is_ascii_digit()) { t.parse::<u32>().ok() } else { None };
    let (a_number, b_number, c_number) = (number(a)?, number(b)?, number(c)?);
    match (a.len(), c.len()) {
        (4, _) => real(a_number, b_number, c_number),
        (1 | 2, 4) => real(c_number, b_number, a_number),
        (1 | 2, 2) => real(if c_number < 30 { 2000 } else { 1900 } + c_number, b_number, a_number),
        _ => None,
    }
}

fn real(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    (1850..2200).contains(&date.year()).then_some(date)
}

/// Days since 30 December 1899; a smaller number is a year, or something else.
fn serial(text: &str) -> Option<NaiveDate> {
    let days: u64 = text.parse().ok().filter(|d| (2200..80_000).contains(d))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// The numbers of a cell: `06… / 01…`.
pub(super) fn phones(text: &str) -> impl Iterator<Item = Phone> + '_ {
    text.split(['/', ';', ',', '\n']).flat_map(|piece| piece.split(" et ")).filter_map(Phone::parse)
}

/// The word before « / » or « ( », without case or accents.
fn first_word(text: &str) -> String {
    normalise(text.split(['/', '(']).next().unwrap_or(text))
}

/// Demandeur or conjoint.
pub(super) fn role(text: &str) -> Option<Role> {
    match first_word(text).as_str() {
        "dem" | "demandeur" | "demandeuse" | "usager" | "usagere" | "allocataire" | "rdo" | "responsable" => {
            Some(Role::Claimant)
        }
        "cjt" | "conjoint" | "conjointe" | "concubin" | "concubine" | "pacse" | "pacsee" => {
            Some(Role::Partner)
        }
        _ => None,
    }
}

/// Monsieur or Madame.
pub(super) fn title(text: &str) -> Option<Title> {
    match first_word(text).as_str() {
        "m" | "mr" | "monsieur" | "h" | "homme" => Some(Title::Monsieur),
        "mme" | "mlle" | "madame" | "mademoiselle" | "f" | "femme" => Some(Title::Madame),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn dates_are_read_as_people_and_spreadsheets_write_them() {
        for text in [
            "1982-02-01",
            "01/02/1982",
            "1/2/1982",
            "01-02-1982",
            "01.02.82",
            "29983",
            "1982-02-01 00:00",
            "1982-02-01T00:00:00",
        ] {
            assert_eq!(date(text), d("1982-02-01"), "{text}");
        }
        for text in
            ["", "31/02/1982", "12", "1982", "2820251108030", "x/y/z", "01/02", "1/2/3/4", "3000-01-01"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn roles_and_titles_have_many_spellings() {
        for text in ["dem", "DEM", "Demandeur", "ALLOCATAIRE", "usager(ère)", "Demandeur/Bénéficiaire"] {
            assert_eq!(role(text), Some(Role::Claimant), "{text}");
        }
        for text in ["cjt", "CONJOINT(E)", "Conjointe"] {
            assert_eq!(role(text), Some(Role::Partner), "{text}");
        }
        assert_eq!(
            (title("M."), title("Mme"), title("x")),
            (Some(Title::Monsieur), Some(Title::Madame), None)
        );
    }

    #[test]
    fn a_matricule_has_one_short_form() {
        for (text, short) in [
            ("034614500000000", "0346145"),
            ("0346145", "0346145"),
            ("346145", "0346145"),
            ("346 145", "0346145"),
            ("034614000000000", "0346140"),
            ("20559990000", "2055999"),
        ] {
            assert_eq!(Matricule::parse(text).unwrap().short, short, "{text}");
        }
        assert!(Matricule::parse("").is_none() && Matricule::parse("à voir").is_none());
    }

    #[test]
    fn a_cell_may_hold_two_numbers() {
        let numbers: Vec<_> =
            phones("06 39 98 00 01 / 01.99.00.00.02 et rien").map(|p| p.e164().to_owned()).collect();
        assert_eq!(numbers, ["+33639980001", "+33199000002"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_left(text in ".{0,30}") {
            let _ = (date(&text), role(&text), title(&text), Matricule::parse(&text), phones(&text).count());
        }
    }
}
