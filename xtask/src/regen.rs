//! `cargo xtask regen`: the files that are written by the program itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::declic::{Profile, build};
use crate::shell::{Outcome, output, root};

/// A file of `docs/` and the command whose output it is.
pub struct Derived {
    /// Path from the root.
    pub path: &'static str,
    /// Words after `declic`.
    pub words: &'static [&'static str],
}

/// Every derived file.
pub const DERIVED: [Derived; 2] = [
    Derived { path: "docs/routes.json", words: &["routes", "--json"] },
    Derived { path: "docs/openapi.json", words: &["openapi"] },
];

impl Derived {
    /// Where the file lies.
    pub fn file(&self) -> PathBuf {
        root().join(self.path)
    }

    /// What the program says it must hold: its JSON, indented so that a review reads it line by line.
    ///
    /// # Errors
    /// When the command fails or does not print JSON.
    pub fn wanted(&self, program: &Path) -> Outcome<String> {
        let text = output(Command::new(program).args(self.words))?;
        let value: serde_json::Value = serde_json::from_str(&text)?;
        Ok(serde_json::to_string_pretty(&value)? + "\n")
    }
}

/// Rewrites every derived file that differs.
///
/// # Errors
/// When the program does not compile, fails, or a file cannot be written.
pub fn run() -> Outcome {
    let program = build(Profile::Dev)?;
    for derived in &DERIVED {
        let wanted = derived.wanted(&program)?;
        let same = std::fs::read_to_string(derived.file()).is_ok_and(|held| held == wanted);
        if !same {
            std::fs::create_dir_all(root().join("docs"))?;
            std::fs::write(derived.file(), wanted)?;
        }
        println!("{} {}", derived.path, if same { "unchanged" } else { "rewritten" });
    }
    Ok(())
}
