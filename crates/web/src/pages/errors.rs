//! Pages of refusal.

use app::access::permit_actor;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use domain::access::permission::{Grant, grant};
use domain::access::role::Role;

use super::rows::t;
use crate::door::Side;
use crate::form::encode;
use crate::respond::{Refusal, page, see_other};
use crate::site::Visit;
use crate::view::errors::{ErrorPage, Problem};
use crate::view::words;

/// The page of a refusal, or the page that asks for a reason.
pub fn refusal(visit: &Visit, refusal: &Refusal) -> Response {
    if refusal.reason_needed {
        return see_other(&visit.path(&format!("/motif?suite={}", encode(&visit.address)))).into_response();
    }
    let event_id = (refusal.problem == Problem::Internal).then(|| visit.request_id.clone());
    let wait_minutes = refusal.wait_seconds.map(|seconds| seconds.div_ceil(60));
    let missing = if refusal.problem == Problem::Forbidden { missing_right(visit) } else { None };
    // The same for an address that leads nowhere and for a person one may not know of.
    let way = if refusal.problem == Problem::NotFound { super::exceptional::way(visit) } else { None };
    let shown =
        ErrorPage { problem: refusal.problem, wait_minutes, event_id, missing, way, shell: visit.shell() };
    let status = StatusCode::from_u16(refusal.problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match page(&shown) {
        Ok(mut response) => {
            *response.status_mut() = status;
            if let Some(seconds) = refusal.wait_seconds {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        Err(_) => broken(),
    }
}

/// Which right the page asks for, and which roles have it.
fn missing_right(visit: &Visit) -> Option<String> {
    let action = visit.asked?;
    visit.session()?;
    let roles: Vec<String> =
        Role::ALL.into_iter().filter(|role| grant(*role, action) != Grant::No).map(words::role).collect();
    if permit_actor(&visit.session()?.actor, action).is_ok() {
        return Some(t("errors-closed-to-role").to_string());
    }
    let key = if roles.is_empty() { "errors-right-nobody" } else { "errors-right" };
    Some(t(key).s("action", words::action(action)).s("roles", roles.join(", ")).to_string())
}

/// No such page in this département.
pub fn missing(visit: &Visit) -> Response {
    refusal(visit, &Refusal { problem: Problem::NotFound, reason_needed: false, wait_seconds: None })
}

/// No such département.
pub fn nowhere(side: Side) -> Response {
    match side {
        Side::Api => crate::api::problem::of(Problem::NotFound, ""),
        Side::Pages => {
            (StatusCode::NOT_FOUND, Html(include_str!("../../templates/nowhere.html"))).into_response()
        }
    }
}

/// Our fault, before any page could be made.
pub fn broken() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, Html(include_str!("../../templates/broken.html"))).into_response()
}
