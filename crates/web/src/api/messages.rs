//! What comes back of messages: the reports of providers of text messages, and the notifications of servers of mail.

use app::messages::{BounceError, Limits, ReportError, receive_report, record_bounce};
use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Path, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;

use super::problem;
use crate::respond::{Answer, Fail};
use crate::site::Visit;
use crate::view::errors::Problem;

/// Most bytes of what a provider sends at once.
const MOST_OF_REPORTS: usize = 64 * 1024;

async fn body(request: Request, most: usize) -> Result<Bytes, Fail> {
    to_bytes(request.into_body(), most).await.map_err(|_| Fail::Problem(Problem::TooLarge))
}

/// `POST` or `GET /{department}/api/v1/sms/{token}`: a provider says what became of messages. The address is its secret; a message
/// that exists and one that does not are answered the same.
///
/// # Errors
/// 404 for a secret that nobody has, 400 for what cannot be read, 413, 429.
#[utoipa::path(post, path = "/{department}/api/v1/sms/{token}",
    params(("department" = String, Path), ("token" = String, Path, description = "the secret of the provider")),
    request_body(content = String, description = "JSON, or the fields of a form, as `[sms.report]` says",
        content_type = "application/json"),
    responses((status = 204, description = "taken"), (status = 400), (status = 404), (status = 413), (status = 429)))]
pub async fn reports(visit: Visit, place: Path<(String, String)>, request: Request) -> Answer {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let text = if request.method() == Method::GET {
        request.uri().query().unwrap_or_default().to_owned()
    } else {
        String::from_utf8_lossy(&body(request, MOST_OF_REPORTS).await?).into_owned()
    };
    let limits = Limits { wrong: &visit.site.limiter, all: &visit.site.reports };
    match receive_report(&visit.ctx(), limits, &visit.peer, &place.1, &kind, &text).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(ReportError::Unreadable(why)) => Ok(problem::bad_request(&why.to_string())),
        Err(ReportError::Unknown) => Err(Fail::Problem(Problem::NotFound)),
        Err(ReportError::Wait(seconds)) => Err(Fail::Wait(seconds)),
        Err(ReportError::Store(error)) => Err(Fail::store(&error)),
    }
}

/// `POST /{department}/api/v1/messages/bounces`: the body is the notification, as the server of mail sent it.
///
/// # Errors
/// 400 for what is no notification, 413.
#[utoipa::path(post, path = "/{department}/api/v1/messages/bounces",
    params(("department" = String, Path)),
    request_body(content = Vec<u8>, content_type = "message/rfc822"),
    responses((status = 200, description = "`{\"outcome\"}`: `failed`, `delayed`, `delivered`, `known`, `foreign`"),
        (status = 400), (status = 401), (status = 403), (status = 413)),
    security(("bearer" = [])))]
pub async fn bounces(visit: Visit, request: Request) -> Answer {
    let bytes = body(request, app::messages::MOST_BYTES_OF_A_BOUNCE).await?;
    match record_bounce(&visit.ctx(), &bytes).await {
        Ok(outcome) => Ok(Json(json!({ "outcome": outcome.code() })).into_response()),
        Err(error @ (BounceError::Unreadable(_) | BounceError::Busy)) => {
            Ok(problem::bad_request(&error.to_string()))
        }
        Err(BounceError::Refused(refused)) => Err(refused.into()),
        Err(BounceError::Store(error)) => Err(Fail::store(&error)),
    }
}
