//! Take a decision back: two records again, and the question is open.

use domain::access::permission::Action;
use domain::audit::Act;
use serde_json::json;
use store::StoreError;
use store::intake::review::{self, ReviewRow, status};
use store::intake::{files, record};
use uuid::Uuid;

use super::{ReviewError, merge};
use crate::Context;
use crate::access::scope;

/// Undoes what a question decided; the journal keeps it.
///
/// # Errors
/// [`ReviewError::NotDecided`]; [`ReviewError::LaterMerge`] when another merge must be undone first.
pub async fn undo(ctx: &Context, id: Uuid) -> Result<(), ReviewError> {
    let scope = scope(ctx, Action::DecideMatch)?;
    review::get(ctx.db(), &scope, ctx.today(), id).await?.ok_or(ReviewError::Unknown)?;
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    let row = review::get_in(&tx, id).await?.ok_or(ReviewError::Unknown)?;
    if row.status == status::OPEN {
        return Err(ReviewError::NotDecided);
    }
    let mut people = vec![row.person_a, row.person_b];
    let was = row.status.clone();
    let mut parted = None;
    if let Some(undo) = merge::kept_undo(&row) {
        let (kept, joined) = undo.pair();
        people.extend([kept, joined]);
        parted = Some((kept, joined));
        merge::part(ctx, &tx, undo, &row).await?;
    }
    let open = ReviewRow {
        status: status::OPEN.to_owned(),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        undo: None,
        kept_nir_sealed: None,
        kept_nir_index: None,
        ..row
    };
    review::answer(&tx, open).await?;
    merge::mark(&tx, &people).await?;
    record::rebuild_counters(&tx).await?;
    let person = parted.map(|(kept, _)| kept).or(people.first().copied());
    let detail = json!({ "was": was, "before": parted.map(|(kept, _)| kept), "after": parted });
    crate::audit::record(ctx, &tx, Act::UndoMerge, person, Some(id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
