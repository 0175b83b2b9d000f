//! `declic generate`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use app::intake::generate::{self, GenerateBeneficiaires, GenerateInstruction, Summary};
use chrono::NaiveDate;

use crate::commands::say;
use crate::failure::{Failure, Outcome};

/// What the made-up month or day looks like.
#[derive(Debug)]
pub struct Beneficiaires {
    /// How many households.
    pub households: u32,
    /// The first day of the month described.
    pub month: NaiveDate,
    /// The day of a daily file.
    pub daily: Option<NaiveDate>,
    /// The population.
    pub seed: u64,
    /// Per cent of the households that changed.
    pub drift: f64,
}

/// Writes a made-up flux of bénéficiaires.
///
/// # Errors
/// When the file cannot be written, or the département is unknown.
pub fn beneficiaires(department: String, order: &Beneficiaires, out: &Path) -> Outcome {
    let order = GenerateBeneficiaires {
        department,
        households: order.households,
        month: order.month,
        daily: order.daily,
        seed: order.seed,
        drift_percent: order.drift,
        named: Vec::new(),
    };
    write(out, |file| generate::beneficiaires(&order, file))
}

/// Writes a made-up flux of claims.
///
/// # Errors
/// When the file cannot be written, or the département is unknown.
pub fn instruction(department: String, day: NaiveDate, claims: u32, seed: u64, out: &Path) -> Outcome {
    let order = GenerateInstruction { department, day, claims, seed, named: Vec::new() };
    write(out, |file| generate::instruction(&order, file))
}

fn write(out: &Path, make: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<Summary>) -> Outcome {
    let fail = |error| Failure::file("Le fichier ne peut pas être écrit", out, &error);
    let mut file = BufWriter::new(File::create(out).map_err(fail)?);
    let summary = make(&mut file).and_then(|summary| file.flush().map(|()| summary)).map_err(fail)?;
    say(format_args!(
        "{} dossiers, {} adultes (dont {} soumis aux droits et devoirs), {} enfants, {} octets.",
        summary.dossiers, summary.adults, summary.subject, summary.children, summary.bytes
    ))
}
