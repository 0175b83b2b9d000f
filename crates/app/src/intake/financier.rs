//! VRSF: amounts attach to the household; the newest file of a month replaces the older ones.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::intake::flux::DossierKey;
use store::StoreError;
use store::intake::record::{self, Batch, HouseholdRow, PaymentRow};
use uuid::Uuid;

use super::reading::Prepared;
use super::recording::{key_of, new_household};
use super::run::Run;

/// Records the movements of a batch of dossiers.
pub(crate) async fn record(run: &mut Run<'_>, batch: Vec<Prepared>, newest: bool) -> Result<(), StoreError> {
    let claims: Vec<String> = batch.iter().map(|p| p.dossier.key.claim_number.clone()).collect();
    let mut households: HashMap<DossierKey, HouseholdRow> =
        record::households_by_claim(run.tx, &claims).await?.into_iter().map(|h| (key_of(&h), h)).collect();
    let mut created = Vec::new();
    let mut payments: Vec<PaymentRow> = Vec::new();
    let mut months: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut paid: Vec<Uuid> = Vec::new();
    for prepared in batch {
        run.dossiers.accepted += 1;
        let key = &prepared.dossier.key;
        run.organisms.insert((key.organism.clone(), key.organism_number.clone()));
        if !households.contains_key(key) {
            let household = new_household(run, key);
            run.flag("unknown_household", &format!("dossier {}", key.claim_number));
            created.push(household.clone());
            households.insert(key.clone(), household);
        }
        let Some(household) = households.get(key) else { continue };
        paid.push(household.id);
        let first = payments.iter().filter(|p| p.household_id == household.id).count();
        for (rank, movement) in (first..).zip(&prepared.dossier.movements) {
            months.insert(movement.month);
            payments.push(PaymentRow {
                household_id: household.id,
                import_id: run.import,
                rank: i64::try_from(rank).unwrap_or(i64::MAX),
                month: movement.month,
                class: movement.class.clone(),
                nature: movement.nature.clone(),
                operation: movement.operation.clone(),
                amount_cents: movement.amount_cents,
            });
        }
    }
    record::write(run.ctx.db().keys(), run.tx, Batch { households: created, ..Batch::default() }).await?;
    if newest {
        for month in months {
            record::forget_payments(run.tx, &paid, month).await?;
        }
        record::write_payments(run.tx, payments).await?;
    }
    Ok(())
}
