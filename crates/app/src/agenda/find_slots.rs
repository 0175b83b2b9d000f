//! Free slots, the earliest first.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::agenda::appointment::Modality;
use domain::agenda::free::for_both;
use domain::agenda::opening::LONGEST_BUFFER;
use domain::agenda::span::{Span, civil_day};
use domain::people::name::normalise;
use domain::reference::geo;
use store::StoreError;
use store::access::account;
use store::agenda::opening;
use store::agenda::slot::{self, SlotRow, Wanted};
use uuid::Uuid;

use super::AgendaError;
use super::edit_sites::{Site, sites};
use super::team::names;
use crate::Context;
use crate::access::{ActorKind, hidden_accounts, permit};

/// Days of a search that names no last day.
pub const USUAL_DAYS: i64 = 42;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// In this place.
    pub site: Option<Uuid>,
    /// In the places of this territory.
    pub territory: Option<String>,
    /// With this professional; for a pair, the one whose slots are proposed.
    pub with: Option<Uuid>,
    /// And with this one: only what is free for both.
    pub and_with: Option<Uuid>,
    /// By this way.
    pub modality: Option<Modality>,
    /// First day; `None` = today.
    pub from: Option<NaiveDate>,
    /// Last day, included; `None` = six weeks later.
    pub to: Option<NaiveDate>,
    /// The person lives in this commune (INSEE): how far each place is is told.
    pub commune: Option<String>,
    /// At most so many; 0 = all.
    pub limit: usize,
}

/// A slot that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeSlot {
    /// Its identifier.
    pub id: Uuid,
    /// From when to when.
    pub span: Span,
    /// Where.
    pub site: Site,
    /// Name of the room; empty when there is none.
    pub room: String,
    /// With whom: one, or the two of a pair.
    pub hosts: Vec<(Uuid, String)>,
    /// How one may meet.
    pub modalities: Vec<Modality>,
    /// As the crow flies from the commune of the person, in kilometres.
    pub distance_km: Option<u32>,
}

/// Whether professionals in sensitive structures are proposed: to who is on the social side of the person only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sensitive {
    Proposed,
    LeftOut,
}

impl Sensitive {
    pub(super) fn of(social: bool) -> Self {
        if social { Self::Proposed } else { Self::LeftOut }
    }
}

/// Free slots, the earliest first; two of one hour, the nearest first. Professionals in sensitive structures are left out: for
/// somebody whom one follows, ask [`super::offered`].
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn find_slots(ctx: &Context, search: &Search) -> Result<Vec<FreeSlot>, AgendaError> {
    permit(ctx, Action::EditAppointments)?;
    Ok(find(ctx, search, Sensitive::of(ctx.actor.kind == ActorKind::System)).await?)
}

/// [`find_slots`], for a caller who has asked for the permission.
pub(super) async fn find(
    ctx: &Context,
    search: &Search,
    sensitive: Sensitive,
) -> Result<Vec<FreeSlot>, StoreError> {
    let zone = ctx.department.timezone;
    let from = search.from.unwrap_or_else(|| ctx.today()).max(ctx.today());
    let to = search.to.unwrap_or_else(|| domain::time::plus_days(from, USUAL_DAYS));
    let span = Span { start: civil_day(from, zone).start.max(ctx.now()), end: civil_day(to, zone).end };
    let all = sites(ctx).await?;
    let wanted = Wanted {
        sites: chosen(search, &all),
        accounts: search.with.map(|id| vec![id]),
        without: without(ctx, sensitive).await?,
        modality: search.modality,
        limit: if search.and_with.is_some() { 0 } else { search.limit as u64 },
    };
    let mut rows = slot::free(ctx.db().read(), span, &wanted).await?;
    if let Some(other) = search.and_with {
        rows = pair(ctx, rows, other, span, &wanted).await?;
        if search.limit > 0 {
            rows.truncate(search.limit);
        }
    }
    told(ctx, search, &all, rows).await
}

/// The professionals who receive people, by name; those in sensitive structures are left out, but for oneself.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn receiving(ctx: &Context) -> Result<Vec<(Uuid, String)>, AgendaError> {
    permit(ctx, Action::EditAppointments)?;
    let left_out = without(ctx, Sensitive::LeftOut).await?;
    let open = opening::lasting(ctx.db().read(), ctx.today()).await?;
    let accounts: HashSet<Uuid> =
        open.into_iter().map(|row| row.account_id).filter(|id| !left_out.contains(id)).collect();
    let mut named = names(ctx, &accounts.into_iter().collect::<Vec<_>>()).await?;
    named.sort_by_key(|(id, name)| (normalise(name), *id));
    Ok(named)
}

