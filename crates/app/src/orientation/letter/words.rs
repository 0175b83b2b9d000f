//! The words of a letter that no template holds, in the two languages of the letters.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use domain::orientation::rules::{Organisation, Path};
use domain::time::in_words;

/// A language of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The one that counts.
    French,
    /// A translation.
    English,
}

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

impl Language {
    /// Its code (ISO 639).
    pub fn code(self) -> &'static str {
        self.of("fr", "en")
    }

    /// The one of these that is in this language.
    pub fn of(self, french: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }

    /// « 7 décembre 2026 ».
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::French => in_words(date),
            Self::English => date.format("%-d %B %Y").to_string(),
        }
    }

    /// « lundi 7 décembre 2026 ».
    pub fn day(self, date: NaiveDate) -> String {
        let rank = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
        match self {
            Self::French => format!("{} {}", DAYS.get(rank).copied().unwrap_or_default(), in_words(date)),
            Self::English => date.format("%A %-d %B %Y").to_string(),
        }
    }

    /// « 9 h 30 ».
    pub fn time(self, time: NaiveTime) -> String {
        match self {
            Self::French => format!("{}\u{a0}h\u{a0}{:02}", time.hour(), time.minute()),
            Self::English => time.format("%H:%M").to_string(),
        }
    }

    /// « 45 minutes », « 1 heure ».
    pub fn minutes(self, minutes: i64) -> String {
        if minutes == 60 {
            return self.of("1\u{a0}heure", "1\u{a0}hour").to_owned();
        }
        format!("{minutes}\u{a0}minutes")
    }

    /// « deux mois ».
    pub fn months(self, months: i64) -> String {
        match months {
            1 => self.of("un mois", "one month").to_owned(),
            2 => self.of("deux mois", "two months").to_owned(),
            3 => self.of("trois mois", "three months").to_owned(),
            other => format!("{other} {}", self.of("mois", "months")),
        }
    }

    /// The path, as the person reads it; `None` for one that is not decided.
    pub fn path(self, path: Path) -> Option<&'static str> {
        match path {
            Path::Emploi => Some(self.of("accompagnement vers l’emploi", "support towards a job")),
            Path::SocioProfessionnel => Some(self.of(
                "accompagnement vers l’emploi et appui social",
                "support towards a job, with social support",
            )),
            Path::Social => Some(self.of("accompagnement social", "social support")),
            Path::Undetermined => None,
        }
    }

    /// The organisation in charge, as the person reads it.
    pub fn organisation(self, organisation: Organisation) -> &'static str {
        match organisation {
            Organisation::FranceTravail => {
                self.of("France Travail", "France Travail (public employment service)")
            }
            Organisation::Departement => self.of("le Département", "the département"),
            Organisation::MissionLocale => {
                self.of("la mission locale", "the mission locale (service for young people)")
            }
            Organisation::CapEmploi => {
                self.of("Cap emploi", "Cap emploi (employment service for disabled people)")
            }
            Organisation::Msa => self.of("la MSA", "MSA (farmers’ social security)"),
        }
    }

    /// What somebody does for the person.
    pub fn side(self, employment: bool) -> &'static str {
        if employment {
            self.of("pour l’accompagnement vers l’emploi", "for support towards a job")
        } else {
            self.of("pour l’accompagnement social", "for social support")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_hours_and_delays_are_said_in_both_languages() {
        let day: NaiveDate = "2026-12-07".parse().unwrap();
        let time: NaiveTime = "09:05:00".parse().unwrap();
        let (fr, en) = (Language::French, Language::English);
        assert_eq!(
            (fr.day(day), en.day(day)),
            ("lundi 7 décembre 2026".into(), "Monday 7 December 2026".into())
        );
        assert_eq!((fr.time(time), en.time(time)), ("9\u{a0}h\u{a0}05".into(), "09:05".into()));
        assert_eq!((fr.months(2), en.months(4)), ("deux mois".into(), "4 months".into()));
        assert_eq!((fr.minutes(60), en.minutes(45)), ("1\u{a0}heure".into(), "45\u{a0}minutes".into()));
    }
}
