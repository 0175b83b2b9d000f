//! `/{department}/messages`: what reached nobody, and letters to post.

use app::messages::{
    HandleError, PrintError, desk as waiting, handle as dealt_with, posted as in_the_post, print as printed,
};
use axum::extract::Path;
use chrono::Datelike as _;

use super::super::agenda::rows::{Tab, fail, tabs};
use super::{Named, row};
use crate::respond::{Answer, Fail, download, id, page, see_other_saying};
use crate::site::Visit;
use crate::view::messages::DeskPage;
use crate::view::parts::Tone;

const PAGE: &str = "/messages";

/// `GET /{department}/messages`.
///
/// # Errors
/// When the database does not answer.
pub async fn desk(visit: Visit) -> Answer {
    let found = waiting(&visit.ctx()).await.map_err(fail)?;
    page(&DeskPage {
        tabs: tabs(&visit, Tab::Messages),
        failed: found.failed.iter().map(|one| row(&visit, one, Named::Yes)).collect(),
        printed: found.to_print.iter().any(|one| !one.text.is_empty()),
        to_print: found.to_print.iter().map(|one| row(&visit, one, Named::Yes)).collect(),
        shell: visit.shell(),
    })
}

/// `POST /{department}/messages/{id}/traite`.
///
/// # Errors
/// 404 for a message that is not the actor's to see.
pub async fn handle(visit: Visit, Path((_, message)): Path<(String, String)>) -> Answer {
    let (tone, key) = match dealt_with(&visit.ctx(), id(&message)?).await {
        Ok(()) => (Tone::Ok, "flash-message-handled"),
        Err(HandleError::Changed) => (Tone::Soon, "flash-message-changed"),
        Err(HandleError::Agenda(error)) => return Err(fail(error)),
    };
    see_other_saying(&visit, &visit.path(PAGE), tone, key)
}

/// `POST /{department}/messages/imprimer`: one PDF.
///
/// # Errors
/// When the database refuses.
pub async fn print(visit: Visit) -> Answer {
    match printed(&visit.ctx()).await {
        Ok(bytes) => {
            let today = visit.today();
            let name = format!("courriers-{}-{:02}-{:02}.pdf", today.year(), today.month(), today.day());
            download(bytes, "application/pdf", &name)
        }
        Err(PrintError::Nothing) => {
            see_other_saying(&visit, &visit.path(PAGE), Tone::Soon, "flash-message-nothing")
        }
        Err(error) => Err(wrong(error)),
    }
}

/// `POST /{department}/messages/postes`.
///
/// # Errors
/// When the database refuses.
pub async fn posted(visit: Visit) -> Answer {
    in_the_post(&visit.ctx()).await.map_err(wrong)?;
    see_other_saying(&visit, &visit.path(PAGE), Tone::Ok, "flash-message-posted")
}

fn wrong(error: PrintError) -> Fail {
    match error {
        PrintError::Agenda(error) => fail(error),
        other => Fail::Internal(other.to_string()),
    }
}
