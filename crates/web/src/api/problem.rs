//! RFC 9457 problems.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::i18n::{Lang, text};
use crate::view::errors::Problem;

/// A problem as `application/problem+json`.
pub fn of(problem: Problem, request_id: &str) -> Response {
    let title = text(Lang::Fr, problem.title()).to_string();
    let detail = text(Lang::Fr, problem.advice()).to_string();
    answer(problem.status(), &title, &detail, request_id)
}

/// No token, or one that is unknown, revoked or too old.
pub fn unauthorized(request_id: &str) -> Response {
    let mut response = answer(
        401,
        "Jeton absent ou inconnu",
        "Envoyez « Authorization: Bearer … » avec un jeton créé par « declic token create ».",
        request_id,
    );
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// A value of the query or of the body that cannot be read.
pub fn bad_request(detail: &str) -> Response {
    answer(400, "Demande illisible", detail, "")
}

fn answer(status: u16, title: &str, detail: &str, request_id: &str) -> Response {
    let body = json!({ "type": "about:blank", "title": title, "status": status, "detail": detail, "instance": request_id });
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (code, axum::Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
