//! Two records become one, and back. What the merge replaces is kept with the question.

use chrono::{DateTime, NaiveDate, Utc};
use domain::intake::flux::RightState;
use domain::people::identity::Identity;
use serde::{Deserialize, Serialize};
use store::intake::record::{self, Batch, MembershipRow};
use store::intake::review::{self, status};
use store::orientation::referral;
use store::people::{PersonRow, one};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::super::elsewhere::parse;
use super::super::identity::{self, in_dossier, search_terms};
use super::super::restand::restand;
use super::super::run::Settings;
use super::ReviewError;
use crate::Context;

/// What lists and rules read of a record, besides its identity.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Shown {
    person: Uuid,
    household_id: Option<Uuid>,
    household_role: Option<String>,
    right_state: Option<String>,
    subject: bool,
    asked_for_help: bool,
    claim_reception: Option<NaiveDate>,
    reception: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    since: Option<NaiveDate>,
    commune: Option<String>,
    territory: Option<String>,
    family: Option<String>,
    dependants: i64,
    #[serde(default)]
    left_on: Option<NaiveDate>,
    #[serde(default)]
    confirm_by: Option<NaiveDate>,
    #[serde(default)]
    arrived_on: Option<NaiveDate>,
}

/// What undoes a merge.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Undo {
    /// The record that stayed, as it was.
    kept: Shown,
    /// The one that joined it, as it was.
    joined: Shown,
    /// Records that had joined the second one and moved with it: merges are never chained.
    moved: Vec<Uuid>,
    /// What the record that stayed told of itself; absent from merges older than this.
    #[serde(default)]
    own: Option<Own>,
}

/// The identity of the record that stayed, before the merge.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Own {
    identity: Identity,
    stamp: Option<String>,
    /// The NIR of the other record was taken; the own one, sealed, is beside the question.
    nir_taken: bool,
    /// The France Travail number of the other record was taken, since there was none.
    number_taken: bool,
    nir_valid: bool,
}

impl Undo {
    /// The record that stayed, and the one that joined it.
    pub fn pair(&self) -> (Uuid, Uuid) {
        (self.kept.person, self.joined.person)
    }

    /// Gives a record the identity it had by itself.
    pub fn own_identity(&self, question: &review::ReviewRow, row: &mut PersonRow) {
        let Some(own) = &self.own else { return };
        identity::put(own.identity.clone(), row);
        row.identity_stamp.clone_from(&own.stamp);
        if own.nir_taken {
            row.nir_sealed.clone_from(&question.kept_nir_sealed);
            row.nir_index.clone_from(&question.kept_nir_index);
            row.nir_valid = own.nir_valid;
        }
        if own.number_taken {
            row.france_travail_sealed = None;
            row.france_travail_index = None;
        }
    }
}

/// The record that speaks for another one.
pub(super) async fn root(tx: &Tx, id: Uuid) -> Result<PersonRow, ReviewError> {
    let mut at = id;
    // Merges are flat; the bound only guards against a loop that verify would report.
    for _ in 0..16 {
        let row = one::rows(tx, &[at]).await?.into_iter().next().ok_or(ReviewError::Unknown)?;
        match row.merged_into {
            Some(next) => at = next,
            None => return Ok(row),
        }
    }
    Err(ReviewError::Unknown)
}

/// Merges the more recent of two records into the older one.
pub(super) async fn merge(
    ctx: &Context,
    tx: &Tx,
    (a, b): (PersonRow, PersonRow),
    question: &mut review::ReviewRow,
) -> Result<(), ReviewError> {
    let (mut kept, mut joined) = if a.id < b.id { (a, b) } else { (b, a) };
    refuse_one_household(tx, &kept, &joined).await?;
    let mut moved = one::rows(tx, &children(tx, joined.id).await?).await?;
    let mut undo = Undo {
        kept: shown(&kept),
        joined: shown(&joined),
        moved: moved.iter().map(|r| r.id).collect(),
        own: None,
    };
    joined.merged_into = Some(kept.id);
    for row in &mut moved {
        row.merged_into = Some(kept.id);
    }
    bring_together(&mut kept, &joined);
    undo.own = Some(freshest(&mut kept, &joined, question));
    question.undo = Some(serde_json::to_string(&undo).map_err(|e| StoreError::Other(e.to_string()))?);
    moved.push(joined);
    one::save(tx, moved).await?;
    stand(ctx, tx, vec![kept]).await
}

