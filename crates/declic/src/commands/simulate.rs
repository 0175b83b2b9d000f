//! `declic simulate orientation`.

use std::path::Path;

use app::orientation::{Simulated, simulate};

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};

/// Replays judged cases on the rules in force, and prints what differs; all of it as JSON.
///
/// # Errors
/// When the cases cannot be read.
pub async fn orientation(config: &Config, code: &str, cases: &Path, json: bool) -> Outcome {
    let bytes = std::fs::read(cases)
        .map_err(|error| Failure::file("Le fichier ne peut pas être ouvert", cases, &error))?;
    let ctx = means::context(config, code, Ready::Made).await?;
    let found = simulate(&ctx, &bytes).await;
    means::close(&ctx.app).await?;
    let found = found?;
    if json {
        return say(serde_json::to_string(&found)?);
    }
    let differ: Vec<&Simulated> = found.iter().filter(|one| one.got != one.expected).collect();
    for one in &differ {
        let word = |verdict| serde_json::to_string(verdict).unwrap_or_default();
        say(format_args!("{} : attendu {}", one.case, word(&one.expected)))?;
        say(format_args!("{} : obtenu  {} ({})", one.case, word(&one.got), one.why))?;
    }
    say(format_args!(
        "{} cas rejoués, {} d’accord, {} différents.",
        found.len(),
        found.len() - differ.len(),
        differ.len()
    ))
}
