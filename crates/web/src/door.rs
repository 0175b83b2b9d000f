//! The door: who asks, may they, and did they mean it. Only then are path and body read.
//!
//! ```text
//! département known? ─▶ session or token ─▶ stage ─▶ permission ─▶ form token and origin ─▶ recent proof ─▶ handler
//! ```

use app::access::{
    ProofError, Refused, SessionActor, Stage, load_session, load_token, permit_actor, prove_again,
};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::access::permission::Action;

use crate::form::{self, Form};
use crate::pages::{self, errors};
use crate::respond::{Fail, Refusal, page, see_other};
use crate::resume;
use crate::site::{Site, Visit, Who};
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::login::Confirm;
use crate::view::shell::Flash;

/// Who may take a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is signed in, up to the second factor where there is one.
    SignedIn,
    /// Whoever has proved the password and must now give a code.
    HalfWay,
    /// Whoever is signed in, and whoever must set up a second factor before anything else.
    Enrolling,
    /// Whoever has proved the password, whatever is still to prove.
    Anyhow,
    /// Whoever holds this permission on somebody at least; the use case says on whom.
    Permission(Action),
}

impl Access {
    /// The word of `declic routes`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn | Self::HalfWay | Self::Enrolling | Self::Anyhow => "signed_in",
            Self::Permission(action) => action.code(),
        }
    }
}

/// How fresh the proof of who one is must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// As old as the session.
    OfSession,
    /// Of the last ten minutes; the password is asked again otherwise.
    Recent,
    /// The secret of the address itself: its page sends no referrer, so that nobody learns it, and its forms no origin.
    Link,
}

/// What a route asks of whoever takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Who may take it.
    pub access: Access,
    /// How fresh their proof must be.
    pub proof: Proof,
    /// Pages or API.
    pub side: Side,
}

