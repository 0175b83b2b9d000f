//! What the outcomes of a person say of them, written on their record and on the outcomes.

use chrono::{DateTime, Utc};
use domain::agenda::appointment::Status;
use domain::followup::contact::{Means, Outcome as Result_, counts};
use domain::outcomes::outcome::{Outcome, Recorded, Stage};
use domain::outcomes::standing::{Standing, standing};
use store::agenda::appointment::AppointmentRow;
use store::outcomes;
use store::people::PersonRow;
use store::{StoreError, Tx, programmes};
use uuid::Uuid;

use super::record::{folded, recorded};

/// Reads the outcomes of a person again. The caller derives the state and saves the record.
pub(crate) async fn restate(
    tx: &Tx,
    row: &mut PersonRow,
    records: &[Uuid],
    booked: &[AppointmentRow],
) -> Result<(), StoreError> {
    let rows = outcomes::of(tx, records).await?;
    if rows.is_empty() {
        forget(row);
        return Ok(());
    }
    let acts = outcomes::acts(tx, records).await?;
    let mut all: Vec<Outcome> = Vec::new();
    let mut stamped: Vec<(DateTime<Utc>, Recorded)> = Vec::new();
    for one in &rows {
        let Some(outcome) = folded(one, &acts) else { continue };
        if (one.stage.as_str(), one.ended_on) != (outcome.stage.code(), outcome.ended_on) {
            outcomes::save(tx, one.id, outcome.stage.code(), outcome.ended_on).await?;
        }
        if outcome.stage != Stage::Withdrawn {
            let mine = acts.iter().filter(|act| act.outcome_id == one.id);
            stamped.extend(mine.filter_map(|act| Some((act.recorded_at, recorded(act)?))));
            all.push(outcome);
        }
    }
    let told = standing(&all, &stamped, &spoken(tx, records, booked).await?);
    write_on(row, &told);
    Ok(())
}

/// When exchanges with the person were recorded, or held for an appointment.
async fn spoken(
    tx: &Tx,
    records: &[Uuid],
    booked: &[AppointmentRow],
) -> Result<Vec<DateTime<Utc>>, StoreError> {
    let attended = booked.iter().filter(|one| one.status == Status::Attended.code());
    let mut all: Vec<DateTime<Utc>> = attended.map(|one| one.starts_at).collect();
    all.extend(programmes::contacts(tx, records).await?.iter().filter_map(|row| {
        let held = counts(Means::parse(&row.means)?, Result_::parse(&row.result)?);
        held.then_some(row.recorded_at)
    }));
    Ok(all)
}

/// Writes where the person stands on their record.
fn write_on(row: &mut PersonRow, told: &Standing) {
    row.outcome_on = told.since;
    row.check_by = told.check_by;
    row.agreed_by = told.agreed_by;
    row.start_by = told.start_by;
    row.outcome_ends = told.end_by;
}

/// What a record says of outcomes.
pub(crate) fn on_record(row: &PersonRow) -> Standing {
    Standing {
        since: row.outcome_on,
        check_by: row.check_by,
        agreed_by: row.agreed_by,
        start_by: row.start_by,
        end_by: row.outcome_ends,
    }
}

/// Forgets on a record what outcomes say.
pub(crate) fn forget(row: &mut PersonRow) {
    write_on(row, &Standing::default());
}
