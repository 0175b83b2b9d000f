//! Which appointments the actor sees, and what of them: the people of their scope, and those whom they receive.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::access::scope::Scope;
use domain::agenda::appointment::{CancelledBy, Kind, Modality, Purpose, Status};
use domain::agenda::span::Span;
use store::agenda::appointment::{self, AppointmentRow};
use store::people::{PersonRow, one};
use store::sealed::{APPOINTMENT_NOTE, APPOINTMENT_REASON};
use store::{StoreError, access::account};
use uuid::Uuid;

use super::AgendaError;
use super::edit_sites::{Site, sites};
use super::team::names;
use crate::Context;
use crate::access::{hidden_accounts, scope, social_scope};

/// An appointment, as far as the actor may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its identifier.
    pub id: Uuid,
    /// From when to when.
    pub span: Span,
    /// Who receives whom.
    pub kind: Kind,
    /// How they meet.
    pub modality: Modality,
    /// What it is for.
    pub purpose: Purpose,
    /// Where it stands.
    pub status: Status,
    /// By whom it was cancelled.
    pub cancelled_by: Option<CancelledBy>,
    /// Why, in a few words; may be empty.
    pub reason: String,
    /// What was written beside it; may be empty.
    pub note: String,
    /// Whom.
    pub who: Who,
    /// Who receives: account and name.
    pub hosts: Vec<(Uuid, String)>,
    /// Where; `None` for a call or a visit outside of any place.
    pub site: Option<Site>,
    /// Name of the room; empty when there is none.
    pub room: String,
    /// The session of several people that it is a seat of.
    pub gathering: Option<Uuid>,
    /// How many times it was moved or cancelled.
    pub sequence: i64,
    /// When it was booked.
    pub booked_at: DateTime<Utc>,
}

/// Whom an appointment is with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The record that speaks for them.
    pub id: Uuid,
    /// First name and name; empty when their data are frozen.
    pub name: String,
    /// Their file opens for the actor.
    pub opens: bool,
}

/// Those of these appointments that the actor may do `action` with, in the same order.
///
/// # Errors
/// [`AgendaError::Refused`].
pub(super) async fn seen(
    ctx: &Context,
    action: Action,
    rows: Vec<AppointmentRow>,
) -> Result<Vec<Appointment>, AgendaError> {
    let reach = scope(ctx, action)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let eyes = Eyes::open(ctx, action, &reach, &rows).await?;
    let all = sites(ctx).await?;
    let mut found = Vec::new();
    for row in rows {
        if let Some(one) = eyes.look(ctx, &all, &row)? {
            found.push(one);
        }
    }
    Ok(found)
}

/// What is read once for a list.
struct Eyes {
    speaks: HashMap<Uuid, Uuid>,
    hosts: HashMap<Uuid, Vec<Uuid>>,
    names: Vec<(Uuid, String)>,
    people: HashMap<Uuid, PersonRow>,
    reached: HashSet<Uuid>,
    social: HashSet<Uuid>,
    hidden: Vec<Uuid>,
}

impl Eyes {
    async fn open(
        ctx: &Context,
        action: Action,
        reach: &Scope,
        rows: &[AppointmentRow],
    ) -> Result<Self, StoreError> {
        let (c, today) = (ctx.db().read(), ctx.today());
        let speaks = ctx.shared().await?.joined.clone();
        let root = |id: Uuid| speaks.get(&id).copied().unwrap_or(id);
        let mut ids: Vec<Uuid> = rows.iter().map(|row| root(row.person_id)).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut hosts: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        let rows: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        for (appointment, host) in appointment::hosts(c, &rows).await? {
            hosts.entry(appointment).or_default().push(host);
        }
        let accounts: Vec<Uuid> =
            hosts.values().flatten().copied().collect::<HashSet<_>>().into_iter().collect();
        let hidden = hidden_accounts(ctx, &accounts).await?;
        let keys = |rows: Vec<PersonRow>| rows.into_iter().map(|row| row.id).collect::<HashSet<_>>();
        let social = if hidden.is_empty() {
            HashSet::new()
        } else {
            let social = social_scope(ctx, action).unwrap_or_default();
            keys(one::seen(c, &social, today, &ids).await?)
        };
        Ok(Self {
            reached: keys(one::seen(c, reach, today, &ids).await?),
            people: one::shown(c, &ids).await?.into_iter().map(|row| (row.id, row)).collect(),
            names: names(ctx, &accounts).await?,
            speaks,
            hosts,
            social,
            hidden,
        })
    }

