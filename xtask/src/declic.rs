//! The program under test: built, then run with its commands.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, cargo, output, run};

/// How the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// With the checks of development, together with every test: `cargo test` then finds all of it done. Building the
    /// program alone would choose other features of its dependencies and compile them a second time.
    Dev,
    /// As shipped: the only one worth measuring.
    Release,
}

/// Builds the program and gives its path.
///
/// # Errors
/// When it does not compile.
pub fn build(profile: Profile) -> Outcome<PathBuf> {
    let (words, folder): (&[&str], _) = match profile {
        Profile::Dev => (&["--workspace", "--bins", "--tests"], "debug"),
        Profile::Release => (&["--package", "declic", "--release"], "release"),
    };
    run(cargo().arg("build").args(words))?;
    Ok(target()?.join(folder).join("declic"))
}

/// The folder cargo builds into, wherever the developer has put it.
fn target() -> Outcome<PathBuf> {
    let metadata = output(cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    let folder = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    Ok(PathBuf::from(folder.ok_or("cargo metadata names no target folder")?))
}

/// The département of measures and chaos.
pub const DEPARTMENT: &str = "45";

/// The program on one département's database, for the tasks that import and compare.
#[derive(Clone, Debug)]
pub struct Declic {
    /// Path of the program.
    pub program: PathBuf,
    /// Path of its configuration.
    pub config: String,
}

impl Declic {
    /// On an empty database, migrated, whose files lie in `folder`; on a schema named after the folder when `server` is
    /// the address of a PostgreSQL server.
    ///
    /// # Errors
    /// When the configuration cannot be written or the database not made.
    pub fn prepare(program: &Path, folder: &Path, server: Option<&str>) -> Outcome<Self> {
        std::fs::create_dir_all(folder)?;
        let shown = folder.display();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
        let database = match server {
            Some(url) => format!("database = \"{url}\"\nschema = \"{name}\""),
            None => format!("database = \"sqlite:{shown}/{DEPARTMENT}.db\""),
        };
        // 32 bytes of a made-up secret: nothing here is anybody's.
        std::fs::write(folder.join("secret"), "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n")?;
        std::fs::set_permissions(folder.join("secret"), std::fs::Permissions::from_mode(0o600))?;
        let text = format!(
            "public_url = \"http://127.0.0.1\"\nsecret_file = \"{shown}/secret\"\n\n[departments.{DEPARTMENT}]\n\
             name = \"Loiret\"\ntimezone = \"Europe/Paris\"\n{database}\ndocuments = \"file:{shown}/documents\"\n\n\
             [mail]\ndirectory = \"{shown}/outbox\"\n"
        );
        let file = folder.join("declic.toml");
        std::fs::write(&file, text)?;
        let declic = Self { program: program.to_owned(), config: file.display().to_string() };
        output(&mut declic.command(&["migrate"]))?;
        Ok(declic)
    }

    /// A command of the program with its configuration.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words).args(["--config", &self.config]);
        command
    }

    /// A command on our département.
    pub fn on_department(&self, words: &[&str]) -> Command {
        let mut command = self.command(words);
        command.args(["--department", DEPARTMENT]);
        command
    }

    /// The command that imports `file`.
    pub fn import(&self, file: &Path) -> Command {
        let mut command = self.on_department(&["import", "--json"]);
        command.arg(file);
        command
    }

    /// The digest: last line of `declic digest`.
    ///
    /// # Errors
    /// When the command fails.
    pub fn digest(&self) -> Outcome<String> {
        let text = output(&mut self.on_department(&["digest"]))?;
        Ok(text.lines().last().unwrap_or_default().to_owned())
    }
}

/// A made-up monthly file.
pub struct Month<'a> {
    /// Households in it.
    pub households: u32,
    /// Its name, as `2026-10`.
    pub name: &'a str,
    /// Share of the households that differ from the first month, in per cent.
    pub drift_percent: u32,
}

/// Writes a made-up monthly file with seed 1.
///
/// # Errors
/// When the program fails.
pub fn generate(program: &Path, month: &Month<'_>, out: &Path) -> Outcome {
    let mut command = Command::new(program);
    command.args(["generate", "beneficiaires", "--department", DEPARTMENT, "--seed", "1"]);
    command.args(["--households", &month.households.to_string(), "--month", month.name]);
    if month.drift_percent > 0 {
        command.args(["--drift", &month.drift_percent.to_string()]);
    }
    output(command.arg("--out").arg(out)).map(drop)
}
