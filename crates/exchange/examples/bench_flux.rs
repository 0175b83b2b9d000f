//! Makes up a flux (`make FILE HOUSEHOLDS [DRIFT]`) or measures its reading (`read FILE`).

use std::error::Error;
use std::io::{BufWriter, Write as _};
use std::time::Instant;

use exchange::caf::{Expect, bench_parse};
use exchange::generate::{GenerateBeneficiaires, beneficiaires};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let argument = |i: usize| arguments.get(i).map_or("", String::as_str);
    if argument(1) == "make" {
        make(argument(2), argument(3).parse()?, argument(4).parse().unwrap_or(0.0))
    } else {
        read(argument(2))
    }
}

fn make(path: &str, households: u32, drift_percent: f64) -> Result<(), Box<dyn Error>> {
    let order = GenerateBeneficiaires {
        department: "45".to_owned(),
        households,
        month: "2026-10-01".parse()?,
        daily: None,
        seed: 1,
        drift_percent,
        named: Vec::new(),
    };
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    writeln!(std::io::stderr(), "{:?}", beneficiaires(&order, &mut file)?)?;
    Ok(())
}

fn read(path: &str) -> Result<(), Box<dyn Error>> {
    let expect = Expect { department: "45".to_owned(), today: "2026-11-26".parse()? };
    let start = Instant::now();
    let (bytes, dossiers) = bench_parse(std::fs::File::open(path)?, expect)?;
    let micros = start.elapsed().as_micros().max(1);
    let speed = u128::from(bytes) / micros;
    let mut out = std::io::stderr();
    writeln!(out, "{bytes} bytes, {dossiers} dossiers, {} ms, {speed} MB/s", micros / 1000)?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|l| l.starts_with("VmHWM")) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
