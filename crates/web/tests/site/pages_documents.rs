//! The tab « Documents »: what a referent adds, takes away and removes, and what comes back.

use axum::http::StatusCode;
use domain::access::role::Role;
use store::people::list::{Filter, Order, Page, Sort};
use testkit::world::World;
use uuid::Uuid;

use crate::support::{Browser, Part, Seen, demo, is};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async fn somebody(world: &World) -> Uuid {
    world.import("09.xml", &world.month("2026-10-01", 3, 0.0)).await.unwrap();
    let (sort, page) = ((Sort::Name, Order::Ascending), Page { after: None, limit: 10 });
    let listed = app::people::list::list(&world.system(), &Filter::default(), sort, &page).await.unwrap();
    listed.rows[0].row.id
}

async fn send(browser: &mut Browser, at: &str, kind: &str, label: &str, name: &str, bytes: &[u8]) -> Seen {
    let token = browser.token(at).await;
    let parts = [
        Part::Text("csrf", &token),
        Part::Text("kind", kind),
        Part::Text("label", label),
        Part::File("file", name, bytes),
    ];
    browser.send_parts(at, &parts).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_adds_a_document_takes_it_away_and_removes_it() {
    let world = demo("55").await;
    let at = format!("/personnes/{}/documents", somebody(&world).await);
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    let empty = lead.get(&at).await;
    assert!(empty.says("Aucun document") && empty.says("20 Mio au plus"));

    let sent = send(&mut lead, &at, "cv", "", "CV de Léa.pdf", PDF).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, lead.path(&at).as_str()));
    let listed = lead.get(&at).await;
    assert!(listed.says("Le document est ajouté.") && listed.says("CV et candidatures"));
    assert!(listed.says("CV de Léa.pdf") && listed.says("par Essai Responsable de territoire"));

    let given = lead.get(&listed.link(&format!("{}/", lead.path(&at)))).await;
    is(&given, StatusCode::OK);
    assert_eq!(given.body.as_bytes(), PDF);
    let header = |name: &str| given.headers[name].to_str().unwrap();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(header("content-length"), PDF.len().to_string());
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"CV de L_a.pdf\"; filename*=UTF-8''CV%20de%20L%C3%A9a.pdf"
    );
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
    assert_eq!((header("x-content-type-options"), header("cache-control")), ("nosniff", "no-store"));

    let document = listed.link(&format!("{}/", lead.path(&at)));
    let field = format!("reason-{}", document.rsplit('/').next().unwrap().replace('-', ""));
    let removal = format!("{document}/retirer");
    let token = lead.token(&at).await;
    let short = lead.post(&removal, &[("csrf", &token), (&field, "erreur")]).await;
    is(&short, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.says("pourquoi ce document est retiré") && short.body.contains("value=\"erreur\""));
    let done = lead.post(&removal, &[("csrf", &token), (&field, "ajouté sur le mauvais dossier")]).await;
    is(&done, StatusCode::SEE_OTHER);
    let after = lead.get(&at).await;
    assert!(after.says("Documents retirés") && after.says("ajouté sur le mauvais dossier"));
    is(&lead.get(&document).await, StatusCode::NOT_FOUND);
    is(
        &lead.post(&removal, &[("csrf", &token), (&field, "encore une fois retiré")]).await,
        StatusCode::NOT_FOUND,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_comes_back_with_what_is_wrong() {
    let world = demo("55").await;
    let at = format!("/personnes/{}/documents", somebody(&world).await);
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    for (kind, label, name, bytes, says) in [
        ("cv", "Mon titre", "photo.jpg", PDF, "Corrigez la fin du nom"),
        ("", "Mon titre", "cv.pdf", PDF, "Choisissez de quoi il s’agit."),
        ("cv", "Mon titre", "", b"", "Choisissez un fichier."),
        ("cv", "Mon titre", "page.html", b"<html>", "Ce genre de fichier n’est pas accepté"),
    ] {
        let back = send(&mut lead, &at, kind, label, name, bytes).await;
        is(&back, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.says(says), "{says}: {}", back.body);
        assert!(back.body.contains("value=\"Mon titre\""), "{says}");
        assert!(back.says("Choisissez de nouveau le fichier"), "{says}");
        assert_eq!(back.body.contains("<option value=\"cv\" selected>"), kind == "cv", "{says}");
    }
    let mut large = PDF[..9].to_vec();
    large.resize(21 * 1024 * 1024, b' ');
    let back = send(&mut lead, &at, "cv", "Mon titre", "long.pdf", &large).await;
    is(&back, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.says("dépasse 20 Mio"));
    assert!(lead.get(&at).await.says("Aucun document"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_read_documents_has_no_tab_and_no_page() {
    let world = demo("55").await;
    let person = somebody(&world).await;
    let at = format!("/personnes/{person}/documents");
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    is(&send(&mut lead, &at, "cv", "", "cv.pdf", PDF).await, StatusCode::SEE_OTHER);
    let document = lead.get(&at).await.link(&format!("{}/", lead.path(&at)));
    let mut operator = Browser::of(&world, Role::Operator).await;
    let page = operator.get(&format!("/personnes/{person}")).await;
    is(&page, StatusCode::OK);
    assert!(!page.body.contains(&at));
    let mut coach = Browser::of(&world, Role::JobCoach).await;
    for path in [&at, &document] {
        is(&operator.get(path).await, StatusCode::FORBIDDEN);
        is(&coach.get(path).await, StatusCode::NOT_FOUND);
    }
    let token = coach.token("/personnes").await;
    let parts = [Part::Text("csrf", &token), Part::Text("kind", "cv"), Part::File("file", "cv.pdf", PDF)];
    is(&coach.send_parts(&at, &parts).await, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_whose_bytes_are_gone_says_so_in_the_page() {
    let world = demo("55").await;
    let at = format!("/personnes/{}/documents", somebody(&world).await);
    let mut lead = Browser::of(&world, Role::TeamLead).await;
    is(&send(&mut lead, &at, "cv", "", "cv.pdf", PDF).await, StatusCode::SEE_OTHER);
    let document = lead.get(&at).await.link(&format!("{}/", lead.path(&at)));
    std::fs::remove_dir_all(world.department.documents.join("objects")).unwrap();
    let gone = lead.get(&document).await;
    is(&gone, StatusCode::SERVICE_UNAVAILABLE);
    assert!(gone.says("ne sont plus là où ils étaient gardés"));
}
