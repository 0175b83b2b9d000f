//! `/{department}/reglages/messages`: the messages of the département, and their versions.

use app::access::permit;
use app::messages::{Shown, TemplatesError, publish_template, template, templates};
use app::settings::{Draft, VersionError};
use axum::extract::Path;
use domain::access::permission::Action;

use super::super::catalogues::version_line;
use super::super::rows::t;
use super::super::settings_tabs::tabs;
use super::example;
use crate::form::Form;
use crate::respond::{Answer, Fail, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::catalogues::Edit;
use crate::view::errors::Problem;
use crate::view::form::{Field, FieldError, FieldKind};
use crate::view::messages::{TemplatePage, TemplateRow, Templates};
use crate::view::parts::{Link, Tone};
use crate::view::words::messages as words;

const PAGE: &str = "/reglages/messages";

impl From<TemplatesError> for Fail {
    fn from(error: TemplatesError) -> Self {
        match error {
            TemplatesError::Refused(refused) => refused.into(),
            TemplatesError::Store(error) | TemplatesError::Version(VersionError::Store(error)) => {
                Self::store(&error)
            }
            TemplatesError::Version(VersionError::Unknown) => Self::Problem(Problem::NotFound),
            other => Self::Internal(other.to_string()),
        }
    }
}

fn channels(shown: &[domain::messages::channel::Channel]) -> String {
    shown.iter().map(|one| words::channel(*one)).collect::<Vec<_>>().join(", ")
}

/// `GET /{department}/reglages/messages`.
///
/// # Errors
/// When the database does not answer.
pub async fn list(visit: Visit) -> Answer {
    let all = templates(&visit.ctx()).await?;
    let rows = all.into_iter().map(|one| TemplateRow {
        link: Link::new(one.title, visit.path(&format!("{PAGE}/{}", one.code))),
        sent: one.sent,
        channels: channels(&one.channels),
        version: t("messages-number").n("n", one.number).to_string(),
    });
    page(&Templates { tabs: tabs(&visit, PAGE), rows: rows.collect(), shell: visit.shell() })
}

/// `GET /{department}/reglages/messages/{code}`.
///
/// # Errors
/// 404 for a message that this version does not send.
pub async fn one(visit: Visit, Path((_, code)): Path<(String, String)>) -> Answer {
    page(&whole(&visit, &code, Vec::new(), None).await?)
}

/// `POST /{department}/reglages/messages/{code}`: publishes a version.
///
/// # Errors
/// 404 for a message that this version does not send.
pub async fn change(visit: Visit, Path((_, code)): Path<(String, String)>, form: Form) -> Answer {
    let draft = Draft {
        text: form.get("texte").replace("\r\n", "\n"),
        valid_from: form.get("debut").parse().ok(),
        note: form.get("note").to_owned(),
        after: form.get("after").parse().unwrap_or_default(),
    };
    let Err(error) = publish_template(&visit.ctx(), &code, &draft).await else {
        let to = visit.path(&format!("{PAGE}/{code}"));
        return see_other_saying(&visit, &to, Tone::Ok, "flash-catalogue");
    };
    let at = |field: &str, text: String| FieldError { field: field.to_owned(), text };
    let errors = match error {
        TemplatesError::Faults(faults) => faults.into_iter().map(|text| at("texte", text)).collect(),
        TemplatesError::Version(error @ (VersionError::TooLong | VersionError::Changed)) => {
            vec![at("texte", error.to_string())]
        }
        TemplatesError::Version(error @ VersionError::TooEarly) => vec![at("debut", error.to_string())],
        other => return Err(other.into()),
    };
    unprocessable(&whole(&visit, &code, errors, Some(&form)).await?)
}

async fn whole(
    visit: &Visit,
    code: &str,
    errors: Vec<FieldError>,
    typed: Option<&Form>,
) -> Result<TemplatePage, Fail> {
    let ctx = visit.ctx();
    let shown = template(&ctx, code).await?;
    let may_edit = permit(&ctx, Action::EditCatalogues).is_ok();
    let title = |n: i64| t("messages-version").n("n", n).to_string();
    Ok(TemplatePage {
        title: shown.listed.title.clone(),
        lead: format!("{} ({})", shown.listed.sent, channels(&shown.listed.channels)),
        examples: shown.examples.iter().map(example).collect(),
        edit: may_edit.then(|| edit(visit, &shown, &errors, typed)),
        versions: shown.versions.iter().map(|one| version_line(visit, title(one.number), one)).collect(),
        errors,
        shell: visit.shell(),
    })
}

fn edit(visit: &Visit, shown: &Shown, errors: &[FieldError], typed: Option<&Form>) -> Edit {
    let last = shown.versions.first().map_or(1, |one| one.number);
    let value = |name: &str, otherwise: String| typed.map_or(otherwise, |form| form.get(name).to_owned());
    let field = |kind, name: &str, label: &str, hint: &str, value: String| {
        Field::new(kind, name, t(label).to_string())
            .hint(t(hint).to_string())
            .value(value)
            .error(FieldError::of(errors, name))
    };
    let (first, note) = (value("debut", visit.today().to_string()), value("note", String::new()));
    let text = value("texte", shown.text.clone());
    Edit {
        action: visit.path(&format!("{PAGE}/{}", shown.listed.code)),
        after: value("after", last.to_string()),
        fields: vec![
            field(FieldKind::Textarea, "texte", "messages-text", "messages-text-hint", text),
            field(FieldKind::Date, "debut", "catalogues-first-day", "catalogues-first-day-hint", first),
            field(FieldKind::Text, "note", "catalogues-note", "catalogues-note-hint", note),
        ],
        open: typed.is_some(),
    }
}
