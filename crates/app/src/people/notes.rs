//! Notes on a person: each has its author and its level; what one may not see is not shown, counted or hinted at.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::access::relation::Relation;
pub use domain::access::visibility::Level;
use domain::access::visibility::{Case, offered, opens, sees};
use domain::audit::Act;
use serde_json::json;
use store::people::PersonRow;
use store::people::note::{self, NoteRow};
use store::people::one;
use store::{StoreError, access::account};
use uuid::Uuid;

use super::PeopleError;
use crate::access::{Relations, permit, scope};
use crate::{Context, audit};

/// What binds a ciphertext to a note.
const PLACE: &str = store::sealed::NOTE.place;
/// Longest note, in characters.
const LONGEST: usize = 4_000;

/// Why a note was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Empty or too long.
    #[error("Écrivez la note, en 4 000 caractères au plus.")]
    Text,
    /// Not one of the levels that one may give.
    #[error("Choisissez qui peut lire cette note.")]
    Level,
    /// More people would read it: asked again.
    #[error("Davantage de personnes pourront lire cette note : confirmez-le en cochant la case.")]
    Confirm,
    /// Changed meanwhile.
    #[error("Cette note a changé entre-temps : relisez-la, puis recommencez.")]
    Changed,
}

impl From<StoreError> for NoteError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// A note that the actor may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Identifier of its current version.
    pub id: Uuid,
    /// Who wrote it.
    pub author: String,
    /// The actor wrote it, and may change it.
    pub mine: bool,
    /// Who sees it.
    pub level: Level,
    /// Its text.
    pub text: String,
    /// When it was first written.
    pub written_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: Option<DateTime<Utc>>,
    /// The wider levels that it had, each with its end.
    pub wider: Vec<(Level, DateTime<Utc>)>,
}

/// What is typed of a note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteInput {
    /// The text.
    pub text: String,
    /// Who sees it.
    pub level: Option<Level>,
    /// The author has confirmed that more people will read it.
    pub confirmed: bool,
}

/// The notes on these records that somebody with these relations to the person may read, the most recent first. `met`: their
/// first appointment was held, and what was said to orient passes from the operators to the pair.
pub(crate) async fn readable(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    met: bool,
) -> Result<Vec<Note>, StoreError> {
    if permit(ctx, Action::ReadNotes).is_err() || ctx.actor.id.is_none() {
        return Ok(Vec::new());
    }
    let versions = note::of(ctx.db().read(), records).await?;
    let current: Vec<&NoteRow> = versions
        .iter()
        .filter(|row| row.superseded_by.is_none() && is_read(ctx, row, relations, met))
        .collect();
    if current.is_empty() {
        return Ok(Vec::new());
    }
    let authors: Vec<Uuid> = current.iter().map(|row| row.author_id).collect();
    let names = account::names(ctx.db(), &authors).await?;
    let mut notes = Vec::new();
    for row in current.into_iter().rev() {
        let thread: Vec<&NoteRow> = versions.iter().filter(|one| one.thread == row.thread).collect();
        let level = level(row);
        let written_at = thread.first().map_or(row.written_at, |one| one.written_at);
        notes.push(Note {
            id: row.id,
            author: account::name_of(&names, row.author_id).unwrap_or_default(),
            mine: Some(row.author_id) == ctx.actor.id,
            level,
            text: clear(ctx, row)?,
            written_at,
            changed_at: (row.written_at != written_at).then_some(row.written_at),
            wider: thread
                .iter()
                .filter(|one| opens(level, self::level(one)))
                .filter_map(|one| Some((self::level(one), one.superseded_at?)))
                .collect(),
        });
    }
    notes.sort_by_key(|note| std::cmp::Reverse(note.written_at));
    Ok(notes)
}

fn is_read(ctx: &Context, row: &NoteRow, relations: &[Relation], met: bool) -> bool {
    let case = Case { author: Some(row.author_id) == ctx.actor.id, met, ..Case::default() };
    case.author || relations.iter().any(|relation| sees(*relation, level(row), case))
}

fn level(row: &NoteRow) -> Level {
    Level::parse(&row.level).unwrap_or(Level::Author)
}

fn clear(ctx: &Context, row: &NoteRow) -> Result<String, StoreError> {
    ctx.db().keys().decrypt_text(PLACE, &row.text_sealed)
}

/// The levels that the actor may give to a note on a person, the one proposed first.
pub fn levels(relations: &[Relation]) -> Vec<Level> {
    let mut all = offered(relations);
    let proposed = if all.contains(&Level::OF_A_NOTE) { Level::OF_A_NOTE } else { Level::Orientation };
    all.sort_by_key(|level| (*level != proposed, *level));
    all
}

