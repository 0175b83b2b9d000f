//! A form sent after the end of its session: kept for its author, shown to nobody else.

use axum::http::StatusCode;
use chrono::Duration;
use domain::access::role::Role;
use testkit::world::{World, on_both};
use uuid::Uuid;

use super::pages_walls::people;
use super::support::{Browser, Seen, is};

const TEXT: &str = "Rappeler jeudi, après le rendez-vous « à la mairie » <b>&amp;</b>";

fn email(role: Role, account: Uuid) -> String {
    format!("{}-{}@55.demo.test", role.code(), account.simple())
}

/// Where a note on somebody to orient is sent.
async fn note(world: &World) -> String {
    world.import("09.xml", &world.month("2026-10-01", 6, 0.0)).await.unwrap();
    let people = people(world).await;
    let waits = people.iter().find(|person| person.state == "to_orient").unwrap_or(&people[0]);
    format!("/personnes/{}/notes", waits.id)
}

/// Somebody whose session ends while they write a note; what the server answers to the note.
async fn too_late(world: &World, browser: &mut Browser, path: &str) -> Seen {
    let csrf = browser.token(path.trim_end_matches("/notes")).await;
    world.wait(Duration::minutes(31));
    browser.post(path, &[("csrf", &csrf), ("text", TEXT), ("level", "orientation")]).await
}

/// Signs in again with the button of a demo account, from the page where the server led.
async fn again(browser: &mut Browser, led: &Seen, email: &str) -> Seen {
    let page = browser.get(led.location()).await;
    is(&page, StatusCode::OK);
    assert!(page.says("Ce que vous avez rempli est gardé"));
    assert!(!page.body.contains("Rappeler jeudi"), "nobody reads it before they have signed in");
    let next = page.field("next");
    browser.post("/connexion/demo", &[("csrf", &page.csrf()), ("email", email), ("next", &next)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_after_the_end_of_its_session_comes_back_to_its_author_alone() {
    on_both(async |world| {
        let world = world.in_demo();
        let path = note(&world).await;
        let author = world.account(Role::Operator, None).await;
        let other = world.account(Role::Operator, None).await;
        let mut browser = Browser::of_account(&world, Role::Operator, author).await;
        let led = too_late(&world, &mut browser, &path).await;
        assert!(led.location().starts_with("/55/connexion?suite=%2F55%2Freprise%2F"), "{}", led.location());

        // Somebody else at the same computer.
        let seen = again(&mut browser, &led, &email(Role::Operator, other)).await;
        let kept = seen.location().to_owned();
        assert!(kept.starts_with("/55/reprise/"), "{kept}");
        is(&browser.get(&kept).await, StatusCode::NOT_FOUND);

        let mut browser = Browser::new(&world);
        let seen = again(&mut browser, &led, &email(Role::Operator, author)).await;
        assert_eq!(seen.location(), kept);
        let page = browser.get(&kept).await;
        is(&page, StatusCode::OK);
        assert!(page.says("Ce que vous aviez rempli est gardé"));
        let shown = "Rappeler jeudi, après le rendez-vous « à la mairie » &#60;b&#62;&#38;amp;&#60;/b&#62;";
        assert!(page.body.contains(shown), "{}", page.body);
        let fields = [
            ("csrf", page.csrf()),
            ("level", page.field("level")),
            ("reprise", page.field("reprise")),
            ("text", TEXT.to_owned()),
        ];
        assert_eq!(fields[1].1, "orientation");
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        is(&browser.post(&path, &fields).await, StatusCode::SEE_OTHER);
        let person = browser.get(path.trim_end_matches("/notes")).await;
        assert!(person.body.contains("Rappeler jeudi"), "the note is there");
        is(&browser.get(&kept).await, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_typed_in_a_session_of_ours_is_not_kept_and_an_hour_ends_it() {
    on_both(async |world| {
        let world = world.in_demo();
        let path = note(&world).await;
        let author = world.account(Role::Operator, None).await;
        let mut browser = Browser::of_account(&world, Role::Operator, author).await;
        let led = too_late(&world, &mut browser, &path).await;
        let lost = async |browser: &mut Browser, csrf: &str| {
            let seen = browser.post(&path, &[("csrf", csrf), ("text", TEXT), ("level", "team")]).await;
            assert_eq!(seen.location(), "/55/connexion", "{}", seen.body);
        };
        // Another form token, none; no cookie at all.
        lost(&mut browser, "made-up").await;
        lost(&mut browser, "").await;
        lost(&mut Browser::new(&world), "made-up").await;

        world.wait(Duration::minutes(61));
        let mut browser = Browser::new(&world);
        let seen = again(&mut browser, &led, &email(Role::Operator, author)).await;
        is(&browser.get(seen.location()).await, StatusCode::NOT_FOUND);

        // Passwords are not kept: nothing of one's own account is.
        let csrf = browser.token("/compte/mot-de-passe").await;
        world.wait(Duration::minutes(31));
        let typed = [("csrf", csrf.as_str()), ("current", "un mot de passe"), ("password", "un autre mot")];
        assert_eq!(browser.post("/compte/mot-de-passe", &typed).await.location(), "/55/connexion");

        // Nobody fills the database with them.
        let mut browser = Browser::of_account(&world, Role::Operator, author).await;
        let csrf = browser.token(path.trim_end_matches("/notes")).await;
        world.wait(Duration::minutes(31));
        let mut kept = 0;
        for _ in 0..25 {
            let seen = browser.post(&path, &[("csrf", &csrf), ("text", TEXT), ("level", "team")]).await;
            kept += usize::from(seen.location().contains("reprise"));
        }
        assert_eq!(kept, 20);
    })
    .await;
}
