//! Absent from the monthly file of its organism means left (`rules.md` § 5): closed for every rule until a later file
//! names the dossier. A dossier that was rejected is not absent; absence from a daily file means nothing.

use std::collections::HashMap;

use domain::intake::flux::{Kind, RightState};
use store::StoreError;
use store::intake::record::{self, Batch, HouseholdRow, current_contents, not_named};
use uuid::Uuid;

use super::elsewhere::{Elsewhere, parse, remember};
use super::recording::key_of;
use super::run::{Organism, Run};
use super::standing::{self, Place, current};

/// Households closed at a time.
const BATCH: u64 = 500;

/// Closes the households that the monthly file does not name.
pub(crate) async fn close(run: &mut Run<'_>) -> Result<(), StoreError> {
    if run.kind != Kind::BeneficiairesMonthly {
        return Ok(());
    }
    for organism in run.organisms.clone() {
        let mut after = None;
        loop {
            let names: (&str, &str) = (&organism.0, &organism.1);
            let found = not_named(run.tx, names, &run.stamp_text, after, BATCH).await?;
            let Some(last) = found.last() else { break };
            after = Some(last.id);
            let absent = found.into_iter().filter(|h| !run.rejected.contains(&key_of(h))).collect();
            close_some(run, &organism, absent).await?;
        }
    }
    Ok(())
}

async fn close_some(
    run: &mut Run<'_>,
    _: &Organism,
    mut absent: Vec<HouseholdRow>,
) -> Result<(), StoreError> {
    let ids: Vec<Uuid> = absent.iter().map(|h| h.id).collect();
    let members = record::members(run.tx, &ids).await?;
    let contents = parse(run.ctx.db().keys(), current_contents(run.tx, &ids).await?)?;
    let rows =
        store::people::one::rows(run.tx, &members.iter().map(|m| m.person_id).collect::<Vec<_>>()).await?;
    let mut roots: Vec<Uuid> = rows.iter().map(|r| r.merged_into.unwrap_or(r.id)).collect();
    roots.sort_unstable();
    roots.dedup();
    remember(run, roots.clone()).await?;
    for household in &mut absent {
        household.absent_stamp = Some(run.stamp_text.clone());
        household.right_state = Some(RightState::Absent.code().to_owned());
    }
    let fresh: HashMap<Uuid, &HouseholdRow> = absent.iter().map(|h| (h.id, h)).collect();
    let elsewhere = Elsewhere::load(run.ctx.db().keys(), run.tx, &roots, &fresh).await?;
    let merged = store::people::one::merged_into(run.tx, &roots).await?;
    let speaks = |id: Uuid| merged.iter().find(|(child, _)| *child == id).map_or(id, |(_, root)| *root);
    let mut changed = Vec::new();
    for mut row in store::people::one::rows(run.tx, &roots).await? {
        let here = members.iter().filter(|m| speaks(m.person_id) == row.id).filter_map(|m| {
            let household = fresh.get(&m.household_id)?;
            Some(Place { household, membership: m, dossier: contents.get(&m.household_id) })
        });
        let places: Vec<Place<'_>> = here.chain(elsewhere.places(row.id, &fresh)).collect();
        let before = run.before(row.id);
        if let Some(now) = current(&row, &places) {
            standing::write_on(&mut row, &now, before.as_ref(), run.news());
            run.touch(row.id, &now.standing);
            changed.push(row);
        }
    }
    record::write(
        run.ctx.db().keys(),
        run.tx,
        Batch { households: absent, persons: changed, ..Batch::default() },
    )
    .await
}
