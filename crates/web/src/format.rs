//! Numbers, dates, hours and amounts as people read them in French: « 1 370 », « jeudi 19 novembre », « 14 h 05 ».
//!
//! A number never breaks at the end of a line: groups are held by a narrow no-break space (U+202F), a number and its
//! unit by a no-break space (U+00A0).

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Narrow no-break space: inside numbers, before `; ! ? %` and inside « ».
pub const NARROW: char = '\u{202f}';
/// No-break space: between a number and its unit, before a colon.
pub const HARD: char = '\u{a0}';

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const SHORT_MONTHS: [&str; 12] =
    ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

/// « 1 370 », « −12 ».
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 8);
    if n < 0 {
        text.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(NARROW);
        }
        text.push(digit);
    }
    text
}

/// [`number`] for a count; what does not fit is shown as the greatest count.
pub fn count(n: usize) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// « 1 personne », « 0 personne », « 1 370 personnes »: in French the plural starts at two.
pub fn plural(n: i64, one: &str, many: &str) -> String {
    let word = if n.abs() < 2 { one } else { many };
    format!("{}{HARD}{word}", number(n))
}

/// « 607,75 € » from cents.
pub fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let cents = cents.unsigned_abs();
    let whole = number(i64::try_from(cents / 100).unwrap_or(i64::MAX));
    format!("{sign}{whole},{:02}{HARD}€", cents % 100)
}

/// « 94 % » of a whole, rounded down so that 100 % is said of all only; « 0 % » of nothing.
pub fn percent(part: u64, whole: u64) -> String {
    let share = (u128::from(part) * 100).checked_div(u128::from(whole)).unwrap_or(0);
    format!("{share}{NARROW}%")
}

/// Size of a file: « 12,4 Mo ».
pub fn bytes(n: u64) -> String {
    let tenths = |unit: u64| (n.saturating_mul(10) / unit, n / unit);
    let (unit, (tenths, whole)) = match n {
        0..1_000 => return format!("{n}{HARD}octets"),
        1_000..1_000_000 => ("ko", tenths(1_000)),
        1_000_000..1_000_000_000 => ("Mo", tenths(1_000_000)),
        _ => ("Go", tenths(1_000_000_000)),
    };
    let whole = number(i64::try_from(whole).unwrap_or(i64::MAX));
    format!("{whole},{}{HARD}{unit}", tenths % 10)
}

/// « jeudi 19 novembre », with the year when it is not that of `today`.
pub fn day(date: NaiveDate, today: NaiveDate) -> String {
    format!("{} {}", weekday(date), day_month(date, today))
}

/// « 19 novembre », with the year when it is not that of `today`.
pub fn day_month(date: NaiveDate, today: NaiveDate) -> String {
    let year = if date.year() == today.year() { String::new() } else { format!("{HARD}{}", date.year()) };
    format!("{}{HARD}{}{year}", nth(date), month(date))
}

/// « 4 mai 1991 », always with the year: births, decisions, anything old.
pub fn full(date: NaiveDate) -> String {
    format!("{}{HARD}{}{HARD}{}", nth(date), month(date), date.year())
}

/// « 19 nov. », with the year when it is not that of `today`: narrow columns and clocks.
pub fn short(date: NaiveDate, today: NaiveDate) -> String {
    let month = SHORT_MONTHS.get(date.month0() as usize).copied().unwrap_or_default();
    let year = if date.year() == today.year() { String::new() } else { format!("{HARD}{}", date.year()) };
    format!("{}{HARD}{month}{year}", nth(date))
}

/// « novembre 2026 ».
pub fn month_year(date: NaiveDate) -> String {
    format!("{}{HARD}{}", month(date), date.year())
}

/// « aujourd’hui », « hier », « demain », else [`day`].
pub fn near(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "aujourd’hui".into(),
        -1 => "hier".into(),
        1 => "demain".into(),
        _ => day(date, today),
    }
}

/// « 14 h 05 ».
pub fn hour(time: NaiveTime) -> String {
    format!("{}{HARD}h{HARD}{:02}", time.hour(), time.minute())
}

