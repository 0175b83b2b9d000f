//! The operator's desk: whom they have, who comes next, the calls promised for later.

use chrono::{DateTime, Utc};
use domain::access::permission::Action;
use domain::access::scope::Scope;
use domain::orientation::referral::Urgency;
use store::StoreError;
use store::orientation::call;
use store::orientation::queue::{self, Look};
use store::orientation::referral::{self, ReferralRow};
use store::people::{PersonRow, one};
use uuid::Uuid;

use crate::Context;
use crate::access::scope;
use crate::people::PeopleError;
use crate::people::due::{self, NextDue};

/// How many people of the queue are shown.
const SHOWN: u64 = 8;
/// How many promised calls are shown.
const PROMISED: u64 = 20;

/// Somebody of the queue.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Their record.
    pub row: PersonRow,
    /// Name of their territory.
    pub territory: Option<String>,
    /// The step that is owed.
    pub due: Option<NextDue>,
    /// How many attempts were made to reach them.
    pub attempts: usize,
    /// The call promised to them.
    pub promised: Option<DateTime<Utc>>,
    /// Somebody addressed them to the platform, and how much it presses.
    pub referred: Option<Urgency>,
}

/// What an operator sees of the queue.
#[derive(Debug, Clone, Default)]
pub struct Desk {
    /// Whom the actor has, the last taken first.
    pub mine: Vec<Waiting>,
    /// How many people may be called now.
    pub waiting: u64,
    /// The first of them.
    pub queue: Vec<Waiting>,
    /// The calls promised for later, the nearest first.
    pub promised: Vec<Waiting>,
}

/// A part of the queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Within<'a> {
    /// Code of a territory.
    pub territory: Option<&'a str>,
    /// A sector.
    pub sector: Option<Uuid>,
}

/// The desk of the actor, within a territory or a sector when one is given.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn desk(ctx: &Context, within: Option<Within<'_>>) -> Result<Desk, PeopleError> {
    let scope = scope(ctx, Action::TakeCalls)?;
    let account = ctx.actor.id.ok_or(PeopleError::Unknown)?;
    let (db, now, today) = (ctx.db(), ctx.now(), ctx.today());
    let look = look(&scope, account, ctx, within);
    let mine: Vec<Uuid> =
        call::leases_of(db.read(), account, now).await?.into_iter().map(|lease| lease.person_id).collect();
    let mut next = queue::first(db, &look, SHOWN).await?;
    next.retain(|person| !mine.contains(person));
    let promised = queue::promised(db, &look, PROMISED).await?;
    let ids: Vec<Uuid> =
        mine.iter().chain(&next).copied().chain(promised.iter().map(|(person, _)| *person)).collect();
    let rows = one::seen(db.read(), &scope, today, &ids).await?;
    let attempts = call::attempts(db.read(), &ids).await?;
    let referred = referral::of(db.read(), &ids).await?;
    let shared = ctx.shared().await?;
    let waiting = |person: &Uuid, promised: Option<DateTime<Utc>>| {
        let row = rows.iter().find(|row| row.id == *person)?.clone();
        let territory = row.territory.as_deref().and_then(|code| shared.territory(code)).map(str::to_owned);
        Some(Waiting {
            due: due::of(
                ctx,
                &row,
                due::Owners { territory: territory.as_deref(), ..due::Owners::default() },
            ),
            attempts: attempts.iter().filter(|one| one.person_id == row.id).count(),
            referred: row.referred_on.and_then(|_| urgency(&referred, &row)),
            territory,
            promised,
            row,
        })
    };
    Ok(Desk {
        mine: mine.iter().filter_map(|person| waiting(person, None)).collect(),
        waiting: queue::count(db, &look).await?,
        queue: next.iter().filter_map(|person| waiting(person, None)).collect(),
        promised: promised.iter().filter_map(|(person, at)| waiting(person, Some(*at))).collect(),
    })
}

pub(super) fn look<'a>(
    scope: &'a Scope,
    account: Uuid,
    ctx: &Context,
    within: Option<Within<'_>>,
) -> Look<'a> {
    let Within { territory, sector } = within.unwrap_or_default();
    let (now, today) = (ctx.now(), ctx.today());
    Look { scope, account, now, today, territory: territory.map(str::to_owned), sector }
}

/// The most pressing of those that wait; of a record that joined this one, ordinary is told.
fn urgency(referred: &[ReferralRow], row: &PersonRow) -> Option<Urgency> {
    let theirs = referred.iter().filter(|one| one.person_id == row.id && one.answer.is_none());
    theirs.filter_map(|one| Urgency::parse(&one.urgency)).max().or(Some(Urgency::Ordinary))
}

/// How many people the actor may call now; nothing for who takes no calls.
///
/// # Errors
/// When the database does not answer.
pub async fn to_call(ctx: &Context) -> Result<Option<u64>, StoreError> {
    let (Ok(scope), Some(account)) = (scope(ctx, Action::TakeCalls), ctx.actor.id) else { return Ok(None) };
    let look = look(&scope, account, ctx, None);
    Ok(Some(queue::count(ctx.db(), &look).await?))
}
