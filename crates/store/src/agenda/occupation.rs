//! Who is where, grain by grain: a professional, a room or a person is in one place at once, or the primary key refuses.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::agenda::span::{GRAIN_MINUTES, Span};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::occupation;
use crate::error::Result;

/// Takes a stretch of time of each of these for `holder`; `false` when one of them is elsewhere then. The transaction must
/// then be given up: what was free has been taken.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &Tx, holder_id: Uuid, resources: &[Uuid], span: Span) -> Result<bool> {
    let mut resources = resources.to_vec();
    // In one order for everybody: two who want the same hours wait for each other once, and never in a circle.
    resources.sort_unstable();
    resources.dedup();
    let row = |resource_id: Uuid| {
        span.grains().map(move |grain| occupation::Model { resource_id, grain, holder_id })
    };
    let rows: Vec<_> = resources.into_iter().flat_map(row).collect();
    let wanted = rows.len() as u64;
    Ok(bulk::insert_free::<occupation::Entity, _>(tx, rows).await? == wanted)
}

/// Gives back what an appointment or a gathering had taken.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &Tx, holder: Uuid) -> Result<()> {
    occupation::Entity::delete_many().filter(occupation::Column::HolderId.eq(holder)).exec(tx).await?;
    Ok(())
}

/// When these are busy within `span`, and with which appointment or gathering; the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn busy(
    c: &impl ConnectionTrait,
    resources: &[Uuid],
    span: Span,
) -> Result<Vec<(Uuid, Uuid, Span)>> {
    let (first, last) = (grain_of(span.start), grain_of(span.end));
    let mut ends: BTreeMap<(Uuid, Uuid), (i64, i64)> = BTreeMap::new();
    for part in bulk::lists(resources) {
        let rows = occupation::Entity::find()
            .filter(occupation::Column::ResourceId.is_in(part))
            .filter(occupation::Column::Grain.gte(first))
            .filter(occupation::Column::Grain.lt(last))
            .order_by_asc(occupation::Column::Grain)
            .all(c)
            .await?;
        for row in rows {
            let known = ends.entry((row.resource_id, row.holder_id)).or_insert((row.grain, row.grain));
            known.1 = row.grain;
        }
    }
    let span = |(first, last): (i64, i64)| Span { start: at(first), end: at(last + 1) };
    let mut all: Vec<_> =
        ends.into_iter().map(|((who, holder), grains)| (who, holder, span(grains))).collect();
    all.sort_by_key(|(who, _, span)| (span.start, *who));
    Ok(all)
}

fn grain_of(instant: DateTime<Utc>) -> i64 {
    instant.timestamp().div_euclid(i64::from(GRAIN_MINUTES) * 60)
}

fn at(grain: i64) -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + Duration::minutes(grain * i64::from(GRAIN_MINUTES))
}

/// Hours taken before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = occupation::Column::Grain.lt(grain_of(before));
    Ok(occupation::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
