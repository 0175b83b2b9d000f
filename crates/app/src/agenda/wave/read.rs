//! Waves as those who invite see them: of the people within their reach.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::agenda::wave::Standing;
use store::access::account;
use store::agenda::wave::{self, InWaveRow, WaveRow};
use store::people::one;
use uuid::Uuid;

use super::super::AgendaError;
use super::super::booking_link::Offer;
use super::super::edit_sites::sites;
use super::offer_of;
use crate::Context;
use crate::access::scope;

/// Waves that are over, shown at most.
const SHOWN: u64 = 50;

/// A wave.
#[derive(Debug, Clone)]
pub struct Wave {
    /// Its identifier.
    pub id: Uuid,
    /// What it offers.
    pub offer: Offer,
    /// Name of the professional, when it is with one.
    pub with: Option<String>,
    /// Name of the place, when it is in one.
    pub site: Option<String>,
    /// The last day of the hours offered.
    pub until: NaiveDate,
    /// When it was made, and by whom.
    pub made: (DateTime<Utc>, String),
    /// Nothing is expected of it any more.
    pub over: bool,
    /// The people whom the actor may see, in their order.
    pub people: Vec<InWave>,
}

/// Somebody in a wave.
#[derive(Debug, Clone)]
pub struct InWave {
    /// The person.
    pub id: Uuid,
    /// First name and name.
    pub name: String,
    /// Where they stand.
    pub standing: Standing,
    /// When they were invited.
    pub invited_at: Option<DateTime<Utc>>,
}

impl Wave {
    /// How many people stand there.
    pub fn count(&self, standing: Standing) -> usize {
        self.people.iter().filter(|one| one.standing == standing).count()
    }
}

/// The waves of which the actor sees somebody, or which they made; the last made first.
///
/// # Errors
/// [`AgendaError::Refused`].
pub async fn waves(ctx: &Context) -> Result<Vec<Wave>, AgendaError> {
    told(ctx, wave::recent(ctx.db().read(), SHOWN).await?).await
}

/// One of [`waves`].
///
/// # Errors
/// [`AgendaError::Unknown`].
pub async fn wave(ctx: &Context, id: Uuid) -> Result<Wave, AgendaError> {
    let row = wave::by_id(ctx.db().read(), id).await?.ok_or(AgendaError::Unknown)?;
    told(ctx, vec![row]).await?.pop().ok_or(AgendaError::Unknown)
}

/// Refuses a wave that the actor does not see.
pub(super) async fn seen(ctx: &Context, id: Uuid) -> Result<(), AgendaError> {
    wave(ctx, id).await.map(|_| ())
}

async fn told(ctx: &Context, rows: Vec<WaveRow>) -> Result<Vec<Wave>, AgendaError> {
    let scope = scope(ctx, Action::InviteWaves)?;
    let c = ctx.db().read();
    let waves: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut people: HashMap<Uuid, Vec<InWaveRow>> = HashMap::new();
    for one in wave::people_of(c, &waves).await? {
        people.entry(one.wave_id).or_default().push(one);
    }
    let ids: Vec<Uuid> = people.values().flatten().map(|one| one.person_id).collect();
    let seen = one::seen(c, &scope, ctx.today(), &ids).await?;
    let names: HashMap<Uuid, String> =
        seen.into_iter().map(|row| (row.id, format!("{} {}", row.first_name, row.last_name))).collect();
    let accounts: Vec<Uuid> =
        rows.iter().flat_map(|row| [Some(row.made_by), row.with_id]).flatten().collect();
    let accounts = account::names(ctx.db(), &accounts).await?;
    let places = sites(ctx).await?;
    let one = |row: WaveRow| {
        let people: Vec<InWave> = people
            .remove(&row.id)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|one| {
                let name = names.get(&one.person_id)?.clone();
                let standing = Standing::parse(&one.standing)?;
                Some(InWave { id: one.person_id, name, standing, invited_at: one.invited_at })
            })
            .collect();
        if people.is_empty() && Some(row.made_by) != ctx.actor.id {
            return None;
        }
        Some(Wave {
            id: row.id,
            offer: offer_of(&row),
            with: row.with_id.and_then(|id| account::name_of(&accounts, id)),
            site: row
                .site_id
                .and_then(|id| places.iter().find(|site| site.id == id))
                .map(|site| site.name.clone()),
            until: row.until_on,
            made: (row.made_at, account::name_of(&accounts, row.made_by).unwrap_or_default()),
            over: row.ended_on.is_some(),
            people,
        })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}
