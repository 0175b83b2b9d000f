//! Generated from the map of routes: every route × every role, every write × {no token, foreign origin}, every answer ×
//! headers. A route that is not decided does not compile; a decision that changes changes a snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;
use testkit::world::on_sqlite;
use tower::ServiceExt;
use web::{Outer, Site, router, routes_table};

use crate::relations::served;

/// An identifier that belongs to nobody.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

fn address(path: &str) -> String {
    path.replace("{department}", "55")
        .replace("{id}", NOBODY)
        .replace("{reject}", NOBODY)
        .replace("{enrolment}", NOBODY)
        .replace("{day}", "60")
        .replace("{note}", NOBODY)
        .replace("{contract}", NOBODY)
        .replace("{outcome}", NOBODY)
        .replace("{account}", NOBODY)
        .replace("{acte}", "papier")
        .replace("{role}", NOBODY)
        .replace("{proposal}", NOBODY)
        .replace("{holder}", NOBODY)
        .replace("{contact}", NOBODY)
        .replace("{document}", NOBODY)
        .replace("{token}", "inconnu")
        .replace("{theme}", "MOB")
        .replace("{action}", NOBODY)
        .replace("{code}", "verdun")
        .replace("{hash}", "0")
        .replace("{file}", "absent")
}

async fn ask(site: &Router, request: Request<Body>) -> Response<Body> {
    site.clone().oneshot(request).await.unwrap()
}

fn request(method: &str, path: &str, cookie: Option<&str>) -> axum::http::request::Builder {
    let mut builder = Request::builder().method(method).uri(address(path)).header("host", "declic.test");
    if let Some(cookie) = cookie {
        builder = builder.header("cookie", format!("__Host-declic-55={cookie}"));
    }
    builder
}

fn word(response: &Response<Body>) -> String {
    let to = response.headers().get("location").and_then(|v| v.to_str().ok()).unwrap_or_default();
    match response.status() {
        StatusCode::SEE_OTHER if to.contains("/connexion") => "login".to_owned(),
        StatusCode::SEE_OTHER if to.contains("/motif") => "reason".to_owned(),
        StatusCode::SEE_OTHER => "303".to_owned(),
        other => other.as_u16().to_string(),
    }
}

