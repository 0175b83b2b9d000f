//! Contracts: written, signed, validated, ended; on paper; those of before 2025.

mod acts;
mod panel;
mod paper;
mod show;
mod worklist;
mod write;

pub use acts::{act, act_page, old, old_page, sign};
pub use paper::paper;
pub use show::show;
pub use worklist::list;
pub use write::{edit, edit_page, new, new_page};

pub(super) use panel::panel;

use app::engagement::{ContractError, ContractTold};
use app::people::person::PersonFile;
use domain::engagement::terms::Refusal;
use uuid::Uuid;

use super::followup::refused;
use super::rows::t;
use crate::respond::Fail;
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::parts::Link;

/// A refusal that no field explains.
fn fail(error: ContractError) -> Fail {
    match error {
        ContractError::Follow(error) => refused(error),
        ContractError::Unknown => Fail::Problem(Problem::NotFound),
        other => Fail::Internal(other.to_string()),
    }
}

/// A refusal at its field.
fn wrong(error: ContractError) -> Result<Vec<FieldError>, Fail> {
    let field = match &error {
        ContractError::Follow(_)
        | ContractError::Unknown
        | ContractError::Letter(_)
        | ContractError::Thread(_) => {
            return Err(fail(error));
        }
        ContractError::Refused(refusal) => match refusal {
            Refusal::Start => "starts_on",
            Refusal::End => "ends_on",
            Refusal::Hours | Refusal::Exempt => "weekly",
            Refusal::Lighter => "lighter",
            Refusal::Until => "until",
            Refusal::Commitment | Refusal::TooLong => "person",
        },
        ContractError::Day(_) => "day",
        ContractError::Choice => "reason",
        ContractError::Text => "text",
        ContractError::Nobody => "who",
        ContractError::Barred(_)
        | ContractError::Changed(_)
        | ContractError::SignedAlready
        | ContractError::Open
        | ContractError::Left => "",
    };
    Ok(vec![FieldError { field: field.to_owned(), text: error.to_string() }])
}

fn find(file: &PersonFile, contract: Uuid) -> Result<&ContractTold, Fail> {
    file.contracts.iter().find(|one| one.id == contract).ok_or(Fail::Problem(Problem::NotFound))
}

fn person_link(visit: &Visit, file: &PersonFile) -> Link {
    Link::new(t("followup-back").to_string(), visit.path(&format!("/personnes/{}", file.row.id)))
}

fn contract_path(visit: &Visit, file: &PersonFile, contract: Uuid) -> String {
    visit.path(&format!("/personnes/{}/contrat/{contract}", file.row.id))
}
