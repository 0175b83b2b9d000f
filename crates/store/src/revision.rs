//! One number that moves in every transaction that changes what pages share: counters, territories, files.
//!
//! Whoever keeps some of that in memory reads this number first, on any machine, and reads the rest again when it moved.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::Tx;
use crate::db::Db;
use crate::entity::revision;
use crate::error::Result;

/// The one row of `revision`.
const ONLY: i64 = 1;

/// The number now.
///
/// # Errors
/// When the database does not answer.
pub async fn now(db: &Db) -> Result<i64> {
    Ok(revision::Entity::find_by_id(ONLY).one(db.read()).await?.map_or(0, |row| row.number))
}

/// Moves the number; others see it with the rest of the transaction.
pub(crate) async fn moved(tx: &Tx) -> Result<()> {
    revision::Entity::update_many()
        .col_expr(revision::Column::Number, Expr::col(revision::Column::Number).add(1))
        .filter(revision::Column::Id.eq(ONLY))
        .exec(tx)
        .await?;
    Ok(())
}
