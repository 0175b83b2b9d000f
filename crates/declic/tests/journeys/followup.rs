//! A right that closed: the path is closed from its step, and what is late is found by its number.

use testkit::browser::{Browser, Scripts};

use super::first::{Stage, accessible, demo};

fn lead(stage: &Stage, scripts: Scripts, path: &str) -> Browser {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", "team_lead");
    browser.goto(&format!("{}/55{path}", stage.server.url)).unwrap();
    browser
}

fn sound(browser: &Browser, name: &str, scripts: Scripts) {
    browser.set_width(320).unwrap();
    assert_eq!(browser.overflow().unwrap(), 0, "{name} sticks out at 320 px");
    browser.set_width(1280).unwrap();
    if scripts == Scripts::On {
        accessible(browser, name);
    }
}

#[test]
fn a_path_is_closed_then_opened_again_and_what_is_late_opens_its_people() {
    let stage = demo();
    for scripts in [Scripts::Off, Scripts::On] {
        let browser = lead(&stage, scripts, "/retards");
        sound(&browser, "late", scripts);
        browser.follow("a[href*='etape=close_or_keep']").unwrap();
        sound(&browser, "late people", scripts);
        browser.follow(".dc-table tbody th a").unwrap();
        let person = browser.url().unwrap();
        browser.follow("a[href$='/suivi/clore']").unwrap();
        sound(&browser, "end of a path", scripts);
        browser.follow("form.dc-panel button[type=submit]").unwrap();
        assert!(browser.text(".dc-errors").unwrap().contains("Choisissez"));
        browser.click("#reason option[value='moved']").unwrap();
        browser.follow("form.dc-panel button[type=submit]").unwrap();
        assert_eq!(browser.url().unwrap(), person);
        assert!(browser.html().unwrap().contains("Suivi clos"));
        sound(&browser, "closed path", scripts);
        browser.follow("a[href$='/suivi/rouvrir']").unwrap();
        browser.fill("#text", "Clos sur la mauvaise fiche.").unwrap();
        browser.follow("form.dc-panel button[type=submit]").unwrap();
        assert!(browser.html().unwrap().contains("Suivi rouvert"));
        sound(&browser, "path opened again", scripts);
    }
}

#[test]
fn the_team_is_read_its_relay_is_refused_at_its_fields_and_nobody_is_forgotten() {
    let stage = demo();
    for scripts in [Scripts::Off, Scripts::On] {
        let browser = lead(&stage, scripts, "/equipe");
        sound(&browser, "the team", scripts);
        assert!(browser.html().unwrap().contains("sur 80"));
        browser.follow("a[href$='/relais']").unwrap();
        sound(&browser, "the relay", scripts);
        // The demonstration has one professional on each side: nobody could take over, and the page says so.
        assert!(browser.html().unwrap().contains("Personne d’autre n’accompagne de ce côté"));
        browser.fill("#text", "Contrat à signer mardi.").unwrap();
        browser.follow("form.dc-panel button[type=submit]").unwrap();
        assert!(browser.text(".dc-errors").unwrap().contains("Choisissez un référent"));
        assert!(browser.html().unwrap().contains("Contrat à signer mardi."));
        sound(&browser, "the relay refused", scripts);
        browser.goto(&format!("{}/55/oubliees", stage.server.url)).unwrap();
        sound(&browser, "the forgotten", scripts);
        browser.goto(&format!("{}/55/personnes?suivi=sans-referent", stage.server.url)).unwrap();
        sound(&browser, "people without a referent", scripts);
    }
}
