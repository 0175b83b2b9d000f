//! A session ends while somebody writes: what they wrote is found again after they have signed in, and by nobody else. With
//! JavaScript and without; axe on each page.

use base64::Engine as _;
use store::crypto::Keys;
use store::db::Open;
use store::{Db, Engine};
use testkit::browser::{Browser, Scripts};

use crate::first::{Stage, demo};

const TEXT: &str = "Rappeler jeudi, après le rendez-vous à la mairie. <b>Important</b>";

/// Every session ends now, as those that nobody uses for half an hour do.
async fn end_sessions(stage: &Stage) {
    let folder = std::path::PathBuf::from(stage.data());
    let secret = std::fs::read_to_string(folder.join("secret")).unwrap();
    let secret = base64::engine::general_purpose::STANDARD.decode(secret.trim()).unwrap();
    let keys = Keys::derive(&secret.try_into().unwrap(), "55");
    let db = Db::open(Engine::Sqlite { file: folder.join("55.db") }, keys, Open::Existing).await.unwrap();
    db.execute_raw("UPDATE session SET expires_at = '2020-01-01T00:00:00+00:00'").await.unwrap();
    db.close().await.unwrap();
}

async fn journey(scripts: Scripts) {
    let stage = demo();
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", "social_referent");
    browser.goto(&format!("{}/55/personnes", stage.server.url)).unwrap();
    browser.follow("table tbody a[href*='/personnes/']").unwrap();
    browser.wait_for("form[action$='/notes']").unwrap();
    let person = browser.url().unwrap();
    browser.click("section[aria-labelledby=notes] summary").unwrap();
    browser.fill("#text", TEXT).unwrap();
    end_sessions(&stage).await;
    browser.follow("form[action$='/notes'] button[type=submit]").unwrap();
    browser.wait_for("#email").unwrap();
    assert!(browser.url().unwrap().contains("/connexion?suite="));
    let html = browser.html().unwrap();
    assert!(html.contains("Ce que vous avez rempli est gardé") && !html.contains("Rappeler jeudi"));
    stage.sound(&browser, "signed out with a form kept", scripts);
    let led = browser.url().unwrap();

    // Somebody else at the same computer.
    browser.follow("button[value^='operator@55']").unwrap();
    browser.wait_for("h1").unwrap();
    assert!(browser.url().unwrap().contains("/reprise/"));
    assert!(!browser.html().unwrap().contains("Rappeler jeudi"));
    browser.follow(".dc-out").unwrap();
    browser.wait_for("#email").unwrap();

    browser.goto(&led).unwrap();
    browser.follow("button[value^='social_referent@55']").unwrap();
    browser.wait_for("h1").unwrap();
    let shown = browser.text("main").unwrap();
    assert!(shown.contains(TEXT), "{shown}");
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "what was kept sticks out at 320 px");
    browser.set_width(1280).unwrap();
    if scripts == Scripts::On {
        crate::first::accessible(&browser, "what was kept");
    }
    browser.follow_text("Envoyer maintenant").unwrap();
    browser.wait_for("#notes").unwrap();
    assert_eq!(browser.url().unwrap().split(['#', '?']).next(), person.split(['#', '?']).next());
    assert!(browser.text("section[aria-labelledby=notes]").unwrap().contains(TEXT));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_session_ended_is_found_again_with_javascript() {
    journey(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_session_ended_is_found_again_without_javascript() {
    journey(Scripts::Off).await;
}
