//! What the program says of itself: routes, API, tables; and the measure of reading alone.

use std::path::Path;
use std::time::Instant;

use app::domain::time::zone_of_department;
use app::intake::flux::{Expect, bench_parse as parse};

use crate::commands::say;
use crate::failure::{Failure, Outcome};
use crate::means;

/// Prints every route.
///
/// # Errors
/// When nobody reads any more.
pub fn routes(json: bool) -> Outcome {
    let routes = web::routes_table();
    if json {
        return say(serde_json::to_string(&routes)?);
    }
    for route in routes {
        say(format_args!("{:<7} {:<60} {}", route.method, route.path, route.access))?;
    }
    Ok(())
}

/// Prints the description of the API.
///
/// # Errors
/// When nobody reads any more.
pub fn openapi() -> Outcome {
    say(web::openapi())
}

/// Prints the name of every table.
///
/// # Errors
/// When nobody reads any more.
pub fn tables() -> Outcome {
    say(store::migration::TABLES.join("\n"))
}

/// Reads a flux, keeps nothing, and prints how long it took.
///
/// # Errors
/// When the flux is refused.
pub fn bench_parse(file: &Path, department: String) -> Outcome {
    let input = std::fs::File::open(file)
        .map_err(|error| Failure::file("Le fichier ne peut pas être ouvert", file, &error))?;
    let today = means::clock().today(zone_of_department(&department));
    let start = Instant::now();
    let (bytes, dossiers) = parse(input, Expect { department, today })?;
    let milliseconds = start.elapsed().as_millis().max(1);
    let rate = u128::from(bytes) / milliseconds / 1_000;
    say(format_args!("{dossiers} dossiers, {bytes} octets, {milliseconds} ms, {rate} Mo/s"))
}
