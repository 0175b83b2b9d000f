//! A lead answers a prescription; who follows finds the person and writes a contact from their step.

use testkit::browser::{Browser, Scripts};

use super::first::{Stage, accessible, demo};

fn enter(stage: &Stage, scripts: Scripts, role: &str, path: &str) -> Browser {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, "55", role);
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
fn a_prescription_is_answered_and_a_contact_is_written_from_its_step() {
    for scripts in [Scripts::Off, Scripts::On] {
        let stage = demo();
        let lead = enter(&stage, scripts, "team_lead", "/prescriptions");
        sound(&lead, "prescriptions", scripts);
        lead.follow("a[href$='/reponse']").unwrap();
        sound(&lead, "answer", scripts);
        // Nobody is named: the page says so, and keeps the answers.
        lead.click("#verdict option[value='inscrire']").unwrap();
        lead.follow("form.dc-panel button[type=submit]").unwrap();
        assert!(lead.text(".dc-errors").unwrap().contains("Nommez qui accompagne"));
        lead.click("#employment option:nth-child(2)").unwrap();
        lead.follow("form.dc-panel button[type=submit]").unwrap();
        assert!(lead.html().unwrap().contains("Tenir le premier entretien"));
        sound(&lead, "enrolled", scripts);
        let person = lead.url().unwrap();
        lead.goto(&format!("{person}/dispositif")).unwrap();
        sound(&lead, "choose a programme", scripts);
        lead.goto(&format!("{}/55/reglages/dispositifs/referents-parcours", stage.server.url)).unwrap();
        sound(&lead, "a programme", scripts);
        let coach = enter(&stage, scripts, "job_coach", "/");
        sound(&coach, "my day", scripts);
        coach.goto(&format!("{}/55/personnes?etat=enrolled", stage.server.url)).unwrap();
        coach.follow(".dc-table tbody th a").unwrap();
        // Two clicks from the file: the step, then the button.
        coach.follow("a[href$='/contact']").unwrap();
        sound(&coach, "contact", scripts);
        coach.fill("#text", "Point par téléphone, tout avance.").unwrap();
        coach.follow("form.dc-panel button[type=submit]").unwrap();
        assert!(coach.html().unwrap().contains("Le contact est enregistré."));
    }
}