/// Writes a note on a person.
///
/// # Errors
/// [`NoteError`].
pub async fn add_note(ctx: &Context, person: Uuid, input: &NoteInput) -> Result<(), NoteError> {
    let (row, relations) = writable(ctx, person).await?;
    let (text, level) = read(input, &relations)?;
    let id = ctx.app.ids.make();
    let new = version(ctx, id, id, row.id, level, &text)?;
    let tx = ctx.db().begin().await?;
    note::write(&tx, new, None).await?;
    let detail = json!({ "note": id, "level": level.code() });
    audit::record(ctx, &tx, Act::WriteNote, Some(row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Changes the text or the level of one's own note: a version is added, the one before stays.
///
/// # Errors
/// [`NoteError`]; [`NoteError::Confirm`] when more people would read it.
pub async fn change_note(ctx: &Context, person: Uuid, id: Uuid, input: &NoteInput) -> Result<(), NoteError> {
    let (row, relations) = writable(ctx, person).await?;
    let before = own(ctx, row.id, id).await?;
    let (text, level) = read(input, &relations)?;
    let was = self::level(&before);
    if opens(was, level) && !input.confirmed {
        return Err(NoteError::Confirm);
    }
    let new = version(ctx, ctx.app.ids.make(), before.thread, row.id, level, &text)?;
    let act = match (opens(was, level), was == level) {
        (true, _) => Act::RaiseNote,
        (false, true) => Act::WriteNote,
        (false, false) => Act::LowerNote,
    };
    let detail = json!({ "note": before.thread, "before": was.code(), "after": level.code() });
    let tx = ctx.db().begin().await?;
    if !note::write(&tx, new, Some(id)).await? {
        return Err(NoteError::Changed);
    }
    audit::record(ctx, &tx, act, Some(row.id), None, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// One's own note, as it stands, with the levels one may give it.
///
/// # Errors
/// [`PeopleError::Unknown`] for a note of somebody else or of another person.
pub async fn own_note(
    ctx: &Context,
    person: Uuid,
    id: Uuid,
) -> Result<(String, Level, Vec<Level>), NoteError> {
    let (row, relations) = writable(ctx, person).await?;
    let note = own(ctx, row.id, id).await?;
    Ok((clear(ctx, &note)?, level(&note), levels(&relations)))
}

async fn own(ctx: &Context, person: Uuid, id: Uuid) -> Result<NoteRow, NoteError> {
    let records = one::with_merged(ctx.db().read(), person).await?;
    let versions = note::of(ctx.db().read(), &records).await?;
    let found = versions.into_iter().find(|row| row.id == id && Some(row.author_id) == ctx.actor.id);
    Ok(found.ok_or(PeopleError::Unknown)?)
}

/// The person, and the relations of an actor who may write on them.
async fn writable(ctx: &Context, person: Uuid) -> Result<(PersonRow, Vec<Relation>), NoteError> {
    let scope = scope(ctx, Action::WriteNotes).map_err(PeopleError::from)?;
    let (db, today) = (ctx.db(), ctx.today());
    let row = one::get(db, &scope, today, person).await?.ok_or(PeopleError::Unknown)?;
    let records = one::with_merged(db.read(), row.id).await?;
    let referents = one::referents(db.read(), &records, today).await?;
    let known = Relations::load(ctx).await?.of(&ctx.actor, &row, &referents.iter().collect::<Vec<_>>());
    let relations = known.into_iter().map(|why| why.relation).collect();
    Ok((row, relations))
}

fn read(input: &NoteInput, relations: &[Relation]) -> Result<(String, Level), NoteError> {
    let text = input.text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(NoteError::Text);
    }
    let level = input.level.filter(|level| offered(relations).contains(level)).ok_or(NoteError::Level)?;
    Ok((text.to_owned(), level))
}

fn version(
    ctx: &Context,
    id: Uuid,
    thread: Uuid,
    person_id: Uuid,
    level: Level,
    text: &str,
) -> Result<NoteRow, NoteError> {
    Ok(NoteRow {
        id,
        thread,
        person_id,
        author_id: ctx.actor.id.ok_or(PeopleError::Unknown)?,
        level: level.code().to_owned(),
        text_sealed: ctx.db().keys().encrypt(PLACE, text.as_bytes())?,
        written_at: ctx.now(),
        superseded_by: None,
        superseded_at: None,
    })
}
