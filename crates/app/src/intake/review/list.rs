//! The queue of questions.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::permission::Action;
use domain::intake::matching::Doubt;
use store::access::account;
use store::intake::review::{self, ReviewRow};
use store::people::PersonRow;
use uuid::Uuid;

use super::{Decided, ReviewError};
use crate::Context;
use crate::access::scope;

/// Questions on a page.
const PAGE: u64 = 50;

/// Which questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Not answered, oldest first.
    Open,
    /// Answered, oldest first.
    Decided,
}

/// One question.
#[derive(Debug, Clone)]
pub struct ReviewLine {
    /// Its identifier.
    pub id: Uuid,
    /// Why it is asked.
    pub doubt: Option<Doubt>,
    /// The older record: name and birth date.
    pub left: (String, Option<NaiveDate>),
    /// The other one; the same when one person is in two households.
    pub right: (String, Option<NaiveDate>),
    /// `open`, `merged`, `distinct`.
    pub status: String,
    /// Since when.
    pub asked_at: DateTime<Utc>,
    /// Who decided; `None` while open.
    pub decided: Option<Decided>,
}

/// A page of questions.
#[derive(Debug, Clone)]
pub struct ReviewList {
    /// The questions.
    pub rows: Vec<ReviewLine>,
    /// The identifier after which the next page begins.
    pub next: Option<Uuid>,
    /// How many are open.
    pub open: u64,
}

/// The questions that the actor may answer.
///
/// # Errors
/// [`ReviewError::Denied`].
pub async fn list(ctx: &Context, queue: Queue, after: Option<Uuid>) -> Result<ReviewList, ReviewError> {
    let scope = scope(ctx, Action::DecideMatch)?;
    let (db, today) = (ctx.db(), ctx.today());
    let mut rows = review::list(db, &scope, today, queue == Queue::Open, after, PAGE + 1).await?;
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let ids: Vec<Uuid> = rows.iter().flat_map(|r| [r.person_a, r.person_b]).collect();
    let people = store::people::one::rows(db.read(), &ids).await?;
    let accounts: Vec<Uuid> = rows.iter().filter_map(|r| r.decided_by).collect();
    let names = store::access::account::names(db, &accounts).await?;
    Ok(ReviewList {
        next: rows.last().map(|r| r.id).filter(|_| more),
        rows: rows.into_iter().map(|row| line(row, &people, &names)).collect(),
        open: review::count_open(db, &scope, today).await?,
    })
}

/// How many questions wait for the actor.
///
/// # Errors
/// [`ReviewError::Denied`].
pub async fn count_open(ctx: &Context) -> Result<u64, ReviewError> {
    let scope = scope(ctx, Action::DecideMatch)?;
    Ok(review::count_open(ctx.db(), &scope, ctx.today()).await?)
}

fn line(row: ReviewRow, people: &[PersonRow], names: &[(Uuid, String)]) -> ReviewLine {
    let who = |id: Uuid| {
        let person = people.iter().find(|p| p.id == id);
        person.map(|p| (format!("{} {}", p.first_name, p.last_name), p.birth_date)).unwrap_or_default()
    };
    let name = |id: Uuid| account::name_of(names, id);
    ReviewLine {
        id: row.id,
        doubt: Doubt::parse(&row.doubt),
        left: who(row.person_a),
        right: who(row.person_b),
        asked_at: row.asked_at,
        decided: row.decided_at.map(|at| Decided {
            by: row.decided_by.and_then(name).unwrap_or_default(),
            at,
            reason: row.decision_reason,
        }),
        status: row.status,
    }
}
