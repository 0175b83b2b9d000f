//! How long each table is kept, and what then happens: one list, read by the job, by the public notice and by the check
//! of `docs/data-retention.md`.
//!
//! ```text
//! followed ─▶ no longer followed ─▶ last contact + 2 years ─▶ archived ─▶ + 3 years ─▶ anonymised
//!                                    − 30 days: told            DPO only               statistics stay
//! ```
//!
//! Sources: CNIL, délibérations 2021-028 and 2023-095; décret 2019-341 for the NIR; what is *proposed* is ours.

use std::fmt;

use chrono::NaiveDate;

use crate::audit::Act;
use crate::followup::path::PathState;
use crate::time::{plus_days, plus_months};

/// Days before the archive at which the people concerned are told.
pub const NOTICE_DAYS: i64 = 30;
/// Months in the archive, read by the data protection officer only.
pub const ARCHIVE_MONTHS: u32 = 36;
/// The parameter that holds the years of the active file.
pub const ACTIVE_YEARS: &str = "privacy.active_years_after_last_contact";
/// Years of the active file when the parameter is empty.
pub const ACTIVE_YEARS_USUAL: u32 = 2;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many days.
    Days(u32),
    /// So many months, date to date.
    Months(u32),
}

impl Length {
    /// The day that lies so long before `day`: what began before it is over.
    pub fn before(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => plus_days(day, -i64::from(days)),
            Self::Months(months) => {
                day.checked_sub_months(chrono::Months::new(months)).unwrap_or(NaiveDate::MIN)
            }
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n, unit) = match self {
            Self::Months(months) if months % 12 == 0 && *months > 12 => (months / 12, "year"),
            Self::Months(months) => (*months, "month"),
            Self::Days(days) => (*days, "day"),
        };
        write!(f, "{n} {unit}{}", if n > 1 { "s" } else { "" })
    }
}

/// How long a table is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// As long as the person: the active file, then the archive, then nothing that names them.
    Person,
    /// As long as the active file of the person.
    ActiveFile,
    /// This long after something.
    For(Length, Start),
    /// As long as the table named.
    As(&'static str),
    /// Nothing personal.
    NotPersonal,
}

/// From when the time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The file was received.
    Import,
    /// The answer was given.
    Decision,
    /// The session was last used.
    LastActivity,
    /// The link could no longer be used.
    Expiry,
    /// The token was revoked.
    Revocation,
    /// The account was closed.
    Closing,
    /// It happened.
    Event,
    /// The database was brought to date.
    Migration,
}

impl Start {
    /// The word of the documentation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Decision => "decision",
            Self::LastActivity => "last activity",
            Self::Expiry => "expiry",
            Self::Revocation => "revocation",
            Self::Closing => "closing",
            Self::Event => "event",
            Self::Migration => "migration",
        }
    }
}

/// What happens at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The rows go.
    Delete,
    /// The rows stay for statistics, without what names anybody.
    Anonymise,
    /// The rows stay, without what names anybody or was written freely.
    Reduce,
    /// Nothing.
    Keep,
}

impl Then {
    /// The word of the documentation.
    pub fn word(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Anonymise => "anonymise",
            Self::Reduce => "reduce",
            Self::Keep => "keep",
        }
    }
}

/// The lifetime of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// The table.
    pub table: &'static str,
    /// How long.
    pub keep: Keep,
    /// What then.
    pub then: Then,
    /// What it holds, in French, for the public notice; empty for what is not personal.
    pub what_fr: &'static str,
}

impl Lifetime {
    /// How long and from when, as the documentation says it.
    pub fn words(&self) -> (String, String) {
        match self.keep {
            Keep::Person => ("active file, then archive".to_owned(), "last contact".to_owned()),
            Keep::ActiveFile => ("active file".to_owned(), "last contact".to_owned()),
            Keep::For(length, start) => (length.to_string(), start.word().to_owned()),
            Keep::As(table) => (format!("as `{table}`"), "–".to_owned()),
            Keep::NotPersonal => ("no personal data".to_owned(), "–".to_owned()),
        }
    }
}

const fn personal(table: &'static str, keep: Keep, then: Then, what_fr: &'static str) -> Lifetime {
    Lifetime { table, keep, then, what_fr }
}

const fn other(table: &'static str) -> Lifetime {
    Lifetime { table, keep: Keep::NotPersonal, then: Then::Keep, what_fr: "" }
}

