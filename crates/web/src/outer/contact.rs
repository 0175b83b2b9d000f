//! `/.well-known/security.txt` (RFC 9116): whom to tell about a weakness.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use chrono::{Days, SecondsFormat};

use crate::door::Side;
use crate::pages::errors;
use crate::site::Site;

/// Where it is read.
pub const ROUTE: &str = "/.well-known/security.txt";

/// How long what it says may be believed, in days; each reading begins anew.
const DAYS: u64 = 180;

/// Answers [`ROUTE`]; 404 when the configuration names nobody.
pub async fn serve(State(site): State<Site>) -> Response {
    let Some(contact) = &site.outer.security_contact else { return errors::nowhere(Side::Pages) };
    let now = site.app.clock.now();
    let expires =
        now.checked_add_days(Days::new(DAYS)).unwrap_or(now).to_rfc3339_opts(SecondsFormat::Secs, true);
    let canonical = match &site.outer.public_url {
        Some(url) => format!("Canonical: {url}{ROUTE}\n"),
        None => String::new(),
    };
    let text = format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: fr, en\n{canonical}");
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}
