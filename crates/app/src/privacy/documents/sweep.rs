//! End the documents whose time is over, and delete the bytes that nobody names.

use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, Duration, Utc};
use domain::privacy::document::{REMOVED_DAYS, UNNAMED_HOURS};
use store::StoreError;
use store::privacy::document;

use super::DocumentError;
use crate::Context;

/// Names looked up at a time.
const BATCH: usize = 500;

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Documents that were removed long ago and no longer exist.
    pub ended: u64,
    /// Objects deleted because no document names them any more.
    pub forgotten: usize,
    /// Objects deleted that no row ever named: what an addition cut short leaves.
    pub orphans: usize,
    /// Drafts of additions cut short.
    pub drafts: usize,
}

/// Sweeps the département. Safe to run again at any time, and beside additions and backups: an object is deleted a day
/// after nobody names it, and its name is never used again.
///
/// # Errors
/// When the database or the place of the objects does not answer; what was not done is done next time.
pub async fn sweep(ctx: &Context) -> Result<Swept, DocumentError> {
    let (now, mut swept) = (ctx.now(), Swept::default());
    let unnamed_before = now - Duration::hours(UNNAMED_HOURS);
    let tx = ctx.db().begin().await?;
    swept.ended = document::end_removed(&tx, now - Duration::days(REMOVED_DAYS), now).await?;
    let gone = document::forget_objects(&tx, unnamed_before).await?;
    tx.commit().await.map_err(StoreError::from)?;
    for name in &gone {
        ctx.department.objects.delete(name).await?;
    }
    swept.forgotten = gone.len();
    swept.orphans = orphans(ctx, unnamed_before).await?;
    let (drafts, folder) = (ctx.department.incoming(), ctx.department.objects.folder());
    swept.drafts = old_drafts(&drafts, unnamed_before, |_| true)?;
    if let Some(folder) = folder {
        // The folder's own drafts have a number after a sharp sign; an object has none.
        for entry in entries(folder)? {
            swept.drafts += old_drafts(&entry, unnamed_before, |name| name.contains('#'))?;
        }
    }
    Ok(swept)
}

async fn orphans(ctx: &Context, before: DateTime<Utc>) -> Result<usize, DocumentError> {
    let mut list = ctx.department.objects.list();
    let (mut names, mut deleted, mut more) = (Vec::new(), 0, true);
    while more {
        match list.next().await {
            Some(found) => {
                let found = found?;
                if found.written_at < before {
                    names.push(found.name);
                }
            }
            None => more = false,
        }
        if names.len() == BATCH || !more {
            for name in document::unnamed(ctx.db(), &names).await? {
                ctx.department.objects.delete(&name).await?;
                deleted += 1;
            }
            names.clear();
        }
    }
    Ok(deleted)
}

/// Deletes the old files of a folder whose name is that of a draft.
fn old_drafts(
    folder: &Path,
    before: DateTime<Utc>,
    is_draft: impl Fn(&str) -> bool,
) -> Result<usize, std::io::Error> {
    let mut deleted = 0;
    for path in entries(folder)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let written = path.metadata().and_then(|about| about.modified());
        if is_draft(&name) && written.is_ok_and(|at| at < SystemTime::from(before)) {
            std::fs::remove_file(&path)?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, std::io::Error> {
    match std::fs::read_dir(folder) {
        Err(error)
            if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
        {
            Ok(Vec::new())
        }
        other => other?.map(|entry| entry.map(|entry| entry.path())).collect(),
    }
}
