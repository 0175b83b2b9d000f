//! Open a person's diagnosis: its themes, one of them whole, what each side said, the actions, what changed since the one
//! before.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::access::side::Side;
use domain::audit::{Act, Part};
use domain::diagnosis::compare::{Change, changes};
use domain::diagnosis::sides::{Asked, Sides};
use domain::reference::diagnosis::{Theme, theme_of, themes};
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::diagnosis::{self, DiagnosisRow, EntryRow, EventRow};
use uuid::Uuid;

use super::DiagnosisError;
use super::parts::{Names, ThemeFile, ThemeState, theme_file as part};
use super::planned::{PlannedAction, planned};
use super::presence::{Present, others};
use super::reach::{Subject, subject};
use crate::access::{hidden_accounts, permit};
use crate::people::PeopleError;
use crate::people::person::{PersonFile, load};
use crate::{Context, audit};

/// Somebody who follows the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Their side.
    pub side: Side,
    /// It is the actor.
    pub me: bool,
}

/// What the actor may do of the diagnosis today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each act has its own condition")]
pub struct Rights {
    /// Begin one.
    pub begin: bool,
    /// Write one's side.
    pub write: bool,
    /// Say that one's side is complete.
    pub complete: bool,
    /// Write again after that.
    pub reopen: bool,
    /// Decide and change actions.
    pub plan: bool,
}

/// A diagnosis, as the actor reads it.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// The person's file.
    pub file: PersonFile,
    /// How many diagnoses the person had, this one included; 0 when none was begun.
    pub number: usize,
    /// When it was begun.
    pub opened_at: Option<DateTime<Utc>>,
    /// When each side completed.
    pub sides: Sides,
    /// The sides whose word is asked.
    pub asked: Asked,
    /// When it was complete.
    pub complete: Option<DateTime<Utc>>,
    /// Who follows the person, as far as the actor may know.
    pub pair: Vec<Member>,
    /// The side of the actor; `None` for who only reads.
    pub side: Option<Side>,
    /// The themes.
    pub themes: Vec<ThemeState>,
    /// Each theme whole, in the same order.
    pub files: Vec<ThemeFile>,
    /// When the diagnosis before was begun, and what changed since.
    pub since: Option<(DateTime<Utc>, Vec<Change<'static>>)>,
    /// Who else has it open.
    pub present: Vec<Present>,
    /// The actions that the actor reads, those that are open first.
    pub actions: Vec<PlannedAction>,
    /// What the actor may do.
    pub may: Rights,
}

impl Diagnosis {
    /// A theme whole.
    pub fn theme(&self, code: &str) -> Option<&ThemeFile> {
        self.files.iter().find(|file| file.theme.code == code)
    }

    /// The first theme that nobody has spoken of; the first of all when each was.
    pub fn next_theme(&self) -> Option<&'static Theme> {
        let open = self.themes.iter().find(|one| !one.explored).or_else(|| self.themes.first());
        open.map(|one| one.theme)
    }

    /// A field waits for a choice.
    pub fn is_conflict(&self) -> bool {
        self.themes.iter().any(|one| one.conflict)
    }
}

/// Opens the diagnosis of a person; the journal keeps it.
///
/// # Errors
/// [`PeopleError::Unknown`].
pub async fn open_diagnosis(ctx: &Context, person: Uuid) -> Result<Diagnosis, DiagnosisError> {
    let read = read(ctx, person).await?;
    note(ctx, read.file.row.id, Act::ReadPerson, json!({ "part": Part::Diagnosis.code() })).await?;
    Ok(read)
}

/// The diagnosis to be handed to the person; the journal keeps that it was made.
///
/// # Errors
/// [`PeopleError::Unknown`].
pub async fn printed(ctx: &Context, person: Uuid) -> Result<Diagnosis, DiagnosisError> {
    let read = read(ctx, person).await?;
    note(ctx, read.file.row.id, Act::PrintDiagnosis, json!({ "number": read.number })).await?;
    Ok(read)
}

/// The diagnosis after something was written by the same request, which is the line of the journal.
///
/// # Errors
/// [`PeopleError::Unknown`].
pub async fn theme_file(ctx: &Context, person: Uuid) -> Result<Diagnosis, DiagnosisError> {
    read(ctx, person).await
}

async fn note(ctx: &Context, person: Uuid, act: Act, detail: serde_json::Value) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    audit::record(ctx, &tx, act, Some(person), None, detail).await?;
    Ok(tx.commit().await?)
}

