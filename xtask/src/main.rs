//! The commands of developers: `cargo xtask test`, `check`, `regen`, `bench`, `chaos`, `fuzz`, `screenshots`.
//!
//! What a command needs and the machine lacks is installed when that can be done (root on Debian), or named in an error
//! with the line to type. CI runs `.ci/run`, which is `test`, a short `fuzz`, then `check`.

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

mod bench;
mod chaos;
mod check;
mod declic;
mod fuzz;
mod measure;
mod regen;
mod screenshots;
mod shell;
mod suite;
mod visitor;

#[derive(Parser)]
#[command(name = "xtask", about = "Commands of Déclic's developers", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build, then run every test on SQLite, PostgreSQL and Chromium
    Test {
        /// Only the tests whose name contains one of these
        filters: Vec<String>,
    },
    /// Formatting, lints, documentation, licences, structure, budgets, derived files
    Check,
    /// Rewrite the derived files: docs/routes.json and docs/openapi.json
    Regen,
    /// Measure, on made-up data; figures are printed and never fail
    #[command(subcommand)]
    Bench(Bench),
    /// Kill imports at random instants, then look for what was lost or doubled
    Chaos(chaos::Options),
    /// Any bytes to every reader: panics and broken promises
    Fuzz(fuzz::Options),
    /// Pictures of the demo's pages at 1280 and 360 pixels
    Screenshots(screenshots::Options),
}

#[derive(Subcommand)]
enum Bench {
    /// Parsing, first import, next month and memory, on both engines
    Import {
        /// Households in the file
        #[arg(long, default_value_t = 16_000)]
        households: u32,
    },
    /// CPU per request, p99 and memory of the main pages
    Pages(bench::pages::Options),
    /// Time of `declic verify`
    Verify {
        /// Households in the département
        #[arg(long, default_value_t = 16_000)]
        households: u32,
    },
}

/// Which database a command works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A schema of a server started for the occasion.
    Postgres,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Test { filters } => suite::run_tests(&filters),
        Task::Check => check::check(),
        Task::Regen => regen::run(),
        Task::Bench(Bench::Import { households }) => bench::import::run(households),
        Task::Bench(Bench::Pages(options)) => bench::pages::run(&options),
        Task::Bench(Bench::Verify { households }) => bench::verify::run(households),
        Task::Chaos(options) => chaos::run(&options),
        Task::Fuzz(options) => fuzz::run_targets(&options),
        Task::Screenshots(options) => screenshots::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
