//! In by ProConnect and out again, in a real browser, with a certified provider on the other side.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use testkit::browser::{Browser, Scripts};
use testkit::oidc::{self, Provider};
use testkit::process::{Server, free_port};

const EMAIL: &str = "clara.essai@meuse.example";

/// An installation with a provider, and an account that has no password yet.
struct Stage {
    server: Server,
    provider: Provider,
    _folder: tempfile::TempDir,
}

fn stage() -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let (program, port) = (PathBuf::from(env!("CARGO_BIN_EXE_declic")), free_port().unwrap());
    let base = format!("http://127.0.0.1:{port}");
    let provider = Provider::start(&format!("{base}/55")).unwrap();
    let config = folder.path().join("declic.toml");
    let data = folder.path().join("data").display().to_string();
    let add = [
        "user",
        "add",
        "--department",
        "55",
        "--email",
        EMAIL,
        "--name",
        "Clara Essai",
        "--role",
        "operator",
    ];
    let added = Command::new(&program).args(add).args(["--data", &data]).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    std::fs::write(folder.path().join("proconnect"), oidc::SECRET).unwrap();
    let text = format!(
        "public_url = \"{base}\"\nsecret_file = \"{data}/secret\"\n[departments.55]\ndatabase = \"sqlite:{data}/55.db\"\n\
         documents = \"file:{data}/55-documents\"\n[oidc]\nissuer = \"{}\"\nclient_id = \"{}\"\nclient_secret_file = \"{}\"\n",
        provider.url,
        oidc::CLIENT,
        folder.path().join("proconnect").display(),
    );
    std::fs::write(&config, text).unwrap();
    let config = config.display().to_string();
    let server =
        Server::start_on(port, &program, &["serve", "--config", &config], Duration::from_mins(1)).unwrap();
    Stage { server, provider, _folder: folder }
}

fn in_and_out(scripts: Scripts) {
    let stage = stage();
    let browser = Browser::start(scripts).unwrap();
    let base = format!("{}/55", stage.server.url);
    // A page that asks for a session leads to the sign-in page, which remembers it through the provider and back.
    browser.goto(&format!("{base}/personnes")).unwrap();
    browser.follow("#proconnect").unwrap();
    browser.fill("#email", EMAIL).unwrap();
    browser.follow("#enter").unwrap();
    browser.wait_for(".dc-user").unwrap();
    assert_eq!(browser.url().unwrap(), format!("{base}/personnes"));
    // Out of both: the provider asks to confirm, then sends back to the sign-in page.
    browser.follow("form[action$='/deconnexion'] button").unwrap();
    browser.wait_for("button[value=yes]").unwrap();
    assert!(browser.url().unwrap().starts_with(&stage.provider.url));
    browser.follow("button[value=yes]").unwrap();
    browser.wait_for("#proconnect").unwrap();
    assert_eq!(browser.url().unwrap(), format!("{base}/connexion"));
    browser.goto(&format!("{base}/personnes")).unwrap();
    assert!(browser.url().unwrap().contains("/connexion"), "the session is over");
    // Somebody the département does not know is told so, in words.
    browser.follow("#proconnect").unwrap();
    browser.fill("#email", "inconnu@ailleurs.example").unwrap();
    browser.follow("#enter").unwrap();
    browser.wait_for("[role=alert]").unwrap();
    assert!(browser.text("[role=alert]").unwrap().contains("aucun compte"));
}

#[test]
fn an_agent_enters_and_leaves_by_proconnect_with_javascript() {
    in_and_out(Scripts::On);
}

#[test]
fn an_agent_enters_and_leaves_by_proconnect_without_javascript() {
    in_and_out(Scripts::Off);
}
