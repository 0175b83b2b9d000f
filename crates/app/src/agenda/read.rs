//! Agendas: mine, a place's day, the list for its reception, the team's week, a person's.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::agenda::appointment::Status;
use domain::agenda::span::{Span, civil_day};
use domain::audit::Act;
use domain::people::contact::Kind as Way;
use domain::reference::holidays::is_day_off;
use domain::time::plus_days;
use serde_json::json;
use store::agenda::absence::{self, AbsenceRow};
use store::agenda::appointment as rows;
use store::people::one;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::AgendaError;
use super::edit_sites::{Site, sites};
use super::find_slots::{FreeSlot, Search, Sensitive, find};
use super::gather::{Gathering, gatherings};
use super::seen::{Appointment, seen};
use super::team::colleagues;
use crate::access::permit;
use crate::people::contact::reach;
use crate::{Context, audit};

/// What somebody has from a day to another.
#[derive(Debug, Clone)]
pub struct TeamMember {
    /// The account.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What is booked with them, as far as the actor sees it; what is cancelled is left out.
    pub appointments: Vec<Appointment>,
    /// The sessions that they lead.
    pub gatherings: Vec<Gathering>,
    /// What is free with them.
    pub free: Vec<FreeSlot>,
    /// When they are away.
    pub absences: Vec<AbsenceRow>,
}

/// A day in a place.
#[derive(Debug, Clone)]
pub struct SiteDay {
    /// The place.
    pub site: Site,
    /// The day.
    pub day: NaiveDate,
    /// Who comes, as far as the actor sees it; what is cancelled is left out.
    pub appointments: Vec<Appointment>,
    /// The sessions that take place there.
    pub gatherings: Vec<Gathering>,
    /// A telephone that reaches each person, for the list of the reception.
    pub phones: HashMap<Uuid, String>,
}

/// From the first instant of a day to the last of another.
fn days(ctx: &Context, first: NaiveDate, last: NaiveDate) -> Span {
    let zone = ctx.department.timezone;
    Span { start: civil_day(first, zone).start, end: civil_day(last, zone).end }
}

/// What the actor has, from a day to another, both included.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn my_agenda(ctx: &Context, first: NaiveDate, last: NaiveDate) -> Result<TeamMember, AgendaError> {
    permit(ctx, Action::ReadAppointments)?;
    let id = ctx.actor.id.ok_or(AgendaError::Unknown)?;
    let mine = members(ctx, vec![(id, ctx.actor.name.clone())], first, last).await?.pop();
    let mine = mine.ok_or(AgendaError::Unknown)?;
    tell_read(ctx, "agenda", None, mine.appointments.len()).await?;
    Ok(mine)
}

/// What those whose hours the actor may set have, from a day to another, both included.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn team_agenda(
    ctx: &Context,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<TeamMember>, AgendaError> {
    permit(ctx, Action::ReadAppointments)?;
    let all = members(ctx, colleagues(ctx).await?, first, last).await?;
    tell_read(ctx, "equipe", None, all.iter().map(|one| one.appointments.len()).sum()).await?;
    Ok(all)
}

