//! Texts that a département changes: a version each time, from a day on; those before stay.

use chrono::{DateTime, NaiveDate, Utc};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::orientation::catalogue::{self, CatalogueRow};
use uuid::Uuid;

use crate::{Context, audit};

/// Longest text, in bytes.
const LONGEST: usize = 400_000;
/// The number of the version that every département begins with.
pub(crate) const SHIPPED: i64 = 1;

/// A version, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// Its first day; `None` for the one shipped with the program.
    pub valid_from: Option<NaiveDate>,
    /// What its author wrote of it.
    pub note: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When.
    pub written_at: Option<DateTime<Utc>>,
    /// It is the one in force today.
    pub in_force: bool,
}

/// What is typed to publish a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text.
    pub text: String,
    /// Its first day.
    pub valid_from: Option<NaiveDate>,
    /// Why it changes.
    pub note: String,
    /// The number of the last version that its author has read.
    pub after: i64,
}

/// Why a version is not read or published.
#[derive(Debug, thiserror::Error)]
pub enum VersionError {
    /// Too long.
    #[error("Ce texte est trop long : 400 000 caractères au plus.")]
    TooLong,
    /// Before today: what was done since then would no longer be explained by it.
    #[error("Une version commence aujourd’hui au plus tôt.")]
    TooEarly,
    /// Somebody published another version meanwhile.
    #[error("Quelqu’un a publié une autre version entre-temps : relisez-la avant de publier la vôtre.")]
    Changed,
    /// No version of this number.
    #[error("Cette version n’existe pas.")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Every version, the most recent first; the one shipped with the program comes last.
pub(crate) async fn list(ctx: &Context, kind: &str) -> Result<Vec<Version>, StoreError> {
    let rows = catalogue::versions(ctx.db().read(), kind).await?;
    let authors: Vec<Uuid> = rows.iter().filter_map(|row| row.written_by).collect();
    let names = account::names(ctx.db(), &authors).await?;
    let now = rows.iter().filter(|row| row.valid_from <= ctx.today()).map(|row| row.number).max();
    let mut all: Vec<Version> = rows
        .into_iter()
        .map(|row| Version {
            number: row.number,
            valid_from: Some(row.valid_from),
            note: row.note,
            author: row.written_by.and_then(|id| account::name_of(&names, id)),
            written_at: Some(row.written_at),
            in_force: Some(row.number) == now,
        })
        .collect();
    all.push(Version {
        number: SHIPPED,
        valid_from: None,
        note: "Version livrée avec Déclic.".to_owned(),
        author: None,
        written_at: None,
        in_force: now.is_none(),
    });
    Ok(all)
}

/// The text of a version.
///
/// # Errors
/// [`VersionError::Unknown`].
pub(crate) async fn text(
    ctx: &Context,
    kind: &str,
    number: i64,
    shipped: &str,
) -> Result<String, VersionError> {
    if number == SHIPPED {
        return Ok(shipped.to_owned());
    }
    let row = catalogue::numbered(ctx.db().read(), kind, number).await?;
    Ok(row.ok_or(VersionError::Unknown)?.content)
}

/// Adds a version whose text was found usable; its number.
///
/// # Errors
/// [`VersionError`].
pub(crate) async fn add(ctx: &Context, kind: &str, draft: &Draft) -> Result<i64, VersionError> {
    let valid_from = draft.valid_from.unwrap_or_else(|| ctx.today());
    if valid_from < ctx.today() {
        return Err(VersionError::TooEarly);
    }
    let tx = ctx.db().begin().await?;
    let last = catalogue::versions(&tx, kind).await?.first().map_or(SHIPPED, |row| row.number);
    if last != draft.after {
        return Err(VersionError::Changed);
    }
    let number = last + 1;
    let new = CatalogueRow {
        id: ctx.app.ids.make(),
        kind: kind.to_owned(),
        number,
        content: draft.text.clone(),
        valid_from,
        note: draft.note.trim().chars().take(500).collect(),
        written_by: ctx.actor.id,
        written_at: ctx.now(),
    };
    catalogue::insert(&tx, new).await?;
    let detail = json!({ "what": kind, "before": last, "after": number, "since": valid_from });
    audit::record(ctx, &tx, Act::EditCatalogue, None, Some(kind.to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(number)
}

/// Refuses a text before it is read.
///
/// # Errors
/// [`VersionError::TooLong`].
pub(crate) fn fits(text: &str) -> Result<(), VersionError> {
    if text.len() > LONGEST { Err(VersionError::TooLong) } else { Ok(()) }
}
