//! Answers: a page, a way to another page, or a refusal that the door turns into a page.

use app::StoreError;
use app::access::Refused;
use app::intake::show::ShowError;
use app::people::PeopleError;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use uuid::Uuid;

use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::parts::Tone;

/// What a handler answers.
pub type Answer = Result<Response, Fail>;

/// Why a request is not answered by its page.
#[derive(Debug)]
pub enum Fail {
    /// A page of refusal.
    Problem(Problem),
    /// The actor must first write why they open files.
    ReasonNeeded,
    /// Too many tries: one must wait so many seconds.
    Wait(u32),
    /// Our fault; the text goes to the log, never to the page.
    Internal(String),
}

/// Put on a refused response for the door to render; never leaves the server.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What went wrong.
    pub problem: Problem,
    /// A reason would open the door.
    pub reason_needed: bool,
    /// Seconds to wait before another try.
    pub wait_seconds: Option<u32>,
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let wait_seconds = if let Self::Wait(seconds) = self { Some(seconds) } else { None };
        let (problem, reason_needed) = match self {
            Self::Problem(problem) => (problem, false),
            Self::ReasonNeeded => (Problem::Forbidden, true),
            Self::Wait(_) => (Problem::TooMany, false),
            Self::Internal(text) => {
                tracing::error!(error.text = %text, "request failed");
                (Problem::Internal, false)
            }
        };
        let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(Refusal { problem, reason_needed, wait_seconds });
        response
    }
}

impl From<Refused> for Fail {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Forbidden => Self::Problem(Problem::Forbidden),
            Refused::ReasonNeeded => Self::ReasonNeeded,
        }
    }
}

impl From<PeopleError> for Fail {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Refused(refused) => refused.into(),
            PeopleError::Unknown => Self::Problem(Problem::NotFound),
            PeopleError::Frozen => Self::Problem(Problem::Frozen),
            PeopleError::Store(error) => Self::store(&error),
        }
    }
}

impl From<ShowError> for Fail {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::Refused(refused) => refused.into(),
            ShowError::Unknown => Self::Problem(Problem::NotFound),
            ShowError::People(error) => error.into(),
            ShowError::Store(error) => Self::store(&error),
        }
    }
}

impl Fail {
    /// A failure of the database: away for a while, or broken.
    pub fn store(error: &StoreError) -> Self {
        match error {
            StoreError::Locked | StoreError::Unreachable(_) | StoreError::DiskFull | StoreError::ReadOnly => {
                Self::Problem(Problem::Unavailable)
            }
            other => Self::Internal(other.to_string()),
        }
    }
}

/// A page.
///
/// # Errors
/// [`Fail::Internal`] when the template fails, which no known page does.
pub fn page(template: &impl Template) -> Answer {
    let html = template.render().map_err(|e| Fail::Internal(e.to_string()))?;
    Ok(Html(html).into_response())
}

/// A page that tells what is wrong in a form (422).
///
/// # Errors
/// As [`page`].
pub fn unprocessable(template: &impl Template) -> Answer {
    let mut response = page(template)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// To another page, after a write.
///
/// # Errors
/// Never; the type is that of handlers.
pub fn see_other(to: &str) -> Answer {
    let target = HeaderValue::from_str(to).unwrap_or(HeaderValue::from_static("/"));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response())
}

/// To another page, with a message said once there. The message is a text of ours, chosen by its key.
///
/// # Errors
/// Never.
pub fn see_other_saying(visit: &Visit, to: &str, tone: Tone, key: &str) -> Answer {
    let mut response = see_other(to)?;
    let mark = if tone == Tone::Ok { "ok" } else { "soon" };
    let cookie = format!(
        "{}={mark}.{key}; Path=/; Max-Age=30; Secure; HttpOnly; SameSite=Strict",
        flash_cookie(visit)
    );
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Name of the cookie that carries a message to the next page.
pub fn flash_cookie(visit: &Visit) -> String {
    format!("__Host-declic-{}-dit", visit.department.code)
}

/// The header that keeps a file out of the page and gives it its name (RFC 6266): in ASCII for old programs, then whole.
pub fn attachment(name: &str) -> HeaderValue {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let whole = crate::form::encode(name);
    HeaderValue::from_str(&format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

/// A file to be kept by the browser, never shown.
///
/// # Errors
/// Never.
pub fn download(bytes: Vec<u8>, kind: &'static str, name: &str) -> Answer {
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    Ok((
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)],
        bytes,
    )
        .into_response())
}

/// An identifier of a path; anything else does not exist.
///
/// # Errors
/// 404.
pub fn id(text: &str) -> Result<Uuid, Fail> {
    text.parse().map_err(|_| Fail::Problem(Problem::NotFound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_cannot_leave_its_header() {
        assert_eq!(
            attachment("CV de Léa \"; filename=x.exe.pdf"),
            "attachment; filename=\"CV de L_a __ filename_x.exe.pdf\"; \
             filename*=UTF-8''CV%20de%20L%C3%A9a%20%22%3B%20filename%3Dx.exe.pdf"
        );
        assert_eq!(attachment("a\r\nb"), "attachment; filename=\"a__b\"; filename*=UTF-8''a%0D%0Ab");
    }
}
