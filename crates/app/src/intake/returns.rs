//! Whoever left for another département, and whom a payer still names here long after as subject to droits et devoirs,
//! did not leave or came back: they are to orient again. A dossier that says nothing new counts as much as another.

use domain::intake::flux::Kind;
use domain::people::transfer;
use store::StoreError;
use store::intake::record::{self, Batch};
use store::people::one;
use uuid::Uuid;

use super::run::Run;
use super::standing;

/// Looks at those who left and whom this monthly file names.
pub(crate) async fn bring_back(run: &Run<'_>) -> Result<(), StoreError> {
    if run.kind != Kind::BeneficiairesMonthly {
        return Ok(());
    }
    let mut back = Vec::new();
    for mut row in one::left(run.tx).await? {
        let long_ago = row.left_on.is_some_and(|left| transfer::is_back(left, run.stamp.reference));
        if row.subject && long_ago && is_named(run, row.id).await? {
            row.left_on = None;
            row.reception = Some(run.received_on());
            standing::derive(&mut row, &run.settings);
            back.push(row);
        }
    }
    record::write(run.ctx.db().keys(), run.tx, Batch { persons: back, ..Batch::default() }).await
}

/// Whether this file names one of their records in a dossier.
async fn is_named(run: &Run<'_>, person: Uuid) -> Result<bool, StoreError> {
    let places = record::places(run.tx, &one::with_merged(run.tx, person).await?).await?;
    let named: Vec<Uuid> =
        places.iter().filter(|place| place.named).map(|place| place.household_id).collect();
    let households = record::households(run.tx, &named).await?;
    Ok(households.iter().any(|one| one.stamp.as_deref() == Some(run.stamp_text.as_str())))
}
