//! How many statements a page asks of the database: the session, the rights, what is shown, and no more.

use domain::access::role::Role;
use testkit::world::{World, on_both};

use super::support::Browser;

/// Statements that a page asks once what pages share is in memory.
async fn asked(world: &World, browser: &mut Browser, path: &str) -> u64 {
    browser.get(path).await;
    let before = world.department.db.asked();
    browser.get(path).await;
    world.department.db.asked() - before
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_asks_few_questions_however_many_people_it_shows() {
    on_both(|world| async move {
        let world = world.in_demo();
        world.import("09.xml", &world.month("2026-10-01", 80, 0.0)).await.unwrap();
        let mut browser = Browser::of(&world, Role::TeamLead).await;
        let person = browser.get("/orientation").await.link("/55/personnes/");
        // Session and account, roles, revision: three. A list: its rows. A filter no counter knows: who, their rows, how
        // many, and when they are due. A person: record, households, what files said, contacts, notes,
        // proposals, whether one may pass them on, what was recorded of their path, calls, programmes,
        // contacts with them, journal.
        for (path, most) in [
            ("/orientation", 4),
            ("/personnes?territoire=verdun", 4),
            ("/orientation?famille=seul&territoire=verdun", 7),
            (person.as_str(), 20),
            ("/recherche?q=marie", 9),
        ] {
            let statements = asked(&world, &mut browser, path).await;
            assert!(statements <= most, "{path} asks {statements} statements, more than {most}");
        }
    })
    .await;
}