const YEARS_2: Length = Length::Months(24);
const YEARS_5: Length = Length::Months(60);
const MONTHS_3: Length = Length::Months(3);

/// Every table.
pub const LIFETIMES: [Lifetime; 93] = [
    personal("person", Keep::Person, Then::Anonymise, "Identité, situation et état du parcours"),
    personal("search_term", Keep::Person, Then::Delete, "Mots de la recherche"),
    personal("household", Keep::Person, Then::Anonymise, "Numéros du dossier et du foyer"),
    personal("membership", Keep::Person, Then::Anonymise, "Place dans le foyer"),
    personal("content", Keep::Person, Then::Delete, "Ce que les fichiers de la Caf et de la MSA ont dit"),
    personal("sighting", Keep::As("content"), Then::Delete, "Quel fichier l’a dit"),
    personal("payment", Keep::Person, Then::Delete, "Mouvements comptables du foyer"),
    personal("referent", Keep::Person, Then::Anonymise, "Qui suit la personne"),
    personal("contact", Keep::ActiveFile, Then::Delete, "Téléphones, courriels, adresses, accords"),
    personal("label", Keep::ActiveFile, Then::Delete, "Étiquettes et numéros d’autres logiciels"),
    personal("document", Keep::ActiveFile, Then::Delete, "Documents"),
    personal("document_object", Keep::As("document"), Then::Delete, "Octets des documents"),
    personal("person_note", Keep::ActiveFile, Then::Delete, "Notes des professionnels"),
    personal("proposal", Keep::ActiveFile, Then::Delete, "Propositions à des structures, et leurs réponses"),
    personal("referral", Keep::ActiveFile, Then::Delete, "Adressages à la plateforme, et leurs réponses"),
    personal("call_file", Keep::ActiveFile, Then::Delete, "Réponses à l’appel d’orientation"),
    personal("message", Keep::ActiveFile, Then::Delete, "Courriels, SMS et courriers envoyés"),
    personal("call_attempt", Keep::ActiveFile, Then::Delete, "Appels passés et reçus"),
    personal(
        "call_lease",
        Keep::For(Length::Days(1), Start::Expiry),
        Then::Delete,
        "Qui est en ligne avec la personne",
    ),
    personal(
        "orientation_decision",
        Keep::Person,
        Then::Anonymise,
        "Décisions d’orientation et leurs raisons",
    ),
    personal("path_act", Keep::Person, Then::Anonymise, "Fins de suivi, réexamens, refus et leurs réponses"),
    personal("diagnosis", Keep::ActiveFile, Then::Delete, "Diagnostics faits avec la personne"),
    personal("diagnosis_entry", Keep::ActiveFile, Then::Delete, "Ce que le diagnostic dit de chaque thème"),
    personal("diagnosis_event", Keep::ActiveFile, Then::Delete, "Quand chaque côté a terminé le diagnostic"),
    personal(
        "diagnosis_presence",
        Keep::For(Length::Days(1), Start::LastActivity),
        Then::Delete,
        "Qui a le diagnostic ouvert",
    ),
    personal("planned_action", Keep::ActiveFile, Then::Delete, "Actions décidées avec la personne"),
    personal("enrolment", Keep::Person, Then::Anonymise, "Dispositifs suivis"),
    personal("enrolment_act", Keep::Person, Then::Anonymise, "Prescriptions, réponses, pauses, sorties"),
    personal("path_contact", Keep::Person, Then::Anonymise, "Contacts avec la personne"),
    personal("contract", Keep::Person, Then::Anonymise, "Contrats d’engagement"),
    personal("contract_act", Keep::Person, Then::Anonymise, "Signatures, validations et fins de contrats"),
    personal("outcome", Keep::Person, Then::Anonymise, "Reprises d’activité"),
    personal("outcome_act", Keep::Person, Then::Anonymise, "Nouvelles prises après la reprise, fins"),
    personal("appointment", Keep::ActiveFile, Then::Delete, "Rendez-vous, et ce qu’ils sont devenus"),
    personal("appointment_host", Keep::As("appointment"), Then::Delete, "Qui reçoit"),
    personal("occupation", Keep::For(Length::Days(30), Start::Event), Then::Delete, "Heures prises"),
    personal(
        "absence",
        Keep::For(Length::Months(12), Start::Event),
        Then::Delete,
        "Absences des professionnels",
    ),
    personal("opening", Keep::As("account"), Then::Keep, "Heures d’accueil des professionnels"),
    personal("opening_exception", Keep::As("account"), Then::Keep, "Jours où elles n’ont pas lieu"),
    personal("slot", Keep::For(Length::Days(30), Start::Event), Then::Delete, "Créneaux des professionnels"),
    personal("calendar_feed", Keep::As("account"), Then::Delete, "Agenda privé des professionnels"),
    personal(
        "booking_link",
        Keep::For(Length::Days(30), Start::Expiry),
        Then::Delete,
        "Liens de rendez-vous envoyés aux personnes",
    ),
    other("wave"),
    personal("wave_person", Keep::ActiveFile, Then::Delete, "Vagues d’invitations où la personne a été mise"),
    personal("callback_request", Keep::ActiveFile, Then::Delete, "Demandes de rappel, et leurs réponses"),
    personal("transfer", Keep::ActiveFile, Then::Delete, "Passages d’un département à un autre"),
    personal("transfer_item", Keep::ActiveFile, Then::Delete, "Ce qu’un autre département a transmis"),
    other("transfer_peer"),
    other("site"),
    other("room"),
    other("gathering"),
    personal("review", Keep::For(MONTHS_3, Start::Decision), Then::Reduce, "Est-ce la même personne ?"),
    personal("import", Keep::For(YEARS_5, Start::Import), Then::Reduce, "Fichiers reçus et leur bilan"),
    personal("import_change", Keep::As("import"), Then::Delete, "Les personnes derrière un nombre du bilan"),
    personal(
        "import_reject",
        Keep::For(MONTHS_3, Start::Import),
        Then::Delete,
        "Dossiers laissés de côté, avec leur texte",
    ),
    personal("account", Keep::For(YEARS_2, Start::Closing), Then::Anonymise, "Comptes des professionnels"),
    personal(
        "account_capacity",
        Keep::As("account"),
        Then::Keep,
        "Nombre de personnes qu’un professionnel suit",
    ),
    personal("account_role", Keep::As("account"), Then::Keep, "Rôles des professionnels"),
    personal("account_identity", Keep::As("account"), Then::Delete, "Lien d’un compte avec ProConnect"),
    personal("account_proposal", Keep::For(YEARS_2, Start::Decision), Then::Delete, "Comptes proposés"),
    personal(
        "exceptional_access",
        Keep::For(Length::Months(12), Start::Event),
        Then::Delete,
        "Fiches ouvertes sans suivre la personne, et pourquoi",
    ),
    personal("exceptional_seen", Keep::As("exceptional_access"), Then::Delete, "Qui l’a lu"),
    other("structure"),
    other("structure_territory"),
    other("structure_capacity"),
    other("sector"),
    other("sector_commune"),
    personal("sector_holder", Keep::As("account"), Then::Keep, "Secteurs des professionnels"),
    personal("api_token", Keep::For(YEARS_2, Start::Revocation), Then::Delete, "Jetons d’autres logiciels"),
    personal(
        "session",
        Keep::For(Length::Days(1), Start::LastActivity),
        Then::Delete,
        "Sessions des professionnels",
    ),
    personal(
        "one_time_link",
        Keep::For(Length::Days(30), Start::Expiry),
        Then::Delete,
        "Liens à usage unique",
    ),
    personal(
        "second_factor",
        Keep::As("account"),
        Then::Delete,
        "Double authentification des professionnels",
    ),
    personal("recovery_code", Keep::As("account"), Then::Delete, "Codes de secours des professionnels"),
    personal(
        "kept_form",
        Keep::For(Length::Days(1), Start::Expiry),
        Then::Delete,
        "Formulaires envoyés après la fin d’une session",
    ),
    personal(
        "sign_in_try",
        Keep::For(Length::Days(1), Start::LastActivity),
        Then::Delete,
        "Essais de connexion manqués",
    ),
    personal(
        "mail",
        Keep::For(Length::Days(30), Start::Expiry),
        Then::Delete,
        "Courriels envoyés aux professionnels",
    ),
    personal(
        "delivery_report",
        Keep::For(Length::Days(7), Start::Event),
        Then::Delete,
        "Comptes rendus de SMS dont le message n’est pas connu",
    ),
    other("report_address"),
    personal("journal", Keep::For(Length::Months(12), Start::Event), Then::Delete, "Qui a lu et écrit quoi"),
    personal(
        "rights_request",
        Keep::For(YEARS_5, Start::Decision),
        Then::Delete,
        "Demandes d’accès, de rectification ou d’opposition",
    ),
    other("journal_head"),
    other("journal_block"),
    other("counter"),
    other("counter_place"),
    other("revision"),
    other("parameter"),
    other("catalogue"),
    other("territory"),
    other("territory_commune"),
    other("sheet_profile"),
    other("sealed_key"),
    other("key_rotation"),
    personal(
        "unsealed",
        Keep::For(Length::Days(0), Start::Migration),
        Then::Delete,
        "Valeurs d’une ancienne base, le temps de les chiffrer",
    ),
];

