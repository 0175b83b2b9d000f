//! The team of who leads: whom each professional follows and with how much room, what is late, what ends soon, how appointments
//! went, and those who cannot follow any more while people are still theirs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use domain::access::permission::{Action, following};
use domain::access::role::Role;
use domain::access::side::Side;
use domain::agenda::appointment::Status;
use domain::engagement::standing::BEFORE_END_DAYS;
use domain::followup::due::Kind;
use domain::time::plus_days;
use store::access::{account, structure};
use store::orientation::professionals::holding;
use store::people::list::{Filter, count};
use store::people::team::{Load, attendance, loads, next_free};
use uuid::Uuid;

use super::late::{LateOwner, late};
use crate::Context;
use crate::access::{hidden_accounts, scope, social_scope};
use crate::agenda::colleagues;
use crate::people::PeopleError;

/// Days over which attendance is counted.
pub const ATTENDANCE_DAYS: i64 = 30;

/// The team.
#[derive(Debug, Clone, Default)]
pub struct Team {
    /// Who follows people, by name; those who cannot any more first.
    pub members: Vec<Member>,
    /// People for whom something is late.
    pub late: u64,
    /// Of them, those whose contract is not signed in time.
    pub contracts: u64,
    /// People whom nobody follows, and somebody should.
    pub alone: u64,
    /// People who await an answer or a place in a programme.
    pub waiting: u64,
}

/// Who follows people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// On which side; `None` for one whose role ended.
    pub side: Option<Side>,
    /// Name of the structure.
    pub structure: Option<String>,
    /// The account is closed, or has no role that follows any more.
    pub gone: bool,
    /// What they follow, of the people that the actor may see.
    pub load: Load,
    /// How many people they follow at most; `None` = nobody has said.
    pub capacity: Option<u64>,
    /// People for whom something that they owe is late.
    pub late: u64,
    /// Of them, those whose contract is not signed in time.
    pub contracts: u64,
    /// Appointments of the last days: held, missed, excused.
    pub met: (u64, u64, u64),
    /// Their first free slot.
    pub free: Option<DateTime<Utc>>,
}

/// The team of the actor.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn team(ctx: &Context) -> Result<Team, PeopleError> {
    let reach = scope(ctx, Action::LeadPath)?;
    let (db, today, now) = (ctx.db(), ctx.today(), ctx.now());
    let loads = loads(db, &reach, today, plus_days(today, BEFORE_END_DAYS)).await?;
    let late = late(ctx).await?;
    let mine: Vec<Uuid> = colleagues(ctx).await.unwrap_or_default().into_iter().map(|(id, _)| id).collect();
    let roles: Vec<&str> = following().map(Role::code).collect();
    let held = holding(db.read(), &roles, today).await?;
    let of_team = |one: &&store::orientation::professionals::Professional| {
        Role::parse(&one.role).is_some_and(|role| role.side().is_some())
            && (mine.contains(&one.id) || loads.contains_key(&one.id))
    };
    let active: Vec<_> = held.iter().filter(of_team).collect();
    let mut ids: BTreeSet<Uuid> = active.iter().map(|one| one.id).collect();
    ids.extend(loads.keys());
    let ids: Vec<Uuid> = ids.into_iter().collect();
    // Whoever works in a sensitive structure is known on the social side alone.
    let social = !social_scope(ctx, Action::LeadPath)?.is_empty();
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &ids).await? };
    let names = account::names(db, &ids).await?;
    let structures = structure::all(db.read()).await?;
    let window = (now - Duration::days(ATTENDANCE_DAYS), now);
    let met = attendance(db.read(), &ids, window).await?;
    let free = next_free(db.read(), &ids, now).await?;
    let lateness = lateness(&late);
    let member = |id: &Uuid| {
        let role = active.iter().find(|one| one.id == *id);
        let of = |status: Status| {
            met.iter().find(|(who, code, _)| who == id && code == status.code()).map_or(0, |(.., n)| *n)
        };
        let (late, contracts) = lateness.get(id).copied().unwrap_or_default();
        Some(Member {
            id: *id,
            name: account::name_of(&names, *id)?,
            side: role.and_then(|one| Role::parse(&one.role)).and_then(Role::side),
            structure: role
                .and_then(|one| one.structure)
                .and_then(|place| structures.iter().find(|one| one.id == place))
                .map(|one| one.name.clone()),
            gone: !held.iter().any(|one| one.id == *id),
            load: loads.get(id).copied().unwrap_or_default(),
            capacity: role.and_then(|one| one.capacity),
            late,
            contracts,
            met: (of(Status::Attended), of(Status::Absent), of(Status::Excused)),
            free: free.get(id).copied(),
        })
    };
    let mut members: Vec<Member> = ids.iter().filter(|id| !hidden.contains(id)).filter_map(member).collect();
    members.sort_by(|a, b| (!a.gone, &a.name, a.id).cmp(&(!b.gone, &b.name, b.id)));
    let of_kind = |kind: Kind| {
        late.people.iter().filter(|row| row.steps.iter().any(|step| step.kind == kind)).count() as u64
    };
    Ok(Team {
        members,
        late: late.people.len() as u64,
        contracts: of_kind(Kind::Contract),
        alone: count_alone(ctx).await?,
        waiting: crate::programmes::count_awaited(ctx).await.unwrap_or(0),
    })
}

/// People late for each professional, and of them those whose contract is.
fn lateness(late: &super::Late) -> BTreeMap<Uuid, (u64, u64)> {
    let mut all: BTreeMap<Uuid, (u64, u64)> = BTreeMap::new();
    for row in &late.people {
        let mut owners: BTreeMap<Uuid, bool> = BTreeMap::new();
        for step in &row.steps {
            if let LateOwner::User(id) = step.owner {
                *owners.entry(id).or_default() |= step.kind == Kind::Contract;
            }
        }
        for (id, contract) in owners {
            let (people, contracts) = all.entry(id).or_default();
            *people += 1;
            *contracts += u64::from(contract);
        }
    }
    all
}

/// How many people of those whom the actor leads should have a referent and have none.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn count_alone(ctx: &Context) -> Result<u64, PeopleError> {
    let reach = scope(ctx, Action::LeadPath)?;
    let shared = ctx.shared().await?;
    let filter = Filter { alone: true, ..Filter::default() };
    Ok(count(ctx.db(), &shared.counters, &reach, ctx.today(), &filter).await?)
}
