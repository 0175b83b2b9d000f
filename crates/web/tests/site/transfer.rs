//! The pages of transfers: a person leaves by a file, another arrives by one; what is wrong is said where it was typed.

use app::people::transfer::{TransferInput, export, own_key, save_peer};
use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::page::check_page;
use testkit::world::{World, on_sqlite};

use super::journalled::{form, lines};
use super::relations::people;
use super::support::{Browser, Part, demo, is};

const REASON: [(&str, &str); 2] = [("to", "38"), ("reason", "Elle s’installe chez sa sœur.")];

/// The Isère, which knows the Meuse and is known to it.
async fn isere(world: &World) -> World {
    let other = on_sqlite("38").await;
    for (here, there) in [(world, &other), (&other, world)] {
        let key = own_key(&there.system()).await.unwrap().text();
        save_peer(&here.user(&[Role::Admin]), &key).await.unwrap();
    }
    other
}

/// A file by which the Isère passes somebody.
async fn file(other: &World) -> Vec<u8> {
    other.import("10.xml", &other.month("2026-10-01", 10, 0.0)).await.unwrap();
    let person = people(other).await[0].id;
    let input = TransferInput { to: "55".to_owned(), reason: "déménagement".to_owned() };
    export(&other.system(), person, &input).await.unwrap().bytes
}

/// Somebody of the Meuse who has not left yet, and their page.
async fn somebody(world: &World, lead: &mut Browser) -> String {
    world.import("10.xml", &world.month("2026-10-01", 10, 0.0)).await.unwrap();
    for one in people(world).await {
        let page = format!("/55/personnes/{}", one.id);
        if lead.get(&format!("{page}/transfert")).await.status == StatusCode::OK {
            return page;
        }
    }
    panic!("nobody can be passed on")
}

/// Somebody left: where their transfer is told.
async fn gone(lead: &mut Browser, person: &str) -> String {
    let page = format!("{person}/transfert");
    let csrf = lead.token(&page).await;
    let sent = lead.post(&page, &[&[("csrf", csrf.as_str())], &REASON[..]].concat()).await;
    is(&sent, StatusCode::OK);
    let list = lead.get("/transferts").await.body;
    let (_, rest) = list.split_once("action=\"/55/transferts/").unwrap();
    format!("/55/transferts/{}", rest.split('/').next().unwrap())
}

/// How each write of these pages is exercised, for the test of the journal.
pub async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    let other = isere(world).await;
    if path.contains("/reglages/") {
        let key = own_key(&other.system()).await.unwrap().text();
        let mut manager = Browser::of(world, Role::Manager).await;
        let page = "/reglages/transferts";
        return form(world, &mut manager, page, page, &[("key", &key)]).await;
    }
    let mut lead = Browser::of(world, Role::TeamLead).await;
    if path == "/{department}/transferts" {
        let file = file(&other).await;
        let csrf = lead.token("/transferts").await;
        let before = lines(world).await;
        return (before, arrive(&mut lead, &csrf, &file).await);
    }
    let person = somebody(world, &mut lead).await;
    let page = format!("{person}/transfert");
    if path.ends_with("/transfert") {
        return form(world, &mut lead, &page, &page, &REASON).await;
    }
    let at = gone(&mut lead, &person).await;
    let last = path.rsplit('/').next().unwrap();
    form(world, &mut lead, "/transferts", &format!("{at}/{last}"), &[("how", "by_hand")]).await
}