/// « lundi 16 novembre à 6 h 12 »; the moment is already that of the département.
pub fn moment(moment: NaiveDateTime, today: NaiveDate) -> String {
    format!("{} à{HARD}{}", near(moment.date(), today), hour(moment.time()))
}

/// Age in whole years; 0 for a birth date after `today`.
pub fn age(birth: NaiveDate, today: NaiveDate) -> u32 {
    today.years_since(birth).unwrap_or(0)
}

/// « 58 ans », « 1 an », « moins d’un an ».
pub fn age_words(birth: NaiveDate, today: NaiveDate) -> String {
    match age(birth, today) {
        0 => "moins d’un an".into(),
        years => plural(i64::from(years), "an", "ans"),
    }
}

/// Initials for an avatar: « CH » of « Clara Humbécourt ».
pub fn initials(name: &str) -> String {
    let letters: Vec<char> = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    match letters.as_slice() {
        [] => String::new(),
        [only] => only.to_uppercase().collect(),
        [first, .., last] => first.to_uppercase().chain(last.to_uppercase()).collect(),
    }
}

fn weekday(date: NaiveDate) -> &'static str {
    DAYS.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
}

fn month(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or_default()
}

fn nth(date: NaiveDate) -> String {
    if date.day() == 1 { "1er".into() } else { date.day().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_grouped_and_never_break() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1370), "1\u{202f}370");
        assert_eq!(number(-1_234_567), "−1\u{202f}234\u{202f}567");
        assert_eq!(count(60_000), "60\u{202f}000");
    }

    #[test]
    fn the_plural_starts_at_two() {
        assert_eq!(plural(0, "personne", "personnes"), "0\u{a0}personne");
        assert_eq!(plural(1, "personne", "personnes"), "1\u{a0}personne");
        assert_eq!(plural(2, "personne", "personnes"), "2\u{a0}personnes");
    }

    #[test]
    fn amounts_shares_and_sizes() {
        assert_eq!(euros(60_775), "607,75\u{a0}€");
        assert_eq!(euros(-5), "−0,05\u{a0}€");
        assert_eq!(percent(199, 200), "99\u{202f}%");
        assert_eq!(percent(1, 0), "0\u{202f}%");
        assert_eq!(bytes(12_449_000), "12,4\u{a0}Mo");
        assert_eq!(bytes(999), "999\u{a0}octets");
    }

    #[test]
    fn dates_are_words_and_the_year_is_said_when_it_is_another() {
        let today = d("2026-11-17");
        assert_eq!(day(d("2026-11-19"), today), "jeudi 19\u{a0}novembre");
        assert_eq!(day(d("2027-01-01"), today), "vendredi 1er\u{a0}janvier\u{a0}2027");
        assert_eq!(short(d("2026-08-04"), today), "4\u{a0}août");
        assert_eq!(full(d("1991-05-04")), "4\u{a0}mai\u{a0}1991");
        assert_eq!(month_year(d("2026-10-31")), "octobre\u{a0}2026");
        assert_eq!(near(d("2026-11-16"), today), "hier");
        let at = d("2026-11-13").and_hms_opt(6, 5, 0).unwrap();
        assert_eq!(moment(at, today), "vendredi 13\u{a0}novembre à\u{a0}6\u{a0}h\u{a0}05");
    }

    #[test]
    fn ages_turn_on_the_birthday() {
        assert_eq!(age(d("1968-11-18"), d("2026-11-17")), 57);
        assert_eq!(age(d("1968-11-17"), d("2026-11-17")), 58);
        assert_eq!(age_words(d("2026-01-01"), d("2026-11-17")), "moins d’un an");
        assert_eq!(age_words(d("2027-01-01"), d("2026-11-17")), "moins d’un an");
    }

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        assert_eq!(initials("Clara Humbécourt"), "CH");
        assert_eq!(initials("Anne Marie de Élan"), "AÉ");
        assert_eq!(initials(""), "");
    }
}
