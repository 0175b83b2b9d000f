//! In and out by ProConnect.

use app::access::proconnect::{ProConnectError, Return, begin, finish};
use axum::http::HeaderMap;

use super::login::{entered, keep_form_token, login_page, set_cookie, visitor, with_form_token};
use crate::door::cookie;
use crate::form::Query;
use crate::respond::{Answer, Fail, see_other, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;

/// Name of the cookie that keeps an attempt while the browser is at the provider's.
fn attempt_cookie(visit: &Visit) -> String {
    format!("__Host-declic-{}-proconnect", visit.department.code)
}

/// `GET /{department}/proconnect`: leaves for the provider.
///
/// # Errors
/// 404 where there is no provider.
pub async fn leave(visit: Visit, Query(query): Query) -> Answer {
    match begin(&visit.site.app, &visit.department, query.get("suite"), visitor(&visit)).await {
        Ok(begun) => {
            let mut response = see_other(&begun.address)?;
            // Lax: the provider sends the browser back from another site.
            let kept = format!(
                "{}={}; Path=/; Max-Age=600; Secure; HttpOnly; SameSite=Lax",
                attempt_cookie(&visit),
                begun.cookie
            );
            set_cookie(&mut response, &kept);
            Ok(response)
        }
        Err(error) => refused(visit, query.get("suite"), error).await,
    }
}

/// `GET /{department}/proconnect/retour`: comes back, with a code or without.
///
/// # Errors
/// 404 where there is no provider; otherwise the sign-in page says why nobody came in.
pub async fn come_back(visit: Visit, headers: HeaderMap, Query(query): Query) -> Answer {
    let kept = cookie(&headers, &attempt_cookie(&visit)).unwrap_or_default();
    let back = Return { cookie: &kept, code: query.get("code"), state: query.get("state") };
    let mut response = match finish(&visit.site.app, &visit.department, back, visitor(&visit)).await {
        Ok((signed_in, next)) => entered(&visit, &signed_in, &next),
        Err(error) => refused(visit.clone(), "", error).await,
    }?;
    let gone = format!("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax", attempt_cookie(&visit));
    set_cookie(&mut response, &gone);
    Ok(response)
}

/// The sign-in page, with what happened and what to do.
async fn refused(visit: Visit, next: &str, error: ProConnectError) -> Answer {
    match &error {
        ProConnectError::Absent => return Err(Fail::Problem(Problem::NotFound)),
        ProConnectError::Store(error) => return Err(Fail::store(error)),
        ProConnectError::Unreachable(detail) | ProConnectError::Untrusted(detail) => {
            tracing::warn!(request.id = visit.request_id, error = detail, "a sign-in by the provider failed");
        }
        _ => {}
    }
    let (visit, form_token) = with_form_token(visit)?;
    let errors = vec![FieldError { field: "proconnect".to_owned(), text: error.to_string() }];
    let shown = unprocessable(&login_page(&visit, "", next, errors).await?)?;
    Ok(keep_form_token(&visit, form_token, shown))
}
