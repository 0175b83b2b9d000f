//! Open a link: whom it is for, where they stand. Nothing changes.

use chrono::{DateTime, Utc};
use domain::agenda::appointment::{Kind, Modality, Status};
use domain::agenda::booking::read;
use domain::agenda::span::Span;
use store::StoreError;
use store::access::account;
use store::agenda::appointment::{self, AppointmentRow};
use store::agenda::booking_link::{self as rows, LinkRow};
use store::agenda::callback;
use store::people::{PersonRow, one};
use uuid::Uuid;

use super::Aim;
use crate::Context;
use crate::access::{Actor, AddressLimiter};
use crate::agenda::edit_sites::{Site, sites};
use crate::agenda::team::names;
use crate::people::contact::reach;

/// Why a link does nothing.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Unknown, expired, used or ended: told the same, so that nobody learns which links exist.
    #[error("Ce lien ne fonctionne pas, ou ne fonctionne plus.")]
    Gone,
    /// Too many tries from there, or with this link: so many seconds to wait.
    #[error("Trop d’essais : attendez {0} secondes.")]
    Wait(u32),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A link that works.
#[derive(Debug, Clone)]
pub struct Opened {
    pub(in crate::agenda) row: LinkRow,
    pub(in crate::agenda) person: PersonRow,
    pub(in crate::agenda) records: Vec<Uuid>,
    /// Where the person stands with it.
    pub standing: Standing,
    /// When they asked to be called, as long as nobody did.
    pub asked_at: Option<DateTime<Utc>>,
    /// No telephone of theirs is known: they must give one to be called.
    pub without_phone: bool,
}

/// Where a person stands with their link.
#[derive(Debug, Clone)]
pub enum Standing {
    /// They may choose an hour; what they had chosen before was cancelled, when there is something.
    Choose(Option<Meeting>),
    /// They have an appointment.
    Booked(Meeting),
    /// The one appointment of the link was cancelled.
    Cancelled(Meeting),
}

/// An appointment, as its person sees it: what it is for is not said.
#[derive(Debug, Clone)]
pub struct Meeting {
    pub(in crate::agenda) row: AppointmentRow,
    pub(in crate::agenda) host_ids: Vec<Uuid>,
    /// From when to when.
    pub span: Span,
    /// How they meet.
    pub modality: Modality,
    /// Where; `None` for a call or a visit outside of any place.
    pub site: Option<Site>,
    /// Name of the room; empty when there is none.
    pub room: String,
    /// Who receives.
    pub hosts: Vec<String>,
    /// A seat in a session: it may be given back, not moved.
    pub collective: bool,
    /// On the waiting list of a session.
    pub waiting: bool,
}

impl Opened {
    /// First name of the person: two who share a telephone know whom it is for.
    pub fn first_name(&self) -> &str {
        &self.person.first_name
    }

    /// The appointment that the link speaks of, to come or not.
    pub(super) fn known(&self) -> Option<&Meeting> {
        match &self.standing {
            Standing::Booked(meeting) | Standing::Cancelled(meeting) | Standing::Choose(Some(meeting)) => {
                Some(meeting)
            }
            Standing::Choose(None) => None,
        }
    }

    /// The appointment to come, when there is one.
    pub fn meeting(&self) -> Option<&Meeting> {
        match &self.standing {
            Standing::Booked(meeting) => Some(meeting),
            Standing::Choose(_) | Standing::Cancelled(_) => None,
        }
    }
}

/// The same context, in which the person acts by their link, whoever is signed in on that browser.
pub(in crate::agenda) fn by_bearer(ctx: &Context) -> Context {
    Context { actor: Actor::bearer(), ..ctx.clone() }
}

/// Opens the link of a token for who looks at it from `address`; only those that do not work are counted there. Reads only.
///
/// # Errors
/// [`LinkError::Gone`] for whatever does not work, whyever; [`LinkError::Wait`] after too many of these.
pub async fn open_link(
    ctx: &Context,
    limiter: &AddressLimiter,
    address: &str,
    token: &str,
) -> Result<Opened, LinkError> {
    let attempt =
        limiter.begin(&format!("link {address}")).map_err(|full| LinkError::Wait(full.wait_seconds))?;
    let opened = read_link(ctx, token).await?;
    attempt.succeeded();
    Ok(opened)
}