/// The places looked at; `None` = all of them.
fn chosen(search: &Search, all: &[Site]) -> Option<Vec<Uuid>> {
    match (search.site, &search.territory) {
        (Some(site), _) => Some(vec![site]),
        (None, Some(code)) => {
            let there = all.iter().filter(|site| site.territory.as_ref() == Some(code));
            Some(there.map(|site| site.id).collect())
        }
        (None, None) => None,
    }
}

/// The professionals who are not proposed: their account is closed, or their structure is hidden.
async fn without(ctx: &Context, sensitive: Sensitive) -> Result<Vec<Uuid>, StoreError> {
    let all: HashSet<Uuid> =
        opening::lasting(ctx.db().read(), ctx.today()).await?.into_iter().map(|row| row.account_id).collect();
    let all: Vec<Uuid> = all.into_iter().collect();
    let mut left_out = match sensitive {
        Sensitive::Proposed => Vec::new(),
        Sensitive::LeftOut => hidden_accounts(ctx, &all).await?,
    };
    left_out.extend(account::closed(ctx.db().read(), &all).await?);
    left_out.sort_unstable();
    left_out.dedup();
    Ok(left_out)
}

/// Of these slots, those during which the other one is free, in the same place.
async fn pair(
    ctx: &Context,
    rows: Vec<SlotRow>,
    other: Uuid,
    span: Span,
    wanted: &Wanted,
) -> Result<Vec<SlotRow>, StoreError> {
    if wanted.without.contains(&other) {
        return Ok(Vec::new());
    }
    let theirs = Wanted { accounts: Some(vec![other]), limit: 0, ..wanted.clone() };
    let theirs = slot::free(ctx.db().read(), span, &theirs).await?;
    let mut by_site: BTreeMap<Uuid, Vec<Span>> = BTreeMap::new();
    for slot in &theirs {
        by_site.entry(slot.site_id).or_default().push(slot.span());
    }
    let gap = opening::of(ctx.db().read(), &[other]).await?;
    let gap = gap.iter().filter_map(|row| u16::try_from(row.buffer_minutes).ok()).max().unwrap_or_default();
    let gap = gap.min(LONGEST_BUFFER);
    let both = |slot: &SlotRow| {
        let open = by_site.get(&slot.site_id).map_or(&[][..], Vec::as_slice);
        slot.account_id != other && !for_both(&[slot.span()], open, gap).is_empty()
    };
    Ok(rows.into_iter().filter(both).collect())
}

async fn told(
    ctx: &Context,
    search: &Search,
    all: &[Site],
    rows: Vec<SlotRow>,
) -> Result<Vec<FreeSlot>, StoreError> {
    let mut accounts: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    accounts.extend(search.and_with);
    let known = names(ctx, &accounts).await?;
    let with_name = |id: Uuid| (id, account::name_of(&known, id).unwrap_or_default());
    let distances: BTreeMap<Uuid, u32> = all
        .iter()
        .filter_map(|site| Some((site.id, distance_km(search.commune.as_deref()?, &site.commune)?)))
        .collect();
    let mut found: Vec<FreeSlot> = rows
        .into_iter()
        .filter_map(|row| {
            let site = all.iter().find(|site| site.id == row.site_id)?;
            let room = site.rooms.iter().find(|room| Some(room.id) == row.room_id);
            Some(FreeSlot {
                id: row.id,
                span: row.span(),
                room: room.map(|room| room.name.clone()).unwrap_or_default(),
                hosts: [Some(row.account_id), search.and_with].into_iter().flatten().map(with_name).collect(),
                modalities: Modality::split(&row.modalities),
                distance_km: distances.get(&site.id).copied(),
                site: site.clone(),
            })
        })
        .collect();
    found.sort_by_key(|slot| (slot.span.start, slot.distance_km, normalise(&slot.site.name), slot.id));
    Ok(found)
}

/// Between the middles of two communes, as the crow flies.
fn distance_km(from: &str, to: &str) -> Option<u32> {
    let (lat_a, lon_a) = geo::commune(from)?.position()?;
    let (lat_b, lon_b) = geo::commune(to)?.position()?;
    Some(domain::agenda::distance::km(
        (f64::from(lat_a), f64::from(lon_a)),
        (f64::from(lat_b), f64::from(lon_b)),
    ))
}
