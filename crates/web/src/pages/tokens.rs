//! Tokens of other software: made, replaced, revoked.

use app::access::{
    ApiToken, CreateTokenError, NewToken, TokenError, TokenScope, create_token, list_tokens, revoke_token,
    rotate_token, token_works,
};
use axum::extract::Path;
use domain::time::plus_days;

use super::rows::t;
use super::settings_tabs::tabs;
use super::users::seen;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::form_page::Shown;
use crate::view::parts::{Link, Tag, Tone};
use crate::view::users::{TokenRow, Tokens};

const LIST: &str = "/reglages/jetons";
/// The last day that the form proposes, in days from today.
const A_YEAR: i64 = 365;

/// `GET /{department}/reglages/jetons`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    page(&tokens(&visit, &Form::default(), Vec::new()).await?)
}

async fn tokens(visit: &Visit, form: &Form, errors: Vec<FieldError>) -> Result<Tokens, Fail> {
    let all = list_tokens(&visit.ctx()).await.map_err(fail)?;
    let scope = form.get("scope");
    let scopes = vec![
        Choice::new(TokenScope::Read.code(), t("tokens-read").to_string(), scope),
        Choice::new(TokenScope::Write.code(), t("tokens-write").to_string(), scope),
    ];
    let proposed = plus_days(visit.today(), A_YEAR).to_string();
    let fields = vec![
        Field::new(FieldKind::Text, "name", t("tokens-software").to_string())
            .value(form.get("name"))
            .error(FieldError::of(&errors, "name")),
        Field::select("scope", t("tokens-scope").to_string(), scopes)
            .hint(t("tokens-scope-hint").to_string())
            .error(FieldError::of(&errors, "scope")),
        Field::new(FieldKind::Date, "last_day", t("tokens-last-day").to_string())
            .hint(t("tokens-last-day-hint").to_string())
            .value(form.some("last_day").unwrap_or(&proposed))
            .error(FieldError::of(&errors, "last_day")),
    ];
    Ok(Tokens {
        tabs: tabs(visit, LIST),
        errors,
        rows: all.into_iter().map(|one| row(visit, one)).collect(),
        fields,
        shell: visit.shell(),
    })
}

fn row(visit: &Visit, one: ApiToken) -> TokenRow {
    let works = token_works(&one, visit.ctx().now());
    let state = match (works, one.revoked_at) {
        (true, _) => Tag::new(t("tokens-works").to_string(), Tone::Ok),
        (false, Some(_)) => Tag::new(t("tokens-revoked").to_string(), Tone::Neutral),
        (false, None) => Tag::new(t("tokens-ended").to_string(), Tone::Neutral),
    };
    let action = |word: &str| works.then(|| visit.path(&format!("{LIST}/{}/{word}", one.id)));
    let made = one.created_at.with_timezone(&visit.department.timezone).date_naive();
    TokenRow {
        scope: t(if one.scope == TokenScope::Write.code() { "tokens-write" } else { "tokens-read" })
            .to_string(),
        made: t("tokens-made").s("date", format::full(made)).to_string(),
        end: one.expires_at.map_or_else(|| t("tokens-endless").to_string(), |at| seen(visit, Some(at))),
        used: seen(visit, one.last_used_at),
        state,
        rotate: action("remplacer"),
        revoke: action("revoquer"),
        name: one.name,
    }
}

/// `POST /{department}/reglages/jetons`: makes a token, shown once.
///
/// # Errors
/// When the database refuses.
pub async fn create(visit: Visit, form: Form) -> Answer {
    let error = match read(&form) {
        Err(error) => error,
        Ok(new) => match create_token(&visit.ctx(), new).await {
            Ok(word) => return page(&shown(&visit, word)),
            Err(error) => wrong(&error)?,
        },
    };
    unprocessable(&tokens(&visit, &form, vec![error]).await?)
}

fn read(form: &Form) -> Result<NewToken, FieldError> {
    let said = |field: &str, key: &str| FieldError { field: field.to_owned(), text: t(key).to_string() };
    let scope = TokenScope::parse(form.get("scope")).ok_or_else(|| said("scope", "tokens-wrong-scope"))?;
    let last_day = match form.get("last_day").trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| said("last_day", "settings-wrong-date"))?),
    };
    Ok(NewToken { name: form.get("name").to_owned(), scope, last_day })
}

fn shown(visit: &Visit, word: String) -> Shown {
    Shown {
        back: Link::new(t("tokens-shown-back").to_string(), visit.path(LIST)),
        title: t("tokens-shown").to_string(),
        lead: t("tokens-shown-lead").to_string(),
        value: word,
        shell: visit.shell(),
    }
}

/// `POST /{department}/reglages/jetons/{token}/remplacer`: another word for the same software; the old one works a day more.
///
/// # Errors
/// 404 for a token that no longer works.
pub async fn rotate(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let word = rotate_token(&visit.ctx(), id(&token)?).await.map_err(fail)?;
    page(&shown(&visit, word))
}

/// `POST /{department}/reglages/jetons/{token}/revoquer`.
///
/// # Errors
/// 404 for a token that no longer works.
pub async fn revoke(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    revoke_token(&visit.ctx(), id(&token)?).await.map_err(fail)?;
    see_other_saying(&visit, &visit.path(LIST), Tone::Ok, "flash-revoked")
}

fn fail(error: TokenError) -> Fail {
    match error {
        TokenError::Refused(refused) => refused.into(),
        TokenError::Unknown => Fail::Problem(Problem::NotFound),
        TokenError::Store(error) => Fail::store(&error),
    }
}

fn wrong(error: &CreateTokenError) -> Result<FieldError, Fail> {
    let field = match error {
        CreateTokenError::Name => "name",
        CreateTokenError::End(_) => "last_day",
        CreateTokenError::Refused(refused) => return Err((*refused).into()),
        CreateTokenError::Store(error) => return Err(Fail::store(error)),
    };
    Ok(FieldError { field: field.to_owned(), text: error.to_string() })
}
