//! A value as it is kept, in French: no code without its label, no key of ours.

use app::privacy::rights::{CopyFact, CopyFile, HeldCopy, Told};
use chrono::{DateTime, NaiveDate, Utc};
use domain::intake::flux::{Dossier, Role};
use domain::intake::stamp::Stamp;
use domain::reference::codes;
use serde_json::Value;
use uuid::Uuid;

use super::rows::{self, t};
use crate::format;
use crate::site::Visit;
use crate::view::words::{self, Gender};

/// How a value is said.
#[derive(Clone, Copy)]
pub enum Say {
    /// As it is.
    Text,
    /// What was written to somebody: its subject, then its text.
    Message,
    /// « 4 mai 1991 ».
    Day,
    /// « novembre 2026 ».
    Month,
    /// A moment, in the time of the département.
    Instant,
    /// « oui ».
    YesNo,
    /// An amount, from cents.
    Euros,
    /// A whole number.
    Count,
    /// The size of a file.
    Bytes,
    /// A code of a published list.
    Code(&'static str),
    /// A word of ours.
    Words(fn(&str) -> Option<String>),
    /// A place in a household, agreed with the person.
    Role,
    /// The day that a file describes.
    Stamp,
    /// A commune, by its INSEE code.
    Commune,
    /// A territory, by its code.
    Territory,
    /// A file, by its key.
    File,
    /// A dossier, by the key of its household.
    Household,
    /// A structure, by its key.
    Structure,
    /// A professional who follows the person: by name.
    Referent,
    /// A professional: a professional.
    Agent,
}

/// Says values.
pub struct Teller<'a> {
    visit: &'a Visit,
    copy: &'a HeldCopy,
}

impl<'a> Teller<'a> {
    /// For one copy.
    pub fn new(visit: &'a Visit, copy: &'a HeldCopy) -> Self {
        Self { visit, copy }
    }

    /// A value as the copy gives it to machines and to people; what cannot be read as it should is said as it is kept.
    pub fn say(&self, say: &Say, kept: &Value) -> Option<(Value, String)> {
        let raw = kept.as_str().map_or_else(|| kept.to_string(), ToOwned::to_owned);
        if raw.is_empty() {
            return None;
        }
        let key = || raw.parse::<Uuid>().ok();
        let day = || raw.parse::<NaiveDate>().ok();
        // A key of ours says nothing outside: what it stands for is given in its place.
        let named = |name: Option<String>| {
            let name = name.unwrap_or_else(|| t("copy-unknown").to_string());
            Some((Value::from(name.clone()), name))
        };
        let text = match say {
            Say::Text => Some(raw.clone()),
            Say::Message => message(&raw),
            Say::Day => day().map(format::full),
            Say::Month => day().map(format::month_year),
            Say::Instant => raw.parse::<DateTime<Utc>>().ok().map(|at| self.moment(at)),
            Say::YesNo => kept.as_bool().map(yes_no),
            Say::Euros => kept.as_i64().map(format::euros),
            Say::Count => kept.as_i64().map(format::number),
            Say::Bytes => kept.as_u64().map(format::bytes),
            Say::Code(list) => Some(code(list, &raw)),
            Say::Words(words) => words(&raw),
            Say::Role => Some(words::household_role(Role::parse(&raw), self.gender())),
            Say::Stamp => Stamp::parse(&raw).map(|stamp| format::full(stamp.reference)),
            Say::Commune => Some(rows::commune(&raw)),
            Say::Territory => {
                let known = self.copy.territories.iter().find(|(code, _)| *code == raw);
                known.map(|(_, name)| name.clone())
            }
            Say::File => return named(key().and_then(|id| self.file(id)).map(file_words)),
            Say::Household => return named(key().and_then(|id| self.claim(id))),
            Say::Structure => {
                let known = self.copy.structures.iter().find(|(id, _)| Some(*id) == key());
                return named(known.map(|(_, name)| name.clone()));
            }
            Say::Referent => {
                let known = self.copy.referents.iter().find(|(id, _)| Some(*id) == key());
                return named(known.map(|(_, name)| name.clone()));
            }
            Say::Agent => return named(Some(t("copy-agent").to_string())),
        };
        Some((kept.clone(), text.unwrap_or(raw)))
    }

