//! A professional gives a link; the person opens it on a telephone, books, moves, cancels and asks to be called, where scripts run
//! and where they do not; a professional calls.

use testkit::browser::{Browser, Scripts};

use super::first::{Stage, accessible, demo};

/// A link for somebody whom a coach follows, as the page shows it once.
fn given(stage: &Stage, browser: &Browser) -> String {
    stage.enter(browser, "55", "job_coach");
    browser.goto(&format!("{}/55/personnes", stage.server.url)).unwrap();
    browser.follow("table tbody tr:first-child a").unwrap();
    let person = browser.url().unwrap();
    browser.goto(&format!("{person}/rendez-vous")).unwrap();
    stage.sound(browser, "appointments", Scripts::On);
    browser.follow_text("Créer un lien de rendez-vous").unwrap();
    browser.follow("form[action$='/lien'] button[type=submit]").unwrap();
    stage.sound(browser, "link", Scripts::On);
    browser.text(".dc-once").unwrap()
}

/// On a telephone: nothing sticks out.
fn fits(browser: &Browser, name: &str, scripts: Scripts) {
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
    if matches!(scripts, Scripts::On) {
        accessible(browser, name);
    }
}

fn tour(scripts: Scripts) {
    let stage = demo();
    let coach = Browser::start(Scripts::On).unwrap();
    let address = given(&stage, &coach);
    let token = address.rsplit('/').next().unwrap().to_owned();
    assert_eq!((token.len(), address.contains("/55/r/")), (11, true), "{address}");
    let person = Browser::start(scripts).unwrap();
    person.set_width(320).unwrap();
    person.goto(&address).unwrap();
    assert!(person.url().unwrap().ends_with(&format!("/55/public/rendez-vous/{token}")));
    fits(&person, "choose", scripts);
    person.click("fieldset input[name=slot]").unwrap();
    person.follow("main form button.btn-primary").unwrap();
    assert!(person.text(".dc-flash").unwrap().contains("Votre rendez-vous est pris"));
    fits(&person, "booked", scripts);
    person.follow_text("Déplacer").unwrap();
    fits(&person, "move", scripts);
    person.click("fieldset:last-of-type input[name=slot]").unwrap();
    person.follow("main form button.btn-primary").unwrap();
    assert!(person.text(".dc-flash").unwrap().contains("déplacé"));
    person.follow_text("Annuler").unwrap();
    fits(&person, "cancel", scripts);
    person.follow("button.btn-danger").unwrap();
    assert!(person.text(".dc-flash").unwrap().contains("annulé"));
    person.follow("a[href*='voir=rappel']").unwrap();
    fits(&person, "call", scripts);
    person.fill("#phone", "12").unwrap();
    person.follow("main form button.btn-primary").unwrap();
    assert!(person.text(".dc-errors").unwrap().contains("dix chiffres"));
    fits(&person, "call refused", scripts);
    person.fill("#phone", "0639980044").unwrap();
    person.follow("main form button.btn-primary").unwrap();
    assert!(person.text(".dc-flash").unwrap().contains("nous vous appellerons"));
    person.goto(&format!("{}/55/r/22222222222", stage.server.url)).unwrap();
    fits(&person, "gone", scripts);
    coach.goto(&format!("{}/55/rappels", stage.server.url)).unwrap();
    stage.sound(&coach, "callbacks", Scripts::On);
    let listed = coach.text("main").unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    assert!(listed.contains("06 39 98 00 44"), "{listed}");
    coach.fill("main input[name^=answer]", "Rappelée, vient lundi").unwrap();
    coach.follow("main form[action*='/rappels/'] button").unwrap();
    assert!(coach.text(".dc-flash").unwrap().contains("close"));
}

#[test]
fn a_person_books_moves_cancels_and_asks_to_be_called_by_their_link() {
    tour(Scripts::On);
}

#[test]
fn the_same_without_javascript() {
    tour(Scripts::Off);
}
