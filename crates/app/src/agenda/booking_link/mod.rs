//! A link by which a person chooses, sees, moves or cancels an appointment without an account (`product.md` § 4.4).
//!
//! ```text
//! a letter, a message, a professional ── make_link ──▶ token (told once) ──▶ its keyed hash
//! the person ── open ──▶ choose ──▶ booked ──▶ move, cancel          the journal: « la personne, par son lien »
//!                  └── or, at any step, ask to be called (callback)
//! ```
//!
//! A link is for one person and one purpose, ends at an instant, books within what it offers and one appointment at a time.
//! Opening it changes nothing: mail scanners open links.

mod act;
mod give;
mod offer;
mod open;

pub(in crate::agenda) use act::hold_link;
pub use act::{LinkActError, book_by_link, cancel_by_link, move_by_link};
pub use give::{GiveError, Given, LiveLink, end_link, give_link, links_of};
pub use offer::link_slots;
pub(in crate::agenda) use open::by_bearer;
pub use open::{LinkError, Meeting, Opened, Standing, open_link, open_link_to_act};

use chrono::{DateTime, Utc};
use domain::agenda::appointment::{Modality, Purpose};
use domain::agenda::booking::token;
use domain::audit::Act;
use serde_json::json;
use store::agenda::booking_link::{self as rows, LinkRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::access::secret::random_bytes;
use crate::{App, Context, Department, audit};

/// What a link lets its bearer do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// Choose an hour.
    Choose(Offer),
    /// See, move or cancel one appointment.
    Manage(Uuid),
}

/// Limits of what may be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// With this professional; `None` = with any who receives people, but those of sensitive structures.
    pub with: Option<Uuid>,
    /// In this place; `None` = anywhere.
    pub site: Option<Uuid>,
    /// By this way; `None` = in a place or by telephone, as each slot allows.
    pub modality: Option<Modality>,
    /// What the appointment is for; the person is not told.
    pub purpose: Purpose,
}

impl Aim {
    /// The word of the database for a link that chooses.
    pub(crate) const CHOOSE: &'static str = "choose";
    /// The word of the database for a link that manages.
    pub(crate) const MANAGE: &'static str = "manage";

    /// The word of the database.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Choose(_) => Self::CHOOSE,
            Self::Manage(_) => Self::MANAGE,
        }
    }
}

/// Makes a link in the transaction of what sends it; the token exists nowhere else afterwards. Eleven characters of an alphabet
/// of thirty-two without look-alikes (55 bits). Whoever calls it has asked whether the actor may book for this person.
///
/// # Errors
/// When the database refuses, or the machine gives no randomness.
pub async fn make_link(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    aim: &Aim,
    until: DateTime<Utc>,
) -> Result<String, StoreError> {
    let token = token(random_bytes()?);
    let id = ctx.app.ids.make();
    let (offer, appointment_id) = match aim {
        Aim::Choose(offer) => (Some(offer), None),
        Aim::Manage(appointment) => (None, Some(*appointment)),
    };
    let row = LinkRow {
        id,
        token_hash: rows::hash(ctx.db(), &token)?,
        person_id: person,
        aim: aim.code().to_owned(),
        appointment_id,
        with_id: offer.and_then(|offer| offer.with),
        site_id: offer.and_then(|offer| offer.site),
        modality: offer.and_then(|offer| offer.modality).map(|one| one.code().to_owned()),
        purpose: offer.map_or(Purpose::Other, |offer| offer.purpose).code().to_owned(),
        made_at: ctx.now(),
        made_by: ctx.actor.id,
        expires_at: until,
        used_at: None,
        ended_at: None,
    };
    rows::insert(tx, row).await?;
    // Of an appointment the journal names the appointment: what hides the one hides the other.
    let object = appointment_id.unwrap_or(id).to_string();
    let detail = json!({ "aim": aim.code(), "until": until });
    audit::record(ctx, tx, Act::MakeBookingLink, Some(person), Some(object), detail).await?;
    Ok(token)
}

/// The address to print or to send: `{short_url or public_url}/{department}/r/{token}`.
pub fn link_address(app: &App, department: &Department, token: &str) -> String {
    let base = app.short_url.as_ref().unwrap_or(&app.public_url);
    format!("{base}/{}/r/{token}", department.code)
}
