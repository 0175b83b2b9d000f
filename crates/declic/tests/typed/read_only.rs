//! A database that may be read and not written: one sentence, exit status 1, nothing changed.
//!
//! Permissions do not hold root back: when the tests are run by root, the program is run by an account without any right.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::process::{Command, Output};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/RSABEM.xml");
/// `nobody` of Debian.
const NOBODY: u32 = 65_534;

/// What a folder holds, byte by byte.
fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    files.map(|e| (e.file_name().to_string_lossy().into_owned(), fs::read(e.path()).unwrap())).collect()
}

/// The program, run by somebody whom permissions hold back.
fn held_back(program: &Path, words: &[&str]) -> Output {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.args(words).env_remove("DECLIC_CONFIG").output().unwrap()
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Tries to import, then to make an account, on data whose files have one mode and whose folder another.
fn tried(file_mode: u32, folder_mode: u32) {
    let whole = tempfile::tempdir().unwrap();
    set(whole.path(), 0o755);
    // Whoever is held back must be able to run the program and read the sample.
    let (program, sample) = (whole.path().join("declic"), whole.path().join("RSABEM.xml"));
    fs::copy(env!("CARGO_BIN_EXE_declic"), &program).unwrap();
    fs::copy(SAMPLE, &sample).unwrap();
    set(&sample, 0o644);
    let data = whole.path().join("data");
    let (data_text, sample) = (data.display().to_string(), sample.display().to_string());
    let made =
        ["token", "create", "--department", "52", "--name", "a", "--scope", "read", "--data", &data_text];
    assert!(Command::new(&program).args(made).output().unwrap().status.success());
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    for entry in fs::read_dir(&data).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            set(&entry.path(), file_mode);
        }
        if is_root {
            chown(entry.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    if is_root {
        chown(&data, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let before = bytes(&data);
    set(&data, folder_mode);
    let import = ["import", "--department", "52", "--data", &data_text, &sample];
    let user = ["user", "add", "--department", "52", "--email", "a@b.fr", "--name", "A", "--role", "dpo"];
    for words in [&import[..], &[&user[..], &["--data", &data_text]].concat()] {
        let output = held_back(&program, words);
        let sentence = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{words:?}: {sentence}");
        assert!(output.stdout.is_empty(), "{words:?}");
        assert_eq!(sentence.lines().count(), 1, "{words:?}: {sentence}");
        assert!(sentence.contains("lecture seule"), "{words:?}: {sentence}");
    }
    set(&data, 0o700);
    let after = bytes(&data);
    for (name, held) in &before {
        assert!(after.get(name) == Some(held), "{name} changed");
    }
    // Readers of SQLite share an index of the pages they see; it holds nothing of the pages themselves.
    let made = |name: &String| !before.contains_key(name) && !name.ends_with("-shm");
    for (name, held) in after.iter().filter(|(name, _)| made(name)) {
        assert!(held.is_empty(), "{name} was written: {} bytes", held.len());
    }
}

#[test]
fn a_database_file_that_may_not_be_written_is_told_and_left_as_it_is() {
    tried(0o400, 0o700);
}

#[test]
fn a_folder_that_may_not_be_written_is_told_and_left_as_it_is() {
    tried(0o400, 0o500);
}
