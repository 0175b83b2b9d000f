//! Legal and service parameters with the dates between which they hold.
//!
//! A rule never writes a legal number: it asks for the value in force on the day of the event, and shows its
//! reference. An empty value means that the text was not found: the feature that needs it stays closed.

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::tsv;

const FILE: &str = include_str!("../data/parameters.tsv");

/// One value of a parameter and the time during which it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// `"orientation.deadline_days"`.
    pub key: &'static str,
    /// The value as written; empty when the text was not found.
    pub value: &'static str,
    /// `"days"`, `"months"`, `"percent"`, `"EUR_per_month"`…
    pub unit: &'static str,
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None` while it is in force.
    pub to: Option<NaiveDate>,
    /// Law article or other source, in French.
    pub reference: &'static str,
    /// How sure we are.
    pub confidence: Confidence,
    /// Note for the reader, in French; may be empty.
    pub note: &'static str,
}

/// How sure we are of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// Found in a source (`S`).
    Sourced,
    /// Known, not read again (`K`).
    Known,
    /// Uncertain: read the law before use (`K?`).
    Uncertain,
    /// Choice of the service, which the département may change (`proposed`).
    Proposed,
}

static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(|| tsv::rows(FILE).filter_map(parse).collect());

fn parse(row: [&'static str; 8]) -> Option<Parameter> {
    let [key, value, unit, from, to, reference, confidence, note] = row;
    Some(Parameter {
        key,
        value,
        unit,
        from: from.parse().ok()?,
        to: if to.is_empty() { None } else { Some(to.parse().ok()?) },
        reference,
        confidence: match confidence {
            "S" => Confidence::Sourced,
            "K" => Confidence::Known,
            "K?" => Confidence::Uncertain,
            "proposed" => Confidence::Proposed,
            _ => return None,
        },
        note,
    })
}

/// Every parameter, by key then by date: the page that shows the law in force.
pub fn all() -> &'static [Parameter] {
    &PARAMETERS
}

/// The parameter in force on this day, with its reference. The value may be empty: prefer [`value_at`] in a rule.
pub fn at(key: &str, date: NaiveDate) -> Option<&'static Parameter> {
    PARAMETERS
        .iter()
        .rfind(|row| row.key == key && row.from <= date && row.to.is_none_or(|last_day| date <= last_day))
}

/// The value in force on this day; `None` if there is none, or if it was not found in the texts.
pub fn value_at(key: &str, date: NaiveDate) -> Option<&'static str> {
    at(key, date).map(|row| row.value).filter(|value| !value.is_empty())
}

/// A delay in days; weeks are converted. `None` for any other unit: a month is not thirty days.
pub fn days_at(key: &str, date: NaiveDate) -> Option<i64> {
    let row = at(key, date)?;
    let days_per_unit = match row.unit {
        "days" => 1,
        "weeks" => 7,
        _ => return None,
    };
    row.value.parse::<i64>().ok()?.checked_mul(days_per_unit)
}

/// A delay in months, to be added with [`chrono::Months`]. `None` for any other unit.
pub fn months_at(key: &str, date: NaiveDate) -> Option<u32> {
    at(key, date).filter(|row| row.unit == "months").and_then(|row| row.value.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn no_row_is_lost_while_reading() {
        assert_eq!(all().len(), tsv::announced(FILE));
    }

    #[test]
    fn the_value_is_the_one_in_force_on_the_day_of_the_event() {
        let amount = |date| value_at("amount.rsa_single_no_child", day(date));
        assert_eq!(amount("2024-03-31"), Some("607.75"));
        assert_eq!(amount("2024-04-01"), Some("635.71"));
        assert_eq!(amount("2026-11-26"), Some("651.69"));
        assert_eq!(amount("2020-01-01"), None);
    }

    #[test]
    fn a_delay_in_days_is_read_with_its_reference() {
        let today = day("2026-11-26");
        assert_eq!(days_at("orientation.deadline_days", today), Some(42));
        assert!(at("orientation.deadline_days", today).unwrap().reference.contains("D262-65-2"));
        assert_eq!(days_at("fse.exit_data_within_weeks", today), Some(28));
        assert_eq!(days_at("orientation.deadline_days", day("2024-12-31")), None);
    }

    #[test]
    fn months_are_never_taken_for_days() {
        let today = day("2026-11-26");
        assert_eq!(days_at("recourse.rapo_months", today), None);
        assert_eq!(months_at("recourse.rapo_months", today), Some(2));
        assert_eq!(months_at("orientation.deadline_days", today), None);
    }

    #[test]
    fn a_value_that_was_not_found_is_no_value() {
        let today = day("2026-11-26");
        assert_eq!(value_at("sanction.repeat_window_months", today), None);
        assert_eq!(at("sanction.repeat_window_months", today).unwrap().confidence, Confidence::Uncertain);
        assert_eq!(months_at("sanction.repeat_window_months", today), None);
    }

    #[test]
    fn two_values_of_a_parameter_never_hold_on_the_same_day() {
        for pair in all().windows(2).filter(|pair| pair[0].key == pair[1].key) {
            assert!(pair[0].to.is_some_and(|last_day| last_day < pair[1].from), "{}", pair[0].key);
        }
        assert!(all().iter().all(|row| !row.reference.is_empty()));
    }
}
