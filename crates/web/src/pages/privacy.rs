//! `/{department}/droits` and `/{department}/bientot-archivees`: rights of people over their data, and what will go.

use app::privacy::retention;
use app::privacy::rights::{self, NewRequest, Request, RightsError, Shelf};
use axum::extract::Path;
use domain::privacy::rights::{Reply, Right};
use uuid::Uuid;

use super::rows::{self, t};
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, download, id, page, see_other_saying, unprocessable};
use crate::site::Visit;
use crate::view::errors::Problem;
use crate::view::form::FieldError;
use crate::view::parts::{Link, Tone};
use crate::view::privacy::{PersonRights, RequestRow, Rights, Soon};
use crate::view::words;

/// `GET /{department}/droits`.
///
/// # Errors
/// 403 outside of the role.
pub async fn rights(visit: Visit) -> Answer {
    let all = rights::all(&visit.ctx()).await?;
    let waiting = all.requests.iter().filter(|r| r.row.answered_on.is_none());
    let late = waiting.clone().filter(|r| r.row.answer_by < visit.today()).count();
    page(&Rights {
        summary: t("privacy-summary").n("waiting", waiting.count()).n("late", late).to_string(),
        requests: all.requests.iter().map(|one| request(&visit, one)).collect(),
        hidden: all
            .hidden
            .iter()
            .map(|(shelf, row)| (link(&visit, row.id, rows::name(row)), why(shelf)))
            .collect(),
        shell: visit.shell(),
    })
}

fn why(shelf: &Shelf) -> String {
    let (key, day) = match (shelf.restricted_on, shelf.archived_on) {
        (Some(day), _) => ("privacy-frozen", Some(day)),
        (None, day) => ("privacy-archived", day),
    };
    t(key).s("day", day.map(format::full).unwrap_or_default()).to_string()
}

fn link(visit: &Visit, person: Uuid, name: String) -> Link {
    Link::new(name, visit.path(&format!("/personnes/{person}/droits")))
}

fn request(visit: &Visit, one: &Request) -> RequestRow {
    let row = &one.row;
    let right = Right::parse(&row.kind);
    let late = row.answered_on.is_none() && row.answer_by < visit.today();
    let state = match (&row.reply, row.answered_on) {
        (Some(reply), Some(day)) => t("privacy-answered")
            .s("reply", Reply::parse(reply).map(words::reply).unwrap_or_default())
            .s("day", format::full(day)),
        _ => t(if late { "privacy-late" } else { "privacy-answer-by" }).s("day", format::full(row.answer_by)),
    };
    let base = visit.path(&format!("/droits/{}", row.id));
    let copied = right != Some(Right::Access) || row.taken_at.is_some() || one.person.is_none();
    RequestRow {
        person: link(visit, row.person_id, one.person.as_ref().map(rows::name).unwrap_or_default()),
        right: right.map(words::right_asked).unwrap_or_default(),
        received: t("privacy-received-on").s("day", format::full(row.received_on)).to_string(),
        state: state.to_string(),
        late,
        note: one.note.clone(),
        answer: row.answered_on.is_none().then(|| base.clone()),
        copy: (!copied).then(|| format!("{base}/copie")),
    }
}

/// `GET /{department}/personnes/{id}/droits`.
///
/// # Errors
/// 404 for nobody.
pub async fn person(visit: Visit, Path((_, person)): Path<(String, String)>) -> Answer {
    let typed = (Right::Access.code().to_owned(), visit.today().to_string(), String::new());
    page(&shown(&visit, id(&person)?, typed, Vec::new()).await?)
}

async fn shown(
    visit: &Visit,
    person: Uuid,
    (right, received, note): (String, String, String),
    errors: Vec<FieldError>,
) -> Result<PersonRights, Fail> {
    let ctx = visit.ctx();
    let row = rights::person(&ctx, person).await?;
    let all = rights::all(&ctx).await?;
    let frozen = all.hidden.iter().find(|(shelf, _)| shelf.id == row.id && shelf.restricted_on.is_some());
    let shell = visit.shell();
    Ok(PersonRights {
        name: rows::name(&row),
        action: visit.path(&format!("/personnes/{person}/droits")),
        fields: PersonRights::fields(&shell, (&right, &received, &note), &errors),
        requests: all
            .requests
            .iter()
            .filter(|one| one.row.person_id == row.id)
            .map(|one| request(visit, one))
            .collect(),
        frozen: frozen.map(|(shelf, _)| why(shelf)),
        errors,
        shell,
    })
}

