//! What the worker does to the journal: sealing each day or each thousand rows, and letting the oldest blocks expire.

use chrono::{DateTime, Months, NaiveDate, TimeZone as _, Utc};
use domain::audit::Act;
use domain::reference::parameters;
use serde_json::json;
use store::StoreError;
use store::audit::{Block, Expiry, Fault, Partial, SealOrder, Sealing, first_kept};
use store::settings::value_at;

use super::record;
use crate::Context;

/// Rows of a full block.
const BLOCK_ROWS: i64 = 1_000;

/// Blocks that expire in one transaction.
const MOST_AT_ONCE: u64 = 50;

/// How long the journal is kept, in months: CNIL, délibération 2021-122, unless the département set it otherwise.
const KEPT_MONTHS: &str = "privacy.log_months";

/// Why the journal was not kept in order.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// It does not hold: nothing is sealed or removed before somebody has looked.
    #[error("le journal n’est pas entier : {0}. Rien n’est scellé ni effacé avant qu’on l’ait examiné.")]
    Broken(Fault),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Blocks sealed.
    pub sealed: Vec<Block>,
    /// Blocks whose rows expired.
    pub expired: Vec<Block>,
}

/// Seals what is due and removes what has expired; safe to run twice, and while others write.
///
/// # Errors
/// [`KeepError`].
pub async fn keep(ctx: &Context) -> Result<Kept, KeepError> {
    let today = midnight(ctx, ctx.today());
    let sealed = seal(ctx, Partial::OlderThan(today)).await?;
    Ok(Kept { sealed, expired: expire(ctx).await? })
}

/// Seals every row written until now, whatever their number.
///
/// # Errors
/// [`KeepError`].
pub async fn seal_now(ctx: &Context) -> Result<Vec<Block>, KeepError> {
    seal(ctx, Partial::Seal).await
}

async fn seal(ctx: &Context, partial: Partial) -> Result<Vec<Block>, KeepError> {
    let order = SealOrder { rows: BLOCK_ROWS, partial, at: ctx.now() };
    let Sealing { blocks, fault } = store::audit::seal(ctx.db(), &order).await?;
    for block in &blocks {
        // The log leaves the machine: with the seal noted there, a journal put back to an older state is found.
        tracing::info!(department = ctx.department.code, journal.seal = block.noted(64), "rows were sealed");
    }
    fault.map_or(Ok(blocks), |fault| Err(KeepError::Broken(fault)))
}

/// Removes the rows of the blocks whose last act is older than the retention period; their stubs stay, and the journal
/// says which rows went.
///
/// # Errors
/// [`KeepError`].
pub async fn expire(ctx: &Context) -> Result<Vec<Block>, KeepError> {
    let Some(limit) = limit(ctx).await? else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    while first_kept(ctx.db()).await?.is_some_and(|block| block.last_at < limit) {
        let tx = ctx.db().begin().await?;
        let Expiry { blocks, fault } =
            store::audit::expire(&tx, ctx.db().keys(), limit, ctx.now(), MOST_AT_ONCE).await?;
        if let (Some(first), Some(last)) = (blocks.first(), blocks.last()) {
            let detail = json!({
                "blocks": [first.number, last.number],
                "rows": [first.first_row, last.last_row],
                "acts_before": limit,
            });
            record(ctx, &tx, Act::ExpireJournal, None, None, detail).await?;
        }
        tx.commit().await.map_err(StoreError::from)?;
        let stuck = blocks.is_empty();
        all.extend(blocks);
        if let Some(fault) = fault {
            return Err(KeepError::Broken(fault));
        }
        if stuck {
            break;
        }
    }
    Ok(all)
}

/// Acts before this instant are no longer kept; `None` while no period is in force.
async fn limit(ctx: &Context) -> Result<Option<DateTime<Utc>>, StoreError> {
    let today = ctx.today();
    let own = value_at(ctx.db(), KEPT_MONTHS, today).await?.and_then(|value| value.parse().ok());
    let months: Option<u32> = own.or_else(|| parameters::months_at(KEPT_MONTHS, today));
    Ok(months.and_then(|n| today.checked_sub_months(Months::new(n))).map(|day| midnight(ctx, day)))
}

/// When a day begins in the département.
fn midnight(ctx: &Context, day: NaiveDate) -> DateTime<Utc> {
    let civil = day.and_time(chrono::NaiveTime::MIN);
    let begins = ctx.department.timezone.from_local_datetime(&civil).earliest();
    begins.map_or_else(|| civil.and_utc(), |at| at.with_timezone(&Utc))
}
