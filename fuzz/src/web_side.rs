//! What reaches the web server: addresses, cookies, forms, and whole requests to the real site.

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;

use app::people::list::Sort;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use domain::access::role::Role;
use http_body_util::BodyExt as _;
use testkit::world::{World, on_sqlite};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use web::form::{Form, encode};
use web::pages::rows;

/// The filters, sort and place in a list that an address asks for.
pub fn address(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let query = Form::parse(&text);
    let _ = (rows::filter(&query, crate::today()), rows::sort(&query, Sort::Name));
    let page = rows::at(&query);
    assert!(page.limit <= 200);
    // The links of a page ask for what the page shows.
    let kept = Form::parse(&query.query_without(&[]));
    let again = Form::parse(&kept.query_without(&[]));
    let filters = [&kept, &again].map(|query| format!("{:?}", rows::filter(query, crate::today())));
    assert_eq!(filters[0], filters[1], "« {text} »");
    let pager = rows::pager("/45/personnes", &query, 50, Some(51), page.after.as_ref());
    for href in [pager.first, pager.next].into_iter().flatten() {
        assert!(href.starts_with("/45/personnes") && href.bytes().all(|b| b.is_ascii_graphic()), "{href}");
    }
}

/// The cookies and headers that the door reads.
pub fn cookies(bytes: &[u8]) {
    let mut headers = HeaderMap::new();
    for line in bytes.split(|b| *b == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append("cookie", value);
        }
    }
    for name in ["__Host-declic-55", "__Host-declic-55-form", "__Host-declic-55-dit", "a"] {
        if let Some(value) = web::door::cookie(&headers, name) {
            assert!(!value.contains(';'), "{value}");
        }
    }
}

/// The fields of a form.
pub fn form(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let form = Form::parse(&text);
    let written = form.query_without(&[]);
    assert!(written.bytes().all(|b| b.is_ascii_graphic()), "{written}");
    assert_eq!(Form::parse(&written).query_without(&[]), written, "reading what we wrote changes nothing");
    let _ = (form.get("csrf"), form.some("email"), form.all("commune"));
    assert_eq!(Form::parse(&format!("x={}", encode(&text))).get("x"), text);
}

struct Place {
    runtime: Runtime,
    router: Router,
    sessions: Vec<(String, String)>,
    token: String,
    routes: Vec<web::RouteInfo>,
    _world: World,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (world, sessions, token) = runtime.block_on(async {
        let world = on_sqlite("55").await.in_demo();
        world.import("09.xml", &world.month("2026-10-01", 5, 0.0)).await.expect("a month");
        let mut sessions = Vec::new();
        for role in [Role::Operator, Role::TeamLead, Role::Admin, Role::Dpo, Role::Manager] {
            let (cookie, _) = world.session(role, None).await;
            let csrf = app::access::load_session(&world.app, &world.department, &cookie).await;
            sessions.push((cookie, csrf.expect("a read").expect("a session").csrf));
        }
        let scope = app::access::TokenScope::Write;
        let token = app::access::create_token(&world.system(), "essai", scope).await.expect("a token");
        (world, sessions, token)
    });
    let router = web::router(&web::Site::new(world.app.clone()));
    // Signing out would leave the next runs without a session; files only fill the disk.
    let left_out = ["/deconnexion", "/fichiers", "/api/v1/imports"];
    let routes = web::routes_table()
        .into_iter()
        .filter(|route| route.method == "GET" || !left_out.iter().any(|end| route.path.ends_with(end)))
        .collect();
    Place { runtime, router, sessions, token, routes, _world: world }
});

/// A whole request: its first line chooses route and visitor, then path value, query, headers, body.
pub fn site(bytes: &[u8]) {
    let place = &*PLACE;
    let [route, who, rest @ ..] = bytes else { return };
    let route = &place.routes[usize::from(*route) % place.routes.len()];
    let mut pieces = rest.splitn(5, |b| *b == 0);
    let mut piece = || pieces.next().unwrap_or_default();
    let (value, query, kind, accept, body) = (piece(), piece(), piece(), piece(), piece());
    let text = |bytes: &[u8]| encode(&String::from_utf8_lossy(bytes));
    let path = ["{id}", "{reject}", "{token}", "{code}", "{hash}", "{file}"]
        .iter()
        .fold(route.path.replace("{department}", "55"), |path, hole| path.replace(hole, &text(value)));
    let query: String = query.iter().map(|b| if b.is_ascii_graphic() { char::from(*b) } else { '+' }).collect();
    let Ok(mut request) = Request::builder()
        .method(route.method.as_str())
        .uri(format!("{path}?{query}"))
        .header("host", "declic.test")
        .body(Body::empty())
    else {
        return;
    };
    let headers = request.headers_mut();
    let mut form = body.to_vec();
    match usize::from(*who) % (place.sessions.len() + 2) {
        0 => {}
        1 => {
            let bearer = format!("Bearer {}", place.token);
            headers.insert("authorization", bearer.parse().expect("a header"));
        }
        n => {
            let (cookie, csrf) = &place.sessions[n - 2];
            headers.insert("cookie", format!("__Host-declic-55={cookie}").parse().expect("a header"));
            headers.insert("content-type", HeaderValue::from_static("application/x-www-form-urlencoded"));
            form = [format!("csrf={csrf}&").as_bytes(), body].concat();
        }
    }
    for (name, value) in [("content-type", kind), ("accept", accept)] {
        if let (false, Ok(value)) = (value.is_empty(), HeaderValue::from_bytes(value)) {
            headers.insert(name, value);
        }
    }
    *request.body_mut() = Body::from(form);
    let told = format!("{} {}", request.method(), request.uri());
    let router = AssertUnwindSafe(place.router.clone());
    place.runtime.block_on(async move {
        let response = router.0.oneshot(request).await.expect("an answer");
        let status = response.status();
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{told}");
        let kind = response.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        if told.contains("/api/") && status.is_client_error() {
            assert_eq!(kind, "application/problem+json", "{told} {status}");
            serde_json::from_slice::<serde_json::Value>(&bytes).expect("JSON");
        }
    });
}
