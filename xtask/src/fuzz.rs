//! `cargo xtask fuzz`: any bytes to every reader, with libFuzzer.
//!
//! `fuzz/` is laid out as cargo-fuzz wants it, and cargo-fuzz works there too; this command needs neither it nor a nightly
//! compiler, since what libFuzzer reads (counters, places, comparisons) is asked of LLVM by stable flags. Proc-macros and
//! build scripts are left alone because a target is named.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::shell::{Outcome, cargo, output, root, run};

/// What libFuzzer needs to see of a run.
const FLAGS: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "--cfg",
    "fuzzing",
];

/// Targets that read files: quick to build.
const FILES: [&str; 7] = ["caf_flux", "caf_dossier", "spreadsheet", "csv_text", "dates", "nir", "profile"];

/// Targets that need the whole site.
const SITE: [&str; 4] = ["address", "cookies", "form", "site"];

/// How long to try, and what.
#[derive(clap::Args)]
pub struct Options {
    /// Runs of each target
    #[arg(long, default_value_t = 100_000)]
    runs: u64,
    /// Where chance begins: the same number tries the same bytes, so that a check says the same twice; without it, others
    #[arg(long)]
    seed: Option<u32>,
    /// The targets that need the whole site too
    #[arg(long)]
    all: bool,
    /// Only these targets
    targets: Vec<String>,
}

/// Builds, then runs each target on the kept corpus and on what grows from it.
///
/// # Errors
/// When a target is unknown, does not build, or finds a crash; the bytes are then in `fuzz/artifacts`.
pub fn run_targets(options: &Options) -> Outcome {
    let targets = chosen(options)?;
    let site = targets.iter().any(|target| SITE.contains(&target.as_str()));
    let binaries = build(&targets, site)?;
    for target in &targets {
        try_one(&binaries, target, options)?;
    }
    Ok(())
}

fn chosen(options: &Options) -> Outcome<Vec<String>> {
    let known = || FILES.iter().chain(&SITE);
    if let Some(unknown) = options.targets.iter().find(|given| !known().any(|target| target == given)) {
        return Err(format!(
            "no target {unknown}; there are {}",
            known().copied().collect::<Vec<_>>().join(", ")
        )
        .into());
    }
    Ok(match (options.targets.is_empty(), options.all) {
        (false, _) => options.targets.clone(),
        (true, true) => known().map(ToString::to_string).collect(),
        (true, false) => FILES.iter().map(ToString::to_string).collect(),
    })
}

/// Builds the targets; the folder of their programs.
fn build(targets: &[String], site: bool) -> Outcome<PathBuf> {
    let about = output(Command::new("rustc").arg("-vV"))?;
    let host =
        about.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc does not name its host")?;
    let place = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), PathBuf::from)
        .join("fuzz");
    let mut command = cargo();
    command.current_dir(root().join("fuzz")).args(["build", "--release", "--target", host]);
    if site {
        command.args(["--features", "web"]);
    }
    for target in targets {
        command.args(["--bin", target]);
    }
    run(command.env("CARGO_TARGET_DIR", &place).env("RUSTFLAGS", FLAGS.join(" ")))?;
    Ok(place.join(host).join("release"))
}

fn try_one(binaries: &Path, target: &str, options: &Options) -> Outcome {
    let runs = options.runs;
    let found = tempfile::tempdir()?;
    let artifacts = root().join("fuzz/artifacts").join(target);
    std::fs::create_dir_all(&artifacts)?;
    let begun = Instant::now();
    let said = output(
        Command::new(binaries.join(target))
            .current_dir(root())
            .arg(format!("-runs={runs}"))
            .args(options.seed.map(|seed| format!("-seed={seed}")))
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .args(["-max_len=8192", "-timeout=20", "-rss_limit_mb=2048", "-verbosity=0"])
            .arg(found.path())
            .arg(root().join("fuzz/corpus").join(target)),
    );
    println!(
        "{target}: {runs} runs in {} s, {}",
        begun.elapsed().as_secs(),
        if said.is_ok() { "no crash" } else { "CRASH" }
    );
    said.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_target_of_the_folder_is_known_and_has_a_corpus() {
        let mut there: Vec<_> = std::fs::read_dir(root().join("fuzz/fuzz_targets"))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        there.sort();
        let mut known: Vec<_> = FILES.iter().chain(&SITE).map(ToString::to_string).collect();
        known.sort();
        assert_eq!(there, known);
        for target in known {
            let corpus = root().join("fuzz/corpus").join(&target);
            assert!(std::fs::read_dir(corpus).unwrap().count() > 1, "{target}");
        }
    }

    #[test]
    fn an_unknown_target_is_told() {
        let options = Options { runs: 1, seed: None, all: false, targets: vec!["pdf".to_owned()] };
        assert!(chosen(&options).unwrap_err().to_string().contains("no target pdf"));
    }
}
