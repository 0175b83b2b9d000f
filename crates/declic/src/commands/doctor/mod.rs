//! `declic doctor`: what is in order, what is weak, and what must be mended, in plain words that say what to do.

use crate::cli::Place;
use crate::commands::say;
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::means;

mod backups;
mod database;
mod exposure;
mod files;
mod mail;
mod secret;

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Finding {
    /// In order.
    Good(String),
    /// Works, and could be safer.
    Weak(String),
    /// Must be mended.
    Bad(String),
}

impl Finding {
    /// In order, or must be mended.
    fn of(good: bool, text: String) -> Self {
        if good { Self::Good(text) } else { Self::Bad(text) }
    }
}

/// Looks at everything and says what must be mended.
///
/// # Errors
/// When something must be.
pub async fn doctor(place: &Place) -> Outcome {
    let config = Config::find(place)?;
    let mut findings = vec![Finding::Good("La configuration se lit.".to_owned())];
    let secrets = secret::look(&config, &mut findings);
    findings.extend(exposure::look(&config));
    if config.departments.is_empty() {
        findings.push(Finding::Good("Aucun département pour le moment.".to_owned()));
    }
    for (code, department) in &config.departments {
        let found = database::look(code, department, secrets.as_ref()).await;
        findings.extend(found.into_iter().map(|finding| named(code, finding)));
    }
    findings.extend(mail::look(&config).await);
    findings.extend(backups::look(&config, means::clock().now()));
    tell(findings)
}

/// A finding about a département.
fn named(code: &str, finding: Finding) -> Finding {
    match finding {
        Finding::Good(text) => Finding::Good(format!("{code} : {text}")),
        Finding::Weak(text) => Finding::Weak(format!("{code} : {text}")),
        Finding::Bad(text) => Finding::Bad(format!("{code} : {text}")),
    }
}

fn tell(findings: Vec<Finding>) -> Outcome {
    let mut bad = 0;
    for finding in findings {
        match finding {
            Finding::Good(text) => say(format_args!("✓ {text}"))?,
            Finding::Weak(text) => say(format_args!("! {text}"))?,
            Finding::Bad(text) => {
                bad += 1;
                say(format_args!("✗ {text}"))?;
            }
        }
    }
    match bad {
        0 => Ok(()),
        1 => Err(Failure::new("Un point est à corriger.")),
        n => Err(Failure::new(format!("{n} points sont à corriger."))),
    }
}
