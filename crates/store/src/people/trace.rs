//! When something was last written of people: calls, contacts, acts, appointments, messages.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::one::merged_into;
use crate::bulk::lists;
use crate::entity::{
    appointment, call_attempt, contract_act, enrolment_act, message, orientation_decision, outcome_act,
    path_act, path_contact, planned_action,
};
use crate::error::Result;

/// Adds the last instant of a table for each of these records.
macro_rules! last {
    ($c:expr, $part:expr, $all:expr, $entity:ident, $at:ident) => {
        let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = $entity::Entity::find()
            .select_only()
            .column($entity::Column::PersonId)
            .expr_as($entity::Column::$at.max(), "last")
            .filter($entity::Column::PersonId.is_in($part.iter().copied()))
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

/// The last instant at which something was written of each of these people, or of a record that joined them; those of whom
/// nothing ever was are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn last(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    let joined = merged_into(c, people).await?;
    let mut records = people.to_vec();
    records.extend(joined.iter().map(|(id, _)| *id));
    let mut all: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    for part in lists(&records) {
        last!(c, part, all, call_attempt, At);
        last!(c, part, all, path_contact, RecordedAt);
        last!(c, part, all, path_act, RecordedAt);
        last!(c, part, all, enrolment_act, RecordedAt);
        last!(c, part, all, contract_act, RecordedAt);
        last!(c, part, all, outcome_act, RecordedAt);
        last!(c, part, all, planned_action, WrittenAt);
        last!(c, part, all, appointment, ChangedAt);
        last!(c, part, all, message, CreatedAt);
        last!(c, part, all, orientation_decision, DecidedAt);
    }
    for (id, root) in joined {
        if let Some(at) = all.get(&id).copied() {
            let last = all.entry(root).or_insert(at);
            *last = at.max(*last);
        }
    }
    Ok(all)
}
