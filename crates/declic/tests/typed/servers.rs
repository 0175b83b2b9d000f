//! Servers: one at a time on the same data, the demonstration on its own data only.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use testkit::process::Server;

const PATIENCE: Duration = Duration::from_mins(2);

fn start(words: &[&str]) -> Server {
    Server::start(&PathBuf::from(env!("CARGO_BIN_EXE_declic")), words, PATIENCE).unwrap()
}

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_declic")).args(words).output().unwrap()
}

fn refused(words: &[&str]) -> String {
    let output = run(words);
    assert_eq!(output.status.code(), Some(1), "{words:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn digest(data: &str) -> Vec<u8> {
    run(&["digest", "--data", data, "--department", "55"]).stdout
}

#[test]
fn a_second_server_is_refused_other_commands_run_beside_and_the_end_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    assert!(refused(&["serve", "--data", &data]).contains("Aucun département"));
    let token = ["token", "create", "--data", &data, "--department", "55", "--name", "a", "--scope", "read"];
    assert!(run(&token).status.success());
    let server = start(&["serve", "--data", &data]);
    for words in
        [vec!["serve", "--listen", "127.0.0.1:0"], vec!["worker"], vec!["demo", "--listen", "127.0.0.1:0"]]
    {
        let sentence = refused(&[&words[..], &["--data", &data]].concat());
        assert!(sentence.contains("sert déjà"), "{words:?}: {sentence}");
    }
    assert!(run(&token).status.success());
    assert!(run(&["verify", "--data", &data]).status.success());
    let port = server.url.rsplit(':').next().unwrap().to_owned();
    let elsewhere = tempfile::tempdir().unwrap();
    let other = elsewhere.path().display().to_string();
    let address = format!("127.0.0.1:{port}");
    assert!(refused(&["demo", "--data", &other, "--listen", &address]).contains("déjà prise"));
    assert!(server.stop().unwrap().success());
    assert!(start(&["serve", "--data", &data]).stop().unwrap().success());
}

#[test]
fn the_demonstration_is_made_once_starts_again_and_is_made_anew_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("demo").display().to_string();
    let words = ["demo", "--data", &data, "--people", "20", "--until", "2026-11-12"];
    let server = start(&words);
    assert!(server.greeting.contains("operator@55.demo.test"), "{}", server.greeting);
    assert!(server.greeting.contains("le 12 novembre 2026"), "{}", server.greeting);
    assert!(server.greeting.contains("Mot de passe de tous ces comptes : demo"), "{}", server.greeting);
    let known = digest(&data);
    assert_eq!(run(&["verify", "--data", &data]).status.code(), Some(0));
    assert!(server.stop().unwrap().success());
    assert!(start(&words).stop().unwrap().success());
    assert_eq!(digest(&data), known);
    let more = ["demo", "--data", &data, "--people", "30", "--until", "2026-11-12", "--reset"];
    assert!(start(&more).stop().unwrap().success());
    assert_ne!(digest(&data), known);
}

#[test]
fn the_demonstration_never_touches_a_database_that_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let add = [
        "user",
        "add",
        "--data",
        &data,
        "--department",
        "55",
        "--email",
        "a@b.fr",
        "--name",
        "A",
        "--role",
        "dpo",
    ];
    assert!(run(&add).status.success());
    for reset in [&[][..], &["--reset"]] {
        let words = [&["demo", "--data", &data, "--listen", "127.0.0.1:0"], reset].concat();
        assert!(refused(&words).contains("n’est pas une base de démonstration"));
    }
    assert!(run(&["verify", "--data", &data]).status.success());
    assert!(!Path::new(&data).join("45.db").exists());
}
