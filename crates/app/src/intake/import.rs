//! Bring a file in: read it to its end, record it in one transaction, say what it changed.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::intake::delta::Change;
use domain::intake::flux::{Header, Kind, Reject};
use exchange::caf::{Expect, Refusal};
use store::intake::files::{self, FileRow, RejectRow, status};
use store::sealed::REJECT;
use store::{Engine, StoreError, Tx};
use uuid::Uuid;

use super::reading::{self, Message};
use super::report::{Behind, RejectLine, Report, Warning};
use super::run::Run;
use super::source::Source;
use super::{absence, financier, recording, returns, sheet};
use crate::Context;
use crate::access::{Refused, permit};

/// Rejects told in a report; the database keeps them all.
const REJECTS_TOLD: usize = 1_000;

/// Why nothing of a file was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Not in this role.
    #[error(transparent)]
    Denied(#[from] Refused),
    /// The flux is refused as a whole.
    #[error(transparent)]
    Flux(#[from] Refusal),
    /// The spreadsheet is refused as a whole.
    #[error("{0}")]
    Sheet(String),
    /// No known mapping reads the columns of the spreadsheet: somebody must say what they are.
    #[error("{0}")]
    Mapping(String),
    /// The file cannot be opened.
    #[error("Le fichier « {0} » ne peut pas être ouvert : {1}. Vérifiez son chemin et ses droits.")]
    Open(String, std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is brought in.
#[derive(Debug)]
pub struct ImportInput<'a> {
    /// Where the bytes are.
    pub path: &'a Path,
    /// The name shown.
    pub file_name: String,
    /// The mapping of a spreadsheet.
    pub profile: Option<String>,
}

/// Brings a file in. The progress is told in bytes: read, in all.
///
/// # Errors
/// [`ImportError`], whose text is one French sentence; nothing was written then.
pub async fn import_file(
    ctx: &Context,
    input: ImportInput<'_>,
    on_progress: impl Fn(u64, u64) + Send + Sync,
) -> Result<Report, ImportError> {
    permit(ctx, Action::ImportFile)?;
    let source = Source::Plain(input.path.to_owned());
    let job = Job { source, file_name: input.file_name, profile: input.profile, row: None };
    run(ctx, job, &on_progress).await
}

/// A file to bring in, with its row when it was received by the web.
pub(crate) struct Job {
    pub source: Source,
    pub file_name: String,
    pub profile: Option<String>,
    pub row: Option<FileRow>,
}

/// Told the bytes read and the bytes in all.
pub(crate) type OnProgress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

pub(crate) async fn run(ctx: &Context, job: Job, on_progress: OnProgress<'_>) -> Result<Report, ImportError> {
    let started = Instant::now();
    let source = job.source.clone();
    let sha256 = blocking(move || source.sha256()).await.map_err(|e| opened(&job.file_name, e))?;
    let _lock = lock(ctx).await?;
    let tx = ctx.db().begin().await?;
    files::lock_imports(ctx.db(), &tx).await?;
    if let Some(previous) = files::done_with_bytes(&tx, &sha256).await? {
        return again(ctx, tx, job, previous).await;
    }
    let row = match job.row.clone() {
        Some(row) => row,
        None => new_row(ctx, &tx, &job.file_name, job.profile.clone()).await?,
    };
    let row = FileRow { sha256, ..row };
    files::save(&tx, row.clone()).await?;
    let (row, mut report) = if sheet::is_sheet(&job).map_err(|e| opened(&job.file_name, e))? {
        sheet::import(ctx, &tx, &job, row, on_progress).await?
    } else {
        flux(ctx, &tx, &job, row, on_progress).await?
    };
    store::intake::record::rebuild_counters(&tx).await?;
    report.duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let object = Some(row.id.to_string());
    finish(ctx, &tx, row, &report).await?;
    let detail =
        serde_json::json!({ "kind": report.kind, "dossiers": report.dossiers, "persons": report.persons });
    crate::audit::record(ctx, &tx, Act::Import, None, object, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(report)
}

/// Reads and records a CAF/MSA flux.
async fn flux(
    ctx: &Context,
    tx: &Tx,
    job: &Job,
    mut row: FileRow,
    on_progress: OnProgress<'_>,
) -> Result<(FileRow, Report), ImportError> {
    let expect = Expect { department: ctx.department.code.clone(), today: ctx.today() };
    let total = job.source.size();
    let mut messages =
        reading::start(job.source.clone(), expect, ctx.db().keys().clone(), ctx.db().content_key()?.clone());
    let header = match messages.recv().await {
        Some(Message::Header(header)) => header,
        Some(Message::Refused(refusal)) => return Err(refusal.into()),
        Some(Message::Failed(error)) => return Err(error.into()),
        _ => return Err(ImportError::Sheet("La lecture du fichier s’est arrêtée. Recommencez.".to_owned())),
    };
    let known = files::done(tx).await?;
    describe(&mut row, &header);
    let mut run = Run::begin(ctx, tx, row.id, header.kind, header.stamp(), &known).await?;
    run.warnings.extend(same_header(&known, &row));
    let newest = !known.iter().any(|f| {
        f.kind.as_deref() == Some(Kind::Financier.code())
            && f.stamp.as_deref() > Some(run.stamp_text.as_str())
    });
    loop {
        match messages.recv().await {
            Some(Message::Batch(kept, left, read)) => {
                run.dossiers.read += (kept.len() + left.len()) as u64;
                rejects(&mut run, left).await?;
                match header.kind {
                    Kind::Financier => financier::record(&mut run, kept, newest).await?,
                    _ => recording::record(&mut run, kept).await?,
                }
                on_progress(read, total);
            }
            Some(Message::End(declared, repaired)) => {
                run.dossiers.declared = declared;
                end_warnings(&mut run, repaired);
                break;
            }
            Some(Message::Refused(refusal)) => return Err(refusal.into()),
            Some(Message::Failed(error)) => return Err(error.into()),
            Some(Message::Header(_)) | None => {
                return Err(ImportError::Sheet(
                    "La lecture du fichier s’est arrêtée. Recommencez.".to_owned(),
                ));
            }
        }
    }
    absence::close(&mut run).await?;
    returns::bring_back(&run).await?;
    let report = conclude(&mut run, &job.file_name, &mut row).await?;
    Ok((row, report))
}

/// Writes the people behind the numbers and puts the report together.
pub(crate) async fn conclude(run: &mut Run<'_>, file: &str, row: &mut FileRow) -> Result<Report, StoreError> {
    doubled(run).await?;
    let changes = run.changes();
    for change in Change::ALL {
        let mut people: Vec<Uuid> = run.changed(change).collect();
        people.sort_unstable();
        files::add_changes(run.tx, run.import, change.code(), &people).await?;
    }
    for (kind, people) in &run.about {
        let people: Vec<Uuid> = people.iter().copied().collect();
        files::add_changes(run.tx, run.import, &Behind::Warning(kind.clone()).key(), &people).await?;
    }
    // The counting that follows needs the room.
    run.touched = HashMap::new();
    let organisms: Vec<_> = run.organisms.iter().collect();
    row.organisms = serde_json::to_string(&organisms).ok();
    Ok(Report {
        file: file.to_owned(),
        kind: run.kind.code().to_owned(),
        reference_date: run.stamp.reference.to_string(),
        already_imported: false,
        warnings: run.take_warnings(),
        dossiers: run.dossiers,
        persons: run.persons,
        changes,
        rejects: std::mem::take(&mut run.rejects),
        duration_ms: 0,
    })
}

/// The people of the dossiers that came twice.
async fn doubled(run: &mut Run<'_>) -> Result<(), StoreError> {
    let met = std::mem::take(&mut run.doubled);
    let claims: Vec<String> = met.iter().map(|(_, key)| key.claim_number.clone()).collect();
    let households = store::intake::record::households_by_claim(run.tx, &claims).await?;
    for (kind, key) in met {
        let of: Vec<Uuid> = households.iter().filter(|h| recording::key_of(h) == key).map(|h| h.id).collect();
        recording::about_households(run, &[(kind.to_owned(), of)]).await?;
    }
    Ok(())
}

fn describe(row: &mut FileRow, header: &Header) {
    row.kind = Some(header.kind.code().to_owned());
    row.stamp = Some(header.stamp().sortable());
    row.header_key = Some(format!("{} {} {}", header.emitter, header.kind.code(), header.stamp().sortable()));
}

fn same_header(known: &[FileRow], row: &FileRow) -> Option<Warning> {
    let twin = known.iter().find(|f| f.header_key == row.header_key && f.id != row.id)?;
    Some(Warning {
        code: "same_header".to_owned(),
        people: 0,
        text: format!(
            "Un autre fichier porte le même en-tête (« {} ») avec un autre contenu : celui-ci, arrivé après, l’emporte.",
            twin.file_name
        ),
    })
}

fn end_warnings(run: &mut Run<'_>, repaired: u64) {
    if let Some(declared) = run.dossiers.declared
        && declared != run.dossiers.read
    {
        run.warnings.push(Warning {
            code: "trailer_count".to_owned(),
            people: 0,
            text: format!(
                "Le fichier annonce {declared} dossier(s) et en contient {} : demandez à l’organisme s’il est complet.",
                run.dossiers.read
            ),
        });
    }
    if repaired > 0 {
        run.warnings.push(Warning {
            code: "encoding".to_owned(),
            people: 0,
            text: format!(
                "{repaired} octet(s) ne sont pas dans l’encodage annoncé : lus comme du Windows-1252."
            ),
        });
    }
}

/// Keeps the dossiers left out, with their text sealed.
pub(crate) async fn rejects(run: &mut Run<'_>, left: Vec<Reject>) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(left.len());
    for reject in left {
        run.dossiers.rejected += 1;
        let raw = run.ctx.db().keys().encrypt(REJECT.place, reject.raw.as_bytes())?;
        if run.rejects.len() < REJECTS_TOLD {
            run.rejects.push(RejectLine {
                position: reject.position,
                line: reject.line,
                dossier: reject.dossier.clone(),
                reason: reject.reason.clone(),
            });
        }
        rows.push(RejectRow {
            id: run.ctx.app.ids.make(),
            import_id: run.import,
            position: i64::try_from(reject.position).unwrap_or(i64::MAX),
            line: i64::try_from(reject.line).unwrap_or(i64::MAX),
            dossier: reject.dossier,
            organism: reject.key.as_ref().map(|k| k.organism.clone()),
            organism_number: reject.key.as_ref().map(|k| k.organism_number.clone()),
            matricule: reject.key.as_ref().map(|k| k.matricule.clone()),
            reason: reject.reason,
            raw,
        });
        if let Some(key) = reject.key {
            run.organisms.insert((key.organism.clone(), key.organism_number.clone()));
            run.rejected.insert(key);
        }
    }
    files::add_rejects(run.tx, rows).await
}

/// A row for a file that begins.
pub(crate) async fn new_row(
    ctx: &Context,
    tx: &Tx,
    file_name: &str,
    profile: Option<String>,
) -> Result<FileRow, StoreError> {
    Ok(FileRow {
        id: ctx.app.ids.make(),
        number: files::next_number(tx).await?,
        sha256: String::new(),
        file_name: file_name.to_owned(),
        status: status::RUNNING.to_owned(),
        kind: None,
        stamp: None,
        header_key: None,
        organisms: None,
        profile,
        report: None,
        error: None,
        spool: None,
        account_id: ctx.actor.id,
        received_at: ctx.now(),
        leased_until: None,
        finished_at: None,
    })
}

/// Writes that a file is in, with its report.
pub(crate) async fn finish(
    ctx: &Context,
    tx: &Tx,
    mut row: FileRow,
    report: &Report,
) -> Result<(), StoreError> {
    status::DONE.clone_into(&mut row.status);
    row.report = Some(serde_json::to_string(report).map_err(|e| StoreError::Other(e.to_string()))?);
    row.error = None;
    row.spool = None;
    row.leased_until = None;
    row.finished_at = Some(ctx.now());
    files::save(tx, row).await
}

/// The same bytes again: nothing changes, and the journal says that it was tried.
async fn again(ctx: &Context, tx: Tx, job: Job, previous: FileRow) -> Result<Report, ImportError> {
    let stored = previous.report.as_deref().and_then(|r| serde_json::from_str::<Report>(r).ok());
    let Some(report) = stored else {
        return Err(StoreError::Other("le bilan du fichier déjà entré est illisible".to_owned()).into());
    };
    let report = report.again(job.file_name);
    if let Some(mut row) = job.row {
        // A page waits for this row: it tells the same report, under another status word of its own.
        row.sha256 = format!("{} (déjà entré)", previous.sha256);
        row.kind.clone_from(&previous.kind);
        row.stamp.clone_from(&previous.stamp);
        finish(ctx, &tx, row, &report).await?;
    }
    let detail = serde_json::json!({ "already_imported": true });
    crate::audit::record(ctx, &tx, Act::Import, None, Some(previous.id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(report)
}

/// Says why a file was refused, on its row.
pub(crate) async fn fail(
    ctx: &Context,
    mut row: FileRow,
    why: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    status::FAILED.clone_into(&mut row.status);
    row.error = Some(why.to_owned());
    row.spool = None;
    row.leased_until = None;
    row.finished_at = Some(at);
    let object = Some(row.id.to_string());
    files::save(&tx, row).await?;
    crate::audit::record(ctx, &tx, Act::Import, None, object, serde_json::json!({ "refused": true })).await?;
    Ok(tx.commit().await?)
}

/// Waits until no other import of this département runs. On SQLite an OS lock beside the file, gone with its process;
/// on PostgreSQL the lock is taken inside the transaction.
pub(crate) async fn lock(ctx: &Context) -> Result<Option<File>, ImportError> {
    let Engine::Sqlite { file } = ctx.db().engine() else { return Ok(None) };
    let path: PathBuf = file.with_extension("import-lock");
    let shown = path.display().to_string();
    let held = blocking(move || {
        let file = File::options().create(true).write(true).truncate(false).open(path)?;
        file.lock()?;
        Ok(file)
    })
    .await
    .map_err(|e| match e.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            ImportError::Store(StoreError::ReadOnly)
        }
        std::io::ErrorKind::StorageFull => ImportError::Store(StoreError::DiskFull),
        _ => ImportError::Open(shown, e),
    })?;
    Ok(Some(held))
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> std::io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other)?
}

pub(crate) fn opened(name: &str, error: std::io::Error) -> ImportError {
    ImportError::Open(name.to_owned(), error)
}

/// The identifier under which a file's progress is told.
pub(crate) fn progress_key(row: &FileRow) -> Uuid {
    row.id
}
