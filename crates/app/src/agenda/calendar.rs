//! Invitations: what a calendar is told of an appointment. The subject never says whom it is with, nor why.

use domain::agenda::appointment::{Modality, Status};
use domain::people::contact::{Channel, Consent, Kind as Way};
use exchange::ics::{Event, Method, Parties};
use store::StoreError;
use store::access::account;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::gathering::GatheringRow;
use store::people::one;
use uuid::Uuid;

use super::AgendaError;
use super::edit_sites::{Site, sites};
use super::seen::{Appointment, editable};
use crate::Context;
use crate::people::contact::reach;

/// The invitation to an appointment, or its cancellation: a file that calendars read. The identifier never changes, the
/// sequence grows with each move.
///
/// # Errors
/// [`AgendaError::Unknown`] for an appointment that is not the actor's to see.
pub async fn invitation(ctx: &Context, id: Uuid) -> Result<String, AgendaError> {
    let (row, one) = editable(ctx, id).await?;
    let places = sites(ctx).await?;
    let site = places.iter().find(|site| Some(site.id) == row.site_id);
    let over = matches!(one.status, Status::Cancelled | Status::Excused);
    let method = if over { Method::Cancel } else { Method::Request };
    Ok(exchange::ics::invitation(&event(ctx, &row, site), method, &parties(ctx, &one).await?))
}

/// What a calendar is told of an appointment, for the person at this address, whoever asks.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn calendar_of(ctx: &Context, id: Uuid, to: &str) -> Result<Option<String>, StoreError> {
    let Some(row) = appointment::by_id(ctx.db().read(), id).await? else { return Ok(None) };
    let places = sites(ctx).await?;
    let site = places.iter().find(|site| Some(site.id) == row.site_id);
    let hosts = appointment::hosts(ctx.db().read(), &[id]).await?;
    let organizer = match hosts.first() {
        Some((_, host)) => account::by_id(ctx.db(), *host).await?.map(|known| known.email),
        None => None,
    };
    let over = [Status::Cancelled.code(), Status::Excused.code()].contains(&row.status.as_str());
    let method = if over { Method::Cancel } else { Method::Request };
    let parties = Parties { organizer, attendee: Some(to.to_owned()) };
    Ok(Some(exchange::ics::invitation(&event(ctx, &row, site), method, &parties)))
}

/// Who receives invites; the person is invited at an address that they allow, when the actor sees their file.
async fn parties(ctx: &Context, one: &Appointment) -> Result<Parties, StoreError> {
    let organizer = match one.hosts.first() {
        Some((host, _)) => account::by_id(ctx.db(), *host).await?.map(|known| known.email),
        None => None,
    };
    if !one.who.opens {
        return Ok(Parties { organizer, attendee: None });
    }
    let records = one::with_merged(ctx.db().read(), one.who.id).await?;
    let known = reach(ctx, &records, &[]).await?;
    let refuses =
        known.answers.iter().any(|told| told.channel == Channel::Email && told.answer == Consent::No);
    let mail = known.ways.iter().find(|way| way.kind == Way::Email && way.unusable.is_none());
    Ok(Parties { organizer, attendee: mail.filter(|_| !refuses).map(|way| way.told.value.clone()) })
}

/// An appointment, as a calendar is told of it.
pub(super) fn event(ctx: &Context, row: &AppointmentRow, site: Option<&Site>) -> Event {
    let summary = match Modality::parse(&row.modality) {
        Some(Modality::Phone) => "Rendez-vous par téléphone",
        Some(Modality::Visit) => "Rendez-vous à l’extérieur",
        _ => "Rendez-vous",
    };
    Event {
        uid: uid(ctx, row.id),
        sequence: sequence(row.sequence),
        start: row.starts_at,
        end: row.ends_at,
        stamp: row.changed_at,
        summary: summary.to_owned(),
        location: location(site),
    }
}

/// A session, as a calendar is told of it.
pub(super) fn session(ctx: &Context, row: &GatheringRow, site: Option<&Site>) -> Event {
    Event {
        uid: uid(ctx, row.id),
        sequence: sequence(row.sequence),
        start: row.starts_at,
        end: row.ends_at,
        stamp: row.created_at,
        summary: "Séance collective".to_owned(),
        location: location(site),
    }
}

fn uid(ctx: &Context, id: Uuid) -> String {
    format!("{}@{}.declic", id.simple(), ctx.department.code.to_lowercase())
}

fn sequence(n: i64) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

fn location(site: Option<&Site>) -> String {
    site.map(|site| format!("{}, {}, {}", site.name, site.address, site.town())).unwrap_or_default()
}
