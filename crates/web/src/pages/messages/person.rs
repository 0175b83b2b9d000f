//! Tab « Messages » of a person: what was written to them, and inviting them to choose an hour.

use app::agenda::booking_link::Offer;
use app::agenda::{receiving, sites};
use app::messages::{invite as send, preview_invitation, written_to};
use app::people::person::{PersonFile, open};
use axum::extract::Path;
use domain::agenda::appointment::{Modality, Purpose};
use domain::audit::Part;

use super::super::agenda::rows::fail;
use super::super::person_head::{Tab, head};
use super::super::rows::t;
use super::{Named, example, row};
use crate::form::Form;
use crate::respond::{Answer, Fail, id, page, see_other_saying};
use crate::site::Visit;
use crate::view::form::{Choice, Field};
use crate::view::messages::{Invite, PersonMessages};
use crate::view::parts::Tone;
use crate::view::words::{agenda, messages as words};

type Who = Path<(String, String)>;

/// `GET /{department}/personnes/{id}/messages`.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn list(visit: Visit, Path((_, person)): Who) -> Answer {
    let ctx = visit.ctx();
    let file = open(&ctx, id(&person)?, Part::Appointments).await?;
    let all = written_to(&ctx, file.row.id).await.map_err(fail)?;
    page(&PersonMessages {
        head: head(&visit, &file, Tab::Messages),
        rows: all.iter().map(|one| row(&visit, one, Named::No)).collect(),
        invite: if file.standing.shelf.is_none() { Some(form(&visit, &file).await?) } else { None },
        shell: visit.shell(),
    })
}

async fn form(visit: &Visit, file: &PersonFile) -> Result<Invite, Fail> {
    let ctx = visit.ctx();
    let preview = preview_invitation(&ctx, file.row.id).await.map_err(fail)?;
    let how = match preview.channel {
        Some(channel) => t("messages-invite-by").s("channel", words::channel(channel)).to_string(),
        None => t("messages-invite-none").to_string(),
    };
    let mut people = vec![Choice::new("", t("messages-invite-anyone").to_string(), "")];
    let receiving = receiving(&ctx).await.map_err(fail)?;
    people.extend(receiving.into_iter().map(|(id, name)| Choice::new(&id.to_string(), name, "")));
    let mut places = vec![Choice::new("", t("messages-invite-anywhere").to_string(), "")];
    let open = sites(&ctx).await.map_err(|error| Fail::store(&error))?;
    places.extend(open.into_iter().map(|site| Choice::new(&site.id.to_string(), site.name, "")));
    let mut ways = vec![Choice::new("", t("messages-invite-any-way").to_string(), "")];
    let chosen = [Modality::InPerson, Modality::Phone];
    ways.extend(chosen.map(|one| Choice::new(one.code(), agenda::modality(one), "")));
    let purposes = Purpose::ALL.iter().filter(|one| **one != Purpose::Workshop);
    let purposes =
        purposes.map(|one| Choice::new(one.code(), agenda::purpose(*one), Purpose::FirstMeeting.code()));
    Ok(Invite {
        action: visit.path(&format!("/personnes/{}/messages", file.row.id)),
        how,
        example: preview.example.as_ref().map(example),
        fields: vec![
            Field::select("with", t("messages-invite-with").to_string(), people),
            Field::select("site", t("messages-invite-where").to_string(), places),
            Field::select("way", t("messages-invite-how").to_string(), ways),
            Field::select("purpose", t("agenda-purpose").to_string(), purposes.collect()),
        ],
    })
}

/// `POST /{department}/personnes/{id}/messages`: invites them.
///
/// # Errors
/// 404 for one for whom the actor may not book.
pub async fn invite(visit: Visit, Path((_, person)): Who, form: Form) -> Answer {
    let person = id(&person)?;
    let offer = Offer {
        with: form.get("with").parse().ok(),
        site: form.get("site").parse().ok(),
        modality: Modality::parse(form.get("way")),
        purpose: Purpose::parse(form.get("purpose")).unwrap_or(Purpose::FirstMeeting),
    };
    send(&visit.ctx(), person, &offer).await.map_err(fail)?;
    let to = visit.path(&format!("/personnes/{person}/messages"));
    see_other_saying(&visit, &to, Tone::Ok, "flash-invited")
}
