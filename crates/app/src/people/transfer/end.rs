//! Say that a person arrived in the other département, or that they did not leave.

use domain::audit::Act;
use domain::engagement::contract::EndReason as ContractEnd;
use domain::people::transfer::{Direction, Standing, same_receipt};
use domain::programmes::course::ExitReason;
use serde_json::json;
use store::intake::{files, record};
use store::orientation::decision;
use store::people::one;
use store::people::transfer::{self, End, TransferRow};
use store::sealed::TRANSFER_RECEIPT;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{TransferError, person};
use crate::engagement::end_contracts;
use crate::intake::run::Settings;
use crate::intake::standing::derive;
use crate::outcomes::end_outcomes;
use crate::people::PeopleError;
use crate::programmes::end_courses;
use crate::{Context, audit};

/// How one knows that a person arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// The other département gave the receipt.
    Receipt(String),
    /// Somebody made sure of it otherwise.
    ByHand,
}

/// Closes a transfer: those who followed the person here stop today, and nothing is owed any more.
///
/// # Errors
/// [`TransferError::Receipt`], [`TransferError::Ended`].
pub async fn close(ctx: &Context, id: Uuid, how: &How) -> Result<Uuid, TransferError> {
    let (row, person, records) = waiting(ctx, id).await?;
    let word = match how {
        How::Receipt(typed) => {
            let known = ctx.db().keys().decrypt_text(TRANSFER_RECEIPT.place, &row.receipt_sealed)?;
            if !same_receipt(typed, &known) {
                return Err(TransferError::Receipt);
            }
            "receipt"
        }
        How::ByHand => "by_hand",
    };
    let settings = Settings::load(ctx).await?;
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    ended(ctx, &tx, row.id, Standing::Closed, word).await?;
    let mut kept = one::rows(&tx, &records).await?;
    // Somebody who was found to be one with a person followed here has not left: nobody stops.
    let left = kept.iter().any(|one| one.id == person && one.left_on.is_some());
    if left {
        transfer::end_referents(&tx, &records, ctx.today()).await?;
        let account = ctx.actor.id.ok_or(PeopleError::Unknown)?;
        end_courses(ctx, &tx, (&records, account), ExitReason::Moved).await?;
        end_contracts(ctx, &tx, (&records, account), ctx.today(), ContractEnd::Moved).await?;
        end_outcomes(ctx, &tx, (&records, account), ctx.today()).await?;
    }
    let waits = still_waits(&tx, &records).await?;
    for one in &mut kept {
        one.has_referent &= !left;
        one.confirm_by = one.confirm_by.filter(|_| waits && one.id == person);
        if one.id == person {
            if left {
                crate::programmes::restated(ctx, &tx, one, &records).await?;
                crate::engagement::restate(ctx, &tx, one, &records).await?;
                crate::outcomes::restate(&tx, one, &records, &[]).await?;
            }
            derive(one, &settings);
        }
    }
    one::save(&tx, kept).await?;
    record::rebuild_counters(&tx).await?;
    let detail = json!({ "to": row.other_department, "how": word });
    audit::record(ctx, &tx, Act::CloseTransfer, Some(person), Some(row.id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(person)
}

/// Cancels a transfer that did not happen: the decision is in force again, and the person is followed as before.
///
/// # Errors
/// [`TransferError::Ended`].
pub async fn cancel(ctx: &Context, id: Uuid) -> Result<Uuid, TransferError> {
    let (row, person, records) = waiting(ctx, id).await?;
    let settings = Settings::load(ctx).await?;
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    ended(ctx, &tx, row.id, Standing::Cancelled, "by_hand").await?;
    decision::reopen_transferred(&tx, &records, row.made_on).await?;
    let mut kept = one::rows(&tx, &[person]).await?.into_iter().next().ok_or(PeopleError::Unknown)?;
    let waits = still_waits(&tx, &records).await?;
    kept.confirm_by = kept.confirm_by.filter(|_| waits);
    kept.left_on = kept.left_on.filter(|_| waits);
    crate::followup::refresh(ctx, &tx, &mut kept).await?;
    derive(&mut kept, &settings);
    one::save(&tx, vec![kept]).await?;
    record::rebuild_counters(&tx).await?;
    let detail = json!({ "to": row.other_department });
    audit::record(ctx, &tx, Act::CancelTransfer, Some(person), Some(row.id.to_string()), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(person)
}

/// Whether another transfer of these records waits.
async fn still_waits(tx: &Tx, records: &[Uuid]) -> Result<bool, StoreError> {
    let all = transfer::of(tx, records).await?;
    Ok(all
        .iter()
        .any(|row| row.direction == Direction::Out.code() && row.standing == Standing::Waiting.code()))
}

/// A transfer to elsewhere that waits, on somebody of the actor's people; their record and those that joined it.
async fn waiting(ctx: &Context, id: Uuid) -> Result<(TransferRow, Uuid, Vec<Uuid>), TransferError> {
    let row = transfer::by_id(ctx.db().read(), id).await?;
    let row = row.filter(|row| row.direction == Direction::Out.code()).ok_or(PeopleError::Unknown)?;
    let (person, records) = person(ctx, row.person_id).await?;
    if row.standing != Standing::Waiting.code() {
        return Err(TransferError::Ended);
    }
    Ok((row, person.id, records))
}

async fn ended(
    ctx: &Context,
    tx: &Tx,
    id: Uuid,
    standing: Standing,
    how: &'static str,
) -> Result<(), TransferError> {
    let end = End { standing, on: ctx.today(), by: ctx.actor.id, how };
    if transfer::end(tx, id, end).await? { Ok(()) } else { Err(TransferError::Ended) }
}
