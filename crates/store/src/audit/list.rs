//! Reading the journal: filtered, the most recent first, a page after the other.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::JournalLine;
use super::chain::line;
use crate::db::Db;
use crate::entity::{journal, journal_block};
use crate::error::Result;

/// How far the clock of two machines, or a transaction that waits, may put an act out of the order of rows.
const OUT_OF_ORDER: Duration = Duration::days(1);

/// Whose acts may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everybody's.
    Everything,
    /// Those of these accounts, and these acts by whomever.
    Some {
        /// Accounts.
        actors: Vec<Uuid>,
        /// Codes of acts.
        acts: Vec<String>,
    },
}

/// Which rows to read; the most recent first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalFilter {
    /// Only this act.
    pub act: Option<String>,
    /// Only this account or token.
    pub actor: Option<Uuid>,
    /// Only those who acted in this role: its code, `token` or `system`.
    pub role: Option<String>,
    /// Only the file of this person: their record and those merged into it. Empty for all.
    pub person: Vec<Uuid>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub to: Option<DateTime<Utc>>,
    /// Only with a reason, or only without.
    pub reason: Option<bool>,
    /// Rows older than this number (the next page).
    pub before_number: Option<i64>,
    /// At most so many rows.
    pub limit: u64,
}

impl Default for JournalFilter {
    fn default() -> Self {
        Self {
            act: None,
            actor: None,
            role: None,
            person: Vec::new(),
            from: None,
            to: None,
            reason: None,
            before_number: None,
            limit: 50,
        }
    }
}

/// The rows within reach that pass the filter, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn list(db: &Db, reach: &Reach, filter: &JournalFilter) -> Result<Vec<JournalLine>> {
    let mut query = filtered(db, reach, filter).await?;
    if let Some(number) = filter.before_number {
        query = query.filter(journal::Column::Number.lt(number));
    }
    let query = query.order_by_desc(journal::Column::Number).limit(filter.limit);
    Ok(query.all(db.read()).await?.into_iter().map(line).collect())
}

/// How many rows within reach pass the filter, whatever the page.
///
/// # Errors
/// When the database does not answer.
pub async fn count(db: &Db, reach: &Reach, filter: &JournalFilter) -> Result<u64> {
    Ok(filtered(db, reach, filter).await?.count(db.read()).await?)
}

/// When the last row was written; nothing in an empty journal.
///
/// # Errors
/// When the database does not answer.
pub async fn last_at(db: &Db) -> Result<Option<DateTime<Utc>>> {
    let last = journal::Entity::find().order_by_desc(journal::Column::Number).one(db.read()).await?;
    Ok(last.map(|row| row.at))
}

/// The last row of an act.
///
/// # Errors
/// When the database does not answer.
pub async fn last_of(db: &Db, act: &str) -> Result<Option<JournalLine>> {
    let filter = JournalFilter { act: Some(act.to_owned()), limit: 1, ..JournalFilter::default() };
    Ok(list(db, &Reach::Everything, &filter).await?.pop())
}

async fn filtered(db: &Db, reach: &Reach, filter: &JournalFilter) -> Result<Select<journal::Entity>> {
    let mut all = Condition::all()
        .add_option(filter.act.as_ref().map(|act| journal::Column::Act.eq(act.as_str())))
        .add_option(filter.actor.map(|actor| journal::Column::ActorId.eq(actor)))
        .add_option(filter.from.map(|from| journal::Column::At.gte(from)))
        .add_option(filter.to.map(|to| journal::Column::At.lt(to)));
    if !filter.person.is_empty() {
        all = all.add(journal::Column::PersonId.is_in(filter.person.clone()));
    }
    if let Some(role) = &filter.role {
        all = all.add(in_role(role));
    }
    all = match filter.reason {
        Some(true) => all.add(journal::Column::Reason.is_not_null()),
        Some(false) => all.add(journal::Column::Reason.is_null()),
        None => all,
    };
    if let Reach::Some { actors, acts } = reach {
        let mine = journal::Column::ActorId.is_in(actors.clone());
        all = all.add(Condition::any().add(mine).add(journal::Column::Act.is_in(acts.clone())));
    }
    Ok(journal::Entity::find().filter(all.add(between(db, filter).await?)))
}

/// `team_lead verdun, operator` holds `team_lead` and `operator`; `token:read` holds `token`.
fn in_role(role: &str) -> Condition {
    let mut any = Condition::any();
    for start in [role.to_owned(), format!("%, {role}")] {
        for end in ["", " %", ",%", ":%"] {
            any = any.add(journal::Column::Role.like(format!("{start}{end}")));
        }
    }
    any
}

/// Rows follow one another in time, but for a little: blocks tell which rows cannot be in a period, so that an old week
/// is found without reading all that came after.
async fn between(db: &Db, filter: &JournalFilter) -> Result<Condition> {
    let mut all = Condition::all();
    if let Some(from) = filter.from {
        let before = journal_block::Entity::find()
            .filter(journal_block::Column::LastAt.lt(from - OUT_OF_ORDER))
            .order_by_desc(journal_block::Column::Number)
            .one(db.read())
            .await?;
        all = all.add_option(before.map(|block| journal::Column::Number.gt(block.last_row)));
    }
    if let Some(to) = filter.to {
        let after = journal_block::Entity::find()
            .filter(journal_block::Column::FirstAt.gte(to + OUT_OF_ORDER))
            .order_by_asc(journal_block::Column::Number)
            .one(db.read())
            .await?;
        all = all.add_option(after.map(|block| journal::Column::Number.lt(block.first_row)));
    }
    Ok(all)
}
