//! The words of messages that no template holds, in the two languages of the messages.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use domain::agenda::appointment::Purpose;
use domain::orientation::rules::{Organisation, Path};
use domain::time::in_words;

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// The one that counts.
    French,
    /// A translation.
    English,
}

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

impl Language {
    /// Both, the one that counts first.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The one in which somebody is written to: English for who asked for it, French for the others.
    pub fn spoken(code: Option<&str>) -> Self {
        if code == Some("en") { Self::English } else { Self::French }
    }

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
        match self {
            Self::French => {
                format!("{} {}", DAYS.get(rank(date)).copied().unwrap_or_default(), in_words(date))
            }
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

    /// « lun 14/12 9h30 », for a text message.
    pub fn short(self, at: NaiveDateTime) -> String {
        let day = match self {
            Self::French => DAYS.get(rank(at.date())).copied().unwrap_or_default().chars().take(3).collect(),
            Self::English => at.format("%a").to_string(),
        };
        let hour = match self {
            Self::French => format!("{}h{:02}", at.hour(), at.minute()),
            Self::English => at.format("%H:%M").to_string(),
        };
        format!("{day} {} {hour}", at.format("%d/%m"))
    }

    /// What an appointment is for, after « pour » and « il sert à ».
    pub fn purpose(self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Orientation => self.of(
                "parler de votre situation et choisir qui vous aide",
                "to talk about your situation and choose who helps you",
            ),
            Purpose::FirstMeeting => self.of(
                "faire connaissance et préparer la suite",
                "to get to know each other and prepare what comes next",
            ),
            Purpose::Diagnosis => self.of("faire le point ensemble", "to take stock together"),
            Purpose::Contract => {
                self.of("préparer votre contrat ensemble", "to prepare your contract together")
            }
            Purpose::FollowUp | Purpose::Other => self.of("avancer ensemble", "to move forward together"),
            Purpose::Review => self
                .of("voir ce qui a changé et ce qui vous aide", "to see what has changed and what helps you"),
            Purpose::Workshop => self.of("participer à un atelier", "to take part in a workshop"),
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

/// The rank of a day of the week, from Monday.
fn rank(date: NaiveDate) -> usize {
    usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default()
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
        let at = day.and_time(time);
        assert_eq!((fr.short(at), en.short(at)), ("lun 07/12 9h05".into(), "Mon 07/12 09:05".into()));
        assert_eq!((fr.months(2), en.months(4)), ("deux mois".into(), "4 months".into()));
        assert_eq!((fr.minutes(60), en.minutes(45)), ("1\u{a0}heure".into(), "45\u{a0}minutes".into()));
    }
}
