//! Tab « Documents » of a person: list, add, take away, remove.

use app::people::person::open;
use app::privacy::documents::{
    Described, DocumentError, DocumentLine, Incoming, ObjectError, documents, read, receive,
};
use axum::body::Body;
use axum::extract::Path;
use axum::extract::multipart::{Field as Part, Multipart, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::audit::Part as Opened;
use domain::privacy::document::{Kind, LARGEST_MIB, LARGEST_PARAMETER, REMOVED_DAYS};
use futures_util::stream::try_unfold;
use uuid::Uuid;

use super::person_head::{Tab, head};
use super::rows::t;
use crate::form::Form;
use crate::format;
use crate::respond::{Answer, Fail, attachment, id, page, see_other_saying};
use crate::site::Visit;
use crate::view::documents::{DocumentForm, DocumentRow, PersonDocuments, Removal, RemovedRow};
use crate::view::errors::Problem;
use crate::view::form::{Choice, Field, FieldError, FieldKind};
use crate::view::parts::{Link, Tone};
use crate::view::words;

/// Bytes that are read to their end although they are refused: a browser that is cut off shows no page.
const DRAINED: u64 = 256 * 1024 * 1024;
/// Longest text of a field of the form, in bytes.
const LONGEST_FIELD: usize = 8 * 1024;

/// What is shown again when a form comes back.
#[derive(Default)]
struct Again {
    typed: Described,
    /// The document whose removal came back.
    removing: Option<Uuid>,
    reason: String,
    errors: Vec<FieldError>,
}

/// `GET /{department}/personnes/{id}/documents`.
///
/// # Errors
/// 404 for one whom the actor may not see.
pub async fn list(visit: Visit, place: Path<(String, String)>) -> Answer {
    page(&tab(&visit, id(&place.1)?, Again::default()).await?)
}

async fn tab(visit: &Visit, person: Uuid, again: Again) -> Result<PersonDocuments, Fail> {
    let ctx = visit.ctx();
    let file = open(&ctx, person, Opened::Documents).await?;
    let lines = documents(&ctx, person).await?;
    let base = visit.path(&format!("/personnes/{}/documents", file.row.id));
    let edits = app::access::permit(&ctx, Action::EditDocuments).is_ok();
    let (removed, kept): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.removed.is_some());
    let form = if edits { Some(form(visit, &base, &again).await?) } else { None };
    Ok(PersonDocuments {
        head: head(visit, &file, Tab::Documents),
        rows: kept.into_iter().map(|line| row(visit, &base, edits, line, &again)).collect(),
        removed: removed.into_iter().filter_map(|line| removed_row(visit, line)).collect(),
        form,
        days: REMOVED_DAYS,
        errors: again.errors,
        shell: visit.shell(),
    })
}

async fn form(visit: &Visit, base: &str, again: &Again) -> Result<DocumentForm, Fail> {
    let own =
        app::settings::value_today(&visit.ctx(), LARGEST_PARAMETER).await.map_err(|e| Fail::store(&e))?;
    let size = own.unwrap_or_else(|| LARGEST_MIB.to_string());
    let chosen = again.typed.kind.as_str();
    let mut kinds = vec![Choice::new("", t("documents-add-kind-choose").to_string(), chosen)];
    kinds.extend(Kind::ALL.map(|kind| Choice::new(kind.code(), words::document_kind(kind), chosen)));
    let mut hint = t("documents-add-file-hint").s("size", size).to_string();
    if again.removing.is_none() && !again.errors.is_empty() {
        hint = format!("{hint} {}", t("documents-add-again"));
    }
    let words = |key: &str| t(key).to_string();
    Ok(DocumentForm::new(base.to_owned(), kinds, &again.typed.label, hint, words, &again.errors))
}

fn title(line: &DocumentLine) -> &str {
    if line.label.is_empty() { &line.name } else { &line.label }
}

fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    format::moment(at.with_timezone(&visit.department.timezone).naive_local(), visit.today())
}

fn by(name: &str) -> String {
    if name.is_empty() { String::new() } else { t("documents-by").s("name", name).to_string() }
}

