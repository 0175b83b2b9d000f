//! Backups come back whole or not at all, on both engines.

use std::path::Path;
use std::process::{Command, Output};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/RSABEM.xml");

/// An installation of the département 52 with the people of the sample.
struct Place {
    folder: tempfile::TempDir,
    words: Vec<String>,
}

impl Place {
    fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let words = vec!["--data".to_owned(), folder.path().display().to_string()];
        Self { folder, words }
    }

    fn on_postgres() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let schema = testkit::pg::fresh_schema();
        let here = folder.path().display();
        std::fs::write(folder.path().join("secret"), "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n")
            .unwrap();
        let text = format!(
            "secret_file = \"{here}/secret\"\n[departments.52]\ndatabase = \"{}\"\nschema = \"{}\"\n\
             documents = \"file:{here}/52-documents\"\n",
            schema.url, schema.name
        );
        let config = folder.path().join("declic.toml");
        std::fs::write(&config, text).unwrap();
        let words = vec!["--config".to_owned(), config.display().to_string()];
        Self { folder, words }
    }

    fn run(&self, words: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_declic");
        Command::new(program).args(words).args(["--department", "52"]).args(&self.words).output().unwrap()
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

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

fn write(path: &str, text: &str) {
    std::fs::create_dir_all(Path::new(path).parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn story(place: &Place) {
    place.done(&["import", SAMPLE]);
    write(&place.path("52-documents/a/b"), "un document");
    let (known, file) = (place.done(&["digest"]), place.path("sauvegarde"));
    place.done(&["backup", &file]);

    place.done(&["user", "add", "--email", "a@b.fr", "--name", "A B", "--role", "admin"]);
    write(&place.path("52-documents/a/b"), "changé");
    write(&place.path("52-documents/c"), "venu après");
    assert!(place.refused(&["restore", &file]).contains("--force"));
    place.done(&["restore", "--force", &file]);
    assert_eq!(place.done(&["digest"]), known);
    assert_eq!(std::fs::read_to_string(place.path("52-documents/a/b")).unwrap(), "un document");
    assert!(!Path::new(&place.path("52-documents/c")).exists());
    assert!(place.done(&["verify"]).contains("rien à signaler"));
    assert!(place.done(&["audit", "verify"]).contains("2 ligne(s)"), "the import and the restore");
    place.done(&["user", "add", "--email", "a@b.fr", "--name", "A B", "--role", "admin"]);

    let mut changed = std::fs::read(&file).unwrap();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&file, changed).unwrap();
    let known = place.done(&["digest"]);
    assert!(place.refused(&["restore", "--force", &file]).contains("Rien n’a été remplacé"));
    assert_eq!(place.done(&["digest"]), known);
    let left: Vec<_> =
        std::fs::read_dir(place.folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("restored")), "{left:?}");
}

#[test]
fn a_backup_of_sqlite_comes_back_and_a_changed_one_does_not() {
    story(&Place::on_sqlite());
}

#[test]
fn a_backup_of_postgresql_comes_back_and_a_changed_one_does_not() {
    story(&Place::on_postgres());
}

#[test]
fn a_backup_comes_back_on_another_machine_with_its_secret_only() {
    let (from, to) = (Place::on_sqlite(), Place::on_sqlite());
    from.done(&["import", SAMPLE]);
    let file = from.path("sauvegarde");
    from.done(&["backup", &file]);
    to.done(&["user", "add", "--email", "a@b.fr", "--name", "A B", "--role", "admin"]);
    assert!(to.refused(&["restore", "--force", &file]).contains("secret"));
    let to = Place::on_sqlite();
    assert!(to.refused(&["restore", &file]).contains("secret"));
    std::fs::copy(from.path("secret"), to.path("secret")).unwrap();
    to.done(&["restore", &file]);
    assert_eq!(to.done(&["digest"]), from.done(&["digest"]));
}
