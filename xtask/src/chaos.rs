//! `cargo xtask chaos`: a machine that loses its power in the middle of an import, many times over.
//!
//! A killed import must leave the database as it was before or as it is after, never between. At the end the month is
//! imported in full, then the next one; what is known must be the same, to the digest, as in a database whose imports
//! were never disturbed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::pg::Cluster;

use crate::Engine;
use crate::declic::{Declic, Month, Profile, build, generate};
use crate::shell::{Outcome, POSTGRES, output, require};

/// How hard to try.
#[derive(clap::Args)]
pub struct Options {
    /// Imports to kill
    #[arg(long, default_value_t = 100)]
    runs: u32,
    /// Database to work on
    #[arg(long, value_enum, default_value = "sqlite")]
    engine: Engine,
    /// Households in the file
    #[arg(long, default_value_t = 2_000)]
    households: u32,
    /// Decides the instants: the same seed tries the same ones
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What happened.
#[derive(Debug, Default)]
struct Tally {
    killed: u32,
    finished: u32,
    half_written: u32,
    lost: u64,
    doubled: u64,
    different: u32,
}

/// Two files and the database whose imports were not disturbed.
struct Calm {
    first: PathBuf,
    next: PathBuf,
    took: Duration,
    empty: String,
    after_first: String,
    after_next: String,
    known: u64,
}

/// Kills, completes, compares.
///
/// # Errors
/// When anything was lost, doubled or half written, or the program itself fails.
pub fn run(options: &Options) -> Outcome {
    let program = build(Profile::Release)?;
    let folder = tempfile::tempdir()?;
    let server = match options.engine {
        Engine::Sqlite => None,
        Engine::Postgres => {
            require(&[POSTGRES])?;
            Some(Cluster::start()?)
        }
    };
    let url = server.as_ref().map(|server| server.url.as_str());
    let calm = calm(&program, folder.path(), url, options.households)?;
    println!("undisturbed import: {} ms, {} people", calm.took.as_millis(), calm.known);

    let mut instants = Instants(options.seed);
    let (mut tally, mut rounds) = (Tally::default(), 0);
    let fresh = |round: u32| Declic::prepare(&program, &folder.path().join(format!("chaos_{round}")), url);
    let mut disturbed = fresh(rounds)?;
    while tally.killed < options.runs {
        let instant = instants.below(calm.took);
        let finished = disturb(&disturbed, &calm.first, instant, &mut tally)?;
        let digest = disturbed.digest()?;
        if digest != calm.after_first && digest != calm.empty {
            tally.half_written += 1;
            println!("half written after {} µs (seed {})", instant.as_micros(), options.seed);
        }
        if finished || digest == calm.after_first {
            // Nothing is left to disturb in this database.
            judge(&disturbed, &calm, &mut tally)?;
            rounds += 1;
            disturbed = fresh(rounds)?;
        }
    }
    judge(&disturbed, &calm, &mut tally)?;
    tell(&tally)
}

fn calm(program: &Path, folder: &Path, url: Option<&str>, households: u32) -> Outcome<Calm> {
    let (first, next) = (folder.join("first.xml"), folder.join("next.xml"));
    generate(program, &Month { households, name: "2026-09", drift_percent: 0 }, &first)?;
    generate(program, &Month { households, name: "2026-10", drift_percent: 5 }, &next)?;
    let declic = Declic::prepare(program, &folder.join("calm"), url)?;
    let empty = declic.digest()?;
    let start = Instant::now();
    output(&mut declic.import(&first))?;
    let took = start.elapsed();
    let after_first = declic.digest()?;
    let known = people(&output(&mut declic.import(&next))?)?;
    let after_next = declic.digest()?;
    if empty == after_first || after_first == after_next {
        return Err("the digest does not change with what is known: nothing can be compared".into());
    }
    Ok(Calm { first, next, took, empty, after_first, after_next, known })
}

/// Starts an import and kills it after `instant`; true when it had finished before.
fn disturb(declic: &Declic, file: &Path, instant: Duration, tally: &mut Tally) -> Outcome<bool> {
    let mut child =
        declic.import(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    std::thread::sleep(instant);
    let finished = match child.try_wait()? {
        Some(status) if status.success() => true,
        Some(status) => return Err(format!("an import ended by itself: {status}").into()),
        None => false,
    };
    // SIGKILL: no handler, no destructor, nothing flushed.
    child.kill()?;
    child.wait()?;
    if finished {
        tally.finished += 1;
    } else {
        tally.killed += 1;
    }
    Ok(finished)
}

/// Completes what was disturbed, imports the next month, and compares with the calm database.
fn judge(declic: &Declic, calm: &Calm, tally: &mut Tally) -> Outcome {
    output(&mut declic.import(&calm.first))?;
    let same_first = declic.digest()? == calm.after_first;
    let known = people(&output(&mut declic.import(&calm.next))?)?;
    let same_next = declic.digest()? == calm.after_next;
    output(&mut declic.on_department(&["verify"]))?;
    tally.lost += calm.known.saturating_sub(known);
    tally.doubled += known.saturating_sub(calm.known);
    tally.different += u32::from(!same_first || !same_next);
    Ok(())
}

/// Prints the figures.
fn tell(tally: &Tally) -> Outcome {
    let Tally { killed, finished, half_written, lost, doubled, different } = tally;
    println!("killed {killed}, finished before their instant {finished}, then all completed and verified");
    println!("half written {half_written} · lost {lost} · doubled {doubled} · different digests {different}");
    let whole = *half_written == 0 && *lost == 0 && *doubled == 0 && *different == 0;
    if whole { Ok(()) } else { Err("a killed import left a trace".into()) }
}

/// The followed adults an import report speaks of.
fn people(report: &str) -> Outcome<u64> {
    let report: Value = serde_json::from_str(report)?;
    let persons = report.get("persons").ok_or("the report counts no person")?;
    Ok(["created", "updated", "unchanged"].iter().filter_map(|key| persons.get(key)?.as_u64()).sum())
}

/// Instants from a seed: the `SplitMix64` sequence, which needs no library.
struct Instants(u64);

impl Instants {
    fn below(&mut self, limit: Duration) -> Duration {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^= word >> 31;
        let micros = u64::try_from(limit.as_micros()).unwrap_or(u64::MAX).max(1);
        Duration::from_micros(word % micros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_instants_within_the_limit() {
        let limit = Duration::from_millis(700);
        let draw = |seed| {
            let mut instants = Instants(seed);
            (0..50).map(|_| instants.below(limit)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert!(draw(3).iter().all(|instant| *instant < limit));
    }

    #[test]
    fn people_are_counted_whatever_became_of_them() {
        let report = r#"{"persons": {"created": 1, "updated": 2, "unchanged": 3, "review": 9}}"#;
        assert_eq!(people(report).unwrap(), 6);
        assert!(people("{}").is_err());
    }
}
