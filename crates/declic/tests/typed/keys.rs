//! Secrets: one, then another, while the power fails; and a database from before telephones were sealed.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use testkit::process::Server;

/// A database and its secret, made by the version before values were sealed, and the files that came in.
const BEFORE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/before-sealing");

const OLD: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n";
const NEW: &str = "bm91dmVhdSBzZWNyZXQgZGUgdHJlbnRlLWRldXggISE=\n";

/// An installation of the département 55.
struct Place {
    folder: tempfile::TempDir,
    database: String,
}

impl Place {
    fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("database = \"sqlite:{}/55.db\"", folder.path().display());
        Self { folder, database }.with_secrets(&["old"])
    }

    fn on_postgres() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let schema = testkit::pg::fresh_schema();
        let database = format!("database = \"{}\"\nschema = \"{}\"", schema.url, schema.name);
        Self { folder, database }.with_secrets(&["old"])
    }

    /// Says which secrets there are, the one that writes first.
    fn with_secrets(self, names: &[&str]) -> Self {
        let here = self.folder.path().display();
        for (name, secret) in [("old", OLD), ("new", NEW)] {
            std::fs::write(self.path(name), secret).unwrap();
        }
        let files: Vec<String> = names.iter().map(|name| format!("\"{here}/{name}\"")).collect();
        let text = format!(
            "secret_file = [{}]\n[departments.55]\n{}\ndocuments = \"file:{here}/55-documents\"\n",
            files.join(", "),
            self.database
        );
        std::fs::write(self.path("declic.toml"), text).unwrap();
        self
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_declic"));
        command.args(words).args(["--config", &self.path("declic.toml")]);
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(&[words, &["--department", "55"]].concat()).output().unwrap()
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// A month and a day of claims, brought in.
    fn peopled(&self, households: &str) {
        self.command(&["migrate"]).output().unwrap();
        let (month, day) = (self.path("mois.xml"), self.path("jour.xml"));
        let month_words = ["generate", "beneficiaires", "--month", "2026-10", "--households", households];
        self.done(&[&month_words[..], &["--out", &month]].concat());
        let day_words = ["generate", "instruction", "--day", "2026-11-20", "--claims", "20"];
        self.done(&[&day_words[..], &["--out", &day]].concat());
        self.done(&["import", &month]);
        self.done(&["import", &day]);
    }

    fn remaining(&self) -> u64 {
        let status: Value = serde_json::from_str(&self.done(&["keys", "status", "--json"])).unwrap();
        status["remaining"].as_u64().unwrap()
    }
}

/// Starts a rotation and kills it once it said that it sealed a batch; `false` when it was over before it could be killed.
fn is_killed(place: &Place) -> bool {
    let mut child = place
        .command(&["keys", "rotate", "--department", "55"])
        .env("DECLIC_LOG", "info")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("sealed again")), "nothing was sealed again");
    child.kill().unwrap();
    child.wait().unwrap().signal() == Some(9)
}

fn rotation_story(place: Place) {
    place.peopled("120");
    let known = place.done(&["digest"]);
    let (mut first, mut second) = ("new", "old");
    let mut place = place.with_secrets(&[first, second]);
    let before = place.remaining();
    assert!(before > 250, "{before}");
    let (mut kills, mut left) = (0, Vec::new());
    while kills < 5 {
        // A machine may be so quick that a rotation ends under the kill: the next one goes the other way.
        if place.remaining() == 0 {
            place.done(&["keys", "rotate"]);
            (first, second) = (second, first);
            place = place.with_secrets(&[first, second]);
        }
        kills += usize::from(is_killed(&place));
        assert_eq!(place.done(&["digest"]), known);
        assert!(place.done(&["verify"]).contains("rien à signaler"));
        left.push(place.remaining());
    }
    assert!(left.iter().any(|n| *n > 0 && *n < before), "a kill in the middle: {left:?}");
    let told = place.done(&["keys", "rotate"]);
    assert!(told.contains("Plus rien n’est chiffré avec l’ancien secret"), "{told}");
    assert_eq!(place.remaining(), 0);
    let doctor = place.command(&["doctor"]).output().unwrap();
    assert!(String::from_utf8(doctor.stdout).unwrap().contains("retirez son fichier"));
    let place = place.with_secrets(&[first]);
    assert_eq!(place.done(&["digest"]), known);
    assert!(place.done(&["verify"]).contains("rien à signaler"));
    assert!(place.done(&["audit", "verify"]).contains("entier"));
    let place = place.with_secrets(&[second]);
    let sentence = place.refused(&["digest"]);
    assert!(sentence.contains("dont le secret n’est pas dans secret_file"), "{sentence}");
}

