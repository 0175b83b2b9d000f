//! What each command does, one file for each family.

use std::io::Write as _;

use app::privacy::retention::Mode;

use crate::cli::{Audit, Cli, Command, Generate, Keys, Messages, Retention, Simulate, Token, Transfer, User};
use crate::config::Config;
use crate::failure::{Failure, Outcome};
use crate::{backup, demo};

mod accounts;
mod audit;
mod describe;
mod doctor;
mod generate;
mod import;
mod keys;
mod messages;
mod migrate;
mod retention;
mod serve;
mod simulate;
mod transfer;
mod verify;

/// Runs the command.
///
/// # Errors
/// The sentence and the exit status of what did not work.
pub async fn run(cli: Cli) -> Outcome {
    let place = cli.place;
    let config = || Config::find(&place);
    match cli.command {
        Command::Demo(words) => Box::pin(demo::run(place.data.clone(), words)).await,
        Command::Serve { listen, no_jobs } => serve::serve(config()?, listen, no_jobs).await,
        Command::Worker => serve::worker(config()?).await,
        Command::Migrate => migrate::migrate(&config()?).await,
        Command::Doctor => doctor::doctor(&place).await,
        Command::Import { department, file, profile, json } => {
            import::import(&config()?, &department.code, &file, profile, json).await
        }
        Command::Generate(Generate::Beneficiaires {
            department,
            households,
            month,
            daily,
            seed,
            drift,
            out,
        }) => {
            let order = generate::Beneficiaires { households, month, daily, seed, drift };
            generate::beneficiaires(department.code, &order, &out)
        }
        Command::Generate(Generate::Instruction { department, day, claims, seed, out }) => {
            generate::instruction(department.code, day, claims, seed, &out)
        }
        Command::Backup { department, file } => backup::backup(&config()?, &department.code, &file).await,
        Command::Restore { department, file, force } => {
            backup::restore(&config()?, &department.code, &file, force).await
        }
        Command::Verify { department } => verify::verify(&config()?, department.as_deref()).await,
        Command::Simulate(Simulate::Orientation { department, cases, json }) => {
            simulate::orientation(&config()?, &department.code, &cases, json).await
        }
        Command::Digest { department } => verify::digest(&config()?, &department.code).await,
        Command::User(User::Add { department, email, name, role, territory }) => {
            let role = app::access::NewRole::of(role).on(territory);
            let new = app::access::NewUser { email, name, role };
            accounts::add_user(&config()?, &department.code, new).await
        }
        Command::User(User::Invite { department, email }) => {
            accounts::invite_user(&config()?, &department.code, &email).await
        }
        Command::Token(Token::Create { department, name, scope, expires }) => {
            let new = app::access::NewToken { name, scope, last_day: expires };
            accounts::create_token(&config()?, &department.code, new).await
        }
        Command::Retention(Retention::Run { department, dry_run, json }) => {
            let mode = if dry_run { Mode::DryRun } else { Mode::Run };
            retention::run(&config()?, &department.code, mode, json).await
        }
        Command::Transfer(words) => transfers(&config()?, words).await,
        Command::Messages(Messages::Bounce { department }) => {
            messages::bounce(&config()?, &department.code).await
        }
        Command::Keys(Keys::Status { department, json }) => {
            keys::status(&config()?, &department.code, json).await
        }
        Command::Keys(Keys::Rotate { department }) => keys::rotate(&config()?, &department.code).await,
        Command::Audit(Audit::Verify { department, seal }) => {
            audit::verify(&config()?, &department.code, seal).await
        }
        Command::Audit(Audit::Seal { department }) => audit::seal(&config()?, &department.code).await,
        Command::Routes { json } => describe::routes(json),
        Command::Openapi => describe::openapi(),
        Command::BenchParse { file, department } => describe::bench_parse(&file, department),
        Command::Tables => describe::tables(),
    }
}

async fn transfers(config: &Config, words: Transfer) -> Outcome {
    match words {
        Transfer::Key { department, add } => transfer::key(config, &department.code, add.as_deref()).await,
        Transfer::Export { department, person, to, reason, out } => {
            let input = app::people::transfer::TransferInput { to, reason };
            transfer::export(config, &department.code, person, &input, &out).await
        }
        Transfer::Import { department, file, territory, json } => {
            transfer::import(config, &department.code, &file, territory.as_deref(), json).await
        }
        Transfer::Close { department, transfer, receipt } => {
            transfer::close(config, &department.code, transfer, receipt).await
        }
    }
}

/// Writes a line on the standard output.
///
/// # Errors
/// When nobody reads any more.
pub fn say(line: impl std::fmt::Display) -> Outcome {
    writeln!(std::io::stdout(), "{line}").map_err(|error| match error.kind() {
        std::io::ErrorKind::BrokenPipe => Failure::nobody_reads(),
        _ => Failure::new(format!("La sortie ne peut pas être écrite ({error}).")),
    })
}
