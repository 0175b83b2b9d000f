//! Programmes: propose somebody, answer, follow their course; who awaits an answer; the programmes of the département.

mod answer;
mod awaited;
mod change;
mod panel;
mod point;
mod prescribe;
mod settings;

pub use answer::{answer, answer_page};
pub use awaited::awaited;
pub use change::{change, change_page};
pub use point::{point, point_page};
pub use prescribe::{prescribe, prescribe_page};
pub use settings::{list, new, one, publish, publish_new};

pub(super) use panel::panel;
pub(super) use point::next_page;

use app::people::person::PersonFile;
use app::programmes::{EnrolError, ProgrammeError};
use app::settings::VersionError;

use super::followup::refused;
use super::rows::t;
use crate::respond::Fail;
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::parts::Link;

impl From<ProgrammeError> for Fail {
    fn from(error: ProgrammeError) -> Self {
        match error {
            ProgrammeError::Refused(refused) => refused.into(),
            ProgrammeError::Store(error) | ProgrammeError::Version(VersionError::Store(error)) => {
                Self::store(&error)
            }
            ProgrammeError::Version(VersionError::Unknown) => Self::Problem(Problem::NotFound),
            other => Self::Internal(other.to_string()),
        }
    }
}

/// A refusal that no field explains.
fn fail(error: EnrolError) -> Fail {
    match error {
        EnrolError::Follow(error) => refused(error),
        EnrolError::Unknown | EnrolError::Programme => Fail::Problem(Problem::NotFound),
        other => Fail::Internal(other.to_string()),
    }
}

/// A refusal at its field, a sentence each.
fn wrong(error: EnrolError) -> Result<Vec<FieldError>, Fail> {
    let field = match &error {
        EnrolError::Obstacles(all) => {
            let one = |text: String| FieldError { field: String::new(), text };
            return Ok(all.iter().map(|obstacle| one(obstacle.to_string())).collect());
        }
        EnrolError::Follow(app::followup::FollowError::Level) => "level",
        EnrolError::Follow(_) | EnrolError::Unknown => return Err(fail(error)),
        EnrolError::Left
        | EnrolError::Programme
        | EnrolError::Already
        | EnrolError::TooSoon(_)
        | EnrolError::NotYours => "dispositif",
        EnrolError::Choice => "reason",
        EnrolError::Text => "text",
        EnrolError::Professional => "employment",
        EnrolError::Day => "until",
        EnrolError::Barred(_) | EnrolError::Decider | EnrolError::Point => "",
    };
    Ok(vec![FieldError { field: field.to_owned(), text: error.to_string() }])
}

fn person_link(visit: &Visit, file: &PersonFile) -> Link {
    let href = visit.path(&format!("/personnes/{}", file.row.id));
    Link::new(t("followup-back").to_string(), href)
}
