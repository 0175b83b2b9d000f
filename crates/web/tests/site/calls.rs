//! The call desk: a call from the queue to the decision, what is refused, what is kept, and what others see meanwhile.

use axum::http::StatusCode;
use domain::access::role::Role;
use domain::reference::catalogues::ORIENTATION_RULES;
use testkit::page::check_page;
use testkit::world::{World, on_both};

use super::journalled::{form, lines};
use super::support::{Browser, demo};

/// An operator with people to call; the address of the screen of the first.
async fn at_desk(world: &World) -> (Browser, String) {
    world.import("10.xml", &world.month("2026-10-01", 12, 0.0)).await.unwrap();
    let mut operator = Browser::of(world, Role::Operator).await;
    let csrf = operator.token("/appels").await;
    let to = operator.post("/appels", &[("csrf", &csrf)]).await.location().to_owned();
    (operator, to)
}

/// The answers that lead to « emploi », as the screen sends them.
fn ready<'a>(csrf: &'a str, revision: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut sent = vec![("csrf", csrf), ("revision", revision)];
    for (code, field, value) in [
        ("call_ok", "q-call_ok", "yes"),
        ("language_need", "q-language_need", "french_ok"),
        ("sleep", "q-sleep", "yes"),
        ("work_situation", "q-work_situation", "last_two_years"),
        ("wish", "q-wish", "quick_job"),
        ("readiness", "q-readiness", "now"),
        ("mobility", "q-mobility", "none"),
        ("health", "q-health", "none"),
        ("french", "q-french", "easy"),
    ] {
        sent.extend([("shown", code), (field, value)]);
    }
    sent
}

/// How each write of the desk is exercised, for the test of the journal.
pub async fn exercise(world: &World, path: &str) -> (u64, StatusCode) {
    if path.contains("/reglages/") {
        return settings(world, path).await;
    }
    let (mut operator, screen) = at_desk(world).await;
    let person = screen.trim_end_matches("/appel").to_owned();
    match path.rsplit('/').next().unwrap() {
        "appels" => {
            let csrf = operator.token("/appels").await;
            operator.post(&format!("{screen}/rendre"), &[("csrf", &csrf)]).await;
            form(world, &mut operator, "/appels", "/appels", &[]).await
        }
        "appel" => {
            form(world, &mut operator, &screen, &screen, &[("shown", "wish"), ("q-wish", "training")]).await
        }
        "prendre" => {
            let csrf = operator.token(&screen).await;
            operator.post(&format!("{screen}/rendre"), &[("csrf", &csrf)]).await;
            form(world, &mut operator, &screen, &format!("{screen}/prendre"), &[]).await
        }
        "rendre" => form(world, &mut operator, &screen, &format!("{screen}/rendre"), &[]).await,
        "essai" => {
            form(world, &mut operator, &screen, &format!("{screen}/essai"), &[("ending", "voicemail")]).await
        }
        last => {
            let fields = [
                ("path", "social"),
                ("organisation", "CD"),
                ("reason", "Rencontrée à l’accueil ce matin."),
                ("explanation", "Nous cherchons d’abord un toit."),
            ];
            let (page, to) = match last {
                "decision" => (screen.clone(), format!("{screen}/decision")),
                _ => (format!("{person}/orientation"), format!("{person}/orientation")),
            };
            form(world, &mut operator, &page, &to, &fields).await
        }
    }
}