fn row(visit: &Visit, base: &str, edits: bool, line: &DocumentLine, again: &Again) -> DocumentRow {
    let name = format!("reason-{}", line.id.simple());
    let open = again.removing == Some(line.id);
    let reason = Field::new(FieldKind::Text, &name, t("documents-remove-reason").to_string())
        .hint(t("documents-remove-hint").n("days", REMOVED_DAYS).to_string())
        .value(if open { again.reason.as_str() } else { "" })
        .error(FieldError::of(&again.errors, &name));
    let removal = Removal { action: format!("{base}/{}/retirer", line.id), reason, open };
    DocumentRow {
        link: Link::new(title(line), format!("{base}/{}", line.id)),
        file: if line.label.is_empty() { String::new() } else { line.name.clone() },
        format: format!("{}, {}", line.format.label_fr(), format::bytes(line.size)),
        kind: words::document_kind(line.kind),
        added: moment(visit, line.added_at),
        by: by(&line.added_by),
        removal: edits.then_some(removal),
    }
}

fn removed_row(visit: &Visit, line: &DocumentLine) -> Option<RemovedRow> {
    let (at, who, why) = line.removed.as_ref()?;
    Some(RemovedRow {
        title: title(line).to_owned(),
        kind: words::document_kind(line.kind),
        when: moment(visit, *at),
        by: by(who),
        reason: why.clone(),
    })
}

