//! Slots: made from openings, taken one by one.

use chrono::{DateTime, Utc};
use domain::agenda::appointment::Modality;
use domain::agenda::span::Span;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::slot;
pub use crate::entity::slot::Model as SlotRow;
use crate::error::Result;

/// What is asked of free slots.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// In these places; `None` = anywhere.
    pub sites: Option<Vec<Uuid>>,
    /// With these professionals; `None` = with anybody.
    pub accounts: Option<Vec<Uuid>>,
    /// With none of these.
    pub without: Vec<Uuid>,
    /// By this way.
    pub modality: Option<Modality>,
    /// At most so many; 0 = all.
    pub limit: u64,
}

impl SlotRow {
    /// From when to when.
    pub fn span(&self) -> Span {
        Span { start: self.starts_at, end: self.ends_at }
    }
}

/// The free slots that begin in `span`, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn free(c: &impl ConnectionTrait, span: Span, wanted: &Wanted) -> Result<Vec<SlotRow>> {
    let mut query = slot::Entity::find()
        .filter(slot::Column::Taken.eq(false))
        .filter(slot::Column::StartsAt.gte(span.start))
        .filter(slot::Column::StartsAt.lt(span.end));
    if let Some(sites) = &wanted.sites {
        query = query.filter(slot::Column::SiteId.is_in(sites.iter().copied()));
    }
    if let Some(accounts) = &wanted.accounts {
        query = query.filter(slot::Column::AccountId.is_in(accounts.iter().copied()));
    }
    if !wanted.without.is_empty() {
        query = query.filter(slot::Column::AccountId.is_not_in(wanted.without.iter().copied()));
    }
    if let Some(modality) = wanted.modality {
        query = query.filter(slot::Column::Modalities.contains(modality.code()));
    }
    if wanted.limit > 0 {
        query = query.limit(wanted.limit);
    }
    Ok(query.order_by_asc(slot::Column::StartsAt).order_by_asc(slot::Column::Id).all(c).await?)
}

/// One slot.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<SlotRow>> {
    Ok(slot::Entity::find_by_id(id).one(c).await?)
}

/// Every slot of these professionals, taken or not, that begins in `span`, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, accounts: &[Uuid], span: Span) -> Result<Vec<SlotRow>> {
    let mut found = Vec::new();
    for part in bulk::lists(accounts) {
        let rows = slot::Entity::find()
            .filter(slot::Column::AccountId.is_in(part))
            .filter(slot::Column::StartsAt.gte(span.start))
            .filter(slot::Column::StartsAt.lt(span.end))
            .order_by_asc(slot::Column::StartsAt)
            .order_by_asc(slot::Column::Id)
            .all(c)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// Takes a free slot; `false` when somebody was faster: the row decides, on both engines.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &Tx, id: Uuid) -> Result<bool> {
    let done = slot::Entity::update_many()
        .col_expr(slot::Column::Taken, Expr::value(true))
        .filter(slot::Column::Id.eq(id))
        .filter(slot::Column::Taken.eq(false))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says of these slots whether they are taken.
///
/// # Errors
/// When the database refuses.
pub async fn set_taken(tx: &Tx, ids: &[Uuid], taken: bool) -> Result<()> {
    for part in bulk::lists(ids) {
        slot::Entity::update_many()
            .col_expr(slot::Column::Taken, Expr::value(taken))
            .filter(slot::Column::Id.is_in(part))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Adds slots.
///
/// # Errors
/// When the database refuses; two slots of somebody cannot begin together.
pub async fn insert(tx: &Tx, rows: Vec<SlotRow>) -> Result<()> {
    bulk::insert::<slot::Entity, _>(tx, rows).await
}

/// Removes the slots of an opening from an instant on; what is booked stays booked.
///
/// # Errors
/// When the database refuses.
pub async fn remove_from(tx: &Tx, opening: Uuid, from: DateTime<Utc>) -> Result<()> {
    slot::Entity::delete_many()
        .filter(slot::Column::OpeningId.eq(opening))
        .filter(slot::Column::StartsAt.gte(from))
        .exec(tx)
        .await?;
    Ok(())
}

/// Slots that ended before `before`.
///
/// # Errors
/// When the database refuses.
pub async fn expire(tx: &Tx, before: DateTime<Utc>) -> Result<u64> {
    let old = slot::Column::EndsAt.lt(before);
    Ok(slot::Entity::delete_many().filter(old).exec(tx).await?.rows_affected)
}
