//! The secret feed: asked for, shown once, read by a calendar, taken away.

use app::agenda::{begin_feed, end_feed, feed};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;

use super::super::rows::t;
use super::rows::fail;
use crate::respond::{Answer, page, see_other_saying};
use crate::site::Visit;
use crate::view::form_page::Shown;
use crate::view::parts::{Link, Tone};

/// What calendars read.
pub(super) const CALENDAR: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");

/// `POST /{department}/agenda/abonnement`: the address is shown once.
///
/// # Errors
/// When the database refuses.
pub async fn begin(visit: Visit) -> Answer {
    let word = begin_feed(&visit.ctx()).await.map_err(fail)?;
    page(&Shown {
        back: Link::new(t("agenda-tab-hours").to_string(), visit.path("/agenda/heures")),
        title: t("agenda-feed").to_string(),
        lead: t("agenda-feed-shown").to_string(),
        value: format!("{}{}", visit.site.app.public_url, visit.path(&format!("/public/agenda/{word}"))),
        shell: visit.shell(),
    })
}

/// `POST /{department}/agenda/abonnement/retirer`.
///
/// # Errors
/// When the database refuses.
pub async fn end(visit: Visit) -> Answer {
    end_feed(&visit.ctx()).await.map_err(fail)?;
    see_other_saying(&visit, &visit.path("/agenda/heures"), Tone::Ok, "flash-feed-ended")
}

/// `GET /{department}/public/agenda/{token}`: hours and places, nothing of anybody.
///
/// # Errors
/// 404 for an address that does not work.
pub async fn read(visit: Visit, Path((_, token)): Path<(String, String)>) -> Answer {
    let text = feed(&visit.ctx(), &token).await.map_err(fail)?;
    Ok(([(header::CONTENT_TYPE, CALENDAR)], text).into_response())
}
