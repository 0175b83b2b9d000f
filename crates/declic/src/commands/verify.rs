//! `declic verify`, `declic digest`.

use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means::{self, Ready};

/// Looks for inconsistencies in one database, or in all.
///
/// # Errors
/// When there are some.
pub async fn verify(config: &Config, department: Option<&str>) -> Outcome {
    let codes: Vec<&str> = match department {
        Some(code) => vec![code],
        None => config.departments.keys().map(String::as_str).collect(),
    };
    let mut faults = 0;
    for code in codes {
        let ctx = means::context(config, code, Ready::There).await?;
        let mut found = store::verify::verify(ctx.db()).await?;
        found.extend(app::privacy::documents::check(&ctx).await?);
        means::close(&ctx.app).await?;
        if found.is_empty() {
            say(format_args!("Département {code} : rien à signaler."))?;
        }
        for sentence in &found {
            say(format_args!("Département {code} : {sentence}"))?;
        }
        faults += found.len();
    }
    match faults {
        0 => Ok(()),
        1 => Err(Failure::new("Une incohérence a été trouvée.")),
        n => Err(Failure::new(format!("{n} incohérences ont été trouvées."))),
    }
}

/// Prints the digest of what the département knows.
///
/// # Errors
/// When the database does not answer.
pub async fn digest(config: &Config, code: &str) -> Outcome {
    let ctx = means::context(config, code, Ready::There).await?;
    let digest = app::intake::digest::digest(&ctx).await?;
    means::close(&ctx.app).await?;
    say(digest)
}
