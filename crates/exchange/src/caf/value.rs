//! Values of the files: dates, times, amounts, codes.

use chrono::{Datelike, NaiveDate, NaiveTime};

/// `AAAA-MM-JJ`, with or without a zone. The placeholders of far past and far future are no date.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..10)?);
    if text.get(4..5)? != "-" || text.get(7..8)? != "-" {
        return None;
    }
    let zone = text.get(10..)?;
    if !(zone.is_empty() || zone.starts_with(['Z', '+', '-', 'T'])) {
        return None;
    }
    let date =
        NaiveDate::from_ymd_opt(digits(year)?, digits(month)?.unsigned_abs(), digits(day)?.unsigned_abs())?;
    (1850..9999).contains(&date.year()).then_some(date)
}

fn digits(text: &str) -> Option<i32> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// `HH:MM:SS`, with up to nine decimals and a zone that is ignored.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().trim_end_matches('Z');
    let text = text.split(['+']).next().unwrap_or(text);
    NaiveTime::parse_from_str(text, "%H:%M:%S%.f").ok()
}

/// An amount in cents: `0001675.00`, `-12,5`, `300`.
pub(super) fn cents(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (units, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let all_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if units.is_empty()
        || units.len() > 12
        || decimals.len() > 2
        || !all_digits(units)
        || !all_digits(decimals)
    {
        return None;
    }
    let units: i64 = units.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<2}").parse().ok()?;
    let amount = units * 100 + decimals;
    Some(if negative { -amount } else { amount })
}

/// `1` is yes; the old lists also have O.
pub(super) fn yes(text: &str) -> bool {
    matches!(text, "1" | "O" | "true")
}

/// The text, or nothing when empty.
pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// At most `limit` characters.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    if text.len() <= limit { text.to_owned() } else { text.chars().take(limit).collect() }
}

/// Control characters are not text: they become spaces.
pub(super) fn without_controls(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A code of five characters whose leading zero was lost.
pub(super) fn five(text: &str) -> String {
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        format!("0{text}")
    } else {
        text.to_owned()
    }
}

/// A département as people write it: `052` is `52`, `04` is `4`, `02A` is `2A`.
pub(super) fn department(text: &str) -> String {
    text.trim().trim_start_matches('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_are_dates() {
        assert_eq!(date("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29));
        assert_eq!(date("2024-02-29+01:00"), NaiveDate::from_ymd_opt(2024, 2, 29));
        for bad in [
            "",
            "2023-02-29",
            "1990-02-31",
            "9999-12-31",
            "0001-01-01",
            "20240229",
            "2024-2-9",
            "é024-02-29",
            "2024-02-291",
        ] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn times_have_zero_to_nine_decimals() {
        let at = |ms| NaiveTime::from_hms_milli_opt(1, 18, 36, ms);
        assert_eq!((time("01:18:36"), time("01:18:36.52"), time("01:18:36.0000")), (at(0), at(520), at(0)));
        assert_eq!((time(""), time("25:00:00")), (None, None));
    }

    #[test]
    fn amounts_are_cents() {
        assert_eq!(
            (cents("0001675.00"), cents("-12,5"), cents("300")),
            (Some(167_500), Some(-1250), Some(30_000))
        );
        for bad in ["", "x", "1.234", ".5", "1e3", "99999999999999999999"] {
            assert_eq!(cents(bad), None, "{bad}");
        }
    }

    #[test]
    fn departments_are_compared_without_their_zeros() {
        assert_eq!(
            [department("052"), department("004"), department("02A"), department("974 ")],
            ["52", "4", "2A", "974"]
        );
    }
}
