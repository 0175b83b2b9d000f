//! `cargo xtask check`: everything about the code that a machine can judge without running a test.
//!
//! Every step runs even when one before it failed, so that one run tells all there is to mend.

use crate::shell::{Outcome, cargo, collect, run};

mod arrows;
mod asvs;
mod derived;
mod papers;
mod style;

/// The release of cargo-deny that is installed when there is none.
const CARGO_DENY: &str = "0.20.2";

/// A step: its name, and what gives its faults.
type Step = (&'static str, fn() -> Outcome<Vec<String>>);

const STEPS: [Step; 9] = [
    ("structure: the arrows of the house", arrows::faults),
    ("style: budgets and left-overs", style::faults),
    ("papers: scorecard, changelog", papers::faults),
    ("papers: the security standard", asvs::faults),
    ("formatting", || command(&["fmt", "--all", "--check", "--", "--color=never"], &[])),
    ("lints", || command(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])),
    ("documentation", || {
        command(&["doc", "--workspace", "--no-deps", "--quiet"], &[("RUSTDOCFLAGS", "-D warnings")])
    }),
    ("licences and sources", deny),
    ("derived files and lifetimes", derived::faults),
];

/// Runs every step.
///
/// # Errors
/// When a step found a fault or could not run.
pub fn check() -> Outcome {
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        println!("── {name}");
        let faults = step().unwrap_or_else(|why| vec![why.to_string()]);
        for fault in &faults {
            println!("   {fault}");
        }
        if faults.is_empty() {
            println!("   ok");
        } else {
            failed.push(format!("{name} ({})", faults.len()));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("to mend: {}", failed.join(", ")).into()) }
}

/// A cargo command that tells its faults itself.
fn command(words: &[&str], environment: &[(&str, &str)]) -> Outcome<Vec<String>> {
    run(cargo().args(words).envs(environment.iter().copied()))?;
    Ok(Vec::new())
}

fn deny() -> Outcome<Vec<String>> {
    if !collect(cargo().args(["deny", "--version"]))?.status.success() {
        run(cargo().args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY]))?;
    }
    command(
        &["deny", "--log-level", "error", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"],
        &[],
    )
}
