//! Makes up a flux (`make FILE HOUSEHOLDS`) or measures its reading (`read FILE`).

use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let argument = |i: usize| arguments.get(i).map_or("", String::as_str);
    let mut out = std::io::stderr();
    match argument(1) {
        "make" => {
            let order = exchange::generate::GenerateBeneficiaires {
                department: "45".to_owned(),
                households: argument(3).parse()?,
                month: "2026-10-01".parse()?,
                daily: None,
                seed: 1,
                drift_percent: argument(4).parse().unwrap_or(0.0),
            };
            let mut file = std::io::BufWriter::new(std::fs::File::create(argument(2))?);
            writeln!(out, "{:?}", exchange::generate::beneficiaires(&order, &mut file)?)?;
        }
        _ => {
            let expect = exchange::caf::Expect { department: "45".to_owned(), today: "2026-11-26".parse()? };
            let start = std::time::Instant::now();
            let (bytes, dossiers) = exchange::caf::bench_parse(std::fs::File::open(argument(2))?, expect)?;
            let seconds = start.elapsed().as_secs_f64();
            #[expect(clippy::cast_precision_loss, reason = "a measurement")]
            let speed = bytes as f64 / 1e6 / seconds;
            writeln!(out, "{bytes} bytes, {dossiers} dossiers, {seconds:.3} s, {speed:.0} MB/s")?;
            let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
            for line in status.lines().filter(|l| l.starts_with("VmHWM")) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}
