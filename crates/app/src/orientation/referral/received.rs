//! What the platform and those who follow people received.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::audit::Act;
use domain::orientation::referral::{Answer, Moment, Urgency};
use serde_json::json;
use store::StoreError;
use store::access::{account, structure};
use store::orientation::referral::{self, ReferralRow};
use store::people::{PersonRow, one};
use uuid::Uuid;

use super::{TypedIdentity, in_clear};
use crate::access::{hidden_accounts, scope};
use crate::people::PeopleError;
use crate::{Context, audit};

/// How many are shown at once.
const SHOWN: u64 = 100;

/// Somebody addressed to the platform, as those who call or follow them read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its identifier.
    pub id: Uuid,
    /// The record that speaks for the person, and their name there.
    pub person: (Uuid, String),
    /// They wait to be oriented.
    pub waits: bool,
    /// Who sent them, with the structure; `None` for those of a sensitive structure.
    pub by: Option<(String, Option<String>)>,
    /// What was typed of them.
    pub typed: TypedIdentity,
    /// Why.
    pub reason: String,
    /// How much it presses.
    pub urgency: Urgency,
    /// When they would rather be called.
    pub moment: Moment,
    /// The day on which they agreed.
    pub consented_on: NaiveDate,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The answer, and when.
    pub answer: Option<(Answer, DateTime<Utc>)>,
}

/// Those that wait for an answer of the actor, the oldest first; the journal keeps how many.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn referrals_received(ctx: &Context) -> Result<Vec<Received>, PeopleError> {
    let rows = waiting(ctx).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.person_id).collect();
    let mut people = one::rows(ctx.db().read(), &ids).await?;
    let joined: Vec<Uuid> = people.iter().filter_map(|row| row.merged_into).collect();
    people.extend(one::rows(ctx.db().read(), &joined).await?);
    let all = told(ctx, &rows, &people).await?;
    let tx = ctx.db().begin().await?;
    let detail = json!({ "people": all.len() });
    audit::record(ctx, &tx, Act::ReadList, None, Some("adressages-recus".to_owned()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(all)
}

/// How many wait for an answer of the actor; no name is read.
///
/// # Errors
/// [`PeopleError::Refused`].
pub async fn referrals_waiting(ctx: &Context) -> Result<usize, PeopleError> {
    Ok(waiting(ctx).await?.len())
}

async fn waiting(ctx: &Context) -> Result<Vec<ReferralRow>, PeopleError> {
    let scope = scope(ctx, Action::AnswerReferral)?;
    Ok(referral::waiting(ctx.db().read(), &scope, ctx.today(), SHOWN).await?)
}

/// One of them; the journal keeps it.
///
/// # Errors
/// [`PeopleError::Unknown`] for one that is not the actor's to answer.
pub async fn open_referral(ctx: &Context, id: Uuid) -> Result<Received, PeopleError> {
    let (row, person) = mine(ctx, id).await?;
    let one = told(ctx, &[row], &[person]).await?.pop().ok_or(PeopleError::Unknown)?;
    let tx = ctx.db().begin().await?;
    audit::record(ctx, &tx, Act::ReadReferral, Some(one.person.0), Some(id.to_string()), json!({})).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(one)
}

/// One that the actor may answer, and the record that speaks for the person.
pub(super) async fn mine(ctx: &Context, id: Uuid) -> Result<(ReferralRow, PersonRow), PeopleError> {
    let scope = scope(ctx, Action::AnswerReferral)?;
    let row = referral::by_id(ctx.db().read(), id).await?.ok_or(PeopleError::Unknown)?;
    let person = one::get(ctx.db(), &scope, ctx.today(), row.person_id).await?;
    Ok((row, person.ok_or(PeopleError::Unknown)?))
}

/// Those of a person that wait for an answer, to an actor who may see the person, the most recent first.
pub(crate) async fn of_person(
    ctx: &Context,
    person: &PersonRow,
    records: &[Uuid],
) -> Result<Vec<Received>, StoreError> {
    let mut rows = referral::of(ctx.db().read(), records).await?;
    rows.retain(|row| row.answer.is_none());
    for row in &mut rows {
        row.person_id = person.id;
    }
    told(ctx, &rows, std::slice::from_ref(person)).await
}

async fn told(
    ctx: &Context,
    rows: &[ReferralRow],
    people: &[PersonRow],
) -> Result<Vec<Received>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let accounts: Vec<Uuid> = rows.iter().map(|row| row.author_id).collect();
    let names = account::names(ctx.db(), &accounts).await?;
    let hidden = hidden_accounts(ctx, &accounts).await?;
    let places: Vec<Uuid> = rows.iter().filter_map(|row| row.structure_id).collect();
    let places = structure::of(ctx.db().read(), &places).await?;
    let of = |id: Uuid| people.iter().find(|one| one.id == id);
    let mut all = Vec::new();
    for row in rows {
        let person = of(row.person_id).map(|one| one.merged_into.and_then(of).unwrap_or(one));
        let Some(person) = person.or_else(|| people.first().filter(|_| people.len() == 1)) else { continue };
        let (typed, reason) = in_clear(ctx, row)?;
        let place = places.iter().find(|at| Some(at.id) == row.structure_id).map(|at| at.name.clone());
        let author = account::name_of(&names, row.author_id).unwrap_or_default();
        all.push(Received {
            id: row.id,
            person: (person.id, format!("{} {}", person.first_name, person.last_name)),
            waits: super::super::reserve::waits(person),
            by: (!hidden.contains(&row.author_id)).then_some((author, place)),
            typed,
            reason,
            urgency: Urgency::parse(&row.urgency).unwrap_or(Urgency::Ordinary),
            moment: Moment::parse(&row.moment).unwrap_or(Moment::Any),
            consented_on: row.consented_on,
            sent_at: row.sent_at,
            answer: row.answer.as_deref().and_then(Answer::parse).zip(row.answered_at),
        });
    }
    Ok(all)
}