async fn members(
    ctx: &Context,
    who: Vec<(Uuid, String)>,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<TeamMember>, AgendaError> {
    let (c, span) = (ctx.db().read(), days(ctx, first, last));
    let ids: Vec<Uuid> = who.iter().map(|(id, _)| *id).collect();
    let mut booked = rows::with(c, &ids, span).await?;
    booked.retain(|row| row.gathering_id.is_none() && row.status != Status::Cancelled.code());
    let booked = seen(ctx, Action::ReadAppointments, booked).await?;
    let led = gatherings(ctx, first).await?;
    let away = absence::during(c, &ids, span).await?;
    let search = Search { from: Some(first), to: Some(last), ..Search::default() };
    let free = if ids.len() == 1 {
        find(ctx, &Search { with: ids.first().copied(), ..search }, Sensitive::Proposed).await?
    } else {
        find(ctx, &search, Sensitive::Proposed).await?
    };
    let whole = |(id, name): (Uuid, String)| TeamMember {
        appointments: booked
            .iter()
            .filter(|one| one.hosts.iter().any(|(host, _)| *host == id))
            .cloned()
            .collect(),
        gatherings: led
            .iter()
            .filter(|one| one.host.0 == id && !one.cancelled && one.span.start < span.end)
            .cloned()
            .collect(),
        free: free.iter().filter(|slot| slot.hosts.iter().any(|(host, _)| *host == id)).cloned().collect(),
        absences: away.iter().filter(|one| one.account_id == id).cloned().collect(),
        id,
        name,
    };
    Ok(who.into_iter().map(whole).collect())
}

/// Who comes to a place on a day.
///
/// # Errors
/// [`AgendaError::Unknown`] for a place that is not of this département.
pub async fn site_day(ctx: &Context, site: Uuid, day: NaiveDate) -> Result<SiteDay, AgendaError> {
    let found = at(ctx, site, day).await?;
    tell_read(ctx, "lieu", Some(site), found.appointments.len()).await?;
    Ok(found)
}

async fn at(ctx: &Context, site: Uuid, day: NaiveDate) -> Result<SiteDay, AgendaError> {
    permit(ctx, Action::ReadAppointments)?;
    let place = sites(ctx).await?.into_iter().find(|one| one.id == site).ok_or(AgendaError::Unknown)?;
    let span = days(ctx, day, day);
    let mut booked = rows::at(ctx.db().read(), site, span).await?;
    booked.retain(|row| row.status != Status::Cancelled.code() && row.status != Status::Waiting.code());
    let here = gatherings(ctx, day).await?.into_iter().filter(|one| {
        one.site.as_ref().is_some_and(|place| place.id == site) && one.span.start < span.end && !one.cancelled
    });
    Ok(SiteDay {
        appointments: seen(ctx, Action::ReadAppointments, booked).await?,
        gatherings: here.collect(),
        phones: HashMap::new(),
        site: place,
        day,
    })
}

/// The list that the reception of a place prints: who comes on the next working day, with a telephone to call when somebody
/// does not; people who refuse calls have none there.
///
/// # Errors
/// [`AgendaError::Unknown`] for a place that is not of this département.
pub async fn next_day(ctx: &Context, site: Uuid) -> Result<SiteDay, AgendaError> {
    let mut day = plus_days(ctx.today(), 1);
    while is_day_off(day, ctx.department.holidays()) {
        day = plus_days(day, 1);
    }
    let mut list = at(ctx, site, day).await?;
    list.appointments.retain(|one| one.status == Status::Upcoming);
    for one in list.appointments.iter().filter(|one| one.who.opens) {
        let records = one::with_merged(ctx.db().read(), one.who.id).await?;
        let known = reach(ctx, &records, &[]).await?;
        let refuses = known.answers.iter().any(|told| {
            told.channel == domain::people::contact::Channel::Call
                && told.answer == domain::people::contact::Consent::No
        });
        let phone = known.ways.iter().find(|way| way.kind == Way::Phone && way.unusable.is_none());
        if let Some(way) = phone.filter(|_| !refuses) {
            list.phones.insert(one.who.id, way.told.value.clone());
        }
    }
    tell_read(ctx, "accueil", Some(site), list.appointments.len()).await?;
    Ok(list)
}

/// The appointments of a person whose file was opened, the latest first.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn of_person(ctx: &Context, person: Uuid) -> Result<Vec<Appointment>, AgendaError> {
    let records = one::with_merged(ctx.db().read(), person).await?;
    let all = rows::of_people(ctx.db().read(), &records).await?;
    seen(ctx, Action::ReadAppointments, all).await
}

/// One appointment that the actor may change.
///
/// # Errors
/// [`AgendaError::Unknown`].
pub async fn appointment(ctx: &Context, id: Uuid) -> Result<Appointment, AgendaError> {
    let (_, one) = super::seen::editable(ctx, id).await?;
    let tx = ctx.db().begin().await?;
    read_line(ctx, &tx, "rendez-vous", Some(id), Some(one.who.id), 1).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(one)
}

/// The line of the journal for a list that was read.
pub(super) async fn tell_read(
    ctx: &Context,
    what: &str,
    object: Option<Uuid>,
    appointments: usize,
) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    read_line(ctx, &tx, what, object, None, appointments).await?;
    Ok(tx.commit().await?)
}

async fn read_line(
    ctx: &Context,
    tx: &Tx,
    what: &str,
    object: Option<Uuid>,
    person: Option<Uuid>,
    appointments: usize,
) -> Result<(), StoreError> {
    let detail = json!({ "what": what, "appointments": appointments });
    audit::record(ctx, tx, Act::ReadAgenda, person, object.map(|id| id.to_string()), detail).await?;
    Ok(())
}
