//! Signing in as somebody with an account of their own, not of the demonstration: the second factor is set up, asked, replaced
//! by a recovery code; another browser is shut out. With JavaScript and without; axe on each page.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use testkit::authenticator::code;
use testkit::browser::{Browser, Scripts};
use testkit::process::Server;

use crate::first::accessible;

const PASSWORD: &str = "trois canards bleus nagent sur le canal";
const EMAIL: &str = "agathe@meuse.example";

/// A département with one operator, who has chosen a password.
struct Stage {
    server: Server,
    _folder: tempfile::TempDir,
}

#[expect(clippy::disallowed_methods, reason = "the code of an app depends on the hour of the machine")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

impl Stage {
    fn new() -> (Self, String) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data").display().to_string();
        let program = PathBuf::from(env!("CARGO_BIN_EXE_declic"));
        let words = ["user", "add", "--data", &data, "--department", "55", "--email", EMAIL];
        let words = [&words[..], &["--name", "Agathe Lormelin", "--role", "operator"]].concat();
        let printed = String::from_utf8(Command::new(&program).args(words).output().unwrap().stdout).unwrap();
        let (_, path) = printed.split_once(":8080").unwrap();
        let server = Server::start(&program, &["serve", "--data", &data], Duration::from_mins(2)).unwrap();
        let link = format!("{}{}", server.url, path.trim());
        (Self { server, _folder: folder }, link)
    }

    fn open(&self, browser: &Browser, path: &str, scripts: Scripts) {
        browser.goto(&format!("{}{path}", self.server.url)).unwrap();
        sound(browser, path, scripts);
    }

    /// Types the e-mail and the password.
    fn sign_in(&self, browser: &Browser) {
        browser.goto(&format!("{}/55/connexion", self.server.url)).unwrap();
        browser.fill("#email", EMAIL).unwrap();
        browser.fill("#password", PASSWORD).unwrap();
        browser.follow("main form button[type=submit]").unwrap();
        browser.wait_for("h1").unwrap();
    }
}

/// Nothing sticks out at 320 px; axe, which is a script, reads the page where scripts run.
fn sound(browser: &Browser, name: &str, scripts: Scripts) {
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
    browser.set_width(1280).unwrap();
    if scripts == Scripts::On {
        accessible(browser, name);
    }
}

/// A code of the app that was not used: the app moves on every thirty seconds, and one step ahead is accepted.
fn give(browser: &Browser, typed: &str) {
    browser.fill("#code", typed).unwrap();
    browser.follow("main form button[type=submit]").unwrap();
    browser.wait_for("h1").unwrap();
}

fn journey(scripts: Scripts) {
    let (stage, link) = Stage::new();
    let browser = Browser::start(scripts).unwrap();
    browser.goto(&link).unwrap();
    browser.fill("#password", PASSWORD).unwrap();
    browser.follow("main form button[type=submit]").unwrap();
    browser.wait_for("#email").unwrap();
    stage.sign_in(&browser);
    browser.wait_for(".dc-user").unwrap();
    stage.open(&browser, "/55/compte", scripts);
    stage.open(&browser, "/55/compte/mot-de-passe", scripts);
    stage.open(&browser, "/55/compte/double-authentification", scripts);
    browser.follow_text("Commencer").unwrap();
    browser.wait_for(".dc-qr").unwrap();
    sound(&browser, "second factor begun", scripts);
    let key = browser.text(".dc-secret").unwrap();
    browser.fill("#code", &code(&key, now())).unwrap();
    browser.follow_text("Mettre en place").unwrap();
    browser.wait_for(".dc-codes li").unwrap();
    assert_eq!(browser.count(".dc-codes li").unwrap(), 10);
    let recovery = browser.text(".dc-codes li").unwrap();
    sound(&browser, "recovery codes", scripts);

    browser.follow(".dc-out").unwrap();
    browser.wait_for("#email").unwrap();
    stage.sign_in(&browser);
    assert!(browser.url().unwrap().contains("/second-facteur"));
    sound(&browser, "code asked", scripts);
    stage.open(&browser, "/55/second-facteur", scripts);
    browser.goto(&format!("{}/55/personnes", stage.server.url)).unwrap();
    assert!(browser.url().unwrap().contains("/second-facteur"), "no other page opens");
    give(&browser, "000000");
    assert!(browser.html().unwrap().contains("pas le bon"), "a wrong code is refused");
    give(&browser, &code(&key, now() + chrono::Duration::seconds(30)));
    browser.wait_for(".dc-user").unwrap();

    let other = Browser::start(scripts).unwrap();
    stage.sign_in(&other);
    give(&other, &recovery);
    other.wait_for(".dc-user").unwrap();
    stage.open(&browser, "/55/compte/sessions", scripts);
    assert_eq!(browser.count("table tbody tr").unwrap(), 2);
    browser.follow("table tbody button").unwrap();
    browser.wait_for(".dc-flash--ok").unwrap();
    assert_eq!(browser.count("table tbody tr").unwrap(), 1);
    other.goto(&format!("{}/55/compte", stage.server.url)).unwrap();
    assert!(other.url().unwrap().contains("/connexion"), "the other browser is out");
    stage.open(&other, "/55/mot-de-passe-oublie", scripts);
}

#[test]
fn a_second_factor_is_set_up_asked_and_another_browser_shut_out_with_javascript() {
    journey(Scripts::On);
}

#[test]
fn a_second_factor_is_set_up_asked_and_another_browser_shut_out_without_javascript() {
    journey(Scripts::Off);
}
