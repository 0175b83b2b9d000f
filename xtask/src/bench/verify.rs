//! How long `declic verify` takes to read everything a département knows.

use crate::declic::{Declic, Month, Profile, build, generate};
use crate::measure::run as measure;
use crate::shell::{Outcome, output};

/// Prints the time, on SQLite, after one month.
///
/// # Errors
/// When the program cannot be built or finds an inconsistency.
pub fn run(households: u32) -> Outcome {
    let program = build(Profile::Release)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("month.xml");
    generate(&program, &Month { households, name: "2026-10", drift_percent: 0 }, &file)?;
    let declic = Declic::prepare(&program, &folder.path().join("bench_verify"), None)?;
    output(&mut declic.import(&file))?;
    let used = measure(&mut declic.on_department(&["verify"]))?;
    let seconds = used.wall.as_secs_f64();
    println!(
        "verify, {households} households: {seconds:.2} s, {} CPU ms, {} MiB",
        used.cpu_ms,
        used.peak_kib / 1024
    );
    Ok(())
}
