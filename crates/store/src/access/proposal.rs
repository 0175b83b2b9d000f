//! Accounts proposed by team leads.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk;
use crate::db::{Db, Tx};
use crate::entity::account_proposal;
pub use crate::entity::account_proposal::Model as ProposalRow;
use crate::error::Result;

/// Adds a proposal.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: ProposalRow) -> Result<()> {
    bulk::insert::<account_proposal::Entity, _>(tx, vec![new]).await
}

/// The proposals, the most recent first; those of one account when it is given.
///
/// # Errors
/// When the database does not answer.
pub async fn all(db: &Db, of: Option<Uuid>) -> Result<Vec<ProposalRow>> {
    let mut query = account_proposal::Entity::find();
    if let Some(account) = of {
        query = query.filter(account_proposal::Column::ProposedBy.eq(account));
    }
    Ok(query.order_by_desc(account_proposal::Column::ProposedAt).all(db.read()).await?)
}

/// Whether an account of this e-mail is proposed and not decided yet.
///
/// # Errors
/// When the database does not answer.
pub async fn is_waiting(tx: &Tx, email: &str) -> Result<bool> {
    let query = account_proposal::Entity::find()
        .filter(account_proposal::Column::Email.eq(email))
        .filter(account_proposal::Column::DecidedAt.is_null());
    Ok(query.one(tx).await?.is_some())
}

/// Decides on a proposal, once only; `None` when it was decided before or never made.
///
/// # Errors
/// When the database refuses.
pub async fn decide(
    tx: &Tx,
    id: Uuid,
    accepted: bool,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<Option<ProposalRow>> {
    let change = account_proposal::ActiveModel {
        accepted: Set(accepted),
        decided_by: Set(by),
        decided_at: Set(Some(at)),
        ..Default::default()
    };
    let done = account_proposal::Entity::update_many()
        .set(change)
        .filter(account_proposal::Column::Id.eq(id))
        .filter(account_proposal::Column::DecidedAt.is_null())
        .exec(tx)
        .await?;
    if done.rows_affected != 1 {
        return Ok(None);
    }
    Ok(account_proposal::Entity::find_by_id(id).one(tx).await?)
}
