//! How long a month's file takes: parsing alone, first import, the next month, on both engines.

use std::path::Path;

use testkit::pg::Cluster;

use crate::declic::{DEPARTMENT, Declic, Month, Profile, build, generate};
use crate::measure::{Use, family_cpu_ms, run as measure};
use crate::shell::{Outcome, POSTGRES, output, require};

/// Prints one row per piece of work.
///
/// # Errors
/// When the program cannot be built or a command of it fails.
pub fn run(households: u32) -> Outcome {
    require(&[POSTGRES])?;
    let program = build(Profile::Release)?;
    let folder = tempfile::tempdir()?;
    let (first, next) = (folder.path().join("first.xml"), folder.path().join("next.xml"));
    generate(&program, &Month { households, name: "2026-09", drift_percent: 0 }, &first)?;
    generate(&program, &Month { households, name: "2026-10", drift_percent: 5 }, &next)?;
    let megabytes = megabytes(&first)?;
    println!("département {DEPARTMENT}, {households} households, {megabytes:.1} MB, seed 1\n");
    let parsed = output(std::process::Command::new(&program).arg("bench-parse").arg(&first))?;
    println!("parsing alone: {}\n", parsed.trim());
    println!("{:<36} {:>8} {:>10} {:>12} {:>9}", "", "wall s", "CPU ms", "database ms", "peak MiB");
    let lite = Declic::prepare(&program, &folder.path().join("bench_sqlite"), None)?;
    row("first import, SQLite", measure(&mut lite.import(&first))?, 0);
    row("same file again, SQLite", measure(&mut lite.import(&first))?, 0);
    row("next month, 5 % changed, SQLite", measure(&mut lite.import(&next))?, 0);
    let server = Cluster::start()?;
    let pg = Declic::prepare(&program, &folder.path().join("bench_postgres"), Some(&server.url))?;
    for (what, file) in [("first import, PostgreSQL", &first), ("next month, 5 % changed, PostgreSQL", &next)]
    {
        let before = family_cpu_ms(server.pid);
        let used = measure(&mut pg.import(file))?;
        row(what, used, family_cpu_ms(server.pid).saturating_sub(before));
    }
    Ok(())
}

fn megabytes(file: &Path) -> Outcome<f64> {
    Ok(f64::from(u32::try_from(std::fs::metadata(file)?.len() / 1000)?) / 1000.0)
}

fn row(what: &str, used: Use, database_ms: u64) {
    let seconds = used.wall.as_secs_f64();
    println!("{what:<36} {seconds:>8.2} {:>10} {database_ms:>12} {:>9}", used.cpu_ms, used.peak_kib / 1024);
}