/// The lifetime of a table.
pub fn lifetime(table: &str) -> Option<&'static Lifetime> {
    LIFETIMES.iter().find(|lifetime| lifetime.table == table)
}

/// Somebody in this state is followed or waited for: nothing of them is ever archived, whatever the dates.
pub fn is_followed(state: PathState) -> bool {
    !matches!(state, PathState::Known | PathState::Exited | PathState::RightClosed)
}

/// A professional did something with or for the person: it counts as a contact. Reading their file does not.
pub fn is_contact(act: Act) -> bool {
    matches!(
        act,
        Act::EditContact
            | Act::WriteNote
            | Act::Merge
            | Act::UndoMerge
            | Act::KeepApart
            | Act::ProposePerson
            | Act::AnswerProposal
            | Act::ReferPerson
            | Act::AnswerReferral
            | Act::RecordCall
            | Act::DecideOrientation
            | Act::RecordPath
            | Act::WriteDiagnosis
            | Act::CompleteDiagnosis
            | Act::PlanAction
            | Act::RecordEnrolment
            | Act::RecordContact
            | Act::RecordContract
            | Act::RecordOutcome
            | Act::BookAppointment
            | Act::MoveAppointment
            | Act::CancelAppointment
            | Act::RecordAttendance
            | Act::AskCallBack
            | Act::AnswerCallBack
            | Act::TransferOut
            | Act::TransferIn
            | Act::CloseTransfer
            | Act::CancelTransfer
    )
}

