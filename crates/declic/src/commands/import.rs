//! `declic import`.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use app::intake::import::{ImportInput, import_file};
use app::intake::report::Report;

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};

/// Brings a file in and prints its report.
///
/// # Errors
/// When the file is refused: nothing of it was written.
pub async fn import(
    config: &Config,
    code: &str,
    file: &Path,
    profile: Option<String>,
    json: bool,
) -> Outcome {
    // Before a database is made for it.
    std::fs::File::open(file)
        .map_err(|error| Failure::file("Le fichier ne peut pas être ouvert", file, &error))?;
    let ctx = means::context(config, code, Ready::Made).await?;
    let file_name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bar = Bar::new(!json);
    let input = ImportInput { path: file, file_name, profile };
    let outcome = import_file(&ctx, input, |read, total| bar.show(read, total)).await;
    bar.end();
    let report = outcome?;
    means::close(&ctx.app).await?;
    if json { say(serde_json::to_string(&report)?) } else { tell(&report) }
}

fn tell(report: &Report) -> Outcome {
    let Report { dossiers, persons, changes, .. } = report;
    if report.already_imported {
        say("Ce fichier était déjà entré : rien n’a changé.")?;
    }
    say(format_args!("{} du {}", report.kind, report.reference_date))?;
    say(format_args!(
        "Dossiers : {} lus, {} acceptés, {} rejetés.",
        dossiers.read, dossiers.accepted, dossiers.rejected
    ))?;
    say(format_args!(
        "Personnes : {} créées, {} modifiées, {} inchangées, {} à rapprocher.",
        persons.created, persons.updated, persons.unchanged, persons.review
    ))?;
    say(format_args!(
        "Droits et devoirs : {} entrées, {} sorties ; {} suspensions, {} reprises, {} clôtures.",
        changes.entered, changes.left, changes.suspended, changes.resumed, changes.closed
    ))?;
    for warning in &report.warnings {
        say(format_args!("Attention : {}", warning.text))?;
    }
    for reject in &report.rejects {
        say(format_args!(
            "Rejeté, dossier n° {}, ligne {} : {}",
            reject.position, reject.line, reject.reason
        ))?;
    }
    Ok(())
}

/// A percentage on a terminal, nothing elsewhere.
struct Bar {
    shown: bool,
    percent: AtomicU64,
}

impl Bar {
    fn new(wanted: bool) -> Self {
        Self { shown: wanted && std::io::stderr().is_terminal(), percent: AtomicU64::new(u64::MAX) }
    }

    fn show(&self, read: u64, total: u64) {
        let percent = (read.saturating_mul(100) / total.max(1)).min(100);
        if self.shown && self.percent.swap(percent, Ordering::Relaxed) != percent {
            // A progress that cannot be shown stops nothing.
            let _ = write!(std::io::stderr(), "\r{percent:>3} %");
        }
    }

    fn end(&self) {
        if self.shown {
            let _ = writeln!(std::io::stderr());
        }
    }
}
