//! A prescriber addresses somebody, an operator finds them in the queue and decides, the prescriber reads the answer; and a
//! manager makes a sector: with JavaScript and without.

use testkit::browser::{Browser, Scripts};

use super::first::{Stage, accessible, demo};

fn entered(stage: &Stage, role: &str, scripts: Scripts) -> Browser {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", role);
    browser
}

/// Chooses in a list, as a hand does.
fn choose(browser: &Browser, field: &str, value: &str) {
    browser.click(&format!("#{field} option[value='{value}']")).unwrap();
}

fn sound(browser: &Browser, name: &str) {
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
    browser.set_width(1280).unwrap();
    accessible(browser, name);
}

/// The prescriber's form; returns the browser on the list of what was sent.
fn send(stage: &Stage, scripts: Scripts) -> Browser {
    let prescriber = entered(stage, "prescriber", scripts);
    prescriber.follow_text("Adresser une personne à la plateforme").unwrap();
    if scripts == Scripts::On {
        sound(&prescriber, "the form of a prescriber");
    }
    prescriber.follow("form[action$='/adressages/nouveau'] button[type=submit]").unwrap();
    assert!(prescriber.text(".dc-errors").unwrap().contains("Écrivez le nom"), "each is told");
    for (field, value) in [
        ("last_name", "Quentinois"),
        ("first_name", "Maëlle"),
        ("commune", "Bar-le-Duc"),
        ("phone", "06 39 98 41 41"),
        ("reason", "Ne sait plus à qui demander, veut reprendre un travail."),
    ] {
        prescriber.fill(&format!("#{field}"), value).unwrap();
    }
    prescriber.fill("#birth_date", "09/02/1988").unwrap();
    choose(&prescriber, "moment", "morning");
    choose(&prescriber, "urgency", "urgent");
    prescriber.click("#consent").unwrap();
    prescriber.follow("form[action$='/adressages/nouveau'] button[type=submit]").unwrap();
    assert!(prescriber.url().unwrap().ends_with("/55/adressages"), "{}", prescriber.html().unwrap());
    let row = prescriber.text("tbody tr").unwrap();
    assert!(row.contains("Maëlle Quentinois") && row.contains("appel prévu"), "{row}");
    prescriber
}

#[test]
fn a_prescriber_sends_an_operator_decides_and_the_prescriber_reads_the_answer() {
    let stage = demo();
    let prescriber = send(&stage, Scripts::On);
    sound(&prescriber, "what a prescriber sent");
    let operator = entered(&stage, "operator", Scripts::On);
    operator.goto(&format!("{}/55/adressages/recus", stage.server.url)).unwrap();
    sound(&operator, "people addressed");
    operator.follow_text("Maëlle Quentinois").unwrap();
    sound(&operator, "one request");
    assert!(operator.html().unwrap().contains("Ne sait plus à qui demander"));
    operator.follow_text("Appeler").unwrap();
    sound(&operator, "a call of somebody addressed");
    operator.follow("form[action$='/appel/prendre'] button").unwrap();
    for (question, answer) in [
        ("call_ok", "yes"),
        ("language_need", "french_ok"),
        ("sleep", "yes"),
        ("work_situation", "last_two_years"),
        ("wish", "quick_job"),
        ("readiness", "now"),
        ("mobility", "none"),
        ("health", "none"),
        ("french", "easy"),
    ] {
        operator.click(&format!("#q-{question}-{answer}")).unwrap();
        operator.wait_for(&format!("#appel:not(.htmx-request) #q-{question}-{answer}:checked")).unwrap();
    }
    operator.wait_for("#path-emploi:checked").unwrap();
    let first = operator.text(".dc-choice:has(input[name=referent])").unwrap();
    assert!(first.contains("secteur Bar-le-Duc"), "the professional of the sector comes first: {first}");
    operator.follow("button[formaction$='/decision']").unwrap();
    prescriber.goto(&format!("{}/55/adressages", stage.server.url)).unwrap();
    let row = prescriber.text("tbody tr").unwrap();
    assert!(row.contains("Maëlle Quentinois") && row.contains("orientée le"), "{row}");
    assert!(!prescriber.html().unwrap().contains("06 39 98 41 41"));
}

#[test]
fn without_javascript_a_request_is_sent_and_a_sector_is_made() {
    let stage = demo();
    send(&stage, Scripts::Off);
    let manager = entered(&stage, "manager", Scripts::Off);
    manager.goto(&format!("{}/55/reglages/secteurs", stage.server.url)).unwrap();
    assert!(manager.html().unwrap().contains("Bar-le-Duc"));
    manager.follow_text("Ajouter un secteur").unwrap();
    manager.fill("#name", "Essai de secteur").unwrap();
    manager.fill("#communes", "Atlantis").unwrap();
    manager.follow("form[action$='/secteurs/nouveau'] button[type=submit]").unwrap();
    assert!(manager.text(".dc-errors").unwrap().contains("« Atlantis »"));
    manager.fill("#communes", "Verdun").unwrap();
    manager.follow("form[action$='/secteurs/nouveau'] button[type=submit]").unwrap();
    assert!(manager.html().unwrap().contains("Ajouter qui suit"));
}

#[test]
fn the_pages_of_sectors_are_accessible() {
    let stage = demo();
    let manager = entered(&stage, "manager", Scripts::On);
    manager.goto(&format!("{}/55/reglages/secteurs", stage.server.url)).unwrap();
    sound(&manager, "sectors");
    manager.follow("table a[href*='/reglages/secteurs/']").unwrap();
    sound(&manager, "a sector");
}
