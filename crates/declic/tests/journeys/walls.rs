//! The pages of the walls as those who use them do: an account is made and given a role, a structure opens, a request about
//! data is recorded, delayed and answered, a person is proposed and the structure answers. With JavaScript and without; axe
//! on each page.

use testkit::browser::{Browser, Scripts};

use crate::first::{Stage, demo};

/// Sends the form that goes to an address that ends so.
fn send(browser: &Browser, action: &str) {
    browser.follow(&format!("main form[action$='{action}'] button[type=submit]")).unwrap();
    browser.wait_for("h1").unwrap();
}

fn choose(browser: &Browser, field: &str, value: &str) {
    browser.click(&format!("#{field} option[value='{value}']")).unwrap();
}

fn says(browser: &Browser, words: &str) {
    let html = browser.html().unwrap();
    assert!(html.contains(words), "{words} is not in {html}");
}

/// An administrator makes an account, gives it a second role, and closes it.
fn accounts(stage: &Stage, scripts: Scripts) {
    let admin = Browser::start(scripts).unwrap();
    stage.enter(&admin, "55", "admin");
    stage.open(&admin, "/55/reglages/utilisateurs", scripts);
    stage.open(&admin, "/55/reglages/utilisateurs/nouveau", scripts);
    send(&admin, "/nouveau");
    admin.wait_for("[role=alert], .dc-errors").unwrap();
    stage.sound(&admin, "account refused", scripts);
    admin.fill("#name", "Zoé Hannequin").unwrap();
    admin.fill("#email", "zoe.hannequin@meuse.example").unwrap();
    choose(&admin, "role", "job_coach");
    send(&admin, "/nouveau");
    says(&admin, "/mot-de-passe/");
    // The link is shown once: the page cannot be asked again.
    if scripts == Scripts::On {
        stage.sound(&admin, "link shown", scripts);
    }
    stage.open(&admin, "/55/reglages/utilisateurs", scripts);
    admin.follow_text("Zoé Hannequin").unwrap();
    admin.wait_for("#roles").unwrap();
    stage.sound(&admin, "account", scripts);
    choose(&admin, "role", "operator");
    send(&admin, "/roles");
    says(&admin, "Téléopératrice");
    send(&admin, "/fermer");
    says(&admin, "Rouvrir ce compte");
    stage.open(&admin, "/55/reglages/jetons", scripts);
    stage.open(&admin, "/55/qui-peut-quoi", scripts);
}

/// A manager opens a structure.
fn structures(stage: &Stage, scripts: Scripts) {
    let manager = Browser::start(scripts).unwrap();
    stage.enter(&manager, "55", "manager");
    stage.open(&manager, "/55/reglages/structures", scripts);
    stage.open(&manager, "/55/reglages/structures/nouvelle", scripts);
    manager.fill("#name", "Chantier de la Woëvre").unwrap();
    choose(&manager, "kind", "operator");
    choose(&manager, "side", "employment");
    send(&manager, "/nouvelle");
    manager.follow_text("Chantier de la Woëvre").unwrap();
    manager.wait_for("#name").unwrap();
    stage.sound(&manager, "structure", scripts);
    stage.open(&manager, "/55/reglages/acces-exceptionnel", scripts);
    stage.open(&manager, "/55/reglages/securite", scripts);
}

