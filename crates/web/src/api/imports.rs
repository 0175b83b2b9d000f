//! Files in, by JSON.

use app::intake::queue::receive;
use app::intake::show::{FileState, get as file};
use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::problem;
use crate::form::Query;
use crate::pages::intake::{Receiving, file_name};
use crate::respond::{Answer, Fail, id};
use crate::site::Visit;

/// `POST /{department}/api/v1/imports`: the body is the file.
///
/// # Errors
/// When it cannot be kept.
#[utoipa::path(post, path = "/{department}/api/v1/imports",
    params(("department" = String, Path), ("profile" = Option<String>, Query), ("file_name" = Option<String>, Query)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, description = "`{\"id\", \"status\"}` and `Location`"), (status = 401), (status = 403)),
    security(("bearer" = [])))]
pub async fn create(visit: Visit, Query(query): Query, request: Request) -> Answer {
    let ctx = visit.ctx();
    let mut receiving = Receiving(Some(receive(&ctx)?));
    let mut body: Body = request.into_body();
    let mut size = 0usize;
    loop {
        let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx)).await;
        match frame {
            None => break,
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    size += data.len();
                    if let Some(upload) = &mut receiving.0 {
                        upload.write(&data)?;
                    }
                }
            }
            Some(Err(_)) => {
                return Ok(problem::bad_request(
                    "L’envoi s’est interrompu. Recommencez : rien n’a été gardé.",
                ));
            }
        }
    }
    let Some(upload) = (if size > 0 { receiving.0.take() } else { None }) else {
        return Ok(problem::bad_request("Le corps de la demande est vide : envoyez le fichier lui-même."));
    };
    let name = file_name(query.some("file_name").unwrap_or_default());
    let name = if name.is_empty() { "envoi par l’API".to_owned() } else { name };
    let key = upload.finish(&ctx, &name, query.some("profile").map(str::to_owned)).await?;
    let mut response =
        (StatusCode::ACCEPTED, Json(json!({ "id": key, "status": "waiting" }))).into_response();
    let place = visit.path(&format!("/api/v1/imports/{key}"));
    if let Ok(value) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    Ok(response)
}

/// `GET /{department}/api/v1/imports/{id}`: the report of the command, with its status.
///
/// # Errors
/// 404.
#[utoipa::path(get, path = "/{department}/api/v1/imports/{id}",
    params(("department" = String, Path), ("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "the report, with `id` and `status`"), (status = 401), (status = 404)),
    security(("bearer" = [])))]
pub async fn get(visit: Visit, place: Path<(String, String)>) -> Answer {
    let state = file(&visit.ctx(), id(&place.1)?).await?;
    Ok(answer(&state))
}

fn answer(state: &FileState) -> Response {
    let mut body =
        state.report.as_ref().and_then(|r| serde_json::to_value(r).ok()).unwrap_or_else(|| json!({}));
    if let Value::Object(fields) = &mut body {
        fields.insert("id".to_owned(), json!(state.row.id));
        // A spreadsheet that waits for its columns to be told is waiting, in the words of the API.
        let status = if state.row.status == app::intake::show::status::MAPPING {
            "waiting"
        } else {
            &state.row.status
        };
        fields.insert("status".to_owned(), json!(status));
        fields.entry("file").or_insert_with(|| json!(state.row.file_name));
        if let Some(error) = &state.row.error {
            fields.insert("error".to_owned(), json!(error));
        }
        if let Some((read, total)) = state.progress {
            fields.insert("progress".to_owned(), json!({ "read": read, "total": total }));
        }
    }
    Json(body).into_response()
}

impl From<app::intake::queue::UploadError> for Fail {
    fn from(error: app::intake::queue::UploadError) -> Self {
        use app::intake::queue::UploadError;
        match error {
            UploadError::Denied(refused) => refused.into(),
            UploadError::Store(error) => Self::store(&error),
            UploadError::Io(error) => Self::Internal(error.to_string()),
        }
    }
}