    fn look(
        &self,
        ctx: &Context,
        sites: &[Site],
        row: &AppointmentRow,
    ) -> Result<Option<Appointment>, StoreError> {
        let person = self.speaks.get(&row.person_id).copied().unwrap_or(row.person_id);
        let hosts = self.hosts.get(&row.id).cloned().unwrap_or_default();
        let mine = ctx.actor.id.is_some_and(|id| hosts.contains(&id));
        let reached = self.reached.contains(&person);
        let sensitive = hosts.iter().any(|host| self.hidden.contains(host)) && !self.social.contains(&person);
        if !mine && (!reached || sensitive) {
            return Ok(None);
        }
        let name = self.people.get(&person).map(|one| format!("{} {}", one.first_name, one.last_name));
        let clear = |place, sealed: Option<&Vec<u8>>| match sealed {
            Some(sealed) => ctx.db().keys().decrypt_text(place, sealed),
            None => Ok(String::new()),
        };
        let site = row.site_id.and_then(|id| sites.iter().find(|one| one.id == id));
        let room = site.and_then(|site| site.rooms.iter().find(|room| Some(room.id) == row.room_id));
        Ok(Some(Appointment {
            id: row.id,
            span: row.span(),
            kind: Kind::parse(&row.kind).unwrap_or(Kind::Individual),
            modality: Modality::parse(&row.modality).unwrap_or(Modality::InPerson),
            purpose: Purpose::parse(&row.purpose).unwrap_or(Purpose::Other),
            status: Status::parse(&row.status).unwrap_or(Status::Upcoming),
            cancelled_by: row.cancelled_by.as_deref().and_then(CancelledBy::parse),
            reason: clear(APPOINTMENT_REASON.place, row.reason_sealed.as_ref())?,
            note: clear(APPOINTMENT_NOTE.place, row.note_sealed.as_ref())?,
            who: Who { id: person, opens: reached, name: name.unwrap_or_default() },
            hosts: hosts
                .iter()
                .map(|id| (*id, account::name_of(&self.names, *id).unwrap_or_default()))
                .collect(),
            room: room.map(|room| room.name.clone()).unwrap_or_default(),
            site: site.cloned(),
            gathering: row.gathering_id,
            sequence: row.sequence,
            booked_at: row.booked_at,
        }))
    }
}

/// Those of these appointments that the actor may see, with when they begin: what is told of the others is hidden with them.
///
/// # Errors
/// [`AgendaError::Refused`].
pub(crate) async fn visible(
    ctx: &Context,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>, AgendaError> {
    let rows = appointment::many(ctx.db().read(), ids).await?;
    let seen = seen(ctx, Action::EditAppointments, rows).await?;
    Ok(seen.into_iter().map(|one| (one.id, one.span.start)).collect())
}

/// An appointment with which the actor may do something, its row too.
pub(super) async fn editable(ctx: &Context, id: Uuid) -> Result<(AppointmentRow, Appointment), AgendaError> {
    let row = appointment::by_id(ctx.db().read(), id).await?.ok_or(AgendaError::Unknown)?;
    let one = seen(ctx, Action::EditAppointments, vec![row.clone()]).await?.pop();
    Ok((row, one.ok_or(AgendaError::Unknown)?))
}
