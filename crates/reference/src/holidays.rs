//! Public holidays and days off, computed, for every place where the RSA is paid.
//!
//! Sources: Code du travail L3133-1 (the eleven national days), L3134-13 (Alsace and Moselle), L3422-2 and décret
//! 83-1003 (abolition of slavery, overseas). Local customs that no text makes a holiday are left out.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Where the same public holidays are observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// European France without Alsace and Moselle.
    Metropole,
    /// Bas-Rhin, Haut-Rhin, Moselle: Good Friday and Saint Stephen's day as well.
    AlsaceMoselle,
    /// Guadeloupe: 27 May as well.
    Guadeloupe,
    /// Martinique: 22 May as well.
    Martinique,
    /// Guyane: 10 June as well.
    Guyane,
    /// La Réunion: 20 December as well.
    Reunion,
    /// Mayotte: 27 April as well.
    Mayotte,
    /// Saint-Pierre-et-Miquelon: the national days.
    SaintPierreEtMiquelon,
    /// Saint-Barthélemy: 9 October as well.
    SaintBarthelemy,
    /// Saint-Martin: 28 May as well (27 May until 2017).
    SaintMartin,
}

/// The zone of a département. Other collectivities, where the RSA does not exist, are given the national days.
pub fn zone_of_department(code: &str) -> Zone {
    match code {
        "57" | "67" | "68" => Zone::AlsaceMoselle,
        "971" => Zone::Guadeloupe,
        "972" => Zone::Martinique,
        "973" => Zone::Guyane,
        "974" => Zone::Reunion,
        "975" => Zone::SaintPierreEtMiquelon,
        "976" => Zone::Mayotte,
        "977" => Zone::SaintBarthelemy,
        "978" => Zone::SaintMartin,
        _ => Zone::Metropole,
    }
}

/// The public holidays of a year with their names in French, in order.
pub fn holidays(year: i32, zone: Zone) -> Vec<(NaiveDate, &'static str)> {
    let fixed = |month, day, name| Some((NaiveDate::from_ymd_opt(year, month, day)?, name));
    let easter = easter_sunday(year);
    let after_easter = |days, name| Some((easter?.checked_add_days(Days::new(days))?, name));
    let abolition = |month, day| fixed(month, day, "Abolition de l’esclavage");
    let mut days: Vec<_> = [
        fixed(1, 1, "Jour de l’An"),
        after_easter(1, "Lundi de Pâques"),
        fixed(5, 1, "Fête du Travail"),
        fixed(5, 8, "Victoire de 1945"),
        after_easter(39, "Ascension"),
        after_easter(50, "Lundi de Pentecôte"),
        fixed(7, 14, "Fête nationale"),
        fixed(8, 15, "Assomption"),
        fixed(11, 1, "Toussaint"),
        fixed(11, 11, "Armistice de 1918"),
        fixed(12, 25, "Noël"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match zone {
        Zone::Metropole | Zone::SaintPierreEtMiquelon => {}
        Zone::AlsaceMoselle => {
            let good_friday = easter.and_then(|sunday| sunday.checked_sub_days(Days::new(2)));
            days.extend(good_friday.map(|date| (date, "Vendredi saint")));
            days.extend(fixed(12, 26, "Saint-Étienne"));
        }
        Zone::Guadeloupe => days.extend(abolition(5, 27)),
        Zone::Martinique => days.extend(abolition(5, 22)),
        Zone::Guyane => days.extend(abolition(6, 10)),
        Zone::Reunion => days.extend(abolition(12, 20)),
        Zone::Mayotte => days.extend(abolition(4, 27)),
        Zone::SaintBarthelemy => days.extend(abolition(10, 9)),
        Zone::SaintMartin => days.extend(abolition(5, if year < 2018 { 27 } else { 28 })),
    }
    days.sort_by_key(|(date, _)| *date);
    days
}

/// The name of the public holiday, if this day is one.
pub fn holiday_name(date: NaiveDate, zone: Zone) -> Option<&'static str> {
    holidays(date.year(), zone).into_iter().find(|(day, _)| *day == date).map(|(_, name)| name)
}

/// Saturday, Sunday or public holiday: no appointment, no deadline.
pub fn is_day_off(date: NaiveDate, zone: Zone) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun) || holiday_name(date, zone).is_some()
}

/// The day itself if one works on it, else the last working day before: what is due then must be done by then.
pub fn working_day_on_or_before(date: NaiveDate, zone: Zone) -> NaiveDate {
    let mut day = date;
    while is_day_off(day, zone) {
        let Some(before) = day.pred_opt() else { return day };
        day = before;
    }
    day
}