/// The record that stays shows the fresher identity of both (`rules.md` § 5); returns what it told by itself.
fn freshest(kept: &mut PersonRow, joined: &PersonRow, question: &mut review::ReviewRow) -> Own {
    let own = Own {
        identity: identity::of_row(kept),
        stamp: kept.identity_stamp.clone(),
        nir_taken: takes_nir(kept, joined),
        number_taken: kept.france_travail_sealed.is_none() && joined.france_travail_sealed.is_some(),
        nir_valid: kept.nir_valid,
    };
    let (mine, other) = (own.identity.clone(), identity::of_row(joined));
    if own.nir_taken {
        question.kept_nir_sealed = std::mem::take(&mut kept.nir_sealed);
        question.kept_nir_index = std::mem::take(&mut kept.nir_index);
        kept.nir_sealed.clone_from(&joined.nir_sealed);
        kept.nir_index.clone_from(&joined.nir_index);
        kept.nir_valid = joined.nir_valid;
    }
    if own.number_taken {
        kept.france_travail_sealed.clone_from(&joined.france_travail_sealed);
        kept.france_travail_index.clone_from(&joined.france_travail_index);
    }
    if joined.identity_stamp > kept.identity_stamp {
        identity::put(Identity::freshest(other, mine), kept);
        kept.identity_stamp.clone_from(&joined.identity_stamp);
    } else {
        identity::put(Identity::freshest(mine, other), kept);
    }
    own
}

/// The other record's NIR is fresher, or the only one, or the only one that can be trusted.
fn takes_nir(kept: &PersonRow, joined: &PersonRow) -> bool {
    if joined.nir_sealed.is_none() || (kept.nir_valid && !joined.nir_valid) {
        return false;
    }
    kept.nir_sealed.is_none()
        || (joined.nir_valid && !kept.nir_valid)
        || joined.identity_stamp > kept.identity_stamp
}

/// What the record told by itself: as before the merge, then as its own households tell since.
async fn alone(
    ctx: &Context,
    tx: &Tx,
    undo: &Undo,
    question: &review::ReviewRow,
    kept: &mut PersonRow,
    joined: &PersonRow,
) -> Result<(), ReviewError> {
    // Keys may have turned since: the two indexes are compared under the same one.
    let (mut now, mut other) = (kept.clone(), joined.clone());
    for row in [&mut now, &mut other] {
        store::sealed::renew(ctx.db().keys(), row)?;
    }
    undo.own_identity(question, kept);
    // A NIR that is not that of the other record came since, with a file that names this one.
    if now.nir_index != other.nir_index && now.nir_index.is_some() {
        kept.nir_sealed = now.nir_sealed;
        kept.nir_index = now.nir_index;
        kept.nir_valid = now.nir_valid;
    }
    let places = record::places(tx, &[kept.id]).await?;
    let ids: Vec<Uuid> = places.iter().map(|place| place.household_id).collect();
    let households = record::households(tx, &ids).await?;
    let contents = parse(ctx.db().keys(), record::current_contents(tx, &ids).await?)?;
    for household in households {
        let told = contents.get(&household.id).and_then(|dossier| in_dossier(dossier, kept));
        if let (Some(person), Some(stamp)) = (told, &household.stamp) {
            identity::replay(person, stamp, kept);
        }
    }
    Ok(())
}