#[test]
fn a_rotation_killed_five_times_loses_nothing_on_sqlite() {
    rotation_story(Place::on_sqlite());
}

#[test]
fn a_rotation_killed_five_times_loses_nothing_on_postgresql() {
    rotation_story(Place::on_postgres());
}

#[test]
fn a_server_with_two_secrets_passes_to_the_first_by_itself_while_files_come_in() {
    let place = Place::on_sqlite();
    place.peopled("60");
    let place = place.with_secrets(&["new", "old"]);
    assert!(place.remaining() > 0);
    let config = place.path("declic.toml");
    let program = Path::new(env!("CARGO_BIN_EXE_declic"));
    let server = Server::start(program, &["serve", "--config", &config], Duration::from_mins(2)).unwrap();
    place.done(&["import", &place.path("mois.xml")]);
    let start = std::time::Instant::now();
    while place.remaining() > 0 {
        assert!(start.elapsed() < Duration::from_mins(2), "the rotation does not end");
    }
    assert!(server.stop().unwrap().success());
    let place = place.with_secrets(&["new"]);
    assert!(place.done(&["verify"]).contains("rien à signaler"));
}

/// What a database of the version before becomes.
fn sealing_story(place: &Place) {
    assert!(place.refused(&["digest"]).contains("declic migrate"));
    let migrated = place.command(&["migrate"]).output().unwrap();
    assert!(migrated.status.success(), "{}", String::from_utf8_lossy(&migrated.stderr));
    // The same files in a new database: the same is known.
    let new = Place::on_sqlite();
    for file in ["mois.xml", "jour.xml"] {
        new.done(&["import", &format!("{BEFORE}/{file}")]);
    }
    assert_eq!(place.done(&["digest"]), new.done(&["digest"]));
    assert!(place.done(&["verify"]).contains("rien à signaler"));
    // What a file says again is known again: the hashes of contents stay.
    let day = place.path("jour.xml");
    let text = std::fs::read(format!("{BEFORE}/jour.xml")).unwrap();
    std::fs::write(&day, [text, b"\n".to_vec()].concat()).unwrap();
    let report: Value = serde_json::from_str(&place.done(&["import", &day, "--json"])).unwrap();
    assert_eq!((&report["persons"]["created"], &report["persons"]["unchanged"]), (&0.into(), &6.into()));
}

#[test]
fn a_sqlite_database_from_before_is_sealed_and_keeps_no_page_in_clear() {
    let place = Place::on_sqlite();
    std::fs::copy(format!("{BEFORE}/secret"), place.path("old")).unwrap();
    let copied = place.path("55.db");
    std::fs::copy(format!("{BEFORE}/55.sqlite"), &copied).unwrap();
    let clear = ["chantal.foucher620000@courriel.example", "+3363998"];
    let seen = |text: &str| std::fs::read(&copied).unwrap().windows(text.len()).any(|w| w == text.as_bytes());
    assert!(clear.iter().all(|text| seen(text)));
    sealing_story(&place);
    assert!(clear.iter().all(|text| !seen(text)));
}

#[test]
fn a_postgresql_database_from_before_is_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let schema = testkit::pg::fresh_schema();
    let sql = std::fs::read_to_string(format!("{BEFORE}/55.sql")).unwrap().replace("@d55@", &schema.name);
    let script = folder.path().join("55.sql");
    std::fs::write(&script, sql).unwrap();
    let load = Command::new("psql")
        .args(["--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", &schema.url, "--file"])
        .arg(&script)
        .output()
        .unwrap();
    assert!(load.status.success(), "{}", String::from_utf8_lossy(&load.stderr));
    let database = format!("database = \"{}\"\nschema = \"{}\"", schema.url, schema.name);
    let place = Place { folder, database }.with_secrets(&["old"]);
    std::fs::copy(format!("{BEFORE}/secret"), place.path("old")).unwrap();
    sealing_story(&place);
}
