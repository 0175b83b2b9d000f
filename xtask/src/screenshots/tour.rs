//! The tour: which page, in which state, seen by whom.

use std::path::Path;

use testkit::browser::{Browser, Scripts};

use super::Camera;
use super::files::Files;
use crate::shell::Outcome;

/// The whole tour, or these parts of it.
///
/// # Errors
/// When a page cannot be opened.
pub fn all(camera: &Camera, files: &Files, parts: &[String]) -> Outcome {
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    if wanted("public") {
        public(camera)?;
    }
    if wanted("operator") {
        operator(camera)?;
    }
    if wanted("lead") {
        team_lead(camera, files)?;
    }
    if wanted("others") {
        others(camera)?;
    }
    if wanted("officer") {
        officer(camera)?;
    }
    if wanted("meetings") { super::meetings::all(camera) } else { Ok(()) }
}

fn public(camera: &Camera) -> Outcome {
    let browser = Browser::start(Scripts::On)?;
    for (name, path) in [
        ("departements", camera.server.clone()),
        ("connexion", "/connexion".to_owned()),
        ("accessibilite", "/public/accessibilite".to_owned()),
        ("donnees-personnelles", "/public/donnees-personnelles".to_owned()),
        ("donnees-personnelles-anglais", "/public/donnees-personnelles?lang=en".to_owned()),
        ("composants", "/composants".to_owned()),
        ("inconnu-404", "/nulle-part".to_owned()),
    ] {
        camera.take(&browser, name, &path)?;
    }
    Ok(())
}

fn operator(camera: &Camera) -> Outcome {
    let browser = camera.of("operator")?;
    for (name, path) in [
        ("accueil-operatrice", "/"),
        ("a-orienter", "/orientation"),
        ("a-orienter-vide", "/orientation?commune=99999"),
        ("personnes-operatrice", "/personnes"),
        ("recherche", "/recherche?q=mar"),
        ("recherche-vide", "/recherche?q=zzzzzz"),
        ("interdit-403", "/fichiers"),
        ("compte", "/compte"),
        ("qui-peut-quoi", "/qui-peut-quoi"),
    ] {
        camera.take(&browser, name, path)?;
    }
    browser.goto(&format!("{}/orientation", camera.base))?;
    let person = first(&browser, "main table a[href*='/personnes/']")?;
    reached(&browser, &person)?;
    camera.take(&browser, "personne", &person)?;
    camera.take(&browser, "personne-droit", &format!("{person}/droit"))?;
    camera.take(&browser, "personne-consultations", &format!("{person}/consultations"))?;
    camera.take(&browser, "joindre", &format!("{person}/contacts"))?;
    browser.goto(&format!("{person}/contacts"))?;
    browser.fill("#value", "06 39")?;
    browser.follow("#ecrire button[type=submit]")?;
    browser.wait_for(".dc-errors")?;
    camera.take_here(&browser, "joindre-erreur")
}

/// Types a phone and an answer, so that the pages show what a professional wrote.
fn reached(browser: &Browser, person: &str) -> Outcome {
    browser.goto(&format!("{person}/contacts"))?;
    browser.fill("#value", "06 39 98 17 32")?;
    browser.follow("#ecrire button[type=submit]")?;
    browser.wait_for(".dc-person")?;
    browser.goto(&format!("{person}/contacts"))?;
    browser.click("#voicemail option[value=no]")?;
    browser.follow("form[action$='/reponses'] button[type=submit]")?;
    browser.wait_for(".dc-person")?;
    Ok(())
}

fn team_lead(camera: &Camera, files: &Files) -> Outcome {
    let browser = camera.of("team_lead")?;
    camera.take(&browser, "accueil-responsable", "/")?;
    let refused = send(camera, &browser, &files.cut)?;
    ended(&browser, &refused)?;
    camera.take(&browser, "fichier-refuse", &refused)?;
    let change = changed(camera, &browser)?;
    camera.take(&browser, "bilan", &browser.url()?)?;
    camera.take(&browser, "derriere-un-chiffre", &change)?;
    let report = send(camera, &browser, &files.with_reject)?;
    ended(&browser, &report)?;
    camera.take(&browser, "bilan-avec-refus", &report)?;
    for (name, css) in
        [("derriere-un-signalement", "a[href*='signalement=']"), ("dossier-refuse", "a[href*='/rejets/']")]
    {
        browser.goto(&report)?;
        let page = first(&browser, css)?;
        camera.take(&browser, name, &page)?;
    }
    camera.take(&browser, "derriere-un-chiffre-vide", &format!("{report}/personnes?changement=moved_out"))?;
    let unknown = send(camera, &browser, &files.unknown)?;
    ended(&browser, &unknown)?;
    camera.take(&browser, "fichier-colonnes-a-choisir", &unknown)?;
    camera.take(&browser, "colonnes", &format!("{unknown}/colonnes"))?;
    camera.take(&browser, "fichiers", "/fichiers")?;
    camera.take(&browser, "rapprochements", "/rapprochements")?;
    camera.take(&browser, "rapprochements-vide", "/rapprochements?etat=decides")?;
    browser.goto(&format!("{}/rapprochements", camera.base))?;
    let question = first(&browser, "main table a[href*='/rapprochements/']")?;
    camera.take(&browser, "rapprochement", &question)?;
    send(camera, &browser, &files.long)?;
    camera.take_here(&browser, "fichier-en-lecture")?;
    camera.take(&browser, "personnes-vide", "/personnes?commune=99999")
}