/// Takes a merge back.
pub(super) async fn part(
    ctx: &Context,
    tx: &Tx,
    undo: Undo,
    question: &review::ReviewRow,
) -> Result<(), ReviewError> {
    let (kept, joined) = undo.pair();
    if !latest(tx, &undo, question.decided_at).await? {
        return Err(ReviewError::LaterMerge);
    }
    let rows = one::rows(tx, &[kept, joined]).await?;
    let find = |id: Uuid| rows.iter().find(|r| r.id == id).cloned().ok_or(ReviewError::Unknown);
    let (mut kept, mut joined) = (find(kept)?, find(joined)?);
    alone(ctx, tx, &undo, question, &mut kept, &joined).await?;
    put_back(undo.kept, &mut kept);
    put_back(undo.joined, &mut joined);
    let root = joined.id;
    joined.merged_into = None;
    let mut back = one::rows(tx, &undo.moved).await?;
    for row in &mut back {
        row.merged_into = Some(root);
    }
    back.push(joined.clone());
    one::save(tx, back).await?;
    let (renamed, terms) = (vec![kept.id], search_terms(&kept));
    stand(ctx, tx, vec![kept, joined]).await?;
    Ok(record::write(ctx.db().keys(), tx, Batch { renamed, terms, ..Batch::default() }).await?)
}

/// The mark « a question is open » of some records and of the records that speak for them.
pub(super) async fn mark(tx: &Tx, people: &[Uuid]) -> Result<(), ReviewError> {
    let asked = |rows: &[review::ReviewRow], who: &[Uuid]| {
        rows.iter()
            .any(|r| r.status == status::OPEN && (who.contains(&r.person_a) || who.contains(&r.person_b)))
    };
    for id in people {
        let root = root(tx, *id).await?.id;
        let group = one::with_merged(tx, root).await?;
        let rows = review::of_persons(tx, &group).await?;
        review::mark_open(tx, &[root], asked(&rows, &group)).await?;
        if root != *id {
            review::mark_open(tx, &[*id], asked(&rows, &[*id])).await?;
        }
    }
    Ok(())
}

/// No other merge touched the two records since this one, decided at `at`.
async fn latest(tx: &Tx, undo: &Undo, at: Option<DateTime<Utc>>) -> Result<bool, ReviewError> {
    let (kept, joined) = undo.pair();
    let rows = one::rows(tx, &[kept, joined]).await?;
    let stays = rows.iter().any(|r| r.id == kept && r.merged_into.is_none());
    let there = rows.iter().any(|r| r.id == joined && r.merged_into == Some(kept));
    let group = one::with_merged(tx, kept).await?;
    let questions = review::of_persons(tx, &group).await?;
    let later =
        questions.iter().any(|r| r.decided_at > at && kept_undo(r).is_some_and(|u| u.kept.person == kept));
    Ok(stays && there && !later)
}

/// What undoes the merge that a question decided.
pub(super) fn kept_undo(row: &review::ReviewRow) -> Option<Undo> {
    serde_json::from_str(row.undo.as_deref()?).ok()
}

async fn children(tx: &Tx, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    Ok(one::merged_into(tx, &[id]).await?.into_iter().map(|(child, _)| child).collect())
}

/// Two adults of one household are never merged: named together today, or in two roles one day.
async fn refuse_one_household(tx: &Tx, a: &PersonRow, b: &PersonRow) -> Result<(), ReviewError> {
    let left = record::places(tx, &one::with_merged(tx, a.id).await?).await?;
    let right = record::places(tx, &one::with_merged(tx, b.id).await?).await?;
    let together = |x: &MembershipRow, y: &MembershipRow| {
        x.household_id == y.household_id && ((x.named && y.named) || x.role != y.role)
    };
    let found = left.iter().any(|x| right.iter().any(|y| together(x, y)));
    if found { Err(ReviewError::OneHousehold) } else { Ok(()) }
}

