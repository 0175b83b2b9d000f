//! Returns to work: written, news, what becomes of them.

mod begin;
mod change;
mod news;
mod panel;

pub use begin::{new, new_page};
pub use change::{change, change_page};
pub use news::{news, news_page};

pub(super) use panel::panel;

use app::followup::FollowError;
use app::outcomes::{OutcomeError, OutcomeTold};
use app::people::person::PersonFile;
use domain::followup::contact;
use domain::outcomes::outcome::Refusal;
use uuid::Uuid;

use super::followup::refused;
use super::rows::t;
use crate::respond::Fail;
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::parts::Link;

/// A refusal that no field explains.
fn fail(error: OutcomeError) -> Fail {
    match error {
        OutcomeError::Follow(error) => refused(error),
        OutcomeError::Unknown => Fail::Problem(Problem::NotFound),
        other => Fail::Internal(other.to_string()),
    }
}

/// A refusal at its field.
fn wrong(error: OutcomeError) -> Result<FieldError, Fail> {
    let field = match &error {
        OutcomeError::Follow(FollowError::Contact(refusal)) => match refusal {
            contact::Refusal::Choice | contact::Refusal::Outcome => "means",
            contact::Refusal::Day => "day",
            contact::Refusal::Text => "text",
        },
        OutcomeError::Follow(FollowError::Level) => "level",
        OutcomeError::Refused(refusal) => match refusal {
            Refusal::Choice => "reason",
            Refusal::Start => "starts_on",
            Refusal::End => "ends_on",
            Refusal::Hours => "hours",
            Refusal::Name => "name",
            Refusal::Day => "day",
            Refusal::Next | Refusal::Agree => "agreed",
            Refusal::Words => "text",
            Refusal::Stage => "",
        },
        OutcomeError::Text => "name",
        OutcomeError::NotFollowed => "",
        OutcomeError::Follow(_) | OutcomeError::Unknown => return Err(fail(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}

fn find(file: &PersonFile, outcome: Uuid) -> Result<&OutcomeTold, Fail> {
    file.outcomes.iter().find(|one| one.id == outcome).ok_or(Fail::Problem(Problem::NotFound))
}

fn person_link(visit: &Visit, file: &PersonFile) -> Link {
    Link::new(t("followup-back").to_string(), visit.path(&format!("/personnes/{}", file.row.id)))
}
