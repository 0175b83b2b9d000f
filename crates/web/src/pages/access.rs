//! Reasons that a role must write before it reads.

use app::access::{GiveReasonError, give_reason as keep_reason};

use super::login::inside;
use crate::form::{Form, Query};
use crate::respond::{Answer, Fail, page, see_other, unprocessable};
use crate::site::Visit;
use crate::view::access::Reason;
use crate::view::errors::Problem;
use crate::view::form::FieldError;

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