/// A request is recorded, given two more months, and answered.
fn rights(stage: &Stage, scripts: Scripts, person: &str) {
    let dpo = Browser::start(scripts).unwrap();
    stage.enter(&dpo, "55", "dpo");
    stage.open(&dpo, "/55/droits", scripts);
    stage.open(&dpo, &format!("{person}/droits"), scripts);
    choose(&dpo, "right", "access");
    dpo.fill("#note", "Tout ce que le département garde, en une lettre.").unwrap();
    send(&dpo, "/droits");
    says(&dpo, "en une lettre");
    stage.sound(&dpo, "request", scripts);
    dpo.fill("#delay", "trop court").unwrap();
    send(&dpo, "/delai");
    says(&dpo, "les raisons du retard");
    if scripts == Scripts::On {
        stage.sound(&dpo, "delay refused", scripts);
    }
    dpo.fill("#delay", "Trois services tiennent une partie du dossier.").unwrap();
    send(&dpo, "/delai");
    says(&dpo, "Trois services tiennent");
    assert_eq!(dpo.count("#delay").unwrap(), 0, "once");
    choose(&dpo, "reply", "refused");
    dpo.fill("#note", "La demande est manifestement excessive, la CNIL peut être saisie.").unwrap();
    let url = dpo.url().unwrap();
    let path = url.rsplit("/droits").next().unwrap();
    send(&dpo, &format!("/droits{path}"));
    says(&dpo, "manifestement excessive");
    stage.sound(&dpo, "request answered", scripts);
    stage.open(&dpo, "/55/bientot-archivees", scripts);
    stage.open(&dpo, "/55/acces-exceptionnels", scripts);
}

/// A referent proposes somebody; the structure reads what it is told and answers; the referent reads the answer.
fn proposals(stage: &Stage, scripts: Scripts) -> String {
    let referent = Browser::start(scripts).unwrap();
    stage.enter(&referent, "55", "social_referent");
    stage.open(&referent, "/55/personnes", scripts);
    // The first of the list are proposed already.
    let people = referent.addresses("table tbody a[href*='/personnes/']").unwrap();
    let free = people.into_iter().find(|person| {
        referent.goto(person).unwrap();
        referent.count("form[action$='/terminer']").unwrap() == 0
            && referent.count("form[action$='/propositions']").unwrap() == 1
    });
    let person = free.expect("somebody who is not proposed");
    let person = person.trim_start_matches(&stage.server.url).to_owned();
    stage.sound(&referent, "person", scripts);
    referent.click_text("Proposer à une structure").unwrap();
    choose(&referent, "structure", &option(&referent, "Tremplin Emploi"));
    referent.fill("#message", "Cherche un poste en cuisine collective, en journée.").unwrap();
    referent.click("#share-phone").unwrap();
    send(&referent, "/propositions");
    says(&referent, "en cuisine collective, en journée");
    let name = referent.text("h1").unwrap();

    let partner = Browser::start(scripts).unwrap();
    stage.enter(&partner, "55", "partner");
    stage.open(&partner, "/55/propositions", scripts);
    let last = name.split_whitespace().last().unwrap().to_owned();
    let one = partner.addresses("table tbody a[href*='/propositions/']").unwrap().into_iter().find(|one| {
        partner.goto(one).unwrap();
        partner.html().unwrap().contains("en cuisine collective, en journée")
    });
    let one = one.expect("the proposal is there");
    assert!(partner.text("h1").unwrap().contains(&last));
    stage.sound(&partner, "proposal", scripts);
    choose(&partner, "reply", "accepted");
    partner.fill("#reason", "Nous la recevons mardi à 9 h.").unwrap();
    send(&partner, one.rsplit("/55").next().unwrap());
    says(&partner, "mardi à 9 h");
    partner.goto(&format!("{}{person}", stage.server.url)).unwrap();
    assert!(!partner.html().unwrap().contains(&last), "the structure sees the proposal only");

    referent.goto(&format!("{}{person}", stage.server.url)).unwrap();
    says(&referent, "mardi à 9 h");
    stage.sound(&referent, "person with an answer", scripts);
    person
}

/// The value of a choice of this name.
fn option(browser: &Browser, label: &str) -> String {
    let html = browser.html().unwrap();
    let one = html.split("<option").find(|one| one.contains(&format!(">{label}"))).expect("the choice");
    one.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

fn journey(scripts: Scripts) -> Stage {
    let stage = demo();
    accounts(&stage, scripts);
    structures(&stage, scripts);
    let person = proposals(&stage, scripts);
    rights(&stage, scripts, &person);
    stage
}

#[test]
fn the_walls_are_used_with_javascript() {
    journey(Scripts::On);
}

#[test]
fn the_walls_are_used_without_javascript() {
    journey(Scripts::Off).read_again();
}
