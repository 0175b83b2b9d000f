//! Routes that name a person × role × relation to that person, generated from the map; and every person of another
//! territory, who does not exist.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use domain::access::role::Role;
use http_body_util::BodyExt as _;
use store::people::PersonRow;
use testkit::world::{World, on_both, on_sqlite};
use tower::ServiceExt as _;
use web::{Site, router, routes_table};

/// An identifier that belongs to nobody.
pub const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// The server of a world, made once: it takes longer to build than most pages to answer.
pub fn served(world: &World) -> Router {
    router(&Site::new(world.app.clone()))
}

/// What was answered: its status, where it leads, its body.
pub async fn ask(site: &Router, method: &str, path: &str, cookie: &str, csrf: &str) -> (u16, String, String) {
    let body = if method == "GET" { Body::empty() } else { Body::from(format!("csrf={csrf}")) };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "declic.test")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", format!("__Host-declic-55={cookie}"))
        .body(body)
        .unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let to = response.headers().get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, to, String::from_utf8_lossy(&bytes).into_owned())
}

pub async fn people(world: &World) -> Vec<PersonRow> {
    use app::people::list::{Filter, Order, Page, Sort, list};
    let page = Page { after: None, limit: 1_000 };
    let order = (Sort::Name, Order::Ascending);
    let listed = list(&world.system(), &Filter::default(), order, &page).await.unwrap();
    listed.rows.into_iter().map(|entry| entry.row).collect()
}

/// The routes of pages that name a person, with the address of one of them.
fn routes() -> Vec<(String, String, String)> {
    routes_table()
        .into_iter()
        .filter(|route| route.path.starts_with("/{department}/personnes/{id}"))
        .map(|route| (route.method, route.access, route.path))
        .collect()
}

pub fn address(path: &str, person: &str) -> String {
    let mut parts = path.replace("{department}", "55").replace("{id}", person);
    while let Some((before, rest)) = parts.split_once('{') {
        let after = rest.split_once('}').map(|(_, after)| after).unwrap_or_default();
        parts = format!("{before}{NOBODY}{after}");
    }
    parts
}

/// Each relation is looked at for each role on Verdun: who is followed, who waits there, who lives there and waits for
/// nothing, who lives elsewhere, and nobody at all.
#[tokio::test(flavor = "multi_thread")]
async fn every_route_of_a_person_is_decided_for_every_role_and_relation() {
    let world = on_sqlite("55").await;
    world.import("09.xml", &world.month("2026-10-01", 150, 0.0)).await.unwrap();
    let site = served(&world);
    let all = people(&world).await;
    let of = |territory: &str, waits: bool, skip: usize| {
        let fits =
            |p: &&PersonRow| p.territory.as_deref() == Some(territory) && (p.state == "to_orient") == waits;
        all.iter().filter(fits).nth(skip).unwrap().id
    };
    let (queue, team, other) = (of("verdun", true, 0), of("verdun", false, 0), of("bar-le-duc", true, 0));
    let mut sessions = BTreeMap::new();
    for (rank, role) in Role::ALL.into_iter().enumerate() {
        let (cookie, account) = world.session(role, Some("verdun")).await;
        let own = of("bar-le-duc", true, rank + 1);
        let theirs = role.side().map_or("social", domain::access::side::Side::code);
        world.follow(own, account, theirs).await;
        let seen = app::access::load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
        sessions.insert(role, (cookie, seen.csrf, own));
    }
    let mut told = String::new();
    for (method, access, path) in routes() {
        let _ = writeln!(told, "{method} {path} {access}");
        for (role, (cookie, csrf, own)) in &sessions {
            let _ = write!(told, "    {:<16}", role.code());
            for (relation, person) in [
                ("own", own.to_string()),
                ("queue", queue.to_string()),
                ("team", team.to_string()),
                ("other", other.to_string()),
                ("none", NOBODY.to_owned()),
            ] {
                let (status, to, _) = ask(&site, &method, &address(&path, &person), cookie, csrf).await;
                let got = if to.contains("/motif") { "reason".to_owned() } else { status.to_string() };
                assert!(status < 500, "{method} {path} {role:?} {relation}");
                let _ = write!(told, " {relation}={got}");
            }
            told.push('\n');
        }
    }
    insta::assert_snapshot!("person_routes_by_relation", told);
}

/// Every person of another territory, over every page that names a person: the answer is that of nobody, to the letter.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_of_another_territory_is_nobody() {
    on_both(|world| async move {
        world.import("09.xml", &world.month("2026-10-01", 60, 0.0)).await.unwrap();
        let site = served(&world);
        let all = people(&world).await;
        let others: Vec<_> = all.iter().filter(|p| p.territory.as_deref() != Some("verdun")).collect();
        assert!(others.len() > 20, "{}", others.len());
        let mut tried = 0;
        for role in [Role::Operator, Role::TeamLead, Role::SocialReferent, Role::JobCoach] {
            let (cookie, _) = world.session(role, Some("verdun")).await;
            let seen =
                app::access::load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
            for (method, _, path) in routes().into_iter().filter(|(method, ..)| method == "GET") {
                let nobody = ask(&site, &method, &address(&path, NOBODY), &cookie, &seen.csrf).await;
                assert!(nobody.0 == 404 || nobody.0 == 403, "{path} {role:?} {}", nobody.0);
                for person in &others {
                    let asked = address(&path, &person.id.to_string());
                    let answered = ask(&site, &method, &asked, &cookie, &seen.csrf).await;
                    assert!(answered == nobody, "{role:?} {asked}");
                    tried += 1;
                }
            }
            for list in
                ["/55/personnes", "/55/personnes.csv", "/55/orientation", "/55/orientation.csv", "/55/"]
            {
                let (_, _, body) = ask(&site, "GET", list, &cookie, &seen.csrf).await;
                assert!(others.iter().all(|p| !body.contains(&p.id.to_string())), "{role:?} {list}");
            }
            for person in others.iter().take(10) {
                let query = web::form::encode(&person.last_name);
                let (_, _, body) = ask(&site, "GET", &format!("/55/recherche?q={query}"), &cookie, "").await;
                assert!(!body.contains(&person.id.to_string()), "{role:?} {query}");
            }
        }
        assert!(tried > 200, "{tried}");
    })
    .await;
}