/// Opens the link of a token for who sends a form: each counts, for the address and for the link.
///
/// # Errors
/// As [`open_link`].
pub async fn open_link_to_act(
    ctx: &Context,
    limiter: &AddressLimiter,
    address: &str,
    token: &str,
) -> Result<Opened, LinkError> {
    let count =
        |key: String| limiter.begin(&key).map(drop).map_err(|full| LinkError::Wait(full.wait_seconds));
    count(format!("link form {address}"))?;
    let opened = open_link(ctx, limiter, address, token).await?;
    count(format!("link of {}", opened.row.id))?;
    Ok(opened)
}

async fn read_link(ctx: &Context, token: &str) -> Result<Opened, LinkError> {
    let ctx = &by_bearer(ctx);
    let token = read(token).ok_or(LinkError::Gone)?;
    let row = rows::by_hash(ctx.db().read(), &rows::hash(ctx.db(), &token)?).await?;
    opened(ctx, row.ok_or(LinkError::Gone)?).await
}

/// Neither ended nor expired.
pub(super) fn works(row: &LinkRow, now: DateTime<Utc>) -> bool {
    row.ended_at.is_none() && row.expires_at > now
}

/// What a row lets its bearer do now.
async fn opened(ctx: &Context, row: LinkRow) -> Result<Opened, LinkError> {
    if !works(&row, ctx.now()) {
        return Err(LinkError::Gone);
    }
    let c = ctx.db().read();
    let joined = one::joined(ctx.db()).await?;
    let root = joined.get(&row.person_id).copied().unwrap_or(row.person_id);
    // Somebody archived, or whose data are frozen at their request, is not dealt with by a link.
    let person = one::shown(c, &[root]).await?.pop().ok_or(LinkError::Gone)?;
    let records = one::with_merged(c, person.id).await?;
    let standing = standing(ctx, &row).await?.ok_or(LinkError::Gone)?;
    let asked = callback::of(c, &records).await?.into_iter().find(|one| one.done_at.is_none());
    let known = reach(ctx, &records, &[]).await?;
    let phone = |way: &crate::people::contact::Contact| {
        way.kind == domain::people::contact::Kind::Phone && way.unusable.is_none()
    };
    Ok(Opened {
        without_phone: !known.ways.iter().any(phone)
            && asked.as_ref().is_none_or(|one| one.phone_sealed.is_none()),
        asked_at: asked.map(|one| one.asked_at),
        row,
        person,
        records,
        standing,
    })
}

/// Where the person stands; `None` when the link has served.
async fn standing(ctx: &Context, row: &LinkRow) -> Result<Option<Standing>, StoreError> {
    let chooses = row.aim == Aim::CHOOSE;
    let known = match row.appointment_id {
        Some(id) => appointment::by_id(ctx.db().read(), id).await?,
        None => None,
    };
    let Some(known) = known else { return Ok(chooses.then_some(Standing::Choose(None))) };
    let later = known.starts_at > ctx.now();
    let meeting = meeting(ctx, known).await?;
    let status = Status::parse(&meeting.row.status).unwrap_or(Status::Cancelled);
    Ok(match status {
        Status::Upcoming | Status::Waiting if later => Some(Standing::Booked(meeting)),
        Status::Cancelled | Status::Excused if chooses => Some(Standing::Choose(Some(meeting))),
        Status::Cancelled | Status::Excused if later => Some(Standing::Cancelled(meeting)),
        _ => None,
    })
}

async fn meeting(ctx: &Context, row: AppointmentRow) -> Result<Meeting, StoreError> {
    let hosts = appointment::hosts(ctx.db().read(), &[row.id]).await?;
    let host_ids: Vec<Uuid> = hosts.into_iter().map(|(_, host)| host).collect();
    let known = names(ctx, &host_ids).await?;
    let site = match row.site_id {
        Some(id) => sites(ctx).await?.into_iter().find(|one| one.id == id),
        None => None,
    };
    let room = site.as_ref().and_then(|site| site.rooms.iter().find(|room| Some(room.id) == row.room_id));
    Ok(Meeting {
        span: row.span(),
        modality: Modality::parse(&row.modality).unwrap_or(Modality::InPerson),
        room: room.map(|room| room.name.clone()).unwrap_or_default(),
        hosts: host_ids.iter().filter_map(|id| account::name_of(&known, *id)).collect(),
        collective: row.kind == Kind::Collective.code(),
        waiting: row.status == Status::Waiting.code(),
        site,
        host_ids,
        row,
    })
}
