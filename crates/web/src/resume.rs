//! A form that comes after the end of its session is kept for its author, who signs in and finds it again.

use app::access::{KeptForm, forget_form, keep_form};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::door::{self, Access};
use crate::form::{self, Form};
use crate::respond::see_other;
use crate::site::Visit;
use crate::view::login::{Confirm, Resumed};

/// The way to the sign-in page in place of a form that was sent too late, once it is kept; `None` where it cannot be. One
/// with a file is not: the browser keeps the file, and its path is not told to us.
pub(crate) async fn kept_instead(visit: &Visit, access: Access, request: Request) -> Option<Box<Response>> {
    // One's own account is left out: its forms hold passwords.
    let may_hold = matches!(access, Access::Permission(_)) && visit.session().is_none();
    let headers = request.headers();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let is_form = request.method() == Method::POST && kind.starts_with("application/x-www-form-urlencoded");
    let cookie = door::cookie(headers, &door::session_cookie(visit))?;
    if !may_hold || !is_form || !door::same_origin(headers) {
        return None;
    }
    let bytes = axum::body::to_bytes(request.into_body(), form::MOST_BYTES).await.ok()?;
    let form = Form::parse(&String::from_utf8_lossy(&bytes));
    let kept = KeptForm {
        action: visit.address.clone(),
        fields: form.without(&["csrf", Confirm::FIELD, Resumed::FIELD]),
    };
    let proofs = (cookie.as_str(), form.get("csrf"));
    match keep_form(&visit.site.app, &visit.department, proofs, &kept).await {
        Ok(id) => {
            let back = form::encode(&visit.path(&format!("/reprise/{}", id?)));
            Some(Box::new(see_other(&visit.path(&format!("/connexion?suite={back}"))).into_response()))
        }
        Err(error) => {
            tracing::error!(request.id = visit.request_id, %error, "a form was not kept");
            None
        }
    }
}

/// The kept form that this one is.
pub(crate) fn of(request: &Request) -> Option<Uuid> {
    request.extensions().get::<Form>()?.some(Resumed::FIELD)?.parse().ok()
}

/// A kept form was sent and taken.
pub(crate) async fn sent(visit: &Visit, id: Uuid) {
    let Some(session) = visit.session() else { return };
    if let Err(error) = forget_form(&visit.ctx(), session, id).await {
        tracing::warn!(request.id = visit.request_id, %error, "a form that was sent is kept until it expires");
    }
}
