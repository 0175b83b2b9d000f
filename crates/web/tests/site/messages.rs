//! What is written to people, page by page: each form is really sent, leaves a line in the journal, and keeps what was typed.

use axum::http::StatusCode;
use domain::access::role::Role;
use testkit::page::check_page;
use testkit::world::{World, on_both};

use super::agenda::{lines, scene, sent};
use super::support::{Browser, is};

/// The writes that are sent here.
const PLAYED: [&str; 5] = [
    "/{department}/messages/{id}/traite",
    "/{department}/messages/imprimer",
    "/{department}/messages/postes",
    "/{department}/personnes/{id}/messages",
    "/{department}/reglages/messages/{code}",
];

/// Whether a write is sent by the tests of this file.
pub fn plays(route: &str) -> bool {
    PLAYED.contains(&route)
}

/// Books the slot of this rank.
async fn book(world: &World, coach: &mut Browser, tab: &str, nth: usize) {
    let new = format!("{tab}/nouveau");
    let shown = coach.get(&new).await;
    let slot = shown.body.split("id=\"slot-").nth(nth).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("slot", slot.as_str()), ("modality", "in_person"), ("purpose", "follow_up")];
    sent(world, coach, &new, &new, &fields).await;
}

async fn set_letters(world: &World) {
    let mut manager = Browser::of(world, Role::Manager).await;
    let page = "/reglages/courriers";
    let csrf = manager.token(page).await;
    let mut fields = vec![("csrf", csrf.as_str())];
    fields.extend(app::settings::LETTER_FIELDS.map(|field| match field.name {
        "email" => ("email", "insertion@meuse.example"),
        name => (name, "Bar-le-Duc"),
    }));
    assert_eq!(manager.post(page, &fields).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reaches_nobody_is_dealt_with_and_letters_are_printed_then_posted() {
    on_both(|world| async move {
        let world = world.in_demo();
        let (mut coach, _, tab, _) = scene(&world).await;
        let seen = coach.get("/messages").await;
        check_page(&seen.body);
        assert!(seen.says("Rien à faire") && seen.says("Aucun courrier n’attend"), "{}", seen.body);
        // Tomorrow, too late for the post; then in a fortnight.
        book(&world, &mut coach, &tab, 1).await;
        book(&world, &mut coach, &tab, 12).await;
        let seen = coach.get("/messages").await;
        check_page(&seen.body);
        assert!(seen.says("appelez la personne") && seen.says("Un courrier à poster"), "{}", seen.body);
        let (_, handle) = seen.body.split_once("action=\"/55/messages/0").unwrap();
        let handle = format!("/messages/0{}", handle.split('"').next().unwrap());
        sent(&world, &mut coach, "/messages", &handle, &[]).await;
        // Nobody said yet who writes: the letter says what it lacks, beside it.
        let csrf = coach.token("/messages").await;
        let early = coach.post("/messages/imprimer", &[("csrf", &csrf)]).await;
        assert_eq!(early.status, StatusCode::SEE_OTHER);
        let seen = coach.get("/messages").await;
        assert!(seen.says("Réglages, Courriers") && !seen.says("sont postés"), "{}", seen.body);
        set_letters(&world).await;
        let before = lines(&world).await;
        let csrf = coach.token("/messages").await;
        let pdf = coach.post("/messages/imprimer", &[("csrf", &csrf)]).await;
        assert_eq!(
            (pdf.status, pdf.headers["content-type"].to_str().unwrap()),
            (StatusCode::OK, "application/pdf")
        );
        assert!(pdf.body.starts_with("%PDF-") && lines(&world).await > before);
        assert!(coach.get("/messages").await.says("sont postés"));
        sent(&world, &mut coach, "/messages", "/messages/postes", &[]).await;
        let person = tab.replace("/rendez-vous", "/messages");
        let seen = coach.get(&person).await;
        check_page(&seen.body);
        assert!(seen.says("posté") && seen.says("Confirmation du rendez-vous"), "{}", seen.body);
        sent(&world, &mut coach, &person, &person, &[("purpose", "first_meeting")]).await;
        assert!(coach.get("/messages").await.says("Invitation à choisir son rendez-vous"));
        // Another coach sees nothing of it.
        let mut other = Browser::of(&world, Role::JobCoach).await;
        assert!(other.get("/messages").await.says("Aucun courrier n’attend"));
        is(&other.get(&person).await, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_read_as_people_will_and_changed_by_a_version() {
    on_both(|world| async move {
        let world = world.in_demo();
        let mut manager = Browser::of(&world, Role::Manager).await;
        let list = manager.get("/reglages/messages").await;
        check_page(&list.body);
        assert!(list.says("Rappel de rendez-vous"));
        let one = "/reglages/messages/appointment-reminder";
        let seen = manager.get(one).await;
        check_page(&seen.body);
        assert!(seen.says("Tient en un SMS") && seen.says("rappel RDV"), "{}", seen.body);
        for (code, _) in domain::reference::catalogues::MESSAGES {
            let seen = manager.get(&format!("/reglages/messages/{code}")).await;
            is(&seen, StatusCode::OK);
            check_page(&seen.body);
            assert!(seen.says("en anglais"), "{code} looks like nothing");
        }
        is(&manager.get("/reglages/messages/inconnu").await, StatusCode::NOT_FOUND);
        let text = domain::reference::catalogues::message("appointment-reminder").unwrap();
        let wrong = text.replace("Nous vous attendons bientôt.", "{{person.salary}}");
        let csrf = manager.token(one).await;
        let refused = manager.post(one, &[("csrf", &csrf), ("after", "1"), ("texte", &wrong)]).await;
        is(&refused, StatusCode::UNPROCESSABLE_ENTITY);
        check_page(&refused.body);
        assert!(
            refused.says("person.salary") && refused.body.contains("href=\"#texte\""),
            "{}",
            refused.body
        );
        let right = text.replace("Nous vous attendons bientôt.", "À très bientôt.");
        sent(&world, &mut manager, one, one, &[("after", "1"), ("texte", &right), ("note", "plus court")])
            .await;
        let seen = manager.get(one).await;
        assert!(
            seen.says("À très bientôt.") && seen.says("Version 2") && seen.says("plus court"),
            "{}",
            seen.body
        );
        let mut coach = Browser::of(&world, Role::JobCoach).await;
        let seen = coach.get(one).await;
        check_page(&seen.body);
        assert!(!seen.says("Changer ce message"));
    })
    .await;
}
