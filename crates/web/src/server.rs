//! The server: the whole map behind its wall, and health.

use std::sync::Arc;

use app::health::{Health, health};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::json;

use crate::door::Side;
use crate::outer::{contact, listen, wall};
use crate::site::{Site, Visit};
use crate::{assets, pages, routes};

/// Everything the server answers.
pub fn router(site: &Site) -> Router {
    let shared = Router::new()
        .route("/", get(home))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .route(contact::ROUTE, get(contact::serve))
        .with_state(site.clone())
        .route(assets::ROUTE, get(assets::serve));
    let whole = shared.merge(routes::departments(site)).fallback({
        let site = site.clone();
        move |request: Request| async move { nowhere(&site, &request) }
    });
    wall::around(whole, site)
}

/// No such page: in the colours of the département when the address begins with one.
fn nowhere(site: &Site, request: &Request) -> Response {
    let mut parts = request.uri().path().split('/').skip(1);
    let code = parts.next().unwrap_or_default();
    if parts.next() == Some("api") {
        // The wall says it in JSON, with the identifier of the request.
        return StatusCode::NOT_FOUND.into_response();
    }
    match site.app.department(code) {
        Some(department) => pages::errors::missing(&Visit::of_nobody(site, department, request)),
        None => pages::errors::nowhere(Side::Pages),
    }
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
    axum::Json(json!({ "status": "ok" })).into_response()
}

/// 503 as soon as the server was asked to end, a database is away, or a disk has no room.
async fn ready(State(site): State<Site>) -> Response {
    let not_ready =
        |status| (StatusCode::SERVICE_UNAVAILABLE, axum::Json(json!({ "status": status }))).into_response();
    if site.outer.is_draining() {
        return not_ready("stopping");
    }
    for department in site.app.departments() {
        match health(department, site.outer.limits.least_room_mib).await {
            Health::Well => {}
            Health::DatabaseAway => return not_ready("database away"),
            Health::DiskFull => return not_ready("disk full"),
        }
    }
    live().await
}

/// Serves until `end` is told, then finishes what is under way; `hurry` cuts it.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    site: Site,
    listener: tokio::net::TcpListener,
    end: impl Future<Output = ()> + Send,
    hurry: impl Future<Output = ()> + Send,
) -> std::io::Result<()> {
    listen::run(router(&site), listener, Arc::clone(&site.outer), end, hurry).await
}
