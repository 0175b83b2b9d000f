//! `declic audit verify`, `declic audit seal`.

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};

/// Characters of a seal: all of it.
const SEAL: usize = 64;

/// Says whether the journal is whole, and the seal to note elsewhere.
///
/// # Errors
/// When it is not: the first line or block that does not hold.
pub async fn verify(config: &Config, code: &str, expected: Option<(i64, String)>) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let expected = expected.as_ref().map(|(block, seal)| (*block, seal.as_str()));
    let report = app::audit::verify_against(&ctx, expected).await?;
    means::close(&ctx.app).await?;
    if let Some(fault) = report.fault {
        return Err(Failure::new(format!("Le journal n’est pas entier : {fault}.")));
    }
    let blocks = match report.blocks {
        0 => "aucun bloc scellé".to_owned(),
        n => format!("{n} bloc(s) scellé(s) dont {} réduit(s) à leur talon", report.stubs),
    };
    say(format_args!("Le journal est entier : {} ligne(s), {blocks}.", report.rows))?;
    match &report.last {
        None => Ok(()),
        Some(block) => say(format_args!("Dernier sceau, à noter ailleurs : {}", block.noted(SEAL))),
    }
}

/// Seals all that was written.
///
/// # Errors
/// When the journal does not hold.
pub async fn seal(config: &Config, code: &str) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let sealed = app::audit::seal_now(&ctx).await;
    means::close(&ctx.app).await?;
    let blocks = sealed.map_err(|error| Failure::new(format!("Département {code} : {error}")))?;
    if blocks.is_empty() {
        return say("Tout est déjà scellé.");
    }
    for block in &blocks {
        say(format_args!(
            "Bloc {} scellé, lignes {} à {}. Sceau : {}",
            block.number,
            block.first_row,
            block.last_row,
            block.noted(SEAL)
        ))?;
    }
    Ok(())
}
