//! What the built program says of itself against what is written in `docs/`.

use std::path::Path;
use std::process::Command;

use crate::check::papers;
use crate::declic::{Profile, build};
use crate::regen::DERIVED;
use crate::shell::{Outcome, output, root};

/// Where the lifetime of every table is written.
const LIFETIMES: &str = "docs/data-retention.md";

/// Derived files that are not what the program prints, and tables without a lifetime.
pub fn faults() -> Outcome<Vec<String>> {
    let program = build(Profile::Dev)?;
    let mut faults = Vec::new();
    for derived in &DERIVED {
        let held = std::fs::read_to_string(derived.file()).unwrap_or_default();
        match derived.wanted(&program) {
            Ok(wanted) if wanted == held => {}
            Ok(_) => faults.push(format!("{} is not up to date: cargo xtask regen", derived.path)),
            Err(why) => faults.push(why.to_string()),
        }
    }
    let document = std::fs::read_to_string(root().join(LIFETIMES))?;
    match tables(&program) {
        Ok(tables) => faults.extend(without_lifetime(&tables, &document)),
        Err(why) => faults.push(why.to_string()),
    }
    Ok(faults)
}

/// Every table the migrations make: `declic tables` prints one name per line.
fn tables(program: &Path) -> Outcome<Vec<String>> {
    let text = output(Command::new(program).arg("tables"))?;
    let tables: Vec<String> =
        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(ToOwned::to_owned).collect();
    if tables.is_empty() { Err("declic tables names no table".into()) } else { Ok(tables) }
}

/// The tables that have no row in the document: data nobody knows when to delete. And rows that speak of no table.
fn without_lifetime(tables: &[String], document: &str) -> Vec<String> {
    let names: Vec<String> = papers::rows(document)
        .into_iter()
        .skip(1)
        .filter_map(|(_, cells)| cells.into_iter().next())
        .flat_map(|cell| {
            cell.split(',').map(|name| name.trim().trim_matches('`').to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let missing =
        tables.iter().filter(|table| !names.contains(table)).map(|t| format!("{LIFETIMES}: no row for {t}"));
    // A column may have a shorter lifetime than its table: `person.nir_sealed`.
    let known = |name: &str| tables.iter().any(|table| name.split('.').next() == Some(table.as_str()));
    let unknown =
        names.iter().filter(|name| !known(name)).map(|name| format!("{LIFETIMES}: no table {name}"));
    missing.chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_lifetime_and_every_lifetime_a_table() {
        let tables = ["person".to_owned(), "note".to_owned()];
        let document =
            "| table | lifetime |\n|---|---|\n| `person`, `household` | 2 years |\n| `person.nir` | 0 |\n";
        assert_eq!(
            without_lifetime(&tables, document),
            ["docs/data-retention.md: no row for note", "docs/data-retention.md: no table household"]
        );
    }
}
