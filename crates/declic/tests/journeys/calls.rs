//! A call from the queue to the decision: by the keyboard alone where scripts run, by clicks where they do not; and a browser
//! that closes in the middle of it.

use testkit::browser::{Browser, Scripts, keys};

use super::first::{Stage, accessible, demo};

/// What the person answers, in the order of the screen: question, answer, and how many times « down » reaches it.
const SAID: [(&str, &str, usize); 9] = [
    ("call_ok", "yes", 0),
    ("language_need", "french_ok", 0),
    ("sleep", "yes", 0),
    ("work_situation", "last_two_years", 1),
    ("wish", "quick_job", 0),
    ("readiness", "now", 0),
    ("mobility", "none", 0),
    ("health", "none", 0),
    ("french", "easy", 0),
];

fn focused(browser: &Browser) -> String {
    let script =
        "const e = document.activeElement; return e.name || e.getAttribute('formaction') || e.id || '';";
    browser.execute(script).unwrap().as_str().unwrap_or_default().to_owned()
}

/// Presses the tabulation until the focus is on what `wanted` accepts.
fn reach(browser: &Browser, what: &str, wanted: impl Fn(&str) -> bool) {
    for _ in 0..200 {
        browser.press(keys::TAB).unwrap();
        if wanted(&focused(browser)) {
            return;
        }
    }
    panic!("{what} is not reached by the keyboard");
}

fn at_desk(stage: &Stage, scripts: Scripts) -> Browser {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", "operator");
    browser.goto(&format!("{}/55/appels", stage.server.url)).unwrap();
    browser
}

fn sound(browser: &Browser, name: &str) {
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
    browser.set_width(1280).unwrap();
    accessible(browser, name);
}

#[test]
fn a_whole_call_by_the_keyboard_survives_a_browser_that_closes() {
    let stage = demo();
    let browser = at_desk(&stage, Scripts::On);
    sound(&browser, "desk");
    browser.follow("form[action='/55/appels'] button").unwrap();
    browser.wait_for("#appel").unwrap();
    let name = browser.text("h1").unwrap();
    for (question, answer, down) in SAID {
        let field = format!("q-{question}");
        reach(&browser, question, |focus| focus == field);
        if down == 0 {
            browser.press(keys::SPACE).unwrap();
        }
        for _ in 0..down {
            browser.press(keys::DOWN).unwrap();
        }
        // Written by itself; the form comes back with the focus where it was.
        browser.wait_for(&format!("#appel:not(.htmx-request) #{field}-{answer}:checked")).unwrap();
        assert_eq!(focused(&browser), field, "the focus is lost after {question}");
    }
    browser.wait_for("#path-emploi:checked").unwrap();
    sound(&browser, "call");
    drop(browser);
    // Another browser, the same operator: the same person, the same answers.
    let browser = at_desk(&stage, Scripts::On);
    browser.follow("form[action='/55/appels'] button").unwrap();
    browser.wait_for("#appel").unwrap();
    assert_eq!(browser.text("h1").unwrap(), name);
    for (question, answer, _) in SAID {
        assert_eq!(browser.count(&format!("#q-{question}-{answer}:checked")).unwrap(), 1, "{question}");
    }
    reach(&browser, "the decision", |focus| focus.ends_with("/decision"));
    browser.press(keys::ENTER).unwrap();
    browser.wait_for(".dc-flash--ok").unwrap();
    assert!(browser.url().unwrap().ends_with("/55/appels"));
    assert!(!browser.html().unwrap().contains(&name), "{name} has left the queue");
}

#[test]
fn a_whole_call_without_javascript_and_its_reorientation() {
    let stage = demo();
    let browser = at_desk(&stage, Scripts::Off);
    browser.follow("form[action='/55/appels'] button").unwrap();
    let screen = browser.url().unwrap();
    for (question, answer, _) in SAID {
        browser.click(&format!("#q-{question}-{answer}")).unwrap();
    }
    browser.follow("section[aria-labelledby='questions-t'] button[type=submit]").unwrap();
    assert_eq!(browser.count("#path-emploi:checked").unwrap(), 1);
    browser.click("#path-social").unwrap();
    browser.follow("button[formaction$='/decision']").unwrap();
    assert!(browser.text(".dc-errors").unwrap().contains("écrivez pourquoi"));
    assert_eq!(browser.count("#path-social:checked").unwrap(), 1, "the choice is kept");
    browser.fill("#reason", "Demande d’abord un logement.").unwrap();
    browser.follow("button[formaction$='/decision']").unwrap();
    assert!(browser.url().unwrap().ends_with("/55/appels"));
    let lead = Browser::start(Scripts::On).unwrap();
    stage.enter(&lead, "55", "team_lead");
    let person = screen.trim_end_matches("/appel").to_owned();
    lead.goto(&person).unwrap();
    sound(&lead, "oriented person");
    assert!(lead.html().unwrap().contains("Demande d’abord un logement."));
    lead.follow_text("Réorienter").unwrap();
    lead.wait_for("#reason").unwrap();
    sound(&lead, "reorientation");
}
