//! One's own account: roles, password, sessions, second factor.

use app::access::{
    ChangePasswordError, Enrolment, EnrolmentError, RecoveryCodes, SessionActor, Stage, begin_enrolment,
    change_password as replace_password, confirm_enrolment, end_my_other_sessions, end_my_session, enrolment,
    is_mandatory, load_session, my_sessions, new_recovery_codes, remove_second_factor,
};
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::access::permission::Action;

use super::login::{inside, set_cookie};
use super::rows::t;
use crate::door::session_cookie_set;
use crate::form::{Form, Query, encode};
use crate::format;
use crate::respond::{Answer, Fail, page, see_other, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::access::{Account, RoleLine};
use crate::view::account::{ChangePassword, Codes, Drawing, SecondFactor, SessionRow, Sessions, State};
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::parts::Tone;
use crate::view::words;

/// The value of the button that ends every other session.
const OTHERS: &str = "autres";

fn mine(visit: &Visit) -> Result<&SessionActor, Fail> {
    visit.session().ok_or(Fail::Problem(Problem::Forbidden))
}

/// « hier à 8 h 12 ».
fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    format::moment(at.with_timezone(&visit.department.timezone).naive_local(), visit.today())
}

/// `GET /{department}/compte`.
///
/// # Errors
/// When the database does not answer.
pub async fn account(visit: Visit) -> Answer {
    let session = mine(&visit)?;
    let ctx = visit.ctx();
    let shared = ctx.shared().await.map_err(|e| Fail::store(&e))?;
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
    let stands = enrolment(&ctx, session).await.map_err(|e| Fail::store(&e))?;
    page(&Account {
        shell: visit.shell(),
        name: session.actor.name.clone(),
        email: session.email.clone(),
        roles,
        demo: session.demo,
        own_acts: app::access::permit(&ctx, Action::ReadOwnActs).is_ok(),
        second_factor: matches!(stands, Enrolment::Confirmed { .. }),
    })
}

/// `GET /{department}/compte/mot-de-passe`.
///
/// # Errors
/// None of its own.
pub async fn password(visit: Visit) -> Answer {
    page(&ChangePassword::new(visit.shell(), Vec::new()))
}

/// `POST /{department}/compte/mot-de-passe`.
///
/// # Errors
/// 429 after too many wrong passwords.
pub async fn change_password(visit: Visit, form: Form) -> Answer {
    let session = mine(&visit)?;
    let (current, new) = (form.get("current"), form.get("password"));
    let field = match replace_password(&visit.site.app, &visit.department, session, current, new).await {
        Ok(renewed) => {
            let mut response = see_other_saying(&visit, &visit.path("/compte"), Tone::Ok, "flash-changed")?;
            set_cookie(&mut response, &session_cookie_set(&visit, renewed.token.as_str()));
            return Ok(response);
        }
        Err(ChangePasswordError::TooMany { wait_seconds }) => return Err(Fail::Wait(wait_seconds)),
        Err(ChangePasswordError::Store(error)) => return Err(Fail::store(&error)),
        Err(error @ ChangePasswordError::Current) => ("current", error),
        Err(error) => ("password", error),
    };
    let errors = vec![FieldError { field: field.0.to_owned(), text: field.1.to_string() }];
    unprocessable(&ChangePassword::new(visit.shell(), errors))
}

/// `GET /{department}/compte/sessions`.
///
/// # Errors
/// When the database does not answer.
pub async fn sessions(visit: Visit) -> Answer {
    let open = my_sessions(&visit.ctx(), mine(&visit)?).await.map_err(|e| Fail::store(&e))?;
    let rows = open.into_iter().map(|line| SessionRow {
        name: line.name,
        device: line.device,
        address: line.address,
        since: moment(&visit, line.since),
        last_used: moment(&visit, line.last_used),
        current: line.current,
    });
    page(&Sessions { shell: visit.shell(), rows: rows.collect() })
}

/// `POST /{department}/compte/sessions`: ends one, or every other.
///
/// # Errors
/// 404 for a session that is not one's own, or has ended.
pub async fn end_session(visit: Visit, form: Form) -> Answer {
    let (ctx, session, named) = (visit.ctx(), mine(&visit)?, form.get("session"));
    let here = visit.path("/compte/sessions");
    if named == OTHERS {
        end_my_other_sessions(&ctx, session).await.map_err(|e| Fail::store(&e))?;
        return see_other_saying(&visit, &here, Tone::Ok, "flash-sessions");
    }
    if end_my_session(&ctx, session, named).await.map_err(|e| Fail::store(&e))? {
        see_other_saying(&visit, &here, Tone::Ok, "flash-session")
    } else {
        Err(Fail::Problem(Problem::NotFound))
    }
}

