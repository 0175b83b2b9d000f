//! What a report leads to: the people of its warnings, the whole extract of its rejects, the same words by the API.

use std::fmt::Write as _;

use app::access::{TokenScope, create_token};
use app::intake::queue::work_once;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::access::role::Role;
use http_body_util::BodyExt as _;
use serde_json::Value;
use testkit::world::{World, on_sqlite};
use tower::ServiceExt as _;
use web::{Site, router};

use super::support::{Browser, demo, is, read, sample};

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_opens_the_people_it_is_about_and_no_other() {
    let world = demo("52").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let odd = sample().replacen("<SITFAM>CEL</SITFAM>", "<SITFAM>ZZZ</SITFAM>", 1);
    let path = read(&world, &mut lead, "codes.xml", odd.as_bytes()).await;
    let report = lead.get(&path).await;
    assert!(report.says("Codes inconnus"));
    let people = lead.get(&report.link(&format!("{path}/personnes?signalement=unknown_code"))).await;
    is(&people, StatusCode::OK);
    assert!(people.says("Tifour") && people.says("Keller") && !people.says("Bullock"), "{}", people.body);
    // The same dossier again, unchanged, beside one that changed: the warning is still about the same two.
    let next = odd.replace("2022-02-28", "2022-03-31").replace("<NOM>BULLOCK</NOM>", "<NOM>BULLOCK B</NOM>");
    let path = read(&world, &mut lead, "mars.xml", next.as_bytes()).await;
    let people = lead.get(&format!("{path}/personnes?signalement=unknown_code")).await;
    assert!(people.says("Tifour") && people.says("Keller") && !people.says("Bullock"), "{}", people.body);
    // A total that differs is about nobody, and a warning that was not told is not known.
    assert!(!report.body.contains("signalement=trailer_count"));
    for code in ["trailer_count", "nir_key", "closed"] {
        is(&lead.get(&format!("{path}/personnes?signalement={code}")).await, StatusCode::NOT_FOUND);
    }
    let mut admin = Browser::of(&world, Role::Admin).await;
    assert!(!admin.get(&path).await.body.contains("signalement="));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_value_of_a_spreadsheet_opens_its_person() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let list = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité;Numéro(s) de téléphone\n\
        1;Lamothe;Odile;04/05/1991;dem;Mme;en panne\n2;Sissokho;Amadou;04/05/1985;dem;M.;0639980012\n";
    let path = read(&world, &mut lead, "liste.csv", list.as_bytes()).await;
    let people = lead.get(&format!("{path}/personnes?signalement=sheet_value")).await;
    assert!(people.says("Lamothe") && !people.says("Sissokho"), "{}", people.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_extract_of_rejects_holds_every_one_of_them() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let mut list = "N° CAF;Nom;Prénom;Date de naissance;Rôle;Civilité\n".to_owned();
    for n in 0..1_203 {
        let _ = writeln!(list, "{n};Nom{n};Prénom;31/02/1990;dem;Mme");
    }
    list.push_str("9;Lamothe;Odile;04/05/1991;dem;Mme\n");
    let path = read(&world, &mut lead, "liste.csv", list.as_bytes()).await;
    let csv = lead.get(&format!("{path}/rejets")).await;
    is(&csv, StatusCode::OK);
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(lines.len(), 1_204);
    assert!(lines[1].starts_with("1;") && lines[1_203].starts_with("1203;"), "{:?}", lines.last());
    is(&lead.get("/fichiers/00000000-0000-7000-8000-000000000000/rejets").await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_columns_of_one_title_are_told_apart_on_the_page_that_maps_them() {
    let world = demo("55").await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let table = "Qui;Contact;Contact\nDelaunay;0639980012;0639980013\n";
    let path = read(&world, &mut lead, "tableau.csv", table.as_bytes()).await;
    let page = lead.get(&format!("{path}/colonnes")).await;
    assert!(page.says("Contact (2)"), "{}", page.body);
}

async fn api(world: &World, method: &str, path: &str, token: &str, body: Vec<u8>) -> (StatusCode, Value) {
    let request = Request::builder().method(method).uri(format!("/52/api/v1{path}"));
    let request = request.header("host", "declic.test").header("authorization", format!("Bearer {token}"));
    let answer = router(&Site::new(world.app.clone())).oneshot(request.body(Body::from(body)).unwrap());
    let answer = answer.await.unwrap();
    let status = answer.status();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_tells_the_report_of_the_command_with_its_status() {
    let (world, other) = (on_sqlite("52").await, on_sqlite("52").await);
    let token =
        create_token(&world.system(), app::access::NewToken::of("portail", TokenScope::Write)).await.unwrap();
    let file = sample().into_bytes();
    let send = async |bytes: Vec<u8>| {
        let (status, sent) = api(&world, "POST", "/imports?file_name=mois.xml", &token, bytes).await;
        assert_eq!((status, &sent["status"]), (StatusCode::ACCEPTED, &"waiting".into()));
        let path = format!("/imports/{}", sent["id"].as_str().unwrap());
        let (_, waiting) = api(&world, "GET", &path, &token, Vec::new()).await;
        assert_eq!((&waiting["status"], &waiting["id"]), (&"waiting".into(), &sent["id"]));
        assert!(work_once(&world.system()).await.unwrap());
        api(&world, "GET", &path, &token, Vec::new()).await.1
    };
    for again in [false, true] {
        let mut told = send(file.clone()).await;
        let report = other.import("mois.xml", &file).await.unwrap();
        let mut typed = serde_json::to_value(&report).unwrap();
        assert_eq!((&told["status"], &typed["already_imported"]), (&"done".into(), &again.into()));
        for value in [&mut told, &mut typed] {
            let fields = value.as_object_mut().unwrap();
            fields.retain(|name, _| !["id", "status", "duration_ms"].contains(&name.as_str()));
        }
        assert_eq!(told, typed);
    }
    let refused = send(b"<Racine>".to_vec()).await;
    assert_eq!(refused["status"], "failed");
    assert!(refused["error"].as_str().unwrap().contains("fichier"), "{refused}");
    // A spreadsheet whose columns nobody knows waits, in the words of the API.
    let waits = send(b"Qui;Quoi\nA;B\n".to_vec()).await;
    assert!(waits["status"] == "waiting" || waits["status"] == "failed", "{waits}");
}
