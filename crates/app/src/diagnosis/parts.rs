//! A theme as the actor reads it: its fields, what the others wrote, what waits for a choice.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::access::visibility::{Level, opens};
use domain::diagnosis::field::{Field, Impact, YES};
use domain::diagnosis::merge::Entry;
use domain::reference::diagnosis::Theme;
use store::StoreError;
use store::diagnosis::EntryRow;
use store::sealed::DIAGNOSIS_TEXT;
use uuid::Uuid;

use super::reach::Subject;
use crate::Context;

/// A value, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its identifier.
    pub id: Uuid,
    /// What it holds.
    pub value: String,
    /// Who wrote it, where they may be named.
    pub by: Option<String>,
    /// The actor wrote it.
    pub mine: bool,
    /// When.
    pub at: DateTime<Utc>,
}

/// A field that the pair shares.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Held {
    /// What stands: one value; several when two authors wrote at the same time; none when nobody did.
    pub heads: Vec<Version>,
    /// What was there before, the last first.
    pub before: Vec<Version>,
}

impl Held {
    /// What it holds; empty in a conflict, and where nothing was written.
    pub fn value(&self) -> &str {
        match self.heads.as_slice() {
            [one] => &one.value,
            _ => "",
        }
    }

    /// What a form starts from.
    pub fn base(&self) -> Option<Uuid> {
        match self.heads.as_slice() {
            [one] => Some(one.id),
            _ => None,
        }
    }

    /// Two authors wrote at the same time, and nobody has chosen.
    pub fn is_conflict(&self) -> bool {
        self.heads.len() > 1
    }
}

/// What the person says, as the actor wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnText {
    /// The text as it stands.
    pub held: Held,
    /// Who reads it.
    pub level: Level,
    /// The levels that the actor may give.
    pub levels: Vec<Level>,
    /// The wider levels that it had, each with its end.
    pub wider: Vec<(Level, DateTime<Utc>)>,
}

/// What the person says, as somebody else wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherText {
    /// The text.
    pub version: Version,
    /// Who reads it.
    pub level: Level,
}

/// A theme, whole.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// The theme.
    pub theme: &'static Theme,
    /// The shared fields that the actor reads.
    pub fields: BTreeMap<Field, Held>,
    /// What the actor writes of what the person says; `None` for who only reads.
    pub own: Option<OwnText>,
    /// What the others wrote of it.
    pub others: Vec<OtherText>,
}

impl ThemeFile {
    /// A field; empty when nobody wrote it.
    pub fn field(&self, field: &Field) -> Held {
        self.fields.get(field).cloned().unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub fn is(&self, field: &Field) -> bool {
        self.fields.get(field).is_some_and(|held| held.value() == YES)
    }

    /// The codes of the situations that stand.
    pub fn situations(&self) -> Vec<&str> {
        let ticked = self.fields.iter().filter(|(_, held)| held.value() == YES);
        ticked
            .filter_map(
                |(field, _)| if let Field::Situation(code) = field { Some(code.as_str()) } else { None },
            )
            .collect()
    }

    /// The codes of the objectives that stand.
    pub fn objectives(&self) -> Vec<&str> {
        let ticked = self.fields.iter().filter(|(_, held)| held.value() == YES);
        ticked
            .filter_map(
                |(field, _)| if let Field::Objective(code) = field { Some(code.as_str()) } else { None },
            )
            .collect()
    }

    /// Its impact on work.
    pub fn impact(&self) -> Option<Impact> {
        Impact::parse(self.fields.get(&Field::Impact)?.value())
    }

    /// A field waits for a choice.
    pub fn is_conflict(&self) -> bool {
        self.fields.values().chain(self.own.as_ref().map(|own| &own.held)).any(Held::is_conflict)
    }

    /// Somebody wrote something here.
    pub fn is_explored(&self) -> bool {
        self.is(&Field::Explored) || self.impact().is_some() || !self.situations().is_empty()
    }
}

/// A theme in the list.
#[derive(Debug, Clone)]
pub struct ThemeState {
    /// The theme.
    pub theme: &'static Theme,
    /// It was spoken of.
    pub explored: bool,
    /// Its impact.
    pub impact: Option<Impact>,
    /// A field waits for a choice.
    pub conflict: bool,
}

/// What an entry holds, in clear.
pub(super) fn clear(ctx: &Context, row: &EntryRow) -> Result<String, StoreError> {
    match (&row.value, &row.text_sealed) {
        (Some(value), _) => Ok(value.clone()),
        (None, Some(sealed)) => ctx.db().keys().decrypt_text(DIAGNOSIS_TEXT.place, sealed),
        (None, None) => Ok(String::new()),
    }
}

/// Who reads an entry.
pub(super) fn level(row: &EntryRow) -> Level {
    Level::parse(&row.level).unwrap_or(Level::Author)
}

/// A register of the merge.
pub(super) fn register<'a>(
    ctx: &Context,
    rows: impl Iterator<Item = &'a EntryRow>,
) -> Result<Vec<Entry>, StoreError> {
    rows.map(|row| {
        Ok(Entry {
            id: row.id,
            base: row.base_id,
            value: clear(ctx, row)?,
            author: row.author_id,
            replaced_by: row.replaced_by,
        })
    })
    .collect()
}

