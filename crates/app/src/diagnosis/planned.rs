//! The actions of a person as the actor reads them, and the next that is due.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::side::Side;
use domain::access::visibility::Level;
use domain::diagnosis::action::{Dated, Status, Who, next_due};
use domain::reference::diagnosis::action_of;
use store::access::{account, structure};
use store::diagnosis::action::{self, ActionRow};
use store::sealed::{ACTION_LABEL, ACTION_RESULT, ACTION_SERVICE, SealedColumn};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::reach::Subject;
use crate::Context;
use crate::access::hidden_accounts;

/// An action decided with the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedAction {
    /// Its current version.
    pub id: Uuid,
    /// Its theme.
    pub theme: String,
    /// The situation that it answers.
    pub situation: Option<String>,
    /// The objective that it serves.
    pub objective: Option<String>,
    /// Its code in the catalogue.
    pub code: Option<String>,
    /// What is done.
    pub label: String,
    /// Who does it.
    pub who: Who,
    /// The structure, for who may know of it.
    pub structure: Option<(Uuid, String)>,
    /// The name of a service.
    pub service: String,
    /// Several people do it together.
    pub collective: bool,
    /// Where it stands.
    pub status: Status,
    /// What came of it, or why it was given up.
    pub result: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Hours planned, declared, confirmed.
    pub hours: [Option<i64>; 3],
    /// Who reads it.
    pub level: Level,
    /// Who wrote this version, where they may be named.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl PlannedAction {
    /// Open, and its date is past.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.status.is_open() && self.due_on.is_some_and(|day| day < today)
    }
}

/// The actions that the actor reads: those that are open by date, then the others, the last changed first.
pub(super) async fn planned(ctx: &Context, subject: &Subject) -> Result<Vec<PlannedAction>, StoreError> {
    let mut rows = action::of(ctx.db().read(), &subject.records).await?;
    rows.retain(|row| row.superseded_by.is_none() && subject.reads(level(row), Some(row.author_id)));
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let authors: Vec<Uuid> = rows.iter().map(|row| row.author_id).collect();
    let names = account::names(ctx.db(), &authors).await?;
    let hidden = if subject.social() { Vec::new() } else { hidden_accounts(ctx, &authors).await? };
    let structures: Vec<Uuid> = rows.iter().filter_map(|row| row.structure_id).collect();
    let structures = structure::of(ctx.db().read(), &structures).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let place = row.structure_id.and_then(|id| structures.iter().find(|one| one.id == id));
        let place = place.filter(|one| !one.sensitive || subject.social());
        let by = account::name_of(&names, row.author_id).filter(|_| !hidden.contains(&row.author_id));
        all.extend(told(ctx, row, place.map(|one| (one.id, one.name.clone())), by)?);
    }
    all.sort_by_key(|one| {
        let far = one.due_on.unwrap_or(NaiveDate::MAX);
        (
            !one.status.is_open(),
            if one.status.is_open() { far } else { NaiveDate::MAX },
            std::cmp::Reverse(one.at),
        )
    });
    Ok(all)
}

pub(super) fn told(
    ctx: &Context,
    row: ActionRow,
    structure: Option<(Uuid, String)>,
    by: Option<String>,
) -> Result<Option<PlannedAction>, StoreError> {
    let (Some(who), Some(status)) = (Who::parse(&row.who), Status::parse(&row.status)) else {
        return Ok(None);
    };
    let written = clear(ctx, ACTION_LABEL, row.label_sealed.as_ref())?;
    let coded = row.code.as_deref().and_then(action_of).map(|one| one.label_fr.clone());
    Ok(Some(PlannedAction {
        id: row.id,
        label: coded.unwrap_or(written),
        level: level(&row),
        service: clear(ctx, ACTION_SERVICE, row.service_sealed.as_ref())?,
        result: clear(ctx, ACTION_RESULT, row.result_sealed.as_ref())?,
        theme: row.theme,
        situation: row.situation,
        objective: row.objective,
        code: row.code,
        who,
        structure,
        collective: row.collective,
        status,
        due_on: row.due_on,
        hours: [row.hours_planned, row.hours_declared, row.hours_confirmed],
        by,
        at: row.written_at,
    }))
}

pub(super) fn level(row: &ActionRow) -> Level {
    Level::parse(&row.level).unwrap_or(Level::Author)
}

fn clear(ctx: &Context, column: SealedColumn, sealed: Option<&Vec<u8>>) -> Result<String, StoreError> {
    let text = sealed.map(|sealed| ctx.db().keys().decrypt_text(column.place, sealed)).transpose()?;
    Ok(text.unwrap_or_default())
}

/// The next action of a person that is due, and the side that owes it. Those that only one side reads, or only their author,
/// say nothing here: a due step is seen by everybody who sees the person.
pub(crate) async fn next_task(
    tx: &Tx,
    records: &[Uuid],
) -> Result<Option<(NaiveDate, Option<Side>)>, StoreError> {
    let rows = action::of(tx, records).await?;
    let seen = |row: &&ActionRow| !matches!(level(row), Level::Author | Level::Social | Level::Employment);
    let dated: Vec<Dated> = rows
        .iter()
        .filter(|row| row.superseded_by.is_none())
        .filter(seen)
        .filter_map(|row| {
            let (status, who) = (Status::parse(&row.status)?, Who::parse(&row.who)?);
            Some(Dated { id: row.thread, status, who, due_on: row.due_on })
        })
        .collect();
    Ok(next_due(&dated))
}
