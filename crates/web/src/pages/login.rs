//! The way in and out: the password, a forgotten one, the second factor, confirming that it is oneself.

use app::access::proconnect::{Leaving, sign_out_everywhere as leave};
use app::access::{
    ChoosePasswordError, Credentials, ProofError, SignedIn, Stage, Visitor, ask_password_reset,
    choose_password as keep_password, demo_accounts, invited, kept_form, pass_second_factor, prove_again,
    sign_in as enter, sign_in_demo as enter_demo,
};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;

use super::rows::t;
use crate::door::{form_cookie, session_cookie, session_cookie_set};
use crate::form::{Form, Query, encode};
use crate::respond::{Answer, Fail, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::access::{ChoosePassword, DemoAccount, Leaving as Away, Login};
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::login::{Asked, Confirm, Forgotten, Resumed, SecondFactor};
use crate::view::parts::Tone;
use crate::view::words;

/// `GET /{department}/connexion`.
///
/// # Errors
/// When the database does not answer.
pub async fn login(visit: Visit, Query(query): Query) -> Answer {
    if visit.session().is_some() {
        return see_other(&visit.path("/"));
    }
    let (visit, token) = with_form_token(visit)?;
    let shown = login_page(&visit, "", query.get("suite"), Vec::new()).await?;
    Ok(keep_form_token(&visit, token, page(&shown)?))
}

/// Forms before login carry a token of their own cookie.
pub(super) fn with_form_token(mut visit: Visit) -> Result<(Visit, Option<String>), Fail> {
    if !visit.csrf.is_empty() {
        return Ok((visit, None));
    }
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes).map_err(|e| Fail::Internal(e.to_string()))?;
    let token = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
    visit.csrf.clone_from(&token);
    Ok((visit, Some(token)))
}

/// Keeps the token of forms before login in its cookie.
pub(super) fn keep_form_token(visit: &Visit, token: Option<String>, mut response: Response) -> Response {
    if let Some(token) = token {
        let cookie = format!("{}={token}; Path=/; Secure; HttpOnly; SameSite=Strict", form_cookie(visit));
        set_cookie(&mut response, &cookie);
    }
    response
}

/// Adds a cookie to an answer.
pub(super) fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The sign-in page, with what is wrong.
pub(super) async fn login_page(
    visit: &Visit,
    email: &str,
    next: &str,
    errors: Vec<FieldError>,
) -> Result<Login, Fail> {
    let known = demo_accounts(&visit.site.app, &visit.department).await.map_err(|e| Fail::store(&e))?;
    let accounts = known
        .into_iter()
        .map(|account| {
            let role = account.roles.first().copied().unwrap_or(Role::Person);
            DemoAccount {
                email: account.email,
                name: account.name,
                role: words::role(role),
                sees: t(sees(role)).to_string(),
            }
        })
        .collect();
    let way = visit.path(&format!("/proconnect?suite={}", encode(next)));
    let proconnect = visit.site.app.provider.is_some().then_some(way);
    let kept = next.starts_with(&visit.path("/reprise/"));
    Ok(Login { proconnect, kept, ..Login::new(visit.shell(), email, next.to_owned(), errors, accounts) })
}

fn sees(role: Role) -> &'static str {
    match grant(role, Action::ReadPeople) {
        Grant::Queue => "access-sees-queue",
        Grant::Own => "access-sees-own",
        Grant::Team => "access-sees-team",
        Grant::WithReason => "access-sees-reason",
        _ if grant(role, Action::AnswerProposal) == Grant::Proposed => "access-sees-proposed",
        _ if grant(role, Action::ReferPerson) == Grant::Referred => "access-sees-referred",
        _ => "access-sees-nobody",
    }
}

/// The machine that asks.
pub(crate) fn visitor(visit: &Visit) -> Visitor<'_> {
    Visitor { address: &visit.peer, agent: &visit.agent }
}

fn wrong(field: &str, key: &str) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), text: t(key).to_string() }]
}

