//! What every request and every answer meets, whatever handles it.
//!
//! ```text
//! request id ─▶ size and pace of the body ─▶ time limit ─▶ handler ─▶ error without a page? dressed ─▶ headers ─▶ log
//! ```
//!
//! The log line holds the route as it is written in the map, never the address: that one may hold a name that was
//! searched, or the link that chooses a password.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use tokio::time::{Instant, timeout};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;

use super::pace::{BodyFault, Paced, Verdict};
use crate::api::problem;
use crate::door::Side;
use crate::pages::errors;
use crate::respond::Refusal;
use crate::site::{Site, Visit};
use crate::view::errors::Problem;

/// The header of the request's identifier, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers of every answer.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-permitted-cross-domain-policies", "none"),
];

/// Addresses that are secrets of whoever holds them: told to nobody, kept by no search engine.
const SECRET: [&str; 3] = [
    "/{department}/r/{token}",
    "/{department}/public/rendez-vous/{token}",
    "/{department}/api/v1/sms/{token}",
];

/// Two years, as the lists of browsers ask.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Puts the wall around every route of `router`, its fallback included.
pub fn around(router: Router, site: &Site) -> Router {
    router
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(from_fn_with_state(site.clone(), wall))
}

/// What is kept of a request to dress and to log its answer.
struct Asked {
    id: String,
    method: Method,
    route: String,
    /// Path and query; for the page of an error, never for the log.
    address: String,
    peer: String,
}

impl Asked {
    fn of(site: &Site, request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
        Self {
            id: request_id(request.headers()),
            method: request.method().clone(),
            route: route.to_owned(),
            address: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
            peer: site.outer.proxies.client(request.extensions(), request.headers()),
        }
    }

    /// The département and what follows.
    fn first_two(&self) -> (&str, &str) {
        let path = self.address.split('?').next().unwrap_or_default();
        let mut parts = path.split('/').skip(1);
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }

    fn side(&self) -> Side {
        if self.first_two().1 == "api" { Side::Api } else { Side::Pages }
    }

    fn sends_a_file(&self, headers: &HeaderMap) -> bool {
        let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        self.method == Method::POST && (self.side() == Side::Api || kind.starts_with(b"multipart/form-data"))
    }
}

async fn wall(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let asked = Asked::of(&site, &request);
    if let Ok(id) = HeaderValue::from_str(&asked.id) {
        request.headers_mut().insert(REQUEST_ID, id);
    }
    let span = tracing::info_span!("request", id = %asked.id);
    let mut response = answer(&site, &asked, request, next).instrument(span).await;
    if needs_dress(&asked, &response) {
        response = dress(&site, &asked, Problem::of_status(response.status()), &response);
    }
    finish(&site, &asked, &mut response);
    log(&asked, &response, begun.elapsed());
    response
}

/// The handler's answer, unless the body or the time is at fault.
async fn answer(site: &Site, asked: &Asked, request: Request, next: Next) -> Response {
    let limits = &site.outer.limits;
    if request.body().size_hint().lower() > limits.body_bytes {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let most = if asked.sends_a_file(request.headers()) { limits.answer_file } else { limits.answer };
    let verdict = Verdict::default();
    let request = request.map(|body| Body::new(Paced::new(body, limits, verdict.clone())));
    let response = timeout(most, next.run(request)).await;
    match (verdict.fault(), response) {
        (Some(BodyFault::Slow), _) => StatusCode::REQUEST_TIMEOUT.into_response(),
        (Some(BodyFault::Long), _) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        (None, Ok(response)) => response,
        (None, Err(_)) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// An error that no page of ours tells yet.
fn needs_dress(asked: &Asked, response: &Response) -> bool {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return false;
    }
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    match asked.side() {
        Side::Api => kind != b"application/problem+json",
        Side::Pages => !kind.starts_with(b"text/html") && kind != b"application/json",
    }
}

/// The page or the problem of an error, in the colours of the département when there is one.
fn dress(site: &Site, asked: &Asked, problem: Problem, bare: &Response) -> Response {
    let department = site.app.department(asked.first_two().0);
    let mut response = match (asked.side(), department) {
        (Side::Api, _) => problem::of(problem, &asked.id),
        (Side::Pages, Some(department)) => {
            let visit = Visit::of_stranger(site, department, &asked.address, &asked.peer, &asked.id);
            errors::refusal(&visit, &Refusal { problem, reason_needed: false, wait_seconds: None })
        }
        (Side::Pages, None) if problem.status() < 500 => errors::nowhere(Side::Pages),
        (Side::Pages, None) => errors::broken(),
    };
    *response.status_mut() = bare.status();
    if let Some(allow) = bare.headers().get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, allow.clone());
    }
    response
}

/// Headers of every answer.
fn finish(site: &Site, asked: &Asked, response: &mut Response) {
    let status = response.status();
    let headers = response.headers_mut();
    // A document given away has a stricter policy of its own.
    let own = headers.remove(header::CONTENT_SECURITY_POLICY);
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Some(own) = own {
        headers.insert(header::CONTENT_SECURITY_POLICY, own);
    }
    if SECRET.contains(&asked.route.as_str()) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers
            .insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    }
    if site.outer.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    if site.outer.is_draining() {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    if let Ok(id) = HeaderValue::from_str(&asked.id) {
        headers.insert(REQUEST_ID, id);
    }
}

fn log(asked: &Asked, response: &Response, took: Duration) {
    let (id, method, route) = (&asked.id, &asked.method, &asked.route);
    let (status, took_ms) = (response.status().as_u16(), took.as_millis());
    if status >= 500 {
        tracing::warn!(request.id = %id, %method, %route, status, took_ms, "answered");
    } else if route.starts_with("/health/") || route.starts_with("/assets/") {
        tracing::debug!(request.id = %id, %method, %route, status, took_ms, "answered");
    } else {
        tracing::info!(request.id = %id, %method, %route, status, took_ms, "answered");
    }
}

/// The identifier that a proxy gave, when it looks like one, else a new one. What a client writes there can neither
/// begin a line of the log nor hold a sentence.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|id| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    given.map_or_else(new_id, str::to_owned)
}

fn new_id() -> String {
    let mut bytes = [0u8; 8];
    // An identifier is for reading logs; zeros do when the machine has no randomness left.
    let _ = getrandom::fill(&mut bytes);
    format!("{:016x}", u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_kept_when_it_looks_like_one() {
        let id = |given: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, given.parse().unwrap());
            request_id(&headers)
        };
        assert_eq!(id("019a7c1f-22aa"), "019a7c1f-22aa");
        for bad in ["court", "a b c d e f g h", "nom=Barrancourt", &"a".repeat(65)] {
            assert_ne!(id(bad), bad);
            assert_eq!(id(bad).len(), 16);
        }
    }
}
