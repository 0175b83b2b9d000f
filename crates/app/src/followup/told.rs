//! The acts of a path as those who open the file read them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::relation::Relation;
use domain::access::visibility::{Case, Level, sees};
use domain::followup::act::Kind;
use domain::followup::contact::{Means, Outcome, Subject};
use store::StoreError;
use store::access::account;
use store::followup;
use store::orientation::call;
use store::people::PersonRow;
use store::programmes;
use store::sealed::{PATH_ACT, PATH_CONTACT};
use uuid::Uuid;

use super::record::stand_of;
use crate::Context;
use crate::access::hidden_accounts;
use crate::orientation::AttemptRow;

/// An act of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathAct {
    /// Its identifier.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// The day it describes.
    pub held_on: NaiveDate,
    /// Code of the reason or the result; may be empty.
    pub reason: String,
    /// Code of the way it was said or held; may be empty.
    pub how: String,
    /// The next date that it sets.
    pub next_on: Option<NaiveDate>,
    /// The act that it answers or undoes.
    pub about: Option<Uuid>,
    /// Who recorded it, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What was written, for who may read it.
    pub text: Option<String>,
    /// A contest that waits for its answer.
    pub open: bool,
}

/// What the actor may do of a path today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each act has its own condition")]
pub struct Rights {
    /// End it.
    pub end: bool,
    /// Keep it although the right is closed.
    pub keep: bool,
    /// Open it again.
    pub reopen: bool,
    /// Record a review.
    pub review: bool,
    /// Record that the person contests.
    pub contest: bool,
    /// Answer a contest.
    pub answer: bool,
    /// Record a call after an absence.
    pub call: bool,
    /// Name who follows.
    pub name: bool,
}

/// What the actor may do, from where the person stands: `follows` and `leads` are what their roles give on this person.
pub(crate) fn rights(row: &PersonRow, (follows, leads): (bool, bool)) -> Rights {
    let stand = stand_of(row);
    Rights {
        end: follows && stand.may_end().is_ok(),
        keep: follows && stand.may_keep().is_ok(),
        reopen: leads && stand.may_reopen().is_ok(),
        review: follows && stand.may_look().is_ok(),
        contest: follows && stand.may_look().is_ok(),
        answer: leads && stand.may_answer().is_ok(),
        call: follows && stand.may_call().is_ok(),
        name: leads && stand.may_name().is_ok(),
    }
}

/// The acts on these records, the last first, for somebody with these relations to the person. `social`: they may know of
/// sensitive structures.
pub(crate) async fn told(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    (met, social): (bool, bool),
) -> Result<Vec<PathAct>, StoreError> {
    let rows = followup::of(ctx.db().read(), records).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let accounts: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
    let answered: Vec<Uuid> = rows.iter().filter_map(|row| row.about_id).collect();
    let mut all = Vec::new();
    for row in rows.into_iter().rev() {
        let Some(kind) = Kind::parse(&row.kind) else { continue };
        let level = Level::parse(&row.level).unwrap_or(Level::Author);
        let case = Case { author: Some(row.account_id) == ctx.actor.id, met, ..Case::default() };
        let reads = case.author || relations.iter().any(|relation| sees(*relation, level, case));
        let sealed = row.text_sealed.as_ref().filter(|_| reads);
        let text = sealed.map(|sealed| ctx.db().keys().decrypt_text(PATH_ACT.place, sealed)).transpose()?;
        all.push(PathAct {
            id: row.id,
            kind,
            held_on: row.held_on,
            open: kind == Kind::Contested && !answered.contains(&row.id),
            by: account::name_of(&names, row.account_id).filter(|_| !hidden.contains(&row.account_id)),
            reason: row.reason,
            how: row.how,
            next_on: row.next_on,
            about: row.about_id,
            at: row.recorded_at,
            text,
        });
    }
    Ok(all)
}

/// A contact with a person, or an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactTold {
    /// Its identifier.
    pub id: Uuid,
    /// The day.
    pub held_on: NaiveDate,
    /// How.
    pub means: Means,
    /// What came of it.
    pub outcome: Outcome,
    /// What it was about.
    pub subject: Subject,
    /// Who wrote it, where they may be named.
    pub by: Option<String>,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What was said, for who may read it.
    pub text: Option<String>,
}

/// The contacts with these records, the last first, for the team of the person.
pub(crate) async fn contacts(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    (met, social): (bool, bool),
) -> Result<Vec<ContactTold>, StoreError> {
    if !relations.iter().any(|relation| sees(*relation, Level::Team, Case::default())) {
        return Ok(Vec::new());
    }
    let rows = programmes::contacts(ctx.db().read(), records).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let accounts: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
    let mut all = Vec::new();
    for row in rows.into_iter().rev() {
        let known = (Means::parse(&row.means), Outcome::parse(&row.result), Subject::parse(&row.subject));
        let (Some(means), Some(outcome), Some(subject)) = known else { continue };
        // What a sensitive structure does stays on the social side.
        if hidden.contains(&row.account_id) {
            continue;
        }
        let level = Level::parse(&row.level).unwrap_or(Level::Author);
        let case = Case { author: Some(row.account_id) == ctx.actor.id, met, ..Case::default() };
        let reads = case.author || relations.iter().any(|relation| sees(*relation, level, case));
        let sealed = row.text_sealed.as_ref().filter(|_| reads);
        let open = |sealed: &Vec<u8>| ctx.db().keys().decrypt_text(PATH_CONTACT.place, sealed);
        all.push(ContactTold {
            id: row.id,
            held_on: row.held_on,
            means,
            outcome,
            subject,
            by: account::name_of(&names, row.account_id),
            at: row.recorded_at,
            text: sealed.map(open).transpose()?,
        });
    }
    Ok(all)
}

/// The calls of the orientation to these records, the last first, each with who made it: for the team of the person.
pub(crate) async fn calls(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    social: bool,
) -> Result<Vec<(AttemptRow, Option<String>)>, StoreError> {
    if !relations.iter().any(|relation| sees(*relation, Level::Team, Case::default())) {
        return Ok(Vec::new());
    }
    let rows = call::attempts(ctx.db().read(), records).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let accounts: Vec<Uuid> = rows.iter().map(|row| row.account_id).collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = if social { Vec::new() } else { hidden_accounts(ctx, &accounts).await? };
    let who = |id: Uuid| account::name_of(&names, id).filter(|_| !hidden.contains(&id));
    Ok(rows.into_iter().map(|row| (row.clone(), who(row.account_id))).collect())
}
