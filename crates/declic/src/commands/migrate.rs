//! `declic migrate`.

use crate::commands::say;
use crate::config::Config;
use crate::failure::Outcome;
use crate::means::{self, Ready};

/// Brings every database to date, and makes those that are missing.
///
/// # Errors
/// When one of them cannot be brought to date.
pub async fn migrate(config: &Config) -> Outcome {
    for code in config.departments.keys() {
        let app = means::open(config, &[code.as_str()], Ready::Made).await?;
        means::close(&app).await?;
        say(format_args!("Département {code} : base à jour."))?;
    }
    Ok(())
}
