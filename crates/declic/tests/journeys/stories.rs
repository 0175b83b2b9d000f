//! The four stories on a day of July 2027: each role opens what it may, and reads what it may.

use testkit::browser::{Browser, Scripts};

use super::first::{Stage, demo_on};

/// What the social side alone wrote of Sylvie.
const DEBTS: &str = "saisie en cours";

/// A browser in which a role of a département has entered.
fn enter(stage: &Stage, scripts: Scripts, (department, role): (&str, &str)) -> Browser {
    let browser = Browser::start(scripts).unwrap();
    stage.enter(&browser, department, role);
    browser
}

/// Opens somebody that the search finds; `None` when it finds nobody.
fn finds(stage: &Stage, scripts: Scripts, (department, role): (&str, &str), name: &str) -> Option<Browser> {
    let browser = enter(stage, scripts, (department, role));
    browser.goto(&format!("{}/{department}/recherche?q={name}", stage.server.url)).unwrap();
    let row = format!("/{department}/personnes/0");
    if !browser.html().unwrap().contains(&row) {
        return None;
    }
    browser.follow(&format!("main a[href*='{row}']")).unwrap();
    Some(browser)
}

/// The page says all of these.
fn says(browser: &Browser, all: &[&str]) {
    let page = browser.html().unwrap();
    for words in all {
        assert!(page.contains(words), "{} ne dit pas « {words} »", browser.url().unwrap());
    }
}

#[test]
fn each_role_sees_of_the_four_stories_what_it_may() {
    let stage = demo_on("2027-07-13");
    for scripts in [Scripts::Off, Scripts::On] {
        // Odile works; her coach keeps calling her, and what was said stays between professionals.
        let coach = finds(&stage, scripts, ("55", "job_coach"), "Perrin").unwrap();
        says(
            &coach,
            &["En activité", "Prendre des nouvelles", "matinées gardées", "Magasin de Saint-Mihiel"],
        );
        stage.sound(&coach, "Odile", scripts);
        assert!(finds(&stage, scripts, ("55", "operator"), "Perrin").is_none());
        // Sylvie: one diagnosis, and a text that one side only reads.
        let social = finds(&stage, scripts, ("04", "social_referent"), "Garnero").unwrap();
        says(&social, &["Contrat en vigueur", "Points sur le chemin", "Point à trois"]);
        stage.sound(&social, "Sylvie", scripts);
        let money = format!("{}/diagnostic/themes/FIN", social.url().unwrap());
        social.goto(&money).unwrap();
        says(&social, &[DEBTS]);
        let coach = enter(&stage, scripts, ("04", "job_coach"));
        coach.goto(&money).unwrap();
        assert!(coach.html().unwrap().contains("Sylvie") && !coach.html().unwrap().contains(DEBTS));
        // Hugo: his certificate, then a job dating; Nadège: a second job, announced.
        let coach = finds(&stage, scripts, ("45", "job_coach"), "Lemaistre").unwrap();
        says(&coach, &["Formation de cariste", "Deux retours du job dating"]);
        let coach = finds(&stage, scripts, ("38", "job_coach"), "Ferrand").unwrap();
        says(&coach, &["École de La Tour-du-Pin", "Traiteur de La Tour-du-Pin", "Annoncée"]);
        stage.sound(&coach, "Nadège", scripts);
        assert!(finds(&stage, scripts, ("38", "team_lead"), "Ferrand").is_some());
        // Whoever instructs aids finds nobody, whoever manages is asked why before a file opens.
        assert!(finds(&stage, scripts, ("38", "aid_officer"), "Ferrand").is_none());
        let manager = enter(&stage, scripts, ("38", "manager"));
        manager.goto(&coach.url().unwrap()).unwrap();
        assert!(!manager.html().unwrap().contains("École de La Tour-du-Pin"));
    }
}
