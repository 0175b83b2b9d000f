//! The `declic` program: configuration, wiring, commands.
//!
//! | Module | Question it answers |
//! |---|---|
//! | [`cli`] | which words does it understand? |
//! | [`config`], [`secret`] | where is everything, and with which keys? |
//! | [`means`] | which clock, which identifiers, which databases? |
//! | [`lock`] | is another server at work on the same data? |
//! | [`commands`] | what does each command do? |
//! | [`backup`] | what is in a backup, and how does it come back? |
//! | [`demo`] | what does the demonstration show? |
//!
//! Exit status: 0 done, 1 refused or failed with one sentence on the standard error, 2 wrong usage.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

/// An import makes and frees millions of small texts on three threads; the system's allocator spends a fifth of the time
/// on it (`perf record`, `docs/quality.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod backup;
mod bucket;
mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod jobs;
mod lock;
mod means;
mod secret;
mod signals;
mod site;
mod texts;

use failure::Failure;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    start_logs(cli.command.is_server());
    quiet_panics();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(commands::run(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if failure.speaks() {
                // Nobody reads the sentence when the standard error is closed; the exit status still tells.
                let _ = writeln!(std::io::stderr(), "{failure}");
            }
            ExitCode::from(failure.exit_status())
        }
    }
}

/// A panic is told by its place alone: its message may hold what somebody typed. `RUST_BACKTRACE` gives it back whole, to
/// who repairs.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(panic.place = %place, "a panic: please report this place");
        }));
    }
}

/// Logs on the standard error, of what `DECLIC_LOG` asks for; never personal data.
fn start_logs(server: bool) {
    let usual = if server { "info,sqlx=warn,sea_orm_migration=warn" } else { "warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("DECLIC_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}
