//! Reports, the people behind their numbers, and dossiers left out.

use domain::access::permission::{Action, Grant};
use domain::audit::Act;
use store::StoreError;
use store::access::account;
use store::intake::files;
pub use store::intake::files::{FileRow, RejectRow, status};
use uuid::Uuid;

pub use super::report::Behind;
use super::report::Report;
use crate::Context;
use crate::access::{Refused, permit, scope};
use crate::people::PeopleError;
use crate::people::list::{Entry, Page, entries, next_key};

/// Why a file is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ShowError {
    /// Not in this role.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// No such file.
    #[error("Ce fichier n’est pas connu.")]
    Unknown,
    /// People could not be listed.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file and where it stands.
#[derive(Debug, Clone)]
pub struct FileState {
    /// Its row.
    pub row: FileRow,
    /// Its report, once it is in.
    pub report: Option<Report>,
    /// Bytes read and bytes in all, while it is read here.
    pub progress: Option<(u64, u64)>,
    /// Who sent it.
    pub sender: Option<String>,
}

/// The last files received.
///
/// # Errors
/// [`ShowError::Refused`].
pub async fn list(
    ctx: &Context,
    before_number: Option<i64>,
    limit: u64,
) -> Result<Vec<FileState>, ShowError> {
    permit(ctx, Action::ReadImports)?;
    let rows = files::recent(ctx.db(), before_number, limit).await?;
    let names = senders(ctx, &rows).await?;
    Ok(rows.into_iter().map(|row| state(ctx, row, &names)).collect())
}

/// One file.
///
/// # Errors
/// [`ShowError::Unknown`].
pub async fn get(ctx: &Context, id: Uuid) -> Result<FileState, ShowError> {
    permit(ctx, Action::ReadImports)?;
    let row = files::get(ctx.db(), id).await?.ok_or(ShowError::Unknown)?;
    let names = senders(ctx, std::slice::from_ref(&row)).await?;
    Ok(state(ctx, row, &names))
}

async fn senders(ctx: &Context, rows: &[FileRow]) -> Result<Vec<(Uuid, String)>, StoreError> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|r| r.account_id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store::access::account::names(ctx.db(), &ids).await
}

fn state(ctx: &Context, row: FileRow, names: &[(Uuid, String)]) -> FileState {
    FileState {
        report: row.report.as_deref().and_then(|r| serde_json::from_str(r).ok()),
        progress: ctx.app.progress.get(row.id),
        sender: row.account_id.and_then(|id| account::name_of(names, id)),
        row,
    }
}

/// The dossiers left out of a file, by position: `limit` of those that come after position `after` (0 at first).
///
/// # Errors
/// [`ShowError::Refused`].
pub async fn rejects(ctx: &Context, id: Uuid, after: i64, limit: u64) -> Result<Vec<RejectRow>, ShowError> {
    permit(ctx, Action::ReadImports)?;
    Ok(files::rejects(ctx.db(), id, after, limit).await?)
}

/// May the actor open the people behind the numbers?
pub fn may_open_people(ctx: &Context) -> bool {
    permit(ctx, Action::ReadImportPeople).is_ok_and(|g| g != Grant::No)
}

/// The text received of a dossier left out, in clear; the journal keeps it.
///
/// # Errors
/// [`ShowError::Unknown`].
pub async fn raw(ctx: &Context, file: Uuid, id: Uuid) -> Result<(RejectRow, String), ShowError> {
    permit(ctx, Action::ReadImportPeople)?;
    let row = files::reject(ctx.db(), file, id).await?.ok_or(ShowError::Unknown)?;
    let clear = ctx.db().keys().decrypt(store::sealed::REJECT.place, &row.raw)?;
    let tx = ctx.db().begin().await?;
    let object = Some(format!("{file} {}", row.position));
    crate::audit::record(ctx, &tx, Act::ReadReject, None, object, serde_json::json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok((row, String::from_utf8_lossy(&clear).into_owned()))
}

/// The people behind a number or a warning.
#[derive(Debug, Clone)]
pub struct People {
    /// Those the actor may see.
    pub rows: Vec<Entry>,
    /// Where the next page begins.
    pub next: Option<(String, Uuid)>,
}

/// Opens the people behind a number or a warning; the journal keeps it.
///
/// # Errors
/// [`ShowError::Unknown`] for a file, or a warning of it, that is not known.
pub async fn people_behind(
    ctx: &Context,
    id: Uuid,
    behind: &Behind,
    page: &Page,
) -> Result<People, ShowError> {
    let scope = scope(ctx, Action::ReadImportPeople)?;
    let file = files::get(ctx.db(), id).await?.ok_or(ShowError::Unknown)?;
    if let Behind::Warning(code) = behind {
        let told = |report: Report| report.warnings.iter().any(|w| w.code == *code && w.people > 0);
        let report = file.report.as_deref().and_then(|r| serde_json::from_str(r).ok());
        if !report.is_some_and(told) {
            return Err(ShowError::Unknown);
        }
    }
    let wanted = Page { limit: page.limit + 1, ..page.clone() };
    let mut rows = files::changed_people(ctx.db(), &scope, ctx.today(), id, &behind.key(), &wanted).await?;
    let next = next_key(&mut rows, page.limit, |row| row.sort_name.clone());
    let rows = entries(ctx, rows).await?;
    let tx = ctx.db().begin().await?;
    let detail = serde_json::json!({ "change": behind.key(), "people": rows.len() });
    crate::audit::record(ctx, &tx, Act::ReadList, None, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(People { rows, next })
}