/// The clocks of both: the first file that told it wins, as if it had always been one record.
fn bring_together(kept: &mut PersonRow, joined: &PersonRow) {
    let right = |row: &PersonRow| row.right_state.as_deref().and_then(RightState::parse);
    let waits = |row: &PersonRow| row.subject || (row.asked_for_help && row.right_state.is_none());
    let claims = |row: &PersonRow| matches!(right(row), Some(RightState::Pending | RightState::Claim));
    kept.reception = first(waits, |row| row.reception, kept, joined);
    kept.claim_reception = first(claims, |row| row.claim_reception, kept, joined);
    kept.closed_on = kept.closed_on.max(joined.closed_on);
    kept.asked_for_help |= joined.asked_for_help;
    kept.subject |= joined.subject;
    if kept.right_state.is_none() {
        kept.right_state.clone_from(&joined.right_state);
    }
    if kept.commune.is_none() {
        kept.commune.clone_from(&joined.commune);
        kept.territory.clone_from(&joined.territory);
    }
    kept.since = kept.since.or(joined.since);
    kept.arrived_on = kept.arrived_on.max(joined.arrived_on);
    // Who is here by one of both records is here; what waits for a receipt goes on waiting.
    kept.left_on = kept.left_on.zip(joined.left_on).map(|(a, b)| a.max(b));
    kept.confirm_by = kept.confirm_by.into_iter().chain(joined.confirm_by).min();
}

/// The date of the record for which it counts; the first of both when it counts for both.
fn first(
    counts: impl Fn(&PersonRow) -> bool,
    date: impl Fn(&PersonRow) -> Option<NaiveDate>,
    a: &PersonRow,
    b: &PersonRow,
) -> Option<NaiveDate> {
    let that = |row: &PersonRow| date(row).filter(|_| counts(row));
    match (that(a), that(b)) {
        (Some(x), Some(y)) => Some(x.min(y)),
        (x, y) => x.or(y).or(date(a)).or(date(b)),
    }
}

/// Derives where these records stand, and writes them.
async fn stand(ctx: &Context, tx: &Tx, rows: Vec<PersonRow>) -> Result<(), ReviewError> {
    let settings = Settings::load(ctx).await?;
    let mut after = Vec::with_capacity(rows.len());
    for mut row in rows {
        crate::followup::refresh(ctx, tx, &mut row).await?;
        let group = one::with_merged(tx, row.id).await?;
        let referred = referral::open_since(tx, &group).await?;
        row.referred_on = referred.map(|at| at.with_timezone(&ctx.department.timezone).date_naive());
        restand(ctx.db().keys(), tx, &settings, &mut row).await?;
        after.push(row);
    }
    Ok(one::save(tx, after).await?)
}

fn shown(row: &PersonRow) -> Shown {
    Shown {
        person: row.id,
        household_id: row.household_id,
        household_role: row.household_role.clone(),
        right_state: row.right_state.clone(),
        subject: row.subject,
        asked_for_help: row.asked_for_help,
        claim_reception: row.claim_reception,
        reception: row.reception,
        closed_on: row.closed_on,
        since: row.since,
        commune: row.commune.clone(),
        territory: row.territory.clone(),
        family: row.family.clone(),
        dependants: row.dependants,
        left_on: row.left_on,
        confirm_by: row.confirm_by,
        arrived_on: row.arrived_on,
    }
}

fn put_back(shown: Shown, row: &mut PersonRow) {
    row.household_id = shown.household_id;
    row.household_role = shown.household_role;
    row.right_state = shown.right_state;
    row.subject = shown.subject;
    row.asked_for_help = shown.asked_for_help;
    row.claim_reception = shown.claim_reception;
    row.reception = shown.reception;
    row.closed_on = shown.closed_on;
    row.since = shown.since;
    row.commune = shown.commune;
    row.territory = shown.territory;
    row.family = shown.family;
    row.dependants = shown.dependants;
    row.left_on = shown.left_on;
    row.confirm_by = shown.confirm_by;
    row.arrived_on = shown.arrived_on;
}
