//! The letter of a decision.

use app::agenda::AgendaError;
use app::orientation::{LetterRefused, decision_letter};
use axum::extract::Path;

use crate::respond::{Answer, Fail, download, id, see_other_saying};
use crate::site::Visit;
use crate::view::parts::Tone;

/// `GET /{department}/personnes/{id}/orientation/{decision}/lettre.pdf`. What is missing is said on the page of the person.
///
/// # Errors
/// 404 for one of whom the actor may not decide, and for a decision on somebody else.
pub async fn letter(visit: Visit, Path((_, person, decision)): Path<(String, String, String)>) -> Answer {
    let (person, decision) = (id(&person)?, id(&decision)?);
    let back =
        |key: &str| see_other_saying(&visit, &visit.path(&format!("/personnes/{person}")), Tone::Soon, key);
    match decision_letter(&visit.ctx(), person, decision).await {
        Ok((name, bytes)) => download(bytes, "application/pdf", &name),
        Err(LetterRefused::OtherSide) => back("flash-letter-side"),
        Err(LetterRefused::Ended) => back("flash-letter-ended"),
        Err(LetterRefused::NoAddress) => back("flash-letter-address"),
        Err(LetterRefused::NotSet(_)) => back("flash-letter-settings"),
        Err(LetterRefused::People(error)) => Err(error.into()),
        Err(LetterRefused::Agenda(AgendaError::Refused(refused))) => Err(refused.into()),
        Err(LetterRefused::Agenda(AgendaError::Store(error))) => Err(Fail::store(&error)),
        Err(
            error @ (LetterRefused::Agenda(AgendaError::Unknown)
            | LetterRefused::Template(_)
            | LetterRefused::Letter(_)
            | LetterRefused::Thread(_)),
        ) => Err(Fail::Internal(error.to_string())),
    }
}