/// `POST /{department}/personnes/{id}/droits`: `right`, `received`, `note`; or `lift`.
///
/// # Errors
/// As [`person`].
pub async fn record(visit: Visit, Path((_, person)): Path<(String, String)>, form: Form) -> Answer {
    let (ctx, key) = (visit.ctx(), id(&person)?);
    let back = visit.path(&format!("/personnes/{key}/droits"));
    if form.some("lift").is_some() {
        rights::lift(&ctx, key).await?;
        return see_other_saying(&visit, &back, Tone::Ok, "flash-rights");
    }
    let typed = ["right", "received", "note"].map(|name| form.get(name).to_owned());
    let [right, received, note] = typed.clone();
    let wrong = |field: &str, text: String| vec![FieldError { field: field.to_owned(), text }];
    let errors = match (Right::parse(&right), received.parse()) {
        (None, _) => wrong("right", t("privacy-right-missing").to_string()),
        (_, Err(_)) => wrong("received", t("privacy-received-missing").to_string()),
        (Some(right), Ok(received_on)) => {
            let new = NewRequest { person: key, right, received_on, note: Some(note) };
            match rights::request(&ctx, new).await {
                Ok(_) => return see_other_saying(&visit, &back, Tone::Ok, "flash-rights"),
                Err(error @ RightsError::Future) => wrong("received", error.to_string()),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let [right, received, note] = typed;
    unprocessable(&shown(&visit, key, (right, received, note), errors).await?)
}

/// `POST /{department}/droits/{id}`: `reply`.
///
/// # Errors
/// 404 for no request.
pub async fn answer(visit: Visit, Path((_, request)): Path<(String, String)>, form: Form) -> Answer {
    let reply = Reply::parse(form.get("reply")).unwrap_or(Reply::Partly);
    match rights::answer(&visit.ctx(), id(&request)?, reply).await {
        Ok(()) => see_other_saying(&visit, &visit.path("/droits"), Tone::Ok, "flash-rights"),
        Err(RightsError::Answered) => already(&visit),
        Err(other) => Err(other.into()),
    }
}

/// `POST /{department}/droits/{id}/copie`: everything held, as JSON, once.
///
/// # Errors
/// 404 for no request.
pub async fn copy(visit: Visit, Path((_, request)): Path<(String, String)>) -> Answer {
    let copy = match rights::copy(&visit.ctx(), id(&request)?).await {
        Err(RightsError::Taken | RightsError::NotAccess) => return already(&visit),
        other => other?,
    };
    let bytes = serde_json::to_vec_pretty(&copy).map_err(|e| Fail::Internal(e.to_string()))?;
    download(bytes, "application/json", "copie-des-donnees.json")
}

/// What was asked was done before: the page says so.
fn already(visit: &Visit) -> Answer {
    see_other_saying(visit, &visit.path("/droits"), Tone::Soon, "flash-rights-already")
}

/// `GET /{department}/bientot-archivees`.
///
/// # Errors
/// 403 outside of the role.
pub async fn soon(visit: Visit) -> Answer {
    let people = retention::announced(&visit.ctx()).await?;
    page(&Soon {
        summary: t("privacy-soon-summary").n("count", people.len()).to_string(),
        people: people
            .iter()
            .map(|(row, day)| {
                let href = visit.path(&format!("/personnes/{}", row.id));
                (
                    Link::new(rows::name(row), href),
                    t("privacy-soon-on").s("day", format::full(*day)).to_string(),
                )
            })
            .collect(),
        shell: visit.shell(),
    })
}

impl From<RightsError> for Fail {
    fn from(error: RightsError) -> Self {
        match error {
            RightsError::Refused(refused) => refused.into(),
            RightsError::Unknown => Self::Problem(Problem::NotFound),
            RightsError::Store(error) => Self::store(&error),
            other => Self::Internal(other.to_string()),
        }
    }
}