/// `POST /{department}/connexion`.
///
/// # Errors
/// 429 after too many failures.
pub async fn sign_in(visit: Visit, form: Form) -> Answer {
    let (email, password) = (form.get("email").trim(), form.get("password"));
    let credentials = Credentials { email, password, visitor: visitor(&visit) };
    match enter(&visit.site.app, &visit.department, &visit.site.limiter, credentials).await {
        Ok(signed_in) => entered(&visit, &signed_in, form.get("next")),
        Err(ProofError::Wrong) => {
            let errors = wrong("email", "access-wrong");
            unprocessable(&login_page(&visit, email, form.get("next"), errors).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /{department}/connexion/demo`: one button per demo account, in demo mode only.
///
/// # Errors
/// 404 outside of the demonstration.
pub async fn sign_in_demo(visit: Visit, form: Form) -> Answer {
    match enter_demo(&visit.site.app, &visit.department, form.get("email"), visitor(&visit)).await {
        Ok(signed_in) => entered(&visit, &signed_in, form.get("next")),
        Err(ProofError::Wrong) => Err(Fail::Problem(Problem::NotFound)),
        Err(other) => Err(other.into()),
    }
}

/// To where one wanted to go, or first to what is still to prove.
pub(super) fn entered(visit: &Visit, signed_in: &SignedIn, next: &str) -> Answer {
    let next = inside(visit, next);
    let to = match signed_in.stage {
        Stage::Full => next,
        Stage::SecondFactor => visit.path(&format!("/second-facteur?suite={}", encode(&next))),
        Stage::Enrol => visit.path(&format!("/compte/double-authentification?suite={}", encode(&next))),
    };
    let mut response = see_other(&to)?;
    set_cookie(&mut response, &session_cookie_set(visit, signed_in.token.as_str()));
    Ok(response)
}

/// An address of this département, or its home: never elsewhere.
pub(super) fn inside(visit: &Visit, next: &str) -> String {
    let mine =
        next.starts_with(&visit.path("/")) && !next.contains("//") && !next.contains(['\\', '\r', '\n']);
    if mine { next.to_owned() } else { visit.path("/") }
}

/// `POST /{department}/deconnexion`.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(visit: Visit) -> Answer {
    let left = match visit.session() {
        Some(session) => leave(&visit.ctx(), &session.session).await.map_err(|e| Fail::store(&e))?,
        None => Leaving::Done,
    };
    let mut response = match left {
        Leaving::Done => see_other(&visit.path("/connexion"))?,
        // A page and not a redirection: `form-action` lets no form lead to another site.
        Leaving::Provider(address) => page(&Away { shell: visit.shell(), address })?,
    };
    let gone = format!("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax", session_cookie(&visit));
    set_cookie(&mut response, &gone);
    Ok(response)
}

/// `GET /{department}/second-facteur`.
///
/// # Errors
/// None of its own.
pub async fn second_factor(visit: Visit, Query(query): Query) -> Answer {
    page(&SecondFactor::new(visit.shell(), query.get("suite").to_owned(), Vec::new()))
}

/// `POST /{department}/second-facteur`.
///
/// # Errors
/// 429 after too many failures.
pub async fn pass(visit: Visit, form: Form) -> Answer {
    let Some(session) = visit.session() else { return Err(Fail::Problem(Problem::Forbidden)) };
    let site = &visit.site;
    let code = form.get("code");
    let passed =
        pass_second_factor(&site.app, &visit.department, &site.limiter, session, code, visitor(&visit)).await;
    match passed {
        Ok(signed_in) => entered(&visit, &signed_in, form.get("next")),
        Err(ProofError::Wrong) => {
            let errors = wrong("code", "login-second-wrong");
            unprocessable(&SecondFactor::new(visit.shell(), form.get("next").to_owned(), errors))
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /{department}/confirmer?suite=…`: the password again, before a sensitive page.
///
/// # Errors
/// None of its own.
pub async fn confirm(visit: Visit, Query(query): Query) -> Answer {
    page(&confirm_page(&visit, query.get("suite"), Vec::new()))
}

fn confirm_page(visit: &Visit, next: &str, errors: Vec<FieldError>) -> Confirm {
    let kept = if next.is_empty() { Vec::new() } else { vec![("next".to_owned(), next.to_owned())] };
    let mut page = Confirm::new(visit.shell(), visit.path("/confirmer"), kept, errors);
    page.holds_a_form = false;
    page
}

/// `POST /{department}/confirmer`.
///
/// # Errors
/// 429 after too many failures.
pub async fn confirmed(visit: Visit, form: Form) -> Answer {
    let Some(session) = visit.session() else { return Err(Fail::Problem(Problem::Forbidden)) };
    let (site, typed) = (&visit.site, form.get(Confirm::FIELD));
    let proved =
        prove_again(&site.app, &visit.department, &site.limiter, session, typed, visitor(&visit)).await;
    match proved {
        Ok(renewed) => {
            let mut response = back(&visit, &inside(&visit, form.get("next")))?;
            set_cookie(&mut response, &session_cookie_set(&visit, renewed.token.as_str()));
            Ok(response)
        }
        Err(ProofError::Wrong) => {
            let errors = wrong(Confirm::FIELD, "login-confirm-wrong");
            unprocessable(&confirm_page(&visit, form.get("next"), errors))
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /{department}/reprise/{id}`: a form sent after the end of its session, for its author alone.
///
/// # Errors
/// 404 for another one's, and once it is over.
pub async fn resume(visit: Visit, Path((_, id)): Path<(String, String)>) -> Answer {
    let Some(session) = visit.session() else { return Err(Fail::Problem(Problem::Forbidden)) };
    let form = kept_form(&visit.ctx(), session, crate::respond::id(&id)?).await;
    let (form, until) = form.map_err(|e| Fail::store(&e))?.ok_or(Fail::Problem(Problem::NotFound))?;
    let until = crate::format::hour(until.with_timezone(&visit.department.timezone).time());
    page(&Resumed::new(visit.shell(), &id, form.action, form.fields, until))
}

/// To the page that was asked for. A download leaves the browser where it is: the list it is of is shown again instead,
/// and says that the export is open.
fn back(visit: &Visit, next: &str) -> Answer {
    let (path, query) = next.split_once('?').map_or((next, None), |(path, query)| (path, Some(query)));
    let list = [".csv", ".xlsx"].iter().find_map(|ending| path.strip_suffix(ending));
    let Some(list) = list else { return see_other(next) };
    let list = query.map_or_else(|| list.to_owned(), |query| format!("{list}?{query}"));
    see_other_saying(visit, &list, Tone::Ok, "flash-confirmed")
}

/// `GET /{department}/mot-de-passe-oublie`.
///
/// # Errors
/// When the machine gives no randomness.
pub async fn forgotten(visit: Visit) -> Answer {
    let (visit, token) = with_form_token(visit)?;
    let leaves = visit.site.app.post.leaves();
    let shown = page(&Forgotten::new(visit.shell(), leaves, "", Vec::new()))?;
    Ok(keep_form_token(&visit, token, shown))
}

/// `POST /{department}/mot-de-passe-oublie`: the same answer whether an account has the address or not.
///
/// # Errors
/// 429 when too many were asked for.
pub async fn ask(visit: Visit, form: Form) -> Answer {
    let (site, email) = (&visit.site, form.get("email").trim());
    let asked = ask_password_reset(&site.app, &visit.department, &site.limiter, email, &visit.peer).await;
    match asked {
        Ok(()) => page(&Asked { shell: visit.shell() }),
        Err(ProofError::Wrong) => {
            let errors = wrong("email", "login-email-wrong");
            unprocessable(&Forgotten::new(visit.shell(), site.app.post.leaves(), email, errors))
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /{department}/mot-de-passe/{token}`.
///
/// # Errors
/// 404 for a link that was used or has expired.
pub async fn choose_password(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let (visit, form_token) = with_form_token(visit)?;
    let shown = password_page(&visit, &token, Vec::new()).await?;
    Ok(keep_form_token(&visit, form_token, page(&shown)?))
}

async fn password_page(visit: &Visit, token: &str, errors: Vec<FieldError>) -> Result<ChoosePassword, Fail> {
    let who = invited(&visit.site.app, &visit.department, token)
        .await
        .map_err(|e| Fail::store(&e))?
        .ok_or(Fail::Problem(Problem::NotFound))?;
    let action = visit.path(&format!("/mot-de-passe/{token}"));
    Ok(ChoosePassword::new(visit.shell(), action, who.name, who.email, errors))
}

/// `POST /{department}/mot-de-passe/{token}`.
///
/// # Errors
/// 404 for a link that was used or has expired.
pub async fn set_password(visit: Visit, Path((_, token)): Path<(String, String)>, form: Form) -> Answer {
    match keep_password(&visit.site.app, &visit.department, &token, form.get("password")).await {
        Ok(()) => see_other_saying(&visit, &visit.path("/connexion"), Tone::Ok, "flash-password"),
        Err(ChoosePasswordError::Link) => Err(Fail::Problem(Problem::NotFound)),
        Err(ChoosePasswordError::Store(error)) => Err(Fail::store(&error)),
        Err(other) => {
            let errors = vec![FieldError { field: "password".to_owned(), text: other.to_string() }];
            unprocessable(&password_page(&visit, &token, errors).await?)
        }
    }
}

impl From<ProofError> for Fail {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::TooMany { wait_seconds } => Self::Wait(wait_seconds),
            ProofError::Store(error) => Self::store(&error),
            ProofError::Wrong => Self::Problem(Problem::Forbidden),
        }
    }
}
