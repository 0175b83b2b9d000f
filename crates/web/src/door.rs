//! The door: who asks, may they, and did they mean it. Only then are path and body read.
//!
//! ```text
//! département known? ─▶ session or token ─▶ permission ─▶ form token and origin ─▶ handler ─▶ headers
//! ```

use app::access::{Refused, load_session, load_token, permit_actor};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::permission::Action;

use crate::form::{self, Form};
use crate::pages::errors;
use crate::respond::{Fail, Refusal, see_other};
use crate::site::{Site, Visit, Who};
use crate::view::errors::Problem;
use crate::view::shell::Flash;

/// Who may take a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds this permission on somebody at least; the use case says on whom.
    Permission(Action),
}

impl Access {
    /// The word of `declic routes`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => "signed_in",
            Self::Permission(action) => action.code(),
        }
    }
}

/// Which door: pages know cookies, the API knows bearer tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// HTML.
    Pages,
    /// JSON.
    Api,
}

/// Lets a request in, or answers in place of its handler.
pub async fn open(means: Site, access: Access, side: Side, request: Request, next: Next) -> Response {
    let code = request.uri().path().split('/').nth(1).unwrap_or_default().to_owned();
    let Some(department) = means.app.department(&code).cloned() else { return errors::nowhere(side) };
    let mut visit = Visit::of_nobody(&means, &department, &request);
    if let Access::Permission(action) = access {
        visit.asked = Some(action);
    }
    let let_in = match side {
        Side::Pages => pages(&mut visit, access, request).await,
        Side::Api => api(&mut visit, access, request).await,
    };
    let mut request = match let_in {
        Ok(request) => request,
        Err(response) => return *response,
    };
    request.extensions_mut().insert(visit.clone());
    let response = next.run(request).await;
    finish(&visit, side, response)
}

type LetIn = Result<Request, Box<Response>>;

async fn pages(visit: &mut Visit, access: Access, request: Request) -> LetIn {
    let token = cookie(request.headers(), &session_cookie(visit));
    if let Some(token) = token {
        match load_session(&visit.site.app, &visit.department, &token).await {
            Ok(Some(session)) => {
                visit.csrf.clone_from(&session.csrf);
                visit.who = Who::User(Box::new(session));
            }
            Ok(None) => {}
            Err(error) => return Err(refuse(visit, Side::Pages, Fail::store(&error))),
        }
    }
    if visit.session().is_none() {
        visit.csrf = cookie(request.headers(), &form_cookie(visit)).unwrap_or_default();
    }
    visit.flash = flash(visit, request.headers());
    allowed(visit, access, request.method())?;
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return Ok(request);
    }
    if !same_origin(request.headers()) {
        return Err(refuse(visit, Side::Pages, Fail::Problem(Problem::FormExpired)));
    }
    meant(visit, request).await
}

/// Is the visitor allowed on this route?
fn allowed(visit: &Visit, access: Access, method: &Method) -> Result<(), Box<Response>> {
    let Who::User(session) = &visit.who else {
        return if access == Access::Public { Ok(()) } else { Err(Box::new(to_login(visit, method))) };
    };
    let Access::Permission(action) = access else { return Ok(()) };
    match permit_actor(&session.actor, action) {
        Ok(_) => Ok(()),
        Err(Refused::ReasonNeeded) => Err(refuse(visit, Side::Pages, Fail::ReasonNeeded)),
        Err(Refused::Forbidden) => Err(refuse(visit, Side::Pages, Fail::Problem(Problem::Forbidden))),
    }
}

fn to_login(visit: &Visit, method: &Method) -> Response {
    let back = if method == Method::GET {
        format!("?suite={}", form::encode(&visit.address))
    } else {
        String::new()
    };
    see_other(&visit.path(&format!("/connexion{back}"))).into_response()
}

async fn api(visit: &mut Visit, access: Access, request: Request) -> LetIn {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .map(|t| t.trim().to_owned());
    if let Some(bearer) = bearer {
        match load_token(&visit.site.app, &visit.department, &bearer).await {
            Ok(Some(actor)) => visit.who = Who::Token(actor),
            Ok(None) => {}
            Err(error) => return Err(refuse(visit, Side::Api, Fail::store(&error))),
        }
    }
    let granted = match (&visit.who, access) {
        (_, Access::Public) | (Who::Token(_), Access::SignedIn) => true,
        (Who::Token(actor), Access::Permission(action)) => permit_actor(actor, action).is_ok(),
        _ => return Err(Box::new(crate::api::problem::unauthorized(&visit.request_id))),
    };
    if granted { Ok(request) } else { Err(refuse(visit, Side::Api, Fail::Problem(Problem::Forbidden))) }
}