    /// How words agree with the person.
    pub fn gender(&self) -> Gender {
        rows::gender(&self.copy.person)
    }

    /// « 26 novembre 2026 à 14 h 05 ».
    fn moment(&self, at: DateTime<Utc>) -> String {
        let here = at.with_timezone(&self.visit.department.timezone).naive_local();
        t("copy-moment").s("day", format::full(here.date())).s("hour", format::hour(here.time())).to_string()
    }

    fn file(&self, id: Uuid) -> Option<&CopyFile> {
        self.copy.files.iter().find(|file| file.id == id)
    }

    /// The number of the claim of a household.
    fn claim(&self, household: Uuid) -> Option<String> {
        let rows = self.copy.held.iter().filter(|held| held.table == "household").flat_map(|held| &held.rows);
        let id = household.to_string();
        let row = rows.into_iter().find(|row| row.get("id").and_then(Value::as_str) == Some(&id))?;
        row.get("claim_number").and_then(Value::as_str).map(ToOwned::to_owned)
    }

    /// The day of the most recent file that told a content.
    pub fn latest(&self, told: &Told) -> Option<NaiveDate> {
        told.files.iter().filter_map(|id| self.file(*id)?.reference).max()
    }

    /// The files that told a content, the most recent first.
    pub fn files(&self, told: &Told) -> Vec<String> {
        let mut files: Vec<&CopyFile> = told.files.iter().filter_map(|id| self.file(*id)).collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.reference));
        files.into_iter().map(file_words).collect()
    }

    /// A file that names the person, and in which dossier.
    pub fn seen(&self, file: Uuid, dossier: &Dossier) -> Vec<CopyFact> {
        let name = self.file(file).map_or_else(|| t("copy-unknown").to_string(), file_words);
        vec![
            fact("file", "copy-file", name.clone().into(), name),
            fact(
                "claim_number",
                "copy-claim",
                dossier.key.claim_number.clone().into(),
                dossier.key.claim_number.clone(),
            ),
        ]
    }
}

/// A fact whose French name is under this key.
pub fn fact(name: &str, key: &str, value: Value, text: String) -> CopyFact {
    CopyFact { name: name.to_owned(), label: t(key).to_string(), value, text }
}

/// « oui », « non ».
pub fn yes_no(yes: bool) -> String {
    t(if yes { "journal-yes" } else { "journal-no" }).to_string()
}

/// The label of a code, in small letters when the list shouts; an unknown code is said to be one.
pub fn code(list: &str, code: &str) -> String {
    match codes::label(list, code) {
        // The names of the funds hold those of towns.
        Some(label) if list == "NUMORG" || label.chars().any(char::is_lowercase) => label.to_owned(),
        Some(label) => {
            let mut small = label.to_lowercase();
            if let Some(first) = label.chars().next() {
                small.replace_range(..first.len_utf8().min(small.len()), &first.to_string());
            }
            small
        }
        None => t("copy-unknown-code").s("code", code).to_string(),
    }
}

/// « octobre.xml (Bénéficiaires, mensuel), 1er octobre 2026 ».
fn file_words(file: &CopyFile) -> String {
    let kind = file.kind.map(words::file_kind);
    let day = file.reference.map(format::full);
    let more: Vec<String> = [kind, day].into_iter().flatten().collect();
    if more.is_empty() { file.name.clone() } else { format!("{} ({})", file.name, more.join(", ")) }
}

/// What was written to somebody: the subject, then the text.
fn message(kept: &str) -> Option<String> {
    let kept: Value = serde_json::from_str(kept).ok()?;
    let part = |name: &str| kept.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    Some(part("subject").into_iter().chain(part("text")).collect::<Vec<_>>().join("\n\n"))
}
