//! The description of the API, written from the code.

use axum::Json;
use axum::response::IntoResponse;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::respond::Answer;

#[derive(OpenApi)]
#[openapi(
    info(title = "Déclic", description = "Identité et parcours des personnes au RSA d’un département."),
    paths(
        super::people::list,
        super::people::person,
        super::people::events,
        super::imports::create,
        super::imports::get,
        super::messages::reports,
        super::messages::bounces
    ),
    modifiers(&Bearer)
)]
struct Api;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        api.components.get_or_insert_default().add_security_scheme("bearer", scheme);
    }
}

/// OpenAPI 3.1 as JSON.
pub fn json() -> String {
    Api::openapi().to_pretty_json().unwrap_or_default()
}

/// `GET /{department}/api/v1/openapi.json`.
///
/// # Errors
/// Never.
pub async fn serve() -> Answer {
    Ok(Json(Api::openapi()).into_response())
}
