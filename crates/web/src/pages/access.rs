//! The way in and out, reasons, and one's own account.

use app::access::{
    ChoosePasswordError, Credentials, GiveReasonError, SignInError, choose_password as keep_password,
    demo_accounts, give_reason as keep_reason, invited, sign_in as enter, sign_in_demo as enter_demo,
    sign_out as leave,
};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::access::permission::{Action, Grant, grant};
use domain::access::role::Role;

use super::rows::t;
use crate::door::{form_cookie, session_cookie};
use crate::form::{Form, Query};
use crate::format;
use crate::respond::{Answer, Fail, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::access::{Account, ChoosePassword, DemoAccount, Login, Reason, RoleLine};
use crate::view::errors::Problem;
use crate::view::form::FieldError;
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
fn with_form_token(mut visit: Visit) -> Result<(Visit, Option<String>), Fail> {
    if !visit.csrf.is_empty() {
        return Ok((visit, None));
    }
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes).map_err(|e| Fail::Internal(e.to_string()))?;
    let token = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
    visit.csrf.clone_from(&token);
    Ok((visit, Some(token)))
}

fn keep_form_token(visit: &Visit, token: Option<String>, mut response: Response) -> Response {
    if let Some(token) = token {
        let cookie = format!("{}={token}; Path=/; Secure; HttpOnly; SameSite=Strict", form_cookie(visit));
        set_cookie(&mut response, &cookie);
    }
    response
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

async fn login_page(visit: &Visit, email: &str, next: &str, errors: Vec<FieldError>) -> Result<Login, Fail> {
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
    Ok(Login::new(visit.shell(), email, next.to_owned(), errors, accounts))
}

fn sees(role: Role) -> &'static str {
    match grant(role, Action::ReadPeople) {
        Grant::Queue => "access-sees-queue",
        Grant::Own => "access-sees-own",
        Grant::Team => "access-sees-team",
        Grant::WithReason => "access-sees-reason",
        _ => "access-sees-nobody",
    }
}

/// `POST /{department}/connexion`.
///
/// # Errors
/// 429 after too many failures.
pub async fn sign_in(visit: Visit, form: Form) -> Answer {
    let (email, password) = (form.get("email").trim(), form.get("password"));
    let credentials = Credentials { email, password, address: &visit.peer };
    match enter(&visit.site.app, &visit.department, &visit.site.limiter, credentials).await {
        Ok(token) => entered(&visit, token.as_str(), form.get("next")),
        Err(SignInError::TooMany) => Err(Fail::Problem(Problem::TooMany)),
        Err(SignInError::Wrong) => {
            let errors = vec![FieldError { field: "email".to_owned(), text: t("access-wrong").to_string() }];
            unprocessable(&login_page(&visit, email, form.get("next"), errors).await?)
        }
        Err(SignInError::Store(error)) => Err(Fail::store(&error)),
    }
}

/// `POST /{department}/connexion/demo`: one button per demo account, in demo mode only.
///
/// # Errors
/// 404 outside of the demonstration.
pub async fn sign_in_demo(visit: Visit, form: Form) -> Answer {
    match enter_demo(&visit.site.app, &visit.department, form.get("email")).await {
        Ok(token) => entered(&visit, token.as_str(), form.get("next")),
        Err(SignInError::Store(error)) => Err(Fail::store(&error)),
        Err(_) => Err(Fail::Problem(Problem::NotFound)),
    }
}

fn entered(visit: &Visit, token: &str, next: &str) -> Answer {
    let mut response = see_other(&inside(visit, next))?;
    // Lax: a link in an e-mail must open the session; writes are guarded by token and origin.
    let cookie = format!("{}={token}; Path=/; Secure; HttpOnly; SameSite=Lax", session_cookie(visit));
    set_cookie(&mut response, &cookie);
    Ok(response)
}

/// An address of this département, or its home: never elsewhere.
fn inside(visit: &Visit, next: &str) -> String {
    let mine =
        next.starts_with(&visit.path("/")) && !next.contains("//") && !next.contains(['\\', '\r', '\n']);
    if mine { next.to_owned() } else { visit.path("/") }
}

/// `POST /{department}/deconnexion`.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(visit: Visit) -> Answer {
    if let Some(session) = visit.session() {
        leave(&visit.ctx(), &session.session).await.map_err(|e| Fail::store(&e))?;
    }
    let mut response = see_other(&visit.path("/connexion"))?;
    let gone = format!("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax", session_cookie(&visit));
    set_cookie(&mut response, &gone);
    Ok(response)
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

/// `GET /{department}/motif`.
///
/// # Errors
/// None of its own.
pub async fn reason(visit: Visit, Query(query): Query) -> Answer {
    page(&reason_page(&visit, query.get("suite"), "", Vec::new()))
}

fn reason_page(visit: &Visit, next: &str, typed: &str, errors: Vec<FieldError>) -> Reason {
    Reason::new(visit.shell(), visit.path("/motif"), next.to_owned(), None, typed, errors)
}

/// `POST /{department}/motif`: the reason holds for half an hour and goes to the journal.
///
/// # Errors
/// When the database does not answer.
pub async fn give_reason(visit: Visit, form: Form) -> Answer {
    let Some(session) = visit.session() else { return Err(Fail::Problem(Problem::Forbidden)) };
    let next = form.get("next");
    match keep_reason(&visit.ctx(), &session.session, form.get("reason")).await {
        Ok(_) => see_other(&inside(&visit, next)),
        Err(GiveReasonError::Store(error)) => Err(Fail::store(&error)),
        Err(other) => {
            let errors = vec![FieldError { field: "reason".to_owned(), text: other.to_string() }];
            unprocessable(&reason_page(&visit, next, form.get("reason"), errors))
        }
    }
}

/// `GET /{department}/compte`.
///
/// # Errors
/// None of its own.
pub async fn account(visit: Visit) -> Answer {
    let Some(session) = visit.session() else { return Err(Fail::Problem(Problem::Forbidden)) };
    let shared = visit.ctx().shared().await.map_err(|e| Fail::store(&e))?;
    let whole = t("access-whole").s("department", &visit.department.name).to_string();
    let roles = session
        .actor
        .roles
        .iter()
        .map(|held| RoleLine {
            role: words::role(held.role),
            territory: match (&held.territory, &held.structure) {
                (Some(code), _) => shared.territory(code).unwrap_or_default().to_owned(),
                (None, Some(structure)) => structure.name.clone(),
                (None, None) => whole.clone(),
            },
            period: t("access-in-force").to_string(),
        })
        .collect();
    page(&Account {
        shell: visit.shell(),
        name: session.actor.name.clone(),
        email: session.email.clone(),
        roles,
        own_acts: app::access::permit(&visit.ctx(), Action::ReadOwnActs).is_ok(),
        last_seen: session.reason_until.map(|until| {
            format::moment(until.with_timezone(&visit.department.timezone).naive_local(), visit.today())
        }),
    })
}