/// The browser says where the form came from; both answers must be ours.
fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match text("origin") {
        None => true,
        Some(origin) => {
            let host = text("host").unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from == host && !host.is_empty())
        }
    }
}

/// The form carries the token of the session (or of the form's own cookie before login).
async fn meant(visit: &Visit, request: Request) -> LetIn {
    let expired = || refuse(visit, Side::Pages, Fail::Problem(Problem::FormExpired));
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/form-data") {
        let (parts, body) = request.into_parts();
        let (token, body) = multipart_token(body).await;
        return if same(&token, &visit.csrf) { Ok(Request::from_parts(parts, body)) } else { Err(expired()) };
    }
    let (mut parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, form::MOST_BYTES)
        .await
        .map_err(|_| refuse(visit, Side::Pages, Fail::Problem(Problem::TooLarge)))?;
    let form = Form::parse(&String::from_utf8_lossy(&bytes));
    if !same(form.get("csrf"), &visit.csrf) {
        return Err(expired());
    }
    parts.extensions.insert(form);
    Ok(Request::from_parts(parts, Body::empty()))
}

/// Compares in a time that does not tell how much is right; an empty token is never right.
fn same(given: &str, expected: &str) -> bool {
    let differs = given.bytes().zip(expected.bytes()).fold(0u8, |d, (a, b)| d | (a ^ b));
    !expected.is_empty() && given.len() == expected.len() && differs == 0
}

/// Reads the beginning of a multipart body, where our forms put the token, and gives the body back whole.
async fn multipart_token(body: Body) -> (String, Body) {
    use axum::body::HttpBody;
    const MARK: &str = "name=\"csrf\"\r\n\r\n";
    let mut body = body;
    let mut start: Vec<u8> = Vec::new();
    while start.len() < 2_048 {
        let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx)).await;
        let Some(Ok(frame)) = frame else { break };
        if let Ok(data) = frame.into_data() {
            start.extend_from_slice(&data);
        }
    }
    let text = String::from_utf8_lossy(start.get(..start.len().min(2_048)).unwrap_or_default()).into_owned();
    let token = text.split_once(MARK).and_then(|(_, t)| t.split_once("\r\n")).map(|(t, _)| t.to_owned());
    (token.unwrap_or_default(), Body::new(Chained { start: Some(start.into()), rest: body }))
}

/// A body of which the beginning was read already.
struct Chained {
    start: Option<Bytes>,
    rest: Body,
}

impl axum::body::HttpBody for Chained {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        if let Some(start) = self.start.take().filter(|s| !s.is_empty()) {
            return std::task::Poll::Ready(Some(Ok(http_body::Frame::data(start))));
        }
        std::pin::Pin::new(&mut self.rest).poll_frame(cx)
    }
}

/// Name of the session's cookie: one for each département.
pub fn session_cookie(visit: &Visit) -> String {
    format!("__Host-declic-{}", visit.department.code)
}

/// Name of the cookie that guards forms before login.
pub fn form_cookie(visit: &Visit) -> String {
    format!("__Host-declic-{}-form", visit.department.code)
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The message left by the page before.
fn flash(visit: &Visit, headers: &HeaderMap) -> Option<Flash> {
    use crate::i18n::{Lang, text};
    use crate::view::parts::Tone;
    let value = cookie(headers, &crate::respond::flash_cookie(visit))?;
    let (mark, key) = value.split_once('.')?;
    let key = key.starts_with("flash-").then_some(key)?;
    let tone = if mark == "ok" { Tone::Ok } else { Tone::Soon };
    Some(Flash { tone, title: text(Lang::Fr, key).to_string(), text: String::new(), action: None })
}

#[expect(clippy::unnecessary_box_returns, reason = "the error side of the door is boxed to stay small")]
fn refuse(visit: &Visit, side: Side, fail: Fail) -> Box<Response> {
    Box::new(finish(visit, side, fail.into_response()))
}

/// Turns refusals into pages, and says once what was to be said once.
fn finish(visit: &Visit, side: Side, mut response: Response) -> Response {
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = match side {
            Side::Pages => errors::refusal(visit, &refusal),
            Side::Api => crate::api::problem::of(refusal.problem, &visit.request_id),
        };
    }
    let shown = visit.flash.is_some() && response.status() != StatusCode::SEE_OTHER;
    if shown {
        let gone = format!(
            "{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict",
            crate::respond::flash_cookie(visit)
        );
        if let Ok(value) = HeaderValue::from_str(&gone) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}