fn others(camera: &Camera) -> Outcome {
    let manager = camera.of("manager")?;
    for (name, path) in [
        ("accueil-direction", "/"),
        ("motif", "/personnes"),
        ("territoires", "/reglages/territoires"),
        ("mentions", "/reglages/mentions"),
    ] {
        camera.take(&manager, name, path)?;
    }
    manager.goto(&format!("{}/reglages/territoires", camera.base))?;
    let territory = first(&manager, "main table a[href*='/territoires/']")?;
    camera.take(&manager, "territoire", &territory)?;
    camera.take(&camera.of("admin")?, "accueil-administration", "/")?;
    camera.take(&camera.of("dpo")?, "journal", "/journal")?;
    for (name, path) in [("accueil-referente", "/"), ("personnes-referente", "/personnes")] {
        camera.take(&camera.of("social_referent")?, name, path)?;
    }
    Ok(())
}

/// What people ask about their data, from the first request to the file that is frozen.
fn officer(camera: &Camera) -> Outcome {
    let browser = camera.of("dpo")?;
    camera.take(&browser, "droits-vide", "/droits")?;
    camera.take(&browser, "bientot-archivees", "/bientot-archivees")?;
    browser.goto(&format!("{}/motif?suite=/{}/personnes", camera.base, camera.department))?;
    browser.fill("#reason", "Demande d’une personne sur ses données")?;
    browser.follow("main form button[type=submit]")?;
    browser.wait_for("main table a[href*='/personnes/']")?;
    let person = first(&browser, "main table a[href*='/personnes/']")?;
    let rights = format!("{person}/droits");
    browser.goto(&rights)?;
    browser.follow("main form button[type=submit]")?;
    browser.wait_for(".dc-errors")?;
    camera.take_here(&browser, "droits-personne-erreur")?;
    let frozen = recorded(&browser, &rights, "restriction", "Le montant de mes revenus est faux.")?;
    recorded(&browser, &rights, "objection", "Je ne veux plus recevoir de SMS.")?;
    recorded(&browser, &rights, "rectification", "Mon numéro de téléphone a changé.")?;
    let copy = recorded(&browser, &rights, "access", "Je veux voir tout ce que vous avez sur moi.")?;
    camera.take(&browser, "demande-acces", &copy)?;
    camera.take(&browser, "droits", "/droits")?;
    camera.take(&browser, "accueil-delegue", "/")?;
    camera.take(&browser, "personne-avec-demandes", &person)?;
    browser.goto(&frozen)?;
    browser.click("#reply option[value=refused]")?;
    browser.follow("form[aria-labelledby=reponse] button[type=submit]")?;
    browser.wait_for(".dc-errors")?;
    camera.take_here(&browser, "demande-erreur")?;
    browser.click("#reply option[value=granted]")?;
    browser.follow("form[aria-labelledby=reponse] button[type=submit]")?;
    browser.wait_for(".dc-flash--ok")?;
    camera.take(&browser, "demande-repondue", &frozen)?;
    camera.take(&browser, "droits-personne", &rights)?;
    camera.take(&browser, "personne-gelee", &person)?;
    camera.take(&camera.of("team_lead")?, "personne-gelee-403", &person)
}

/// Records what somebody asks; the address of the request.
fn recorded(browser: &Browser, rights: &str, right: &str, note: &str) -> Outcome<String> {
    browser.goto(rights)?;
    browser.click(&format!("#right option[value={right}]"))?;
    browser.fill("#note", note)?;
    browser.follow("main form[aria-labelledby=demande] button[type=submit]")?;
    browser.wait_for("#faire")?;
    browser.url()
}

/// Sends a file; the address of its page.
fn send(camera: &Camera, browser: &Browser, file: &Path) -> Outcome<String> {
    browser.goto(&format!("{}/fichiers", camera.base))?;
    browser.fill("input[type=file]", &file.display().to_string())?;
    browser.follow("form[enctype] button[type=submit]")?;
    browser.wait_for(".dc-crumb")?;
    browser.url()
}

/// Waits until a file is no longer read.
fn ended(browser: &Browser, page: &str) -> Outcome {
    for _ in 0..120 {
        browser.goto(page)?;
        if browser.count("progress")? == 0 {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    Err(format!("{page} is still read").into())
}

/// Opens the first report that changed something; the address of the people of a number of its.
fn changed(camera: &Camera, browser: &Browser) -> Outcome<String> {
    browser.goto(&format!("{}/fichiers", camera.base))?;
    for file in browser.addresses("main table a[href*='/fichiers/']")? {
        browser.goto(&file)?;
        if browser.count("a[href*='changement=']")? > 4 {
            return first(browser, "a[href*='changement=']");
        }
    }
    Err("no file changed anything".into())
}

/// The first address of these links.
///
/// # Errors
/// When there is none.
pub(super) fn first(browser: &Browser, css: &str) -> Outcome<String> {
    let found = browser.addresses(css)?.into_iter().next();
    found.ok_or_else(|| format!("no {css} on {}", browser.url().unwrap_or_default()).into())
}
