//! Give a person a link by other means than a message: read out, copied in a letter; and end one that went astray.

use chrono::{DateTime, Duration, Utc};
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::access::account;
use store::agenda::booking_link::{self as rows, LinkRow};
use store::agenda::{appointment, opening};
use store::people::one;
use uuid::Uuid;

use super::{Aim, link_address, make_link};
use crate::access::hidden_accounts;
use crate::agenda::AgendaError;
use crate::agenda::book_appointment::bookable;
use crate::agenda::seen::editable;
use crate::agenda::team::names;
use crate::{Context, audit};

/// Days that a link may last.
pub const DAYS: std::ops::RangeInclusive<u16> = 1..=90;

/// Why no link was made.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// The person, the appointment or the permission.
    #[error(transparent)]
    Agenda(#[from] AgendaError),
    /// How long it lasts.
    #[error("Donnez une durée de 1 à 90 jours.")]
    Days,
}

impl From<StoreError> for GiveError {
    fn from(error: StoreError) -> Self {
        Self::Agenda(error.into())
    }
}

/// A link that was just made: its address is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The address to read out or to copy.
    pub address: String,
    /// The first instant at which it no longer works.
    pub until: DateTime<Utc>,
}

/// A link that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveLink {
    /// Its identifier, to end it.
    pub id: Uuid,
    /// It is for an appointment that was booked by a professional.
    pub manages: bool,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom; `None` = by the program.
    pub made_by: Option<String>,
    /// The first instant at which it no longer works.
    pub until: DateTime<Utc>,
    /// When it was last used to do something.
    pub used_at: Option<DateTime<Utc>>,
    /// The appointment that it made, or speaks of.
    pub appointment: Option<Uuid>,
}

/// Makes a link for a person whom the actor may receive or send.
///
/// # Errors
/// [`GiveError`]; [`AgendaError::Unknown`] for a professional who receives nobody, or whom the actor may not name.
pub async fn give_link(ctx: &Context, person: Uuid, aim: &Aim, days: u16) -> Result<Given, GiveError> {
    let (row, social) = bookable(ctx, person).await?;
    if !DAYS.contains(&days) {
        return Err(GiveError::Days);
    }
    match aim {
        Aim::Choose(offer) => {
            if let Some(with) = offer.with {
                let receives = !opening::of(ctx.db().read(), &[with]).await?.is_empty();
                let named = social || hidden_accounts(ctx, &[with]).await?.is_empty();
                if !receives || !named {
                    return Err(AgendaError::Unknown.into());
                }
            }
        }
        Aim::Manage(id) => {
            let (_, one) = editable(ctx, *id).await?;
            if one.who.id != row.id {
                return Err(AgendaError::Unknown.into());
            }
        }
    }
    let until = ctx.now() + Duration::days(i64::from(days));
    let tx = ctx.db().begin().await?;
    let token = make_link(ctx, &tx, row.id, aim, until).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(Given { address: link_address(&ctx.app, &ctx.department, &token), until })
}

/// The links of a person that work, the last made first; those that would tell of a sensitive structure are for its side.
///
/// # Errors
/// [`AgendaError::Unknown`] for one for whom the actor may not book.
pub async fn links_of(ctx: &Context, person: Uuid) -> Result<Vec<LiveLink>, AgendaError> {
    let (row, social) = bookable(ctx, person).await?;
    let c = ctx.db().read();
    let records = one::with_merged(c, row.id).await?;
    let mut all = rows::live(c, &records, ctx.now()).await?;
    if !social {
        let mut kept = Vec::new();
        for link in all {
            if hidden_accounts(ctx, &named(ctx, &link).await?).await?.is_empty() {
                kept.push(link);
            }
        }
        all = kept;
    }
    let makers: Vec<Uuid> = all.iter().filter_map(|link| link.made_by).collect();
    let known = names(ctx, &makers).await?;
    Ok(all
        .into_iter()
        .map(|link| LiveLink {
            id: link.id,
            manages: link.aim == Aim::MANAGE,
            made_at: link.made_at,
            made_by: link.made_by.and_then(|id| account::name_of(&known, id)),
            until: link.expires_at,
            used_at: link.used_at,
            appointment: link.appointment_id,
        })
        .collect())
}

/// The professionals whom a link tells of.
async fn named(ctx: &Context, link: &LinkRow) -> Result<Vec<Uuid>, StoreError> {
    let mut all: Vec<Uuid> = link.with_id.into_iter().collect();
    if let Some(id) = link.appointment_id {
        all.extend(appointment::hosts(ctx.db().read(), &[id]).await?.into_iter().map(|(_, host)| host));
    }
    Ok(all)
}

/// Ends a link of a person: it went to somebody else, or serves no longer.
///
/// # Errors
/// [`AgendaError::Unknown`] for a link that the actor does not see.
pub async fn end_link(ctx: &Context, person: Uuid, id: Uuid) -> Result<(), AgendaError> {
    let known = links_of(ctx, person).await?.into_iter().find(|link| link.id == id);
    let object = known.ok_or(AgendaError::Unknown)?.appointment.unwrap_or(id).to_string();
    let (row, _) = bookable(ctx, person).await?;
    let records = one::with_merged(ctx.db().read(), row.id).await?;
    let tx = ctx.db().begin().await?;
    if !rows::end(&tx, id, &records, ctx.now()).await? {
        return Err(AgendaError::Unknown);
    }
    let detail = json!({ "ended": true });
    audit::record(ctx, &tx, Act::MakeBookingLink, Some(row.id), Some(object), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
