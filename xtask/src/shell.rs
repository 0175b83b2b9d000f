//! Running other programs from the root of the project, and finding or installing them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What a task gives: nothing, or one sentence that says what to do.
pub type Outcome<T = ()> = Result<T, testkit::process::Failure>;

/// The root of the project: the folder above this crate.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// `cargo` itself: the one that runs us, when there is one.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// `git` at the root of the project.
pub fn git(arguments: &[&str]) -> Outcome<String> {
    let mut command = Command::new("git");
    output(command.current_dir(root()).args(arguments))
}

/// Runs a command whose words go straight to the terminal.
///
/// # Errors
/// When it cannot be started or does not end with 0.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{}: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command)).into()) }
}

/// Runs a command and gives its standard output; its standard error is in the message when it fails.
///
/// # Errors
/// When it cannot be started, does not end with 0, or does not write UTF-8.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = collect(command)?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{} failed ({}): {}", name(command), output.status, said.trim()).into())
}

/// Runs a command and gives its status with all it wrote.
///
/// # Errors
/// When it cannot be started.
pub fn collect(command: &mut Command) -> Outcome<Output> {
    Ok(command.output().map_err(|error| format!("{}: {error}", name(command)))?)
}

/// The words of a command, for messages.
fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let words = command.get_args().take(4).map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program.into_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// A program from Debian that a task needs.
pub struct Need {
    /// Words for messages.
    pub what: &'static str,
    /// Debian packages that bring it.
    pub packages: &'static [&'static str],
    /// Whether it is there.
    pub present: fn() -> bool,
}

/// PostgreSQL's server programs, recent enough.
pub const POSTGRES: Need =
    Need { what: "PostgreSQL", packages: &["postgresql"], present: || testkit::pg::binaries().is_some() };

/// The browser and the program that drives it.
pub const BROWSER: Need = Need {
    what: "Chromium and chromedriver",
    packages: &["chromium", "chromium-driver"],
    present: || testkit::browser::programs().is_some(),
};

/// What runs the OpenID provider of the tests.
pub const NODE: Need = Need {
    what: "Node.js and npm",
    packages: &["nodejs", "npm"],
    present: || testkit::oidc::programs().is_some(),
};

/// The programs that read the letters again.
pub const POPPLER: Need = Need {
    what: "the programs of poppler",
    packages: &["poppler-utils"],
    present: || present("pdfinfo") && present("pdftotext") && present("pdffonts"),
};

/// The load generator of `bench pages`.
pub const WRK: Need = Need { what: "wrk", packages: &["wrk"], present: || present("wrk") };

fn present(program: &str) -> bool {
    testkit::process::find(program, &[]).is_some()
}

/// Installs with `apt-get` what is missing, when we may; else says what to type.
///
/// # Errors
/// When something is still missing at the end.
pub fn require(needs: &[Need]) -> Outcome {
    let missing = || needs.iter().filter(|need| !(need.present)()).collect::<Vec<_>>();
    let lacking = missing();
    if lacking.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = lacking.iter().flat_map(|need| need.packages).copied().collect();
    let may = present("apt-get") && output(Command::new("id").arg("-u"))?.trim() == "0";
    if may {
        println!("Installing {}", packages.join(" "));
        let apt = || {
            let mut command = Command::new("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
            command
        };
        run(apt().arg("update"))?;
        run(apt().args(["install", "-y", "--no-install-recommends"]).args(&packages))?;
    }
    match missing().as_slice() {
        [] => Ok(()),
        still => {
            let what: Vec<&str> = still.iter().map(|need| need.what).collect();
            let line = format!("apt-get update && apt-get install -y {}", packages.join(" "));
            Err(format!("not found: {}. On Debian, as root: {line}", what.join(", ")).into())
        }
    }
}
