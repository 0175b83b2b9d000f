//! The program as it is typed: words, exit status, what is printed where.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/RSABEM.xml");

fn declic(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_declic"))
        .args(words)
        .arg("--data")
        .arg(data)
        .env_remove("DECLIC_CONFIG")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What the command printed; it must have succeeded.
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// The one sentence of a command that was refused.
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let sentence = text(&output.stderr);
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    sentence
}

fn digest(data: &Path, department: &str) -> String {
    let printed = done(&declic(data, &["digest", "--department", department]));
    printed.lines().last().unwrap().to_owned()
}

#[test]
fn wrong_words_are_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    for words in [
        vec![],
        vec!["simulate"],
        vec!["import", "--department", "52"],
        vec!["user", "add", "--department", "45", "--email", "a@b.fr", "--name", "A", "--role", "chef"],
        vec!["generate", "instruction", "--department", "45", "--day", "hier", "--claims", "1", "--out", "x"],
    ] {
        let output = declic(folder.path(), &words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(output.stdout.is_empty(), "{words:?}");
    }
    let nowhere = Command::new(env!("CARGO_BIN_EXE_declic"))
        .args(["digest", "--department", "45"])
        .current_dir(folder.path())
        .env_remove("DECLIC_CONFIG")
        .output()
        .unwrap();
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("--data"));
}

#[test]
fn a_missing_file_is_told_in_one_sentence_and_no_database_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = refused(&declic(folder.path(), &["import", "--department", "52", "absent.xml"]));
    assert!(sentence.contains("absent.xml"), "{sentence}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let sentence = refused(&declic(folder.path(), &["import", "--department", "20", SAMPLE]));
    assert!(sentence.contains("n’est pas le code d’un département"), "{sentence}");
}

#[test]
fn the_sample_is_imported_once_and_its_report_is_one_json_value() {
    let folder = tempfile::tempdir().unwrap();
    let import = || -> Value {
        let printed = done(&declic(folder.path(), &["import", "--department", "52", "--json", SAMPLE]));
        serde_json::from_str(&printed).unwrap()
    };
    let report = import();
    assert_eq!(report["kind"], "beneficiaires-monthly");
    assert_eq!(report["reference_date"], "2022-02-28");
    assert_eq!((&report["dossiers"]["read"], &report["dossiers"]["declared"]), (&2.into(), &1.into()));
    assert_eq!(report["warnings"][0]["code"], "trailer_count");
    let known = digest(folder.path(), "52");
    assert_eq!(known.len(), 64);
    assert_eq!(import()["already_imported"], true);
    assert_eq!(digest(folder.path(), "52"), known);
    assert!(done(&declic(folder.path(), &["verify"])).contains("rien à signaler"));
    assert!(done(&declic(folder.path(), &["audit", "verify", "--department", "52"])).contains("2 ligne(s)"));
}

#[test]
fn a_file_of_another_departement_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    done(&declic(
        folder.path(),
        &["token", "create", "--department", "45", "--name", "a", "--scope", "read"],
    ));
    let before = digest(folder.path(), "45");
    let output = declic(folder.path(), &["import", "--department", "45", "--json", SAMPLE]);
    refused(&output);
    assert!(output.stdout.is_empty());
    assert_eq!(digest(folder.path(), "45"), before);
}

#[test]
fn an_account_gets_a_link_a_token_stands_alone_and_the_data_are_their_owners() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let words =
        ["user", "add", "--department", "45", "--email", "a@loiret.example", "--name", "Ana Bel", "--role"];
    let printed = done(&declic(&data, &[&words[..], &["team_lead", "--territory", "orleans"]].concat()));
    let link = printed.lines().last().unwrap();
    let token = link.strip_prefix("http://127.0.0.1:8080/45/mot-de-passe/").unwrap();
    assert_eq!(token.len(), 43);
    let sentence = refused(&declic(&data, &[&words[..], &["admin"]].concat()));
    assert!(sentence.contains("existe déjà"), "{sentence}");
    let again =
        done(&declic(&data, &["user", "invite", "--department", "45", "--email", "a@loiret.example"]));
    assert!(!again.contains(token));
    let printed = done(&declic(
        &data,
        &["token", "create", "--department", "45", "--name", "Portail", "--scope", "write"],
    ));
    assert!(printed.lines().last().unwrap().starts_with("declic_"));
    for private in ["secret", "45.db"] {
        let mode = std::fs::metadata(data.join(private)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{private}");
    }
    assert!(done(&declic(&data, &["doctor"])).contains("elle est à jour"));
    std::fs::set_permissions(data.join("secret"), PermissionsExt::from_mode(0o644)).unwrap();
    let output = declic(&data, &["doctor"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("chmod 600"));
}

#[test]
fn made_up_files_depend_on_their_seed_only_and_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let make = |name: &str, seed: &str| {
        let out = folder.path().join(name);
        let words =
            ["generate", "beneficiaires", "--department", "45", "--households", "30", "--month", "2026-10"];
        let out_text = out.display().to_string();
        done(&declic(folder.path(), &[&words[..], &["--seed", seed, "--out", &out_text]].concat()));
        (std::fs::read(&out).unwrap(), out_text)
    };
    let (first, path) = make("a.xml", "7");
    assert_eq!(make("b.xml", "7").0, first);
    assert_ne!(make("c.xml", "8").0, first);
    let printed = done(&declic(folder.path(), &["import", "--department", "45", &path]));
    assert!(printed.contains("30 lus, 30 acceptés"), "{printed}");
    let parsed = done(&declic(folder.path(), &["bench-parse", &path]));
    assert!(parsed.starts_with("30 dossiers"), "{parsed}");
}

#[test]
fn routes_tables_and_the_description_of_the_api_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let routes: Value = serde_json::from_str(&done(&declic(folder.path(), &["routes", "--json"]))).unwrap();
    let routes = routes.as_array().unwrap();
    assert!(!routes.is_empty());
    for route in routes {
        assert!(["method", "path", "access"].iter().all(|key| route[key].is_string()), "{route}");
    }
    let api: Value = serde_json::from_str(&done(&declic(folder.path(), &["openapi"]))).unwrap();
    assert!(api.is_object());
    let tables = done(&declic(folder.path(), &["tables"]));
    assert!(tables.lines().any(|table| table == "person"));
}