impl Terms {
    /// What must have been proved, as `declic routes` tells it: `none`, `password`, `session`, `recent`.
    pub fn proof_code(self) -> &'static str {
        match (self.access, self.proof) {
            (Access::Public, _) | (_, Proof::Link) => "none",
            (Access::HalfWay | Access::Enrolling | Access::Anyhow, Proof::OfSession) => "password",
            (_, Proof::Recent) => "recent",
            (Access::SignedIn | Access::Permission(_), Proof::OfSession) => "session",
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
pub async fn open(means: Site, terms: Terms, request: Request, next: Next) -> Response {
    let side = terms.side;
    let code = request.uri().path().split('/').nth(1).unwrap_or_default().to_owned();
    let Some(department) = means.app.department(&code).cloned() else { return errors::nowhere(side) };
    let mut visit = Visit::of_nobody(&means, &department, &request);
    if let Access::Permission(action) = terms.access {
        visit.asked = Some(action);
    }
    let let_in = match side {
        Side::Pages => pages(&mut visit, terms, request).await,
        Side::Api => api(&mut visit, terms.access, request).await,
    };
    let mut request = match let_in {
        Ok(request) => request,
        Err(response) => return *response,
    };
    request.extensions_mut().insert(visit.clone());
    let resumed = resume::of(&request);
    let response = next.run(request).await;
    if let Some(id) = resumed.filter(|_| response.status() == StatusCode::SEE_OTHER) {
        resume::sent(&visit, id).await;
    }
    finish(&visit, side, response)
}

type LetIn = Result<Request, Box<Response>>;

async fn pages(visit: &mut Visit, terms: Terms, request: Request) -> LetIn {
    let token = cookie(request.headers(), &session_cookie(visit));
    if let Some(token) = token {
        recognise(visit, &token).await?;
    }
    if visit.session().is_none() {
        visit.csrf = cookie(request.headers(), &form_cookie(visit)).unwrap_or_default();
    }
    visit.flash = flash(visit, request.headers());
    if let Err(refused) = allowed(visit, terms.access, request.method()) {
        return Err(resume::kept_instead(visit, terms.access, request).await.unwrap_or(refused));
    }
    let stale = terms.proof == Proof::Recent && visit.session().is_some_and(is_stale);
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return if stale {
            Err(Box::new(to_page(visit, "/confirmer", request.method())))
        } else {
            Ok(request)
        };
    }
    let by_link = terms.proof == Proof::Link && origin_withheld(request.headers());
    if !by_link && !same_origin(request.headers()) {
        return Err(refuse(visit, Side::Pages, Fail::Problem(Problem::FormExpired)));
    }
    let request = meant(visit, request).await?;
    if stale { proved(visit, request).await } else { Ok(request) }
}

/// Puts whoever is behind this cookie on the visit.
async fn recognise(visit: &mut Visit, token: &str) -> Result<(), Box<Response>> {
    match load_session(&visit.site.app, &visit.department, token).await {
        Ok(Some(session)) => {
            visit.csrf.clone_from(&session.csrf);
            visit.who = Who::User(Box::new(session));
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(error) => Err(refuse(visit, Side::Pages, Fail::store(&error))),
    }
}

/// Is the visitor allowed on this route?
fn allowed(visit: &Visit, access: Access, method: &Method) -> Result<(), Box<Response>> {
    if access == Access::Public {
        return Ok(());
    }
    let Who::User(session) = &visit.who else { return Err(Box::new(to_page(visit, "/connexion", method))) };
    match (session.stage, access) {
        (_, Access::Anyhow)
        | (Stage::SecondFactor, Access::HalfWay)
        | (Stage::Enrol | Stage::Full, Access::Enrolling)
        | (Stage::Full, Access::SignedIn) => return Ok(()),
        (Stage::SecondFactor, _) => return Err(Box::new(to_page(visit, "/second-facteur", method))),
        (Stage::Enrol, _) => {
            return Err(Box::new(to_page(visit, "/compte/double-authentification", method)));
        }
        (Stage::Full, Access::HalfWay) => return Err(Box::new(see_other(&visit.path("/")).into_response())),
        (Stage::Full, Access::Permission(_) | Access::Public) => {}
    }
    let Access::Permission(action) = access else { return Ok(()) };
    match permit_actor(&session.actor, action) {
        Ok(_) => Ok(()),
        Err(Refused::ReasonNeeded) => Err(refuse(visit, Side::Pages, Fail::ReasonNeeded)),
        Err(Refused::Forbidden) => Err(refuse(visit, Side::Pages, Fail::Problem(Problem::Forbidden))),
    }
}

/// Whether a sensitive act asks this session for the password again. While a second factor is set up at the door, the
/// password was given a few minutes before.
fn is_stale(session: &SessionActor) -> bool {
    session.stage == Stage::Full && !session.proved_lately
}

/// To a page that asks something first, and then leads to the one that was asked for.
fn to_page(visit: &Visit, page: &str, method: &Method) -> Response {
    let back = if method == Method::GET {
        format!("?suite={}", form::encode(&visit.address))
    } else {
        String::new()
    };
    see_other(&visit.path(&format!("{page}{back}"))).into_response()
}

/// A form that came too long after the last proof: let in when it carries another one, else given back to be sent with it.
/// Nothing typed is lost.
async fn proved(visit: &mut Visit, request: Request) -> LetIn {
    let form = request.extensions().get::<Form>().cloned().unwrap_or_default();
    let typed = form.get(Confirm::FIELD).to_owned();
    let ask = |visit: &Visit, errors: Vec<FieldError>| {
        let kept = form.without(&["csrf", Confirm::FIELD]);
        let shown = Confirm::new(visit.shell(), visit.address.clone(), kept, errors);
        let mut response = page(&shown).into_response();
        *response.status_mut() = StatusCode::FORBIDDEN;
        Box::new(finish(visit, Side::Pages, response))
    };
    if typed.is_empty() {
        return Err(ask(visit, Vec::new()));
    }
    let Some(session) = visit.session() else { return Err(ask(visit, Vec::new())) };
    let (site, from) = (&visit.site, pages::login::visitor(visit));
    let renewed = prove_again(&site.app, &visit.department, &site.limiter, session, &typed, from).await;
    match renewed {
        Ok(renewed) => {
            let token = renewed.token.as_str().to_owned();
            recognise(visit, &token).await?;
            visit.renewed = Some(token);
            Ok(request)
        }
        Err(ProofError::Wrong) => {
            let text = crate::i18n::text(crate::i18n::Lang::Fr, "login-confirm-wrong").to_string();
            Err(ask(visit, vec![FieldError { field: Confirm::FIELD.to_owned(), text }]))
        }
        Err(other) => Err(refuse(visit, Side::Pages, other.into())),
    }
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
pub(crate) fn same_origin(headers: &HeaderMap) -> bool {
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

/// A page that sends no referrer sends no origin with its forms either (« null »). The browser then still says whether the form
/// comes from here; one too old to say it is left to the token of the form, as when it sends nothing at all.
fn origin_withheld(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|v| v.to_str().ok());
    text("origin") == Some("null") && text("sec-fetch-site").is_none_or(|site| site == "same-origin")
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

/// The header that gives a browser this session. Lax: a link in an e-mail must open the session; writes are guarded by
/// token and origin.
pub fn session_cookie_set(visit: &Visit, token: &str) -> String {
    format!("{}={token}; Path=/; Secure; HttpOnly; SameSite=Lax", session_cookie(visit))
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
    if let Some(token) = &visit.renewed
        && let Ok(value) = HeaderValue::from_str(&session_cookie_set(visit, token))
    {
        response.headers_mut().append(header::SET_COOKIE, value);
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