async fn read(ctx: &Context, person: Uuid) -> Result<Diagnosis, DiagnosisError> {
    let subject = subject(ctx, Action::ReadDiagnosis, person).await?;
    let file = load(ctx, subject.row.id).await?;
    let c = ctx.db().read();
    let all = diagnosis::of(c, &subject.records).await?;
    let ids: Vec<Uuid> = all.iter().map(|row| row.id).collect();
    let (rows, said) = if ids.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        (diagnosis::entries(c, &ids).await?, diagnosis::events(c, &ids).await?)
    };
    let names = names(ctx, &subject, &rows).await?;
    let shown: Vec<&'static Theme> = themes().iter().filter(|theme| theme.active).collect();
    let files_of = |diagnosis: Option<&DiagnosisRow>| -> Result<Vec<ThemeFile>, StoreError> {
        let of: Vec<EntryRow> = rows
            .iter()
            .filter(|row| diagnosis.is_some_and(|one| one.id == row.diagnosis_id))
            .cloned()
            .collect();
        shown.iter().map(|theme| part(ctx, &subject, theme, &of, &names)).collect()
    };
    let current = all.last();
    let before = all.len().checked_sub(2).and_then(|place| all.get(place));
    let files = files_of(current)?;
    let since = match before {
        Some(one) => Some((one.opened_at, compared(&shown, &files_of(Some(one))?, &files))),
        None => None,
    };
    let sides = sides_of(current, &said);
    let present = match current {
        Some(one) => others(ctx, &subject, one.id).await?,
        None => Vec::new(),
    };
    let asked = subject.asked();
    let complete = sides.complete(asked);
    Ok(Diagnosis {
        number: all.len(),
        opened_at: current.map(|one| one.opened_at),
        may: rights(ctx, &subject, current, sides, complete.is_some()),
        sides,
        asked,
        complete,
        pair: pair(ctx, &file),
        side: subject.side(),
        themes: files.iter().map(state).collect(),
        actions: planned(ctx, &subject).await?,
        files,
        since,
        present,
        file,
    })
}

fn state(file: &ThemeFile) -> ThemeState {
    ThemeState {
        theme: file.theme,
        explored: file.is_explored(),
        impact: file.impact(),
        conflict: file.is_conflict(),
    }
}

fn compared(shown: &[&'static Theme], before: &[ThemeFile], now: &[ThemeFile]) -> Vec<Change<'static>> {
    let impact = |files: &[ThemeFile], code: &str| {
        files.iter().find(|file| file.theme.code == code).and_then(ThemeFile::impact)
    };
    let codes = shown.iter().map(|theme| theme.code.as_str());
    changes(codes, |code| impact(before, code), |code| impact(now, code))
}

fn sides_of(current: Option<&DiagnosisRow>, said: &[EventRow]) -> Sides {
    let of: Vec<EventRow> =
        said.iter().filter(|row| current.is_some_and(|one| one.id == row.diagnosis_id)).cloned().collect();
    diagnosis::sides(&of)
}

fn rights(
    ctx: &Context,
    subject: &Subject,
    current: Option<&DiagnosisRow>,
    sides: Sides,
    complete: bool,
) -> Rights {
    let writes = permit(ctx, Action::EditDiagnosis).is_ok();
    let Some(side) = subject.side().filter(|_| writes) else { return Rights::default() };
    let said = sides.completed(side).is_some();
    let begun = current.is_some();
    Rights {
        begin: !begun || complete,
        write: begun && !said,
        complete: begun && !said,
        reopen: begun && said,
        plan: true,
    }
}

/// Those who follow the person, without those whom the actor may not know of.
fn pair(ctx: &Context, file: &PersonFile) -> Vec<Member> {
    let member = |one: &store::people::one::Referent| {
        Some(Member {
            name: one.name.clone(),
            side: Side::parse(&one.side)?,
            me: Some(one.account_id) == ctx.actor.id,
        })
    };
    file.referents.iter().filter_map(member).collect()
}

/// Names of who wrote, without those whom the actor may not know of.
pub(super) async fn names(ctx: &Context, subject: &Subject, rows: &[EntryRow]) -> Result<Names, StoreError> {
    let mut authors: Vec<Uuid> = rows.iter().map(|row| row.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    if authors.is_empty() {
        return Ok(Vec::new());
    }
    let mut names = account::names(ctx.db(), &authors).await?;
    if !subject.social() {
        let hidden = hidden_accounts(ctx, &authors).await?;
        names.retain(|(id, _)| !hidden.contains(id));
    }
    Ok(names)
}

/// The current diagnosis of the person.
pub(super) async fn current(ctx: &Context, subject: &Subject) -> Result<DiagnosisRow, DiagnosisError> {
    let found = diagnosis::of(ctx.db().read(), &subject.records).await?.pop();
    found.ok_or(DiagnosisError::NotBegun)
}

/// A theme of the catalogue that is in use.
pub(super) fn known(theme: &str) -> Result<&'static Theme, PeopleError> {
    theme_of(theme).filter(|theme| theme.active).ok_or(PeopleError::Unknown)
}