/// `GET /{department}/compte/double-authentification`.
///
/// # Errors
/// When the database does not answer.
pub async fn second_factor(visit: Visit, Query(query): Query) -> Answer {
    page(&second_factor_page(&visit, query.get("suite"), Vec::new()).await?)
}

async fn second_factor_page(
    visit: &Visit,
    next: &str,
    errors: Vec<FieldError>,
) -> Result<SecondFactor, Fail> {
    let (ctx, session, shell) = (visit.ctx(), mine(visit)?, visit.shell());
    let state = match enrolment(&ctx, session).await.map_err(|e| Fail::store(&e))? {
        _ if session.demo => State::Demo,
        Enrolment::None => State::None,
        Enrolment::Begun(read) => State::begun(&shell, Drawing::of(&read.address), read.typed, &errors),
        Enrolment::Confirmed { since, codes_left } => State::Confirmed {
            since: moment(visit, since),
            codes_left,
            mandatory: is_mandatory(&ctx, session).await.map_err(|e| Fail::store(&e))?,
        },
    };
    Ok(SecondFactor { led: session.stage == Stage::Enrol, next: next.to_owned(), shell, errors, state })
}

/// `POST /{department}/compte/double-authentification`: makes a secret.
///
/// # Errors
/// 403 for a demo account.
pub async fn begin(visit: Visit, form: Form) -> Answer {
    begin_enrolment(&visit.ctx(), mine(&visit)?).await?;
    let next = form.get("next");
    let kept = if next.is_empty() { String::new() } else { format!("?suite={}", encode(next)) };
    see_other(&visit.path(&format!("/compte/double-authentification{kept}")))
}

/// `POST /{department}/compte/double-authentification/verifier`: the first code; then the recovery codes, once.
///
/// # Errors
/// 429 after too many wrong codes.
pub async fn verify(mut visit: Visit, form: Form) -> Answer {
    let next = form.get("next");
    let code = form.get("code");
    match confirm_enrolment(&visit.site.app, &visit.department, mine(&visit)?, code).await {
        Ok((opened, codes)) => {
            let next = if next.is_empty() { visit.path("/compte") } else { inside(&visit, next) };
            // The session has another cookie and another form token: the page with the codes carries those.
            let opened_session =
                load_session(&visit.site.app, &visit.department, opened.token.as_str()).await;
            if let Some(session) = opened_session.map_err(|e| Fail::store(&e))? {
                visit.csrf = session.csrf;
            }
            let mut response = codes_page(&visit, codes, next)?;
            set_cookie(&mut response, &session_cookie_set(&visit, opened.token.as_str()));
            Ok(response)
        }
        Err(error @ EnrolmentError::Code) => {
            let errors = vec![FieldError { field: "code".to_owned(), text: error.to_string() }];
            unprocessable(&second_factor_page(&visit, next, errors).await?)
        }
        // The page was sent twice: the factor is there, its codes were shown.
        Err(EnrolmentError::Already) => see_other(&visit.path("/compte/double-authentification")),
        Err(other) => Err(other.into()),
    }
}

fn codes_page(visit: &Visit, codes: RecoveryCodes, next: String) -> Result<Response, Fail> {
    page(&Codes { shell: visit.shell(), name: mine(visit)?.actor.name.clone(), codes: codes.0, next })
}

/// `POST /{department}/compte/double-authentification/codes`: ten others.
///
/// # Errors
/// 403 without a second factor.
pub async fn new_codes(visit: Visit) -> Answer {
    let codes = new_recovery_codes(&visit.ctx(), mine(&visit)?).await?;
    codes_page(&visit, codes, visit.path("/compte/double-authentification"))
}

/// `POST /{department}/compte/double-authentification/retirer`.
///
/// # Errors
/// 403 when a role asks for it.
pub async fn remove(visit: Visit) -> Answer {
    remove_second_factor(&visit.ctx(), mine(&visit)?).await?;
    see_other_saying(&visit, &visit.path("/compte"), Tone::Ok, "flash-second-removed")
}

impl From<EnrolmentError> for Fail {
    fn from(error: EnrolmentError) -> Self {
        match error {
            EnrolmentError::Refused(refused) => refused.into(),
            EnrolmentError::TooMany { wait_seconds } => Self::Wait(wait_seconds),
            EnrolmentError::NoAccount => Self::Problem(Problem::NotFound),
            EnrolmentError::Store(error) => Self::store(&error),
            EnrolmentError::Demo
            | EnrolmentError::Already
            | EnrolmentError::Absent
            | EnrolmentError::Code
            | EnrolmentError::Mandatory
            | EnrolmentError::Oneself => Self::Problem(Problem::Forbidden),
        }
    }
}
