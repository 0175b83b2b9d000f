//! Who needs a second factor and how long sessions last.

use app::settings::{Security as Rules, SecurityError, edit_security, security as rules};
use domain::access::role::Role;

use super::settings_tabs::tabs;
use crate::form::Form;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::{Choice, FieldError};
use crate::view::parts::Tone;
use crate::view::settings::Security;
use crate::view::words;

const PAGE: &str = "/reglages/securite";

/// `GET /{department}/reglages/securite`.
///
/// # Errors
/// When the database does not answer.
pub async fn show(visit: Visit) -> Answer {
    let now = rules(&visit.ctx()).await?;
    let typed = [now.idle_minutes, now.admin_idle_minutes, now.longest_hours].map(|n| n.to_string());
    let typed = [typed[0].as_str(), typed[1].as_str(), typed[2].as_str()];
    page(&Security::new(visit.shell(), tabs(&visit, PAGE), choices(&now.second_factor), typed, Vec::new()))
}

fn choices(ticked: &[Role]) -> Vec<Choice> {
    let of_staff = Role::ALL.into_iter().filter(|role| *role != Role::Person);
    of_staff
        .map(|role| Choice {
            value: role.code().to_owned(),
            label: words::role(role),
            selected: ticked.contains(&role),
        })
        .collect()
}

/// `POST /{department}/reglages/securite`.
///
/// # Errors
/// When the database refuses.
pub async fn change(visit: Visit, form: Form) -> Answer {
    let typed = [form.get("idle"), form.get("admin_idle"), form.get("longest")];
    // What is not a number is out of bounds too: the same sentence helps.
    let number = |text: &str| text.trim().parse().unwrap_or_default();
    let new = Rules {
        second_factor: form.all("role").iter().filter_map(|code| Role::parse(code)).collect(),
        idle_minutes: number(typed[0]),
        admin_idle_minutes: number(typed[1]),
        longest_hours: number(typed[2]),
    };
    let field = match edit_security(&visit.ctx(), &new).await {
        Ok(()) => {
            let here = visit.path(PAGE);
            return see_other_saying(&visit, &here, Tone::Ok, "flash-security");
        }
        Err(error @ SecurityError::Idle) => ("idle", error),
        Err(error @ SecurityError::AdminIdle) => ("admin_idle", error),
        Err(error @ SecurityError::Longest) => ("longest", error),
        Err(other) => return Err(other.into()),
    };
    let errors = vec![FieldError { field: field.0.to_owned(), text: field.1.to_string() }];
    unprocessable(&Security::new(
        visit.shell(),
        tabs(&visit, PAGE),
        choices(&new.second_factor),
        typed,
        errors,
    ))
}

impl From<SecurityError> for Fail {
    fn from(error: SecurityError) -> Self {
        match error {
            SecurityError::Refused(refused) => refused.into(),
            SecurityError::Store(error) => Self::store(&error),
            other => Self::Internal(other.to_string()),
        }
    }
}
