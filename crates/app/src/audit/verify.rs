//! Proving that the journal is whole.

use domain::access::permission::Action;
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::audit::{ChainReport, Fault};

use super::{JournalError, record};
use crate::Context;
use crate::access::permit;
use crate::intake::source::hex;

/// Reads the whole journal and says whether it holds; the journal keeps that it was asked, and the answer.
///
/// # Errors
/// [`JournalError::Refused`] without the permission to read the whole journal.
pub async fn verify(ctx: &Context) -> Result<ChainReport, JournalError> {
    verify_against(ctx, None).await
}

/// [`verify`], with a block and its seal as they were noted elsewhere (the log of the worker, a file of the data protection
/// officer): a journal that was put back whole to an older state does not know that block.
///
/// # Errors
/// As [`verify`].
pub async fn verify_against(
    ctx: &Context,
    expected: Option<(i64, &str)>,
) -> Result<ChainReport, JournalError> {
    permit(ctx, Action::ReadJournal)?;
    let mut report = store::audit::verify_chain(ctx.db()).await?;
    if let Some((number, seal)) = expected.filter(|_| report.fault.is_none()) {
        let block = store::audit::block(ctx.db(), number).await?;
        if block.is_none_or(|block| !hex(&block.seal).starts_with(&seal.to_lowercase())) {
            report.fault = Some(Fault::Expected(number));
        }
    }
    let detail = json!({
        "rows": report.rows,
        "blocks": report.blocks,
        "stubs": report.stubs,
        "fault": report.fault.map(|fault| fault.to_string()),
    });
    // The answer matters more than its trace: a disk that is full does not hide a fault.
    if let Err(error) = told(ctx, detail).await {
        tracing::warn!(department = ctx.department.code, journal.error = %error, "a verification was not noted");
    }
    Ok(report)
}

async fn told(ctx: &Context, detail: serde_json::Value) -> Result<(), StoreError> {
    let tx = ctx.db().begin().await?;
    record(ctx, &tx, Act::VerifyJournal, None, None, detail).await?;
    Ok(tx.commit().await?)
}
