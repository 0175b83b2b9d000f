//! What people ask about their data: the pages of the data protection officer, what the others see of it, and who will be
//! archived.

use std::collections::BTreeSet;
use std::process::Command;

use axum::http::StatusCode;
use domain::access::role::Role;
use serde_json::Value;
use testkit::world::World;

use super::support::{Browser, Part, Seen, demo, is, read};

const LIST: &str = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone;Adresse\n\
    0346145;Lamothe;Odile;04/05/1991;dem;Mme;06 39 98 00 11;12 rue du Fort 55100 Verdun\n";

/// Somebody known by a table, by path.
async fn somebody(world: &World, lead: &mut Browser) -> String {
    read(world, lead, "liste.csv", LIST.as_bytes()).await;
    lead.get("/personnes").await.link("/55/personnes/0")
}

async fn send(browser: &mut Browser, page: &str, to: &str, fields: &[(&str, &str)]) -> Seen {
    let csrf = browser.token(page).await;
    browser.post(to, &[&[("csrf", csrf.as_str())], fields].concat()).await
}

/// Records a request received on 20 November; its page.
async fn record(dpo: &mut Browser, person: &str, right: &str, note: &str) -> String {
    let page = format!("{person}/droits");
    let fields = [("right", right), ("received", "2026-11-20"), ("note", note)];
    let seen = send(dpo, &page, &page, &fields).await;
    is(&seen, StatusCode::SEE_OTHER);
    seen.location().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_access_is_recorded_copied_and_answered() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = somebody(&world, &mut lead).await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    assert!(dpo.get("/droits").await.says("Aucune demande n’attend."));
    let page = format!("{person}/droits");
    let wrong = send(&mut dpo, &page, &page, &[("right", ""), ("received", ""), ("note", "tout voir")]).await;
    is(&wrong, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["href=\"#received\"", "href=\"#right\"", "tout voir"] {
        assert!(wrong.body.contains(kept), "{kept}");
    }
    let future = [("right", "access"), ("received", "2027-01-02"), ("note", "")];
    let future = send(&mut dpo, &page, &page, &future).await;
    is(&future, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(future.says("ne peut pas avoir été reçue après aujourd’hui"));

    let request = record(&mut dpo, &person, "access", "au guichet").await;
    let shown = dpo.get(&request).await;
    assert!(shown.says("La demande est enregistrée.") && shown.says("au guichet"));
    let list = dpo.get("/droits").await;
    assert!(list.says("Odile Lamothe") && list.says("Réponse due le 20 décembre 2026 au plus tard"));
    let home = dpo.get("/").await;
    assert!(home.says("Répondre à une demande sur les données"));
    let early = send(&mut dpo, &request, &request, &[("reply", "granted"), ("note", "")]).await;
    is(&early, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.says("Faites d’abord la copie"));

    let given = send(&mut dpo, &request, &format!("{request}/copie.json"), &[]).await;
    is(&given, StatusCode::OK);
    assert!(given.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    for told in ["\"+33639980011\"", "Lamothe", "12 rue du Fort 55100 Verdun", "au guichet"] {
        assert!(given.body.contains(told), "{told}: {}", given.body);
    }
    let short = send(&mut dpo, &request, &request, &[("reply", "refused"), ("note", "non")]).await;
    is(&short, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("href=\"#note\"") && short.body.contains(">non</textarea>"));
    is(&send(&mut dpo, &request, &request, &[("reply", "granted")]).await, StatusCode::SEE_OTHER);
    assert!(dpo.get(&request).await.says("Acceptée le 26 novembre 2026"));
    assert!(dpo.get("/droits").await.says("Aucune demande n’attend."));
    is(&lead.get(&page).await, StatusCode::FORBIDDEN);
    is(&lead.get(&request).await, StatusCode::FORBIDDEN);
}

/// Every fact of the JSON file: its text.
fn facts(file: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for section in file["sections"].as_array().unwrap() {
        for row in section["rows"].as_array().unwrap() {
            for fact in row["facts"].as_array().unwrap() {
                assert!(!fact["label"].as_str().unwrap().is_empty(), "{fact}");
                all.push(fact["text"].as_str().unwrap().to_owned());
            }
        }
    }
    all
}

/// The signs of a text that do not depend on where lines break, nor on which space or apostrophe was set.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && !"'’\u{2011}-".contains(*c));
    kept.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_and_the_file_say_the_same() {
    let world = demo("55").await;
    world.import("mois.xml", &world.month("2026-10-01", 30, 0.0)).await.unwrap();
    world.wait(chrono::Duration::days(12));
    world.import("mois-2.xml", &world.month("2026-11-01", 30, 0.6)).await.unwrap();
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let (documents, contacts) = (format!("{person}/documents"), format!("{person}/contacts"));
    let csrf = lead.token(&documents).await;
    let parts = [
        Part::Text("csrf", &csrf),
        Part::Text("kind", "cv"),
        Part::File("file", "CV de septembre.txt", b"un petit texte"),
    ];
    is(&lead.send_parts(&documents, &parts).await, StatusCode::SEE_OTHER);
    let phone = [("kind", "phone"), ("value", "06 39 98 00 77"), ("replaces", "")];
    is(&send(&mut lead, &contacts, &contacts, &phone).await, StatusCode::SEE_OTHER);
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let request = record(&mut dpo, &person, "access", "Je veux tout voir").await;
    let json = send(&mut dpo, &request, &format!("{request}/copie.json"), &[]).await;
    let pdf = send(&mut dpo, &request, &format!("{request}/copie.pdf"), &[]).await;
    is(&pdf, StatusCode::OK);
    assert_eq!(pdf.headers["content-type"], "application/pdf");
    let file: Value = serde_json::from_str(&json.body).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lettre.pdf");
    std::fs::write(&path, &pdf.bytes).unwrap();
    if let Some(look) = std::env::var_os("DECLIC_LOOK") {
        std::fs::copy(&path, std::path::Path::new(&look).join("lettre.pdf")).unwrap();
    }
    let read = Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().expect("poppler-utils");
    // What stands at the foot of each page may fall inside a fact.
    let letter: String = String::from_utf8_lossy(&read.stdout)
        .lines()
        .filter(|line| !line.starts_with("Département Meuse, demande") && !line.starts_with("page "))
        .collect();
    let (letter, facts) = (plain(&letter), facts(&file));
    assert!(facts.len() > 80, "{}", facts.len());
    for kept in ["CV de septembre.txt", "06 39 98 00 77", "Je veux tout voir"] {
        assert!(facts.iter().any(|fact| fact.replace('\u{a0}', " ") == kept), "{kept}");
    }
    let missing: Vec<&String> = facts.iter().filter(|fact| !letter.contains(&plain(fact))).collect();
    assert!(missing.is_empty(), "not in the letter: {missing:?}");
    // And nothing that is not in the file: its words, those of the labels and titles, and those of the template.
    let template = include_str!("../../../letters/templates/access.typ");
    let known: BTreeSet<String> = words(&format!("{}{template}", json.body));
    let said = String::from_utf8_lossy(&read.stdout).replace('\u{a0}', " ");
    let more: Vec<String> = words(&said).into_iter().filter(|word| !known.contains(word)).collect();
    assert!(
        more.iter().all(|word| word.parse::<u32>().is_ok() || word == "novembre"),
        "not in the file: {more:?}"
    );
    for text in facts {
        assert!(!text.contains("{$") && !text.contains("n:"), "{text}");
        assert!(text.parse::<uuid::Uuid>().is_err() && !text.contains("_sealed"), "a key of ours: {text}");
    }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen_data_are_seen_by_the_data_protection_officer_alone() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = somebody(&world, &mut lead).await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let request = record(&mut dpo, &person, "restriction", "").await;
    assert!(lead.get(&person).await.says("La personne demande le gel de ses données"));
    is(&send(&mut dpo, &request, &request, &[("reply", "granted")]).await, StatusCode::SEE_OTHER);
    for tab in ["", "/droit", "/documents", "/consultations"] {
        let seen = lead.get(&format!("{person}{tab}")).await;
        is(&seen, StatusCode::FORBIDDEN);
        assert!(seen.says("Les données de cette personne sont gelées") && !seen.says("Lamothe"), "{tab}");
    }
    is(&lead.get(&format!("{person}/contacts")).await, StatusCode::NOT_FOUND);
    for list in
        ["/personnes", "/recherche?q=lamothe", "/personnes.csv", "/orientation.csv", "/rapprochements"]
    {
        assert!(!lead.get(list).await.says("Odile"), "{list}");
    }
    assert!(dpo.get("/droits").await.says("Données gelées à la demande de la personne"));
    // The officer opens it for a reason, and is told.
    let asked = dpo.get(&person).await;
    assert!(asked.location().contains("/motif"));
    let reason = [("reason", "Demande de la personne du 20 novembre"), ("next", person.as_str())];
    send(&mut dpo, "/motif", "/motif", &reason).await;
    let seen = dpo.get(&person).await;
    is(&seen, StatusCode::OK);
    assert!(seen.says("Odile Lamothe") && seen.says("Données gelées à la demande de la personne"));
    let page = format!("{person}/droits");
    let lifted = send(&mut dpo, &page, &format!("{page}/degeler"), &[]).await;
    is(&lifted, StatusCode::SEE_OTHER);
    is(&lead.get(&person).await, StatusCode::OK);
    let again = send(&mut dpo, &page, &format!("{page}/degeler"), &[]).await;
    is(&again, StatusCode::SEE_OTHER);
    assert!(dpo.get(&page).await.says("C’était déjà fait."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_and_an_objection_are_told_to_whoever_opens_the_file() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = somebody(&world, &mut lead).await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let correction = record(&mut dpo, &person, "rectification", "Mon numéro a changé").await;
    record(&mut dpo, &person, "objection", "Pas de SMS").await;
    let seen = lead.get(&person).await;
    assert!(seen.says("La personne demande une correction") && seen.says("Mon numéro a changé"));
    assert!(seen.says("arrêtez cet usage jusqu’à la réponse") && seen.says("Pas de SMS"));
    assert!(seen.body.contains(&format!("href=\"{person}/contacts\"")));
    assert!(dpo.get(&correction).await.says("se corrigent à la main dans « Joindre »"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_request_is_said_to_be_late() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = somebody(&world, &mut lead).await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    record(&mut dpo, &person, "access", "").await;
    world.wait(chrono::Duration::days(40));
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let list = dpo.get("/droits").await;
    assert!(
        list.says("dont une en retard") && list.says("En retard : la réponse était due le 20 décembre 2026")
    );
    assert!(dpo.get("/").await.says("demandes en retard"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_will_be_archived_is_told_thirty_days_before() {
    let world = demo("55").await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let reason = [("reason", "Contrôle des durées de conservation"), ("next", "/55/")];
    send(&mut dpo, "/motif", "/motif", &reason).await;
    assert!(dpo.get("/bientot-archivees").await.says("Personne ne sera archivé dans les trente jours."));
    let mut operator = Browser::of(&world, Role::Operator).await;
    is(&operator.get("/bientot-archivees").await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_request_gives_it_more_time_once() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = somebody(&world, &mut lead).await;
    let mut dpo = Browser::of(&world, Role::Dpo).await;
    let request = record(&mut dpo, &person, "access", "au guichet").await;
    let to = format!("{request}/delai");
    let short = send(&mut dpo, &request, &to, &[("delay", "trop <b>long</b>")]).await;
    is(&short, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.says("les raisons du retard") && short.body.contains("href=\"#delay\""));
    assert!(short.body.contains("trop &#60;b&#62;long&#60;/b&#62;"), "what was typed is kept");
    let why = [("delay", "Trois services tiennent une partie du dossier.")];
    is(&send(&mut dpo, &request, &to, &why).await, StatusCode::SEE_OTHER);
    let shown = dpo.get(&request).await;
    assert!(shown.says("Réponse due le 20 février 2027 au plus tard") && shown.says("Trois services"));
    assert!(shown.says("Le délai est prolongé de deux mois.") && !shown.body.contains("name=\"delay\""));
    let again = send(&mut dpo, &request, &to, &why).await;
    is(&again, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.says("la loi ne le permet qu’une fois"));
    assert!(dpo.get("/journal").await.says("Prolonge le délai d’une demande sur des données"));
}
