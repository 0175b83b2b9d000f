//! The joint diagnosis: values that are added and never changed, what each side said, who has it open, and the actions.

pub mod action;
mod entry;
mod presence;

use chrono::{DateTime, Utc};
use domain::access::side::Side;
use domain::diagnosis::sides::{Event, Said, Sides};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
pub use crate::entity::diagnosis::Model as DiagnosisRow;
pub use crate::entity::diagnosis_event::Model as EventRow;
use crate::entity::{diagnosis, diagnosis_entry, diagnosis_event, diagnosis_presence, planned_action};
use crate::error::Result;

pub use entry::{EntryRow, add, entries};
pub use presence::{PresenceRow, expire, here, leave, present};

/// The diagnoses of these records, the oldest first: the last is the current one.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<DiagnosisRow>> {
    Ok(diagnosis::Entity::find()
        .filter(diagnosis::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(diagnosis::Column::OpenedAt)
        .order_by_asc(diagnosis::Column::Id)
        .all(c)
        .await?)
}

/// Opens a diagnosis. Its number is the person's own: who comes at the same time with the same one is refused.
///
/// # Errors
/// When the database refuses.
pub async fn open(tx: &Tx, new: DiagnosisRow) -> Result<()> {
    bulk::insert::<diagnosis::Entity, _>(tx, vec![new]).await
}

/// Takes a diagnosis for the length of the transaction: whoever writes it at the same time waits. Returns its new revision;
/// `None` when it is not there.
///
/// # Errors
/// When the database refuses.
pub async fn hold(tx: &Tx, id: Uuid) -> Result<Option<i64>> {
    diagnosis::Entity::update_many()
        .col_expr(diagnosis::Column::Revision, Expr::col(diagnosis::Column::Revision).add(1))
        .filter(diagnosis::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(diagnosis::Entity::find_by_id(id).one(tx).await?.map(|row| row.revision))
}

/// What was said of these diagnoses, in order.
///
/// # Errors
/// When the database does not answer.
pub async fn events(c: &impl ConnectionTrait, diagnoses: &[Uuid]) -> Result<Vec<EventRow>> {
    Ok(diagnosis_event::Entity::find()
        .filter(diagnosis_event::Column::DiagnosisId.is_in(diagnoses.iter().copied()))
        .order_by_asc(diagnosis_event::Column::At)
        .order_by_asc(diagnosis_event::Column::Id)
        .all(c)
        .await?)
}

/// Adds what a side says.
///
/// # Errors
/// When the database refuses.
pub async fn say(tx: &Tx, new: EventRow) -> Result<()> {
    bulk::insert::<diagnosis_event::Entity, _>(tx, vec![new]).await
}

/// When each side completed the current diagnosis of these records, and when it was opened; `None` without one.
///
/// # Errors
/// When the database does not answer.
pub async fn completed(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Option<(DateTime<Utc>, Sides)>> {
    let Some(current) = of(c, records).await?.pop() else { return Ok(None) };
    let said = events(c, &[current.id]).await?;
    Ok(Some((current.opened_at, sides(&said))))
}

/// When each side completed, from what was said.
pub fn sides(said: &[EventRow]) -> Sides {
    let read = |row: &EventRow| {
        Some(Event { side: Side::parse(&row.side)?, said: Said::parse(&row.said)?, at: row.at })
    };
    Sides::of(&said.iter().filter_map(read).collect::<Vec<_>>())
}

/// Forgets the diagnoses and the actions of these people.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget(tx: &Tx, records: &[Uuid]) -> Result<()> {
    let these = || records.iter().copied();
    let mine = sea_orm::sea_query::Query::select()
        .column(diagnosis::Column::Id)
        .from(diagnosis::Entity)
        .and_where(Expr::col(diagnosis::Column::PersonId).is_in(these()))
        .to_owned();
    diagnosis_presence::Entity::delete_many()
        .filter(diagnosis_presence::Column::DiagnosisId.in_subquery(mine))
        .exec(tx)
        .await?;
    diagnosis_entry::Entity::delete_many()
        .filter(diagnosis_entry::Column::PersonId.is_in(these()))
        .exec(tx)
        .await?;
    diagnosis_event::Entity::delete_many()
        .filter(diagnosis_event::Column::PersonId.is_in(these()))
        .exec(tx)
        .await?;
    planned_action::Entity::delete_many()
        .filter(planned_action::Column::PersonId.is_in(these()))
        .exec(tx)
        .await?;
    diagnosis::Entity::delete_many().filter(diagnosis::Column::PersonId.is_in(these())).exec(tx).await?;
    Ok(())
}
