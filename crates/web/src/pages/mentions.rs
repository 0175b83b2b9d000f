//! What the public pages name: whom to write to, when they were last checked.

use app::settings::{Mentions as Set, MentionsError, edit_mentions, mentions as known};
use chrono::NaiveDate;
use domain::people::contact::Email;

use super::rows::t;
use super::settings_tabs::tabs;
use crate::form::Form;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::FieldError;
use crate::view::mentions::Mentions;
use crate::view::parts::Tone;

const PAGE: &str = "/reglages/mentions";

/// `GET /{department}/reglages/mentions`.
///
/// # Errors
/// When the database does not answer.
pub async fn mentions(visit: Visit) -> Answer {
    let set = known(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    let email = |email: &Option<Email>| email.as_ref().map(|e| e.as_str().to_owned()).unwrap_or_default();
    let (accessibility, dpo) = (email(&set.accessibility), email(&set.dpo));
    let checked_on = set.checked_on.map(|day| day.to_string()).unwrap_or_default();
    page(&Mentions::new(visit.shell(), tabs(&visit, PAGE), [&accessibility, &dpo, &checked_on], Vec::new()))
}

/// `POST /{department}/reglages/mentions`.
///
/// # Errors
/// When the database refuses.
pub async fn edit(visit: Visit, form: Form) -> Answer {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, key: &str| {
        errors.push(FieldError { field: field.to_owned(), text: t(key).to_string() });
    };
    let mut email = |field: &str| {
        let parsed = form.some(field).map(Email::parse);
        if parsed == Some(None) {
            wrong(field, "mentions-wrong-email");
        }
        parsed.flatten()
    };
    let (accessibility, dpo) = (email("accessibility"), email("dpo"));
    let day = form.some("checked_on").map(str::parse::<NaiveDate>);
    if matches!(day, Some(Err(_))) {
        wrong("checked_on", "mentions-wrong-date");
    }
    if errors.is_empty() {
        let set = Set { accessibility, dpo, checked_on: day.and_then(Result::ok) };
        match edit_mentions(&visit.ctx(), set).await {
            Ok(()) => {
                let path = visit.path(PAGE);
                return see_other_saying(&visit, &path, Tone::Ok, "flash-mentions");
            }
            Err(MentionsError::Refused(refused)) => return Err(refused.into()),
            Err(MentionsError::Store(error)) => return Err(Fail::store(&error)),
            Err(error @ MentionsError::Future) => {
                errors.push(FieldError { field: "checked_on".to_owned(), text: error.to_string() });
            }
        }
    }
    let typed = [form.get("accessibility"), form.get("dpo"), form.get("checked_on")];
    unprocessable(&Mentions::new(visit.shell(), tabs(&visit, PAGE), typed, errors))
}