/// What the table of permissions says of a route for a role, before any person is looked at.
fn expected(access: &str, role: Role, got: &str) -> bool {
    let Some(action) = Action::ALL.into_iter().find(|a| a.code() == access) else {
        return got != "403" && got != "login";
    };
    match grant(role, action) {
        Grant::No => got == "403",
        Grant::WithReason => got == "reason",
        // The département decides to which of these roles it opens exceptional accesses.
        Grant::Exceptional => got == "200" || got == "403",
        _ => got != "403" && got != "login" && got != "reason",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_decided_for_every_role() {
    let world = on_sqlite("55").await;
    let site = served(&world);
    let mut sessions = BTreeMap::new();
    for role in Role::ALL {
        sessions.insert(role, world.session(role, None).await.0);
    }
    let mut table = String::new();
    for route in routes_table().into_iter().filter(|r| r.method == "GET" && !r.path.contains("/api/")) {
        let out = word(&ask(&site, request("GET", &route.path, None).body(Body::empty()).unwrap()).await);
        let _ = write!(table, "{:<52} {:<20} {:<8} nobody={out}", route.path, route.access, route.proof);
        if route.access != "public" {
            assert_eq!(out, "login", "{}", route.path);
        }
        for (role, cookie) in &sessions {
            let response =
                ask(&site, request("GET", &route.path, Some(cookie)).body(Body::empty()).unwrap()).await;
            let got = word(&response);
            let _ = write!(table, " {}={got}", role.code());
            assert!(expected(&route.access, *role, &got), "{} {} {got}", route.path, role.code());
            assert_ne!(
                response.status(),
                StatusCode::INTERNAL_SERVER_ERROR,
                "{} {}",
                route.path,
                role.code()
            );
        }
        table.push('\n');
    }
    insta::assert_snapshot!("pages_by_role", table);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_without_token_or_from_elsewhere_is_refused() {
    let world = on_sqlite("55").await;
    let site = served(&world);
    let mut tried = 0;
    for route in routes_table().into_iter().filter(|r| r.method != "GET" && !r.path.contains("/api/")) {
        for role in [Role::TeamLead, Role::Manager, Role::Admin] {
            let (cookie, _) = world.session(role, None).await;
            let session =
                app::access::load_session(&world.app, &world.department, &cookie).await.unwrap().unwrap();
            let form = |token: &str| Body::from(format!("csrf={token}&reason=un+motif+bien+long"));
            let typed = "application/x-www-form-urlencoded";
            let send = |origin: Option<&str>, site: Option<&str>, token: &str| {
                let mut builder =
                    request(&route.method, &route.path, Some(&cookie)).header("content-type", typed);
                if let Some(origin) = origin {
                    builder = builder.header("origin", origin);
                }
                if let Some(site) = site {
                    builder = builder.header("sec-fetch-site", site);
                }
                builder.body(form(token)).unwrap()
            };
            let with_reason = |word: &str| word == "403" || word == "reason";
            for (name, wrong) in [
                ("no token", send(None, None, "")),
                ("another token", send(None, None, "0123456789abcdef")),
                ("foreign origin", send(Some("https://ailleurs.test"), None, &session.csrf)),
                ("cross site", send(None, Some("cross-site"), &session.csrf)),
            ] {
                let got = word(&ask(&site, wrong).await);
                let elsewhere = got == "303" && route.path.ends_with("/second-facteur");
                assert!(with_reason(&got) || elsewhere, "{} {name} {} {got}", route.path, role.code());
                tried += 1;
            }
        }
        let nobody = request(&route.method, &route.path, None)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("csrf=x"))
            .unwrap();
        let got = word(&ask(&site, nobody).await);
        assert!(got == "403" || got == "login", "{} {got}", route.path);
    }
    assert!(tried > 100, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_outer_wall() {
    let world = on_sqlite("55").await;
    let outer = Outer { public_url: Some("https://declic.test".to_owned()), ..Outer::default() };
    let site = router(&Site::facing(world.app.clone(), outer));
    let (cookie, _) = world.session(Role::TeamLead, None).await;
    let mut paths: Vec<String> = routes_table().into_iter().map(|r| r.path).collect();
    paths.extend(["/99/".to_owned(), "/55/inconnu".to_owned(), "/55/personnes/pas-un-numero".to_owned()]);
    paths.push(web::assets::asset_url("declic.css").to_owned());
    for path in paths {
        for method in ["GET", "POST", "DELETE"] {
            let asked = request(method, &path, Some(&cookie)).body(Body::empty()).unwrap();
            let response = site.clone().oneshot(asked).await.unwrap();
            let header =
                |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
            let policy = header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'self'") && !policy.contains("unsafe"),
                "{method} {path}"
            );
            assert_eq!(header("x-content-type-options"), "nosniff", "{method} {path}");
            assert_eq!(header("x-frame-options"), "DENY", "{method} {path}");
            assert!(header("strict-transport-security").starts_with("max-age="), "{method} {path}");
            for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
                assert_eq!(header(name), "same-origin", "{method} {path} {name}");
            }
            // The address of a link is a secret of whoever holds it.
            let secrets = ["/rendez-vous/{token}", "/r/{token}", "/sms/{token}"];
            let secret = secrets.iter().any(|one| path.contains(one));
            let told = if secret { "no-referrer" } else { "same-origin" };
            assert_eq!(header("referrer-policy"), told, "{method} {path}");
            assert_eq!(
                header("x-robots-tag"),
                if secret { "noindex, nofollow" } else { "" },
                "{method} {path}"
            );
            let denied = header("permissions-policy");
            assert!(denied.contains("camera=()") && denied.contains("geolocation=()"), "{method} {path}");
            assert!(!header("x-request-id").is_empty(), "{method} {path}");
            let cors = response.headers().keys().any(|name| name.as_str().starts_with("access-control-"));
            assert!(!cors, "{method} {path} lets another origin read");
            let kept = header("cache-control");
            assert!(kept == "no-store" || path.starts_with("/assets/"), "{method} {path} {kept}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_is_only_asked_for_where_there_is_some_and_the_contact_is_told() {
    let world = on_sqlite("55").await;
    let plain = served(&world);
    let path = web::outer::contact::ROUTE;
    let bare = ask(&plain, request("GET", path, None).body(Body::empty()).unwrap()).await;
    assert_eq!(bare.status(), StatusCode::NOT_FOUND, "nobody was named");
    assert!(!bare.headers().contains_key("strict-transport-security"));
    let outer = Outer {
        public_url: Some("https://declic.test".to_owned()),
        security_contact: Some("mailto:securite@declic.test".to_owned()),
        ..Outer::default()
    };
    let site = router(&Site::facing(world.app.clone(), outer));
    let told = site.oneshot(request("GET", path, None).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(told.headers()["content-type"], "text/plain; charset=utf-8");
    let text = axum::body::to_bytes(told.into_body(), 10_000).await.unwrap();
    let text = String::from_utf8(text.to_vec()).unwrap();
    assert!(text.contains("Contact: mailto:securite@declic.test\n"), "{text}");
    assert!(text.contains("Expires: 2027-05-25T09:00:00Z\n"), "{text}");
    assert!(text.contains("Canonical: https://declic.test/.well-known/security.txt\n"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_wants_a_token_and_says_so_in_json() {
    let world = on_sqlite("55").await;
    let site = served(&world);
    let ctx = world.system();
    let new = app::access::NewToken::of("lecture", app::access::TokenScope::Read);
    let read = app::access::create_token(&ctx, new).await.unwrap();
    for route in routes_table().into_iter().filter(|r| r.path.contains("/api/") && r.access != "public") {
        let bare = ask(&site, request(&route.method, &route.path, None).body(Body::empty()).unwrap()).await;
        assert_eq!(bare.status(), StatusCode::UNAUTHORIZED, "{}", route.path);
        assert_eq!(bare.headers()["content-type"], "application/problem+json");
        let wrong = request(&route.method, &route.path, None).header("authorization", "Bearer declic_x");
        assert_eq!(ask(&site, wrong.body(Body::empty()).unwrap()).await.status(), StatusCode::UNAUTHORIZED);
        let mine =
            request(&route.method, &route.path, None).header("authorization", format!("Bearer {read}"));
        let got = ask(&site, mine.body(Body::empty()).unwrap()).await.status();
        let allowed = route.access != "import_file";
        assert_eq!(got == StatusCode::FORBIDDEN, !allowed, "{} {got}", route.path);
    }
}
