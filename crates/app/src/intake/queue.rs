//! Files received by the web and the API: kept sealed, then read by a worker, one at a time.

use std::path::PathBuf;

use chrono::Duration;
use domain::access::permission::Action;
use domain::audit::Act;
use store::StoreError;
use store::intake::files::{self, FileRow, status};
use uuid::Uuid;

use super::import::{self, ImportError, Job};
use super::source::{Sealer, Source};
use crate::Context;
use crate::access::{Actor, Refused, permit};

/// How long a worker may keep a file before another takes it.
const LEASE: Duration = Duration::hours(2);

/// Why an upload is not kept.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// Not in this role.
    #[error(transparent)]
    Denied(#[from] Refused),
    /// The bytes cannot be kept.
    #[error(
        "Le fichier reçu ne peut pas être gardé : {0}. Vérifiez la place et les droits du dossier des documents."
    )]
    Io(#[from] std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file being received: bytes are sealed as they come.
pub struct Upload {
    id: Uuid,
    path: PathBuf,
    sealer: Sealer,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({})", self.id)
    }
}

/// Begins to receive a file.
///
/// # Errors
/// [`UploadError`].
pub fn receive(ctx: &Context) -> Result<Upload, UploadError> {
    permit(ctx, Action::ImportFile)?;
    let id = ctx.app.ids.make();
    let path = ctx.department.documents.join("spool").join(id.to_string());
    let sealer = Sealer::create(&path, ctx.db().keys().clone())?;
    Ok(Upload { id, path, sealer })
}

impl Upload {
    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), UploadError> {
        Ok(self.sealer.write(bytes)?)
    }

    /// Gives up: nothing remains.
    pub fn abandon(self) {
        drop(self.sealer);
        // A spool that cannot be removed is unreadable noise; doctor tells about it.
        let _ = std::fs::remove_file(&self.path);
    }

    /// The file is whole: it waits for a worker.
    ///
    /// # Errors
    /// [`UploadError`].
    pub async fn finish(
        self,
        ctx: &Context,
        file_name: &str,
        profile: Option<String>,
    ) -> Result<Uuid, UploadError> {
        self.sealer.finish()?;
        let tx = ctx.db().begin().await?;
        let mut row = import::new_row(ctx, &tx, file_name, profile).await?;
        row.id = self.id;
        status::WAITING.clone_into(&mut row.status);
        row.spool = Some(self.path.display().to_string());
        files::save(&tx, row).await?;
        let detail = serde_json::json!({ "received": true });
        crate::audit::record(ctx, &tx, Act::Import, None, Some(self.id.to_string()), detail).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(self.id)
    }
}

/// Takes one waiting file of the département and brings it in; `false` when none waits.
///
/// # Errors
/// When the database does not answer. A refused file is not an error: its row says why.
pub async fn work_once(ctx: &Context) -> Result<bool, StoreError> {
    let now = ctx.now();
    let Some(row) = files::lease(ctx.db(), now, now + LEASE).await? else { return Ok(false) };
    let Some(spool) = row.spool.clone().map(PathBuf::from) else {
        import::fail(ctx, row, "Le fichier reçu n’est plus là. Envoyez-le de nouveau.", now).await?;
        return Ok(true);
    };
    let owner = Context { actor: owner(ctx, &row), ..ctx.clone() };
    let job = Job {
        source: Source::Spool(spool.clone(), ctx.db().keys().clone()),
        file_name: row.file_name.clone(),
        profile: row.profile.clone(),
        row: Some(row.clone()),
    };
    let (progress, key) = (ctx.app.progress.clone(), import::progress_key(&row));
    let told = |read, total| progress.set(key, read, total);
    let outcome = import::run(&owner, job, &told).await;
    ctx.app.progress.forget(key);
    match outcome {
        Ok(_) => {}
        // The database is busy or away: the file waits again, the sentence is not for its owner.
        Err(ImportError::Store(error @ (StoreError::Locked | StoreError::Unreachable(_)))) => {
            files::give_back(ctx.db(), row.id).await?;
            return Err(error);
        }
        Err(ImportError::Mapping(why)) => {
            files::await_mapping(ctx.db(), row.id, &why).await?;
            return Ok(true);
        }
        Err(error) => import::fail(&owner, row, &error.to_string(), ctx.now()).await?,
    }
    if let Err(error) = std::fs::remove_file(&spool) {
        tracing::warn!(spool.error = %error, "a spool remains");
    }
    Ok(true)
}

/// The one who sent the file, for the journal.
fn owner(ctx: &Context, row: &FileRow) -> Actor {
    let mut actor = Actor::system("file d’attente");
    actor.id = row.account_id.or(ctx.actor.id);
    actor
}

/// At start: files left by a killed process wait again.
///
/// # Errors
/// When the database does not answer.
pub async fn recover(ctx: &Context) -> Result<(), StoreError> {
    files::requeue(ctx.db()).await
}