/// Easter Sunday of the Gregorian calendar (algorithm of Meeus, Jones and Butcher).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, in_century) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (8 * century + 13).div_euclid(25);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let march_days = epact + weekday - 7 * late + 114;
    let month = u32::try_from(march_days / 31).ok()?;
    let day = u32::try_from(march_days % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The day that is `count` working days after `date`.
pub fn after_working_days(date: NaiveDate, count: u32, zone: Zone) -> NaiveDate {
    let mut day = date;
    for _ in 0..count {
        day = day.succ_opt().unwrap_or(day);
        while is_day_off(day, zone) {
            day = day.succ_opt().unwrap_or(day);
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn names(year: i32, zone: Zone) -> Vec<&'static str> {
        holidays(year, zone).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn easter_falls_on_its_published_dates() {
        let published = [
            "2000-04-23",
            "2001-04-15",
            "2002-03-31",
            "2003-04-20",
            "2004-04-11",
            "2005-03-27",
            "2006-04-16",
            "2007-04-08",
            "2008-03-23",
            "2009-04-12",
            "2010-04-04",
            "2011-04-24",
            "2012-04-08",
            "2013-03-31",
            "2014-04-20",
            "2015-04-05",
            "2016-03-27",
            "2017-04-16",
            "2018-04-01",
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
        ];
        for date in published.map(day) {
            assert_eq!(easter_sunday(date.year()), Some(date));
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april() {
        for year in 1600..3000 {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sun);
            assert!((80..=116).contains(&easter.ordinal()), "{easter}");
        }
    }

    #[test]
    fn the_country_has_eleven_holidays_in_order() {
        let days = holidays(2026, Zone::Metropole);
        assert_eq!(days.len(), 11);
        assert!(days.is_sorted());
        for date in ["2026-04-06", "2026-05-14", "2026-05-25", "2026-07-14"] {
            assert!(is_day_off(day(date), Zone::Metropole), "{date}");
        }
    }

    #[test]
    fn alsace_and_moselle_have_two_more() {
        assert_eq!(holidays(2026, Zone::AlsaceMoselle).len(), 13);
        assert_eq!(holiday_name(day("2026-04-03"), Zone::AlsaceMoselle), Some("Vendredi saint"));
        assert!(is_day_off(day("2025-12-26"), Zone::AlsaceMoselle));
        assert!(!is_day_off(day("2025-12-26"), Zone::Metropole));
    }

    #[test]
    fn overseas_the_abolition_of_slavery_has_its_own_day() {
        for (code, date) in [
            ("971", "2026-05-27"),
            ("972", "2026-05-22"),
            ("973", "2026-06-10"),
            ("974", "2027-12-20"),
            ("976", "2026-04-27"),
            ("977", "2026-10-09"),
            ("978", "2026-05-28"),
            ("978", "2017-05-27"),
        ] {
            let zone = zone_of_department(code);
            assert_eq!(holiday_name(day(date), zone), Some("Abolition de l’esclavage"), "{code}");
            assert_eq!(holiday_name(day(date), Zone::Metropole), None);
        }
        assert_eq!(names(2026, Zone::SaintPierreEtMiquelon), names(2026, Zone::Metropole));
    }

    #[test]
    fn two_holidays_may_fall_on_the_same_day() {
        let same: Vec<_> =
            holidays(2008, Zone::Metropole).into_iter().filter(|d| d.0 == day("2008-05-01")).collect();
        assert_eq!(same.len(), 2, "1 May 2008 was also Ascension day");
    }

    #[test]
    fn saturdays_and_sundays_are_off_and_a_plain_tuesday_is_not() {
        assert!(is_day_off(day("2026-11-28"), Zone::Metropole));
        assert!(is_day_off(day("2026-11-29"), Zone::Metropole));
        assert!(!is_day_off(day("2026-11-24"), Zone::Metropole));
        assert!(!is_day_off(day("2028-02-29"), Zone::Metropole), "a leap day is a Tuesday like another");
        assert!(is_day_off(day("2032-02-29"), Zone::Metropole), "a leap day that is a Sunday");
    }

    #[test]
    fn the_working_day_on_or_before_steps_over_weekends_and_holidays() {
        let before = |date, zone| working_day_on_or_before(day(date), zone);
        assert_eq!(before("2026-11-24", Zone::Metropole), day("2026-11-24"));
        assert_eq!(before("2026-11-29", Zone::Metropole), day("2026-11-27"));
        assert_eq!(before("2026-04-06", Zone::Metropole), day("2026-04-03"));
        assert_eq!(before("2026-04-06", Zone::AlsaceMoselle), day("2026-04-02"));
        assert_eq!(before("2028-01-01", Zone::Metropole), day("2027-12-31"));
        assert_eq!(before("2032-02-29", Zone::Metropole), day("2032-02-27"));
    }
}