/// Names of authors, for who may know them.
pub(super) type Names = Vec<(Uuid, String)>;

/// A theme as the actor reads it. `rows` are every value of the diagnosis.
pub(super) fn theme_file(
    ctx: &Context,
    subject: &Subject,
    theme: &'static Theme,
    rows: &[EntryRow],
    names: &Names,
) -> Result<ThemeFile, StoreError> {
    let mut fields: BTreeMap<Field, Held> = BTreeMap::new();
    let mut own: Vec<(&EntryRow, Version)> = Vec::new();
    let mut others = Vec::new();
    let read =
        rows.iter().filter(|row| row.theme == theme.code && subject.reads(level(row), Some(row.author_id)));
    for row in read {
        let Some(field) = Field::parse(&theme.code, &row.field) else { continue };
        let version = Version {
            id: row.id,
            value: clear(ctx, row)?,
            by: names.iter().find(|(id, _)| *id == row.author_id).map(|(_, name)| name.clone()),
            mine: row.author_id == subject.account,
            at: row.written_at,
        };
        let stands = row.replaced_by.is_none();
        match (field.is_own(), version.mine, stands) {
            (false, ..) => keep(fields.entry(field).or_default(), version, stands),
            (true, true, _) => own.push((row, version)),
            (true, false, true) if !version.value.is_empty() => {
                others.push(OtherText { version, level: level(row) });
            }
            (true, false, _) => {}
        }
    }
    let writes = subject.side().is_some();
    Ok(ThemeFile { theme, fields, own: writes.then(|| own_text(subject, theme, own)), others })
}

fn keep(held: &mut Held, version: Version, stands: bool) {
    if stands {
        held.heads.push(version);
    } else {
        held.before.insert(0, version);
    }
}

fn own_text(subject: &Subject, theme: &Theme, mine: Vec<(&EntryRow, Version)>) -> OwnText {
    let mut levels = domain::access::visibility::offered(&subject.relations);
    let current = mine.iter().rev().find(|(row, _)| row.replaced_by.is_none()).map(|(row, _)| level(row));
    let level_now = current.unwrap_or_else(|| domain::diagnosis::field::proposed_level(theme, &levels));
    levels.sort_by_key(|one| (*one != level_now, *one));
    let wider = mine
        .iter()
        .filter(|(row, version)| !version.value.is_empty() && opens(level_now, level(row)))
        .filter_map(|(row, _)| Some((level(row), row.replaced_at?)))
        .collect();
    let mut held = Held::default();
    for (row, version) in mine {
        keep(&mut held, version, row.replaced_by.is_none());
    }
    OwnText { held, level: level_now, levels, wider }
}
