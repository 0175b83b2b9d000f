//! The database of a backup on PostgreSQL: made and read by PostgreSQL's own programs.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Outcome};

/// Writes one schema in PostgreSQL's custom format.
///
/// # Errors
/// When `pg_dump` is not installed or fails; its own words are in the sentence.
pub fn dump(url: &str, schema: &str, out: &Path) -> Outcome {
    let mut command = on("pg_dump", url);
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--schema", schema, "--file"]).arg(out);
    run(command, "pg_dump")
}

/// Reads a schema back, all or nothing; it must not exist.
///
/// # Errors
/// When `pg_restore` is not installed or fails; its own words are in the sentence.
pub fn load(url: &str, dump: &Path) -> Outcome {
    let mut command = on("pg_restore", url);
    command.args(["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]).arg(dump);
    run(command, "pg_restore")
}

/// A program of PostgreSQL on this database; the password goes by the environment, where other users do not see it.
fn on(program: &str, url: &str) -> Command {
    let (url, password) = without_password(url);
    let mut command = Command::new(program);
    command.arg("--dbname").arg(url);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    command
}

fn run(mut command: Command, program: &str) -> Outcome {
    let output = command.output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::new(format!(
            "Le programme {program} est introuvable. Installez les outils clients de PostgreSQL (postgresql-client)."
        )),
        _ => Failure::new(format!("Le programme {program} ne démarre pas ({error}).")),
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!("{program} a échoué : {}", said.trim().replace('\n', " "))))
}

/// `postgres://user:password@host/base` without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let split = || {
        let (scheme, rest) = url.split_once("://")?;
        let (user, host) = rest.split_once('@')?;
        let (user, password) = user.split_once(':')?;
        Some((format!("{scheme}://{user}@{host}"), percent_decoded(password)))
    };
    match split() {
        Some((url, password)) => (url, Some(password)),
        None => (url.to_owned(), None),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(b'%'));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_never_stands_on_the_command_line() {
        let split = |url| without_password(url);
        assert_eq!(split("postgres://u@h/d"), ("postgres://u@h/d".to_owned(), None));
        assert_eq!(
            split("postgres://u:p%40ss%C3%A9@h:5433/d?sslmode=require"),
            ("postgres://u@h:5433/d?sslmode=require".to_owned(), Some("p@ssé".to_owned()))
        );
    }
}
