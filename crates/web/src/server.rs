//! The server: routes, headers, limits, health, and the end.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::door::Side;
use crate::site::{Site, Visit};
use crate::{assets, pages, routes};

/// Longest time for an answer, an upload included.
const LONGEST: Duration = Duration::from_mins(10);

/// Everything the server answers.
pub fn router(site: &Site) -> Router {
    let shared = Router::new()
        .route("/", get(home))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .with_state(site.clone())
        .route(assets::ROUTE, get(assets::serve));
    shared
        .merge(routes::departments(site))
        .fallback({
            let site = site.clone();
            move |request: Request| async move { nowhere(&site, &request) }
        })
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| pages::errors::broken()))
        .layer(from_fn(outer_wall))
}

/// No such page: in the colours of the département when the address begins with one.
fn nowhere(site: &Site, request: &Request) -> Response {
    let mut parts = request.uri().path().split('/').skip(1);
    let code = parts.next().unwrap_or_default();
    if parts.next() == Some("api") {
        return pages::errors::nowhere(Side::Api);
    }
    match site.app.department(code) {
        Some(department) => pages::errors::missing(&Visit::of_nobody(site, department, request)),
        None => pages::errors::nowhere(Side::Pages),
    }
}

/// Headers of every answer, whatever made it.
async fn outer_wall(mut request: Request, next: Next) -> Response {
    let id = request_id();
    if let Ok(value) = HeaderValue::from_str(&id) {
        request.headers_mut().insert("x-request-id", value);
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", value);
    }
    response
}

fn request_id() -> String {
    let mut bytes = [0u8; 8];
    // An identifier is for reading logs; zeros do when the machine has no randomness left.
    let _ = getrandom::fill(&mut bytes);
    u64::from_le_bytes(bytes).to_string()
}

async fn home(State(site): State<Site>) -> Response {
    match site.app.departments().next() {
        Some(one) if site.app.departments().count() == 1 => {
            Redirect::to(&format!("/{}/", one.code)).into_response()
        }
        _ => pages::public::departments(&site),
    }
}

async fn live() -> Response {
    axum::Json(serde_json::json!({ "status": "ok" })).into_response()
}

async fn ready(State(site): State<Site>) -> Response {
    for department in site.app.departments() {
        if department.db.ping().await.is_err() {
            let away = axum::Json(serde_json::json!({ "status": "database away" }));
            return (StatusCode::SERVICE_UNAVAILABLE, away).into_response();
        }
    }
    live().await
}

/// Serves until `end` is told; then requests under way are finished.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    site: Site,
    listener: tokio::net::TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(&site).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(end).await
}
