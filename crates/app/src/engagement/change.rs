//! What becomes of a contract: validated or sent back by who leads, ended, fewer hours that go on, a draft that is dropped.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::engagement::contract::{Contract, EndReason, Kind, Stage};
use domain::followup::act::text;
use store::{StoreError, Tx, engagement};
use uuid::Uuid;

use super::record::{ContractError, NewAct, close, detail, find, subject_of, write};
use crate::Context;
use crate::followup::begin;

/// What is typed of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeInput {
    /// What changes.
    pub kind: Kind,
    /// Why it ends.
    pub reason: Option<EndReason>,
    /// The last day of one that ends; until when fewer hours go on.
    pub day: Option<NaiveDate>,
    /// In words.
    pub text: String,
}

/// Records a change.
///
/// # Errors
/// [`ContractError`].
pub async fn change(ctx: &Context, person: Uuid, id: Uuid, input: &ChangeInput) -> Result<(), ContractError> {
    let actions: &[Action] = match input.kind {
        Kind::Validated | Kind::Returned => &[Action::DecideContract],
        Kind::Ended => &[Action::WriteContract, Action::DecideContract],
        Kind::Dropped | Kind::HoursKept => &[Action::WriteContract],
        Kind::Signed => return Err(ContractError::Choice),
    };
    let subject = subject_of(ctx, actions, person).await?;
    let reason = match input.kind {
        Kind::Ended => {
            // The end of a path ends its contracts by itself.
            let known = input.reason.filter(|one| *one != EndReason::PathEnded);
            Some(known.ok_or(ContractError::Choice)?)
        }
        _ => None,
    };
    // Nobody is sent back without being told why.
    let needed = input.kind == Kind::Returned || reason == Some(EndReason::Other);
    let text = text(&input.text, needed).map_err(|_| ContractError::Text)?;
    let tx = begin(ctx).await?;
    let (row, asked, contract) = find(&tx, &subject.records, id).await?;
    contract.may(input.kind, None, &asked)?;
    let (held_on, until) = days(ctx, input, &contract)?;
    let new = NewAct {
        until,
        reason: reason.map(EndReason::code).unwrap_or_default(),
        text,
        ..NewAct::of(input.kind, held_on)
    };
    let told = detail(input.kind.code(), new.reason);
    write(ctx, &tx, (id, row.person_id, subject.account), new).await?;
    close(ctx, tx, subject.row.id, id, told).await
}

/// The day of the change, and the date that it sets.
fn days(
    ctx: &Context,
    input: &ChangeInput,
    contract: &Contract,
) -> Result<(NaiveDate, Option<NaiveDate>), ContractError> {
    match input.kind {
        Kind::Ended => {
            let day = contract
                .early_end(input.day)
                .ok_or(ContractError::Day("un jour dans la durée du contrat"))?;
            Ok((day, None))
        }
        Kind::HoursKept => {
            let day = contract.hours_until(input.day, ctx.today());
            let day =
                day.ok_or(ContractError::Day("un jour à venir, au plus tard le dernier jour du contrat"))?;
            Ok((ctx.today(), Some(day)))
        }
        _ => Ok((ctx.today(), None)),
    }
}

/// Ends what binds, and drops what is being written.
pub(crate) async fn end_contracts(
    ctx: &Context,
    tx: &Tx,
    (records, account): (&[Uuid], Uuid),
    day: NaiveDate,
    why: EndReason,
) -> Result<(), StoreError> {
    for row in engagement::of(tx, records).await? {
        let new = match Stage::parse(&row.stage) {
            Some(Stage::Signed) if row.ends_on > day => {
                // One that was still to come never binds.
                NewAct { reason: why.code(), ..NewAct::of(Kind::Ended, day) }
            }
            Some(stage) if stage.is_open() => NewAct::of(Kind::Dropped, day),
            _ => continue,
        };
        write(ctx, tx, (row.id, row.person_id, account), new).await?;
    }
    Ok(())
}