/// When somebody last seen on a day is archived.
pub fn archived_on(last_contact: NaiveDate, active_years: u32) -> NaiveDate {
    plus_months(last_contact, active_years * 12)
}

/// When somebody archived on a day is anonymised.
pub fn anonymised_on(archived: NaiveDate) -> NaiveDate {
    plus_months(archived, ARCHIVE_MONTHS)
}

/// The birth date that stays for statistics: the first day of its five years.
pub fn blurred(birth: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    NaiveDate::from_ymd_opt(birth.year() - birth.year().rem_euclid(5), 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn lengths_are_said_in_words_and_counted_date_to_date() {
        assert_eq!(Length::Days(1).to_string(), "1 day");
        assert_eq!(Length::Months(24).to_string(), "2 years");
        assert_eq!(Length::Months(12).to_string(), "12 months");
        assert_eq!(Length::Months(3).before(day("2026-05-31")), day("2026-02-28"));
        assert_eq!(Length::Days(30).before(day("2026-03-01")), day("2026-01-30"));
    }

    #[test]
    fn two_years_then_three_whatever_the_leap_day() {
        let archived = archived_on(day("2024-02-29"), ACTIVE_YEARS_USUAL);
        assert_eq!(archived, day("2026-02-28"));
        assert_eq!(anonymised_on(archived), day("2029-02-28"));
    }

    #[test]
    fn only_who_is_awaited_nowhere_may_go() {
        let goes: Vec<PathState> = PathState::ALL.into_iter().filter(|s| !is_followed(*s)).collect();
        assert_eq!(goes, [PathState::Known, PathState::Exited, PathState::RightClosed]);
    }

    #[test]
    fn a_table_stands_once_and_what_it_follows_stands_too() {
        for (rank, one) in LIFETIMES.iter().enumerate() {
            assert!(LIFETIMES.iter().skip(rank + 1).all(|other| other.table != one.table), "{}", one.table);
            assert_eq!(one.what_fr.is_empty(), one.keep == Keep::NotPersonal, "{}", one.table);
            if let Keep::As(table) = one.keep {
                assert!(lifetime(table).is_some_and(|l| !matches!(l.keep, Keep::As(_))), "{}", one.table);
            }
        }
    }

    #[test]
    fn a_birth_date_is_blurred_to_five_years() {
        assert_eq!(blurred(day("1991-05-04")), Some(day("1990-01-01")));
        assert_eq!(blurred(day("1985-01-01")), Some(day("1985-01-01")));
    }
}
