//! When something was last written of people: calls, contacts, acts, appointments.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::one::merged_into;
use crate::bulk::lists;
use crate::entity::{
    appointment, appointment_host, call_attempt, contract_act, enrolment_act, orientation_decision,
    outcome_act, path_act, path_contact, planned_action,
};
use crate::error::Result;

/// Adds the last instant of a table for each of these records.
macro_rules! last {
    ($c:expr, $these:expr, $all:expr, $entity:ident, $at:ident, $by:ident) => {
        let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = $entity::Entity::find()
            .select_only()
            .column($entity::Column::PersonId)
            .expr_as($entity::Column::$at.max(), "last")
            .filter($entity::Column::PersonId.is_in($these.0.iter().copied()))
            .filter($entity::Column::$by.is_not_in($these.1.iter().copied()))
            .group_by($entity::Column::PersonId)
            .into_tuple()
            .all($c)
            .await?;
        for (id, at) in rows {
            if let Some(at) = at {
                let last: &mut DateTime<Utc> = $all.entry(id).or_insert(at);
                *last = at.max(*last);
            }
        }
    };
}

/// When an appointment of these records was last booked or changed, but with those accounts.
async fn appointments(
    c: &impl ConnectionTrait,
    records: &[Uuid],
    without: &[Uuid],
) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    let theirs = Query::select()
        .column(appointment_host::Column::AppointmentId)
        .from(appointment_host::Entity)
        .and_where(appointment_host::Column::AccountId.is_in(without.iter().copied()))
        .to_owned();
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::PersonId)
        .expr_as(appointment::Column::ChangedAt.max(), "last")
        .filter(appointment::Column::PersonId.is_in(records.iter().copied()))
        .filter(appointment::Column::Id.not_in_subquery(theirs))
        .group_by(appointment::Column::PersonId)
        .into_tuple()
        .all(c)
        .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// The last instant at which somebody wrote something of each of these people, or of a record that joined them: those of whom
/// nothing ever was are left out. `without`: accounts whose acts do not count, since who asks may not know of them. A message
/// that the program sends by itself is no such thing.
///
/// # Errors
/// When the database does not answer.
pub async fn last(
    c: &impl ConnectionTrait,
    people: &[Uuid],
    without: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    let joined = merged_into(c, people).await?;
    let mut records = people.to_vec();
    records.extend(joined.iter().map(|(id, _)| *id));
    let mut all: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for part in lists(&records) {
        let these = (&part, without);
        last!(c, these, all, call_attempt, At, AccountId);
        last!(c, these, all, path_contact, RecordedAt, AccountId);
        last!(c, these, all, path_act, RecordedAt, AccountId);
        last!(c, these, all, enrolment_act, RecordedAt, AccountId);
        last!(c, these, all, contract_act, RecordedAt, AccountId);
        last!(c, these, all, outcome_act, RecordedAt, AccountId);
        last!(c, these, all, planned_action, WrittenAt, AuthorId);
        last!(c, these, all, orientation_decision, DecidedAt, DecidedBy);
        for (id, at) in appointments(c, &part, without).await? {
            let last = all.entry(id).or_insert(at);
            *last = at.max(*last);
        }
    }
    for (id, root) in joined {
        if let Some(at) = all.get(&id).copied() {
            let last = all.entry(root).or_insert(at);
            *last = at.max(*last);
        }
    }
    Ok(all)
}