async fn settings(world: &World, path: &str) -> (u64, StatusCode) {
    let mut manager = Browser::of(world, Role::Manager).await;
    let page = "/reglages/orientation";
    let questions = domain::reference::catalogues::ORIENTATION_QUESTIONNAIRE;
    match path.rsplit('/').next().unwrap() {
        "questions" => {
            let fields = [("after", "1"), ("questions-texte", questions)];
            form(world, &mut manager, page, &format!("{page}/questions"), &fields).await
        }
        "regles" => {
            let fields = [("after", "1"), ("regles-texte", ORIENTATION_RULES)];
            form(world, &mut manager, page, &format!("{page}/regles"), &fields).await
        }
        // A replay reads calls without naming anybody, and changes nothing.
        _ => {
            let fields = [("after", "1"), ("regles-texte", ORIENTATION_RULES)];
            form(world, &mut manager, page, &format!("{page}/essai"), &fields).await
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_from_the_queue_to_the_decision() {
    on_both(async |world| {
        let world = world.in_demo();
        let (mut operator, screen) = at_desk(&world).await;
        let page = operator.get(&screen).await;
        check_page(&page.body);
        assert!(page.says("Orientation conseillée") && page.says("Règles, version 1"));
        let csrf = page.csrf();
        let saved = operator.post(&screen, &ready(&csrf, "0")).await;
        assert_eq!((saved.status.as_u16(), saved.location()), (303, screen.as_str()));
        let page = operator.get(&screen).await;
        check_page(&page.body);
        assert!(page.says("Activité en cours ou récente, reprise possible, peu de difficultés"));
        assert!(page.says("France Travail vous accompagne."), "what the person receives is drafted");
        // Another choice without a reason: refused, nothing typed is lost.
        let mut other = ready(&csrf, "1");
        other.extend([
            ("path", "social"),
            ("shown_path", "emploi"),
            ("organisation", "CD"),
            ("shown_organisation", "FT"),
            ("explanation", "Nous cherchons d’abord un toit, dit-elle."),
        ]);
        let refused = operator.post(&format!("{screen}/decision"), &other).await;
        assert_eq!(refused.status.as_u16(), 422);
        check_page(&refused.body);
        assert!(
            refused.says("écrivez pourquoi, en une phrase") && refused.says("d’abord un toit, dit-elle.")
        );
        // The browser closes here; what was begun is there again.
        let again = operator.get(&screen).await;
        assert!(again.says("d’abord un toit, dit-elle."));
        let mut good = other.clone();
        good.push(("reason", "Elle demande d’abord un logement."));
        let decided = operator.post(&format!("{screen}/decision"), &good).await;
        assert_eq!((decided.status.as_u16(), decided.location()), (303, "/55/appels"));
        check_page(&operator.get("/appels").await.body);
        assert_eq!(operator.get(&screen).await.status.as_u16(), 404, "the operator's part is over");
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let person = screen.trim_end_matches("/appel");
        let file = lead.get(person).await;
        check_page(&file.body);
        assert!(file.says("Nommer un référent") && file.says("Nous cherchons d’abord un toit, dit-elle."));
        assert!(file.says("Elle demande d’abord un logement."));
        let page = format!("{person}/orientation");
        check_page(&lead.get(&page).await.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_operators_on_one_person_are_told_and_an_attempt_keeps_the_answers() {
    let world = demo("55").await;
    let (mut operator, screen) = at_desk(&world).await;
    let mut other =
        Browser::of_account(&world, Role::Operator, world.account(Role::Operator, None).await).await;
    let seen = other.get(&screen).await;
    check_page(&seen.body);
    assert!(seen.says("est en ligne avec cette personne"));
    let csrf = other.token("/appels").await;
    let next = other.post("/appels", &[("csrf", &csrf)]).await;
    assert_ne!(next.location(), screen);
    let csrf = operator.token(&screen).await;
    let mut sent = ready(&csrf, "0");
    sent.push(("ending", "call_back"));
    let refused = operator.post(&format!("{screen}/essai"), &sent).await;
    assert_eq!(refused.status.as_u16(), 422);
    assert!(refused.says("Choisissez quand rappeler"));
    let mut sent = ready(&csrf, "1");
    sent.extend([("ending", "call_back"), ("call_back", "2026-11-27T14:30")]);
    assert_eq!(operator.post(&format!("{screen}/essai"), &sent).await.location(), "/55/appels");
    let desk = operator.get("/appels").await;
    check_page(&desk.body);
    assert!(desk.says("vendredi 27 novembre"), "{}", desk.body);
    let csrf = operator.token("/appels").await;
    operator.post(&format!("{screen}/prendre"), &[("csrf", &csrf)]).await;
    assert!(operator.get(&screen).await.says("France Travail vous accompagne."));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_tried_then_published_and_a_fault_keeps_what_was_typed() {
    let world = demo("55").await;
    let mut manager = Browser::of(&world, Role::Manager).await;
    let page = manager.get("/reglages/orientation").await;
    check_page(&page.body);
    let csrf = page.csrf();
    let broken = ORIENTATION_RULES.replace("\"wish\"", "\"desire\"");
    let fields = [("csrf", csrf.as_str()), ("after", "1"), ("regles-texte", &broken)];
    let refused = manager.post("/reglages/orientation/regles", &fields).await;
    assert_eq!(refused.status.as_u16(), 422);
    check_page(&refused.body);
    assert!(refused.says("la question « desire » n’existe pas") && refused.body.contains("&#34;desire&#34;"));
    let fields = [("csrf", csrf.as_str()), ("after", "1"), ("regles-texte", ORIENTATION_RULES)];
    let tried = manager.post("/reglages/orientation/essai", &fields).await;
    check_page(&tried.body);
    assert!(tried.says("Aucune proposition ne changerait"));
    assert_eq!(manager.post("/reglages/orientation/regles", &fields).await.status.as_u16(), 303);
    assert!(manager.get("/reglages/orientation").await.says("Règles, version 2"));
    // Who may only read sees the rules and no form.
    let mut operator = Browser::of(&world, Role::Operator).await;
    let read = operator.get("/reglages/orientation").await;
    check_page(&read.body);
    assert!(read.says("urgent-housing") && !read.body.contains("regles-texte"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_letter_of_a_decision_is_taken_away_from_the_page_of_the_person() {
    on_both(async |world| {
        let world = world.in_demo();
        let (mut operator, screen) = at_desk(&world).await;
        let csrf = operator.token(&screen).await;
        let sent = [
            ("csrf", csrf.as_str()),
            ("path", "social"),
            ("organisation", "CD"),
            ("reason", "Elle demande d’abord un logement."),
            ("explanation", "Nous cherchons d’abord un toit."),
        ];
        assert_eq!(operator.post(&format!("{screen}/decision"), &sent).await.status.as_u16(), 303);
        let person = screen.trim_end_matches("/appel");
        let mut lead = Browser::of(&world, Role::TeamLead).await;
        let page = lead.get(person).await;
        let letter = page.link(&format!("{person}/orientation/"));
        assert!(letter.ends_with("/lettre.pdf"), "{letter}");
        // Nobody said yet who writes: the page of the person says what to do.
        let early = lead.get(&letter).await;
        assert_eq!((early.status.as_u16(), early.location()), (303, person));
        let told = lead.get(person).await;
        check_page(&told.body);
        assert!(told.says("l’en-tête des courriers n’est pas rempli"), "{}", told.body);
        let mut manager = Browser::of(&world, Role::Manager).await;
        let settings = "/reglages/courriers";
        let page = manager.get(settings).await;
        check_page(&page.body);
        let csrf = page.csrf();
        let mut fields = vec![("csrf", csrf.as_str())];
        fields.extend(app::settings::LETTER_FIELDS.map(|field| (field.name, "Bar-le-Duc")));
        let refused = manager.post(settings, &fields).await;
        assert_eq!(refused.status.as_u16(), 422);
        check_page(&refused.body);
        assert!(refused.says("Cette adresse n’est pas lisible") && refused.body.contains("href=\"#email\""));
        for (name, value) in &mut fields {
            if *name == "email" {
                *value = "insertion@meuse.example";
            }
        }
        assert_eq!(manager.post(settings, &fields).await.status.as_u16(), 303);
        assert!(manager.get(settings).await.body.contains("insertion@meuse.example"));
        let before = lines(&world).await;
        let given = lead.get(&letter).await;
        assert_eq!(given.status.as_u16(), 200);
        assert_eq!(given.headers["content-type"], "application/pdf");
        assert_eq!(given.headers["x-content-type-options"], "nosniff");
        let disposition = given.headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"notification-2026-"), "{disposition}");
        assert!(given.body.starts_with("%PDF-"));
        assert_eq!(lines(&world).await, before + 1);
    })
    .await;
}
