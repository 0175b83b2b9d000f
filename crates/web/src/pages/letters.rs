//! What every letter says of the département.

use std::collections::BTreeMap;

use app::settings::{LETTER_FIELDS, LettersError, edit_letters, letters as known};

use super::settings_tabs::tabs;
use crate::form::Form;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::form::FieldError;
use crate::view::letters::Letters;
use crate::view::parts::Tone;

const PAGE: &str = "/reglages/courriers";

/// `GET /{department}/reglages/courriers`.
///
/// # Errors
/// When the database does not answer.
pub async fn letters(visit: Visit) -> Answer {
    let set = known(&visit.ctx()).await.map_err(|e| Fail::store(&e))?;
    page(&Letters::new(visit.shell(), tabs(&visit, PAGE), &set, Vec::new()))
}

/// `POST /{department}/reglages/courriers`.
///
/// # Errors
/// When the database refuses.
pub async fn edit(visit: Visit, form: Form) -> Answer {
    let typed: BTreeMap<&str, String> =
        LETTER_FIELDS.map(|field| (field.name, form.get(field.name).to_owned())).into();
    let error = match edit_letters(&visit.ctx(), &typed).await {
        Ok(()) => return see_other_saying(&visit, &visit.path(PAGE), Tone::Ok, "flash-letters"),
        Err(LettersError::Refused(refused)) => return Err(refused.into()),
        Err(LettersError::Store(error)) => return Err(Fail::store(&error)),
        Err(error) => error,
    };
    let field = error.field().unwrap_or_default().to_owned();
    let errors = vec![FieldError { field, text: error.to_string() }];
    unprocessable(&Letters::new(visit.shell(), tabs(&visit, PAGE), &typed, errors))
}