async fn arrive(lead: &mut Browser, csrf: &str, file: &[u8]) -> StatusCode {
    let parts = [
        Part::Text("csrf", csrf),
        Part::File("file", "transfert-38-vers-55.declic", file),
        Part::Text("territory", "verdun"),
    ];
    lead.send_parts("/transferts", &parts).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_leaves_is_followed_until_they_arrive_and_comes_back_if_they_did_not() {
    let world = demo("55").await;
    isere(&world).await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let person = somebody(&world, &mut lead).await;
    let form = lead.get(&format!("{person}/transfert")).await;
    check_page(&form.body);
    assert!(form.says("Isère (38)") && form.says("Le NIR part aussi"), "{}", form.body);
    let csrf = form.csrf();
    let short = [("csrf", csrf.as_str()), ("to", "38"), ("reason", "ab")];
    let seen = lead.post(&format!("{person}/transfert"), &short).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&seen.body);
    assert!(seen.says("de 3 à 500 caractères") && seen.says(">ab</textarea>"), "{}", seen.body);
    let at = gone(&mut lead, &person).await;
    let file = lead.get(&person).await;
    check_page(&file.body);
    assert!(file.says("Son arrivée reste à confirmer") && file.says("Confirmer l’arrivée"), "{}", file.body);
    let list = lead.get("/transferts").await;
    check_page(&list.body);
    let csrf = list.csrf();
    let name = format!("receipt-{}", at.rsplit('/').next().unwrap().replace('-', ""));
    let typed = [("csrf", csrf.as_str()), (name.as_str(), "1234 <script>"), ("how", "receipt")];
    let seen = lead.post(&format!("{at}/confirmer"), &typed).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&seen.body);
    assert!(seen.says("Ce n’est pas l’accusé") && !seen.body.contains("<script>"), "{}", seen.body);
    is(&lead.post(&format!("{at}/annuler"), &[("csrf", &csrf)]).await, StatusCode::SEE_OTHER);
    assert!(!lead.get(&person).await.says("Transférée à"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_arrives_with_what_was_sent_and_a_wrong_file_is_said() {
    let world = demo("55").await;
    let other = isere(&world).await;
    let bytes = file(&other).await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let csrf = lead.token("/transferts").await;
    let parts = [
        Part::Text("csrf", &csrf),
        Part::File("file", "x.declic", &bytes[..400]),
        Part::Text("territory", "verdun"),
    ];
    let seen = lead.send_parts("/transferts", &parts).await;
    is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
    check_page(&seen.body);
    assert!(seen.says("Rien n’a été écrit"), "{}", seen.body);
    assert_eq!(people(&world).await.len(), 0);
    assert_eq!(arrive(&mut lead, &csrf, &bytes).await, StatusCode::SEE_OTHER);
    assert_eq!(arrive(&mut lead, &csrf, &bytes).await, StatusCode::SEE_OTHER);
    assert_eq!(people(&world).await.len(), 1);
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    let page = lead.get(&person).await;
    check_page(&page.body);
    assert!(page.says("Arrivée de") && page.says("Reçu d’un autre département"), "{}", page.body);
    let list = lead.get("/transferts").await;
    check_page(&list.body);
    assert!(list.says("Accusé à donner"), "{}", list.body);
    let mut operator = Browser::of(&world, Role::Operator).await;
    assert!(operator.get("/orientation").await.body.contains(&person), "whoever arrives is in the queue");
    is(&operator.get("/transferts").await, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_receives_somebody_known_elsewhere_is_told_the_receipt_and_no_more() {
    let world = demo("55").await;
    let other = isere(&world).await;
    let bytes = file(&other).await;
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let csrf = lead.token("/transferts").await;
    assert_eq!(arrive(&mut lead, &csrf, &bytes).await, StatusCode::SEE_OTHER);
    let person = lead.get("/personnes").await.link("/55/personnes/0");
    // The lead of another territory brings the same file: the page of the person is not theirs.
    let local = world.account(Role::TeamLead, Some("bar-le-duc")).await;
    let mut local = Browser::of_account(&world, Role::TeamLead, local).await;
    let page = local.get("/transferts").await;
    assert!(!page.body.contains("value=\"verdun\""), "{}", page.body);
    let csrf = page.csrf();
    let parts = [
        Part::Text("csrf", &csrf),
        Part::File("file", "x.declic", &bytes),
        Part::Text("territory", "bar-le-duc"),
    ];
    let told = local.send_parts("/transferts", &parts).await;
    is(&told, StatusCode::OK);
    check_page(&told.body);
    assert!(
        told.says("sur un autre territoire que les vôtres") && told.says("Accusé à donner"),
        "{}",
        told.body
    );
    is(&local.get(&person).await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_kept_and_what_is_not_one_is_said() {
    let world = demo("55").await;
    let other = on_sqlite("38").await;
    let mut manager = Browser::of(&world, Role::Manager).await;
    let page = manager.get("/reglages/transferts").await;
    check_page(&page.body);
    assert!(page.says("declic-55-") && page.says("aucun"), "{}", page.body);
    let csrf = page.csrf();
    for wrong in ["", "bonjour", "declic-38-abc"] {
        let seen = manager.post("/reglages/transferts", &[("csrf", &csrf), ("key", wrong)]).await;
        is(&seen, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(seen.says("n’est pas une clé de transfert"), "{}", seen.body);
    }
    let key = own_key(&other.system()).await.unwrap();
    let seen = manager.post("/reglages/transferts", &[("csrf", &csrf), ("key", &key.text())]).await;
    is(&seen, StatusCode::SEE_OTHER);
    assert!(manager.get("/reglages/transferts").await.says(&key.fingerprint()));
}
