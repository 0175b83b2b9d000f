//! What the contracts of a person say of them, written on their record and on the contracts; what turns by itself each day.

use chrono::NaiveDate;
use domain::engagement::contract::{Recorded, fold};
use domain::engagement::standing::{Standing, standing};
use store::engagement::{self, Derived};
use store::people::PersonRow;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::record::{asked, nature, recorded};
use crate::Context;
use crate::followup::{begin, stand_all};

/// People looked at in one transaction.
const BATCH: u64 = 200;

/// Reads the contracts of a person again. The caller derives the state and saves the record. Returns the day the last one was
/// signed.
pub(crate) async fn restate(
    ctx: &Context,
    tx: &Tx,
    row: &mut PersonRow,
    records: &[Uuid],
) -> Result<Option<NaiveDate>, StoreError> {
    let rows = engagement::of(tx, records).await?;
    let mut all = Vec::new();
    if !rows.is_empty() {
        let acts = engagement::acts(tx, records).await?;
        for one in &rows {
            let mine: Vec<Recorded> =
                acts.iter().filter(|act| act.contract_id == one.id).filter_map(recorded).collect();
            let contract = fold(&asked(one), &mine);
            let derived = Derived {
                stage: contract.stage.code(),
                signed_on: contract.signed_on,
                over_on: contract.ends_on,
            };
            if !derived.is_told(one) {
                engagement::save(tx, one.id, &derived).await?;
            }
            all.push((nature(one), contract));
        }
    }
    let told = standing(&all, ctx.today(), ctx.department.holidays());
    write_on(row, &told);
    Ok(told.last_signed_on)
}

/// Writes where the person stands on their record.
fn write_on(row: &mut PersonRow, told: &Standing) {
    row.contract_on = told.signed_on;
    row.contract_until = told.until;
    row.contract_lapsed = told.lapsed_on;
    row.contract_old = told.old;
    row.hours_until = told.hours_until;
    row.validate_by = told.validate_by;
    row.contract_turns = told.turns_on;
}

/// What a record says of contracts.
pub(crate) fn on_record(row: &PersonRow) -> Standing {
    Standing {
        signed_on: row.contract_on,
        last_signed_on: row.contract_on,
        until: row.contract_until,
        lapsed_on: row.contract_lapsed,
        old: row.contract_old,
        hours_until: row.hours_until,
        validate_by: row.validate_by,
        turns_on: row.contract_turns,
    }
}

/// Forgets on a record, shown to somebody, what contracts say.
pub(crate) fn forget(row: &mut PersonRow) {
    write_on(row, &Standing::default());
}

/// Says again where those stand whose contract began or ended since: each day, and after a start. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(ctx: &Context) -> Result<u64, StoreError> {
    let mut done = 0;
    loop {
        let people = engagement::turned(ctx.db().read(), ctx.today(), BATCH).await?;
        if people.is_empty() {
            return Ok(done);
        }
        let tx = begin(ctx).await?;
        stand_all(ctx, &tx, &people).await?;
        tx.commit().await?;
        done += people.len() as u64;
    }
}