/// Why a form comes back, or does not.
enum Unsent {
    /// Said in the form: the field and the text.
    Wrong(&'static str, String),
    /// Said by a page of refusal.
    Fail(Fail),
}

impl From<DocumentError> for Unsent {
    fn from(error: DocumentError) -> Self {
        let field = match &error {
            DocumentError::Kind => "kind",
            DocumentError::Label => "label",
            DocumentError::People(_) | DocumentError::Unknown => return Self::Fail(error.into()),
            _ => "file",
        };
        Self::Wrong(field, error.to_string())
    }
}

fn broken() -> Unsent {
    Unsent::Wrong("file", t("documents-add-broken").to_string())
}

/// `POST /{department}/personnes/{id}/documents`: sealed as it comes, judged, then kept.
///
/// # Errors
/// 404 for one whom the actor may not see; 413 far beyond the limit.
pub async fn add(
    visit: Visit,
    place: Path<(String, String)>,
    body: Result<Multipart, MultipartRejection>,
) -> Answer {
    let person = id(&place.1)?;
    let mut again = Again::default();
    let sent = match body {
        Ok(parts) => keep(&visit, person, parts, &mut again.typed).await,
        Err(_) => Err(broken()),
    };
    match sent {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}/documents"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-document-added")
        }
        Err(Unsent::Fail(fail)) => Err(fail),
        Err(Unsent::Wrong(field, text)) => {
            again.errors.push(FieldError { field: field.to_owned(), text });
            told(&tab(&visit, person, again).await?, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

fn told(shown: &PersonDocuments, status: StatusCode) -> Answer {
    let mut response = page(shown)?;
    *response.status_mut() = status;
    Ok(response)
}

/// Reads the parts in whatever order they come.
async fn keep(
    visit: &Visit,
    person: Uuid,
    mut parts: Multipart,
    typed: &mut Described,
) -> Result<(), Unsent> {
    let ctx = visit.ctx();
    // Asked before any byte is read: what one may not see does not exist, whatever is sent.
    let mut incoming = Some(receive(&ctx, person).await?);
    let (mut size, mut refused) = (0, None);
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        match part.name() {
            Some("kind") => typed.kind = text(part).await?,
            Some("label") => typed.label = text(part).await?,
            Some("file") if typed.file_name.is_empty() => {
                part.file_name().unwrap_or_default().clone_into(&mut typed.file_name);
                size = pour(part, incoming.as_mut(), &mut refused).await?;
            }
            _ => {}
        }
    }
    if let Some(refused) = refused {
        return Err(refused.into());
    }
    if typed.file_name.is_empty() || (size == 0 && typed.kind.is_empty()) {
        return Err(Unsent::Wrong("file", t("documents-add-none").to_string()));
    }
    let Some(incoming) = incoming.take() else { return Err(broken()) };
    incoming.finish(&ctx, typed.clone()).await?;
    Ok(())
}

async fn text(mut part: Part<'_>) -> Result<String, Unsent> {
    let mut bytes = Vec::new();
    while let Some(more) = part.chunk().await.map_err(|_| broken())? {
        if bytes.len() + more.len() > LONGEST_FIELD {
            return Err(Unsent::Fail(Fail::Problem(Problem::TooLarge)));
        }
        bytes.extend_from_slice(&more);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Pours the bytes of a part; what is refused is read on for a while, so that the browser gets its answer.
async fn pour(
    mut part: Part<'_>,
    mut incoming: Option<&mut Incoming>,
    refused: &mut Option<DocumentError>,
) -> Result<u64, Unsent> {
    let mut size = 0;
    while let Some(bytes) = part.chunk().await.map_err(|_| broken())? {
        size += bytes.len() as u64;
        if size > DRAINED {
            return Err(Unsent::Fail(Fail::Problem(Problem::TooLarge)));
        }
        if let (Some(incoming), None) = (incoming.as_mut(), refused.as_ref()) {
            *refused = incoming.write(&bytes).err();
        }
    }
    Ok(size)
}

/// `GET /{department}/personnes/{id}/documents/{document}`: the bytes, never shown in the page.
///
/// # Errors
/// 404 for a document that was removed or that one may not see.
pub async fn download(visit: Visit, place: Path<(String, String, String)>) -> Answer {
    let (person, document) = (id(&place.1)?, id(&place.2)?);
    match read(&visit.ctx(), person, document).await {
        Ok(given) => {
            let name = attachment(&given.line.name);
            let kind = HeaderValue::from_static(given.line.format.media_type());
            let bytes = try_unfold(given.reading, |mut reading| async {
                let piece = reading.next().await?;
                Ok::<_, ObjectError>(piece.map(|piece| (Bytes::from(piece), reading)))
            });
            let mut response = Response::new(Body::from_stream(bytes));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, kind);
            headers.insert(header::CONTENT_LENGTH, given.line.size.into());
            headers.insert(header::CONTENT_DISPOSITION, name);
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE));
            Ok(response.into_response())
        }
        Err(DocumentError::Object(error)) => {
            tracing::error!(document.id = %document, error.text = %error, "a document cannot be given");
            let errors = vec![FieldError { field: String::new(), text: error.to_string() }];
            let shown = tab(&visit, person, Again { errors, ..Again::default() }).await?;
            told(&shown, StatusCode::SERVICE_UNAVAILABLE)
        }
        Err(error) => Err(error.into()),
    }
}

/// If a browser opened a document all the same, it would be a page that may load, run and send nothing.
const ALONE: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// `POST /{department}/personnes/{id}/documents/{document}/retirer`.
///
/// # Errors
/// 404 for a document that was removed already or that one may not see.
pub async fn remove(visit: Visit, place: Path<(String, String, String)>, typed: Form) -> Answer {
    let (person, document) = (id(&place.1)?, id(&place.2)?);
    let field = format!("reason-{}", document.simple());
    let reason = typed.get(&field);
    match app::privacy::documents::remove(&visit.ctx(), person, document, reason).await {
        Ok(()) => {
            let to = visit.path(&format!("/personnes/{person}/documents"));
            see_other_saying(&visit, &to, Tone::Ok, "flash-document-removed")
        }
        Err(error @ DocumentError::Reason) => {
            let errors = vec![FieldError { field, text: error.to_string() }];
            let again =
                Again { removing: Some(document), reason: reason.to_owned(), errors, ..Again::default() };
            told(&tab(&visit, person, again).await?, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => Err(error.into()),
    }
}

impl From<DocumentError> for Fail {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::People(error) => error.into(),
            DocumentError::Unknown => Self::Problem(Problem::NotFound),
            other => Self::Internal(other.to_string()),
        }
    }
}
