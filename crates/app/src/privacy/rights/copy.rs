//! The copy of everything held on a person, without what is held on others (RGPD, art. 15.4): a household's dossier names a
//! former partner, their address and their children too.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::audit::Act;
use domain::intake::flux::{Dossier, FluxPerson, Kind, Role};
use domain::intake::stamp::Stamp;
use domain::people::name::similarity;
use domain::privacy::rights::Right;
use serde_json::Value;
use store::intake::{files, history};
use store::people::{PersonRow, one};
use store::privacy::rights::{self, RequestRow};
use store::privacy::{HeldRows, held};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{Request, RightsError, read};
use crate::Context;
use crate::access::permit;
use crate::shared::Shared;

/// How close a first name must be to be that of the person, 1 being the same.
const SAME_FIRST_NAME: f64 = 0.7;

/// Everything held on a person.
#[derive(Debug, Clone)]
pub struct HeldCopy {
    /// What was asked.
    pub request: Request,
    /// The record that speaks for them.
    pub person: PersonRow,
    /// The rows, table by table.
    pub held: Vec<HeldRows>,
    /// What files said of them, the most recent first.
    pub told: Vec<Told>,
    /// How many contents of their households do not name them: those are the others'.
    pub of_others: usize,
    /// The files that rows name.
    pub files: Vec<CopyFile>,
    /// The professionals who follow or followed them.
    pub referents: Vec<(Uuid, String)>,
    /// The structures of the département.
    pub structures: Vec<(Uuid, String)>,
    /// Code and name of each territory.
    pub territories: Vec<(String, String)>,
    /// Years of the active file, as the département set them.
    pub active_years: u32,
}

/// A file that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyFile {
    /// Its key.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Option<Kind>,
    /// The day it describes.
    pub reference: Option<NaiveDate>,
}

/// What files said of a person, the others left out.
#[derive(Debug, Clone)]
pub struct Told {
    /// The files that said it, by key, the most recent first.
    pub files: Vec<Uuid>,
    /// The dossier, of which the person is the only one left.
    pub dossier: Dossier,
    /// The places of the others in the household.
    pub others: Vec<Role>,
}

/// Makes the copy of a request for access, in this format (`json`, `pdf`); the journal keeps it. It may be made again: what
/// was lost on the way must not be asked again.
///
/// # Errors
/// [`RightsError::Unknown`], [`RightsError::NotAccess`].
pub async fn copy(ctx: &Context, id: Uuid, format: &'static str) -> Result<HeldCopy, RightsError> {
    permit(ctx, Action::ManageRights)?;
    let shared = ctx.shared().await?;
    let tx = ctx.db().begin().await?;
    let row = rights::get(&tx, id).await?.ok_or(RightsError::Unknown)?;
    if Right::parse(&row.kind) != Some(Right::Access) {
        return Err(RightsError::NotAccess);
    }
    let person = rights::anybody(&tx, row.person_id).await?.ok_or(RightsError::Unknown)?;
    let copy = all(ctx, &tx, row, person, &shared).await?;
    rights::take(&tx, id, ctx.now()).await?;
    let rows = copy.held.iter().map(|t| t.rows.len()).sum::<usize>() + copy.told.len();
    let detail = serde_json::json!({ "rows": rows, "format": format });
    crate::audit::record(ctx, &tx, Act::AccessCopy, Some(copy.person.id), Some(id.to_string()), detail)
        .await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(copy)
}

async fn all(
    ctx: &Context,
    tx: &Tx,
    row: RequestRow,
    person: PersonRow,
    shared: &Shared,
) -> Result<HeldCopy, StoreError> {
    let records = one::with_merged(tx, person.id).await?;
    let rows = one::rows(tx, &records).await?;
    let mut held = held(ctx.db().keys(), tx, &records).await?;
    leave_out_others(&mut held, row.id);
    let (told, of_others) = told(ctx, tx, &held, &rows).await?;
    let known = files::heads(ctx.db()).await?;
    let files = known.into_iter().map(|file| CopyFile {
        id: file.id,
        kind: file.kind.as_deref().and_then(Kind::parse),
        reference: file.stamp.as_deref().and_then(Stamp::parse).map(|stamp| stamp.reference),
        name: file.file_name,
    });
    Ok(HeldCopy {
        referents: referents(ctx, &held).await?,
        structures: store::access::structure::all(tx).await?.into_iter().map(|s| (s.id, s.name)).collect(),
        request: read(ctx, Some(person.clone()), row)?,
        territories: shared.territories.clone(),
        active_years: crate::privacy::retention::active_years(ctx).await?,
        files: files.collect(),
        person,
        held,
        told,
        of_others,
    })
}

fn id_of(row: &Value, field: &str) -> Option<Uuid> {
    row.get(field).and_then(Value::as_str).and_then(|id| id.parse().ok())
}

/// Drops what the rows hold on somebody else, and what making this very copy left in the journal: it would make the second
/// one differ from the first.
fn leave_out_others(held: &mut [HeldRows], request: Uuid) {
    let made = request.to_string();
    let named_until = places(held);
    for table in held {
        match table.table {
            "journal" => table.rows.retain(|row| {
                row.get("act").and_then(Value::as_str) != Some(Act::AccessCopy.code())
                    || row.get("object").and_then(Value::as_str) != Some(&made)
            }),
            // Paid after they left: the other one's.
            "payment" => table.rows.retain(|row| {
                let until = id_of(row, "household_id").and_then(|id| named_until.get(&id));
                let month = row.get("month").and_then(Value::as_str).unwrap_or_default();
                until.is_some_and(|until| until.as_deref().is_none_or(|until| month <= until))
            }),
            // The NIR that a merge replaced is theirs only while the merge holds.
            "review" => {
                for row in &mut table.rows {
                    let merged = row.get("status").and_then(Value::as_str)
                        == Some(store::intake::review::status::MERGED);
                    if let Some(fields) = row.as_object_mut().filter(|_| !merged) {
                        fields.remove("kept_nir");
                    }
                }
            }
            _ => {}
        }
    }
}

/// Each household of theirs, with the last day on which a file named them in it; `None` while it does.
fn places(held: &[HeldRows]) -> BTreeMap<Uuid, Option<String>> {
    let rows = held.iter().filter(|table| table.table == "membership").flat_map(|table| &table.rows);
    let mut places: BTreeMap<Uuid, Option<String>> = BTreeMap::new();
    for row in rows {
        let Some(household) = id_of(row, "household_id") else { continue };
        let named = row.get("named").and_then(Value::as_bool) == Some(true);
        let stamp = row.get("stamp").and_then(Value::as_str).unwrap_or_default();
        let until = (!named).then(|| stamp.get(..10).unwrap_or(stamp).to_owned());
        let longest = |known: &mut Option<String>| {
            *known = match (known.take(), until.clone()) {
                (Some(a), Some(b)) => Some(a.max(b)),
                _ => None,
            };
        };
        places.entry(household).and_modify(longest).or_insert(until.clone());
    }
    places
}

/// What files said of the person in their households, and how many contents do not name them.
async fn told(
    ctx: &Context,
    tx: &Tx,
    held: &[HeldRows],
    records: &[PersonRow],
) -> Result<(Vec<Told>, usize), StoreError> {
    let households: Vec<Uuid> = places(held).into_keys().collect();
    let sightings = history::sightings(tx, &households).await?;
    let (mut found, mut of_others) = (Vec::new(), 0);
    for content in history::contents(tx, &households).await? {
        let dossier: Dossier = serde_json::from_str(&content.payload(ctx.db().keys())?)
            .map_err(|e| StoreError::Other(e.to_string()))?;
        let Some(me) = records.iter().find_map(|row| me(&dossier, row)).cloned() else {
            of_others += 1;
            continue;
        };
        let said =
            sightings.iter().filter(|s| s.household_id == content.household_id && s.hash == content.hash);
        let mut files: Vec<Uuid> = said.map(|s| s.import_id).collect();
        files.sort_unstable_by(|a, b| b.cmp(a));
        found.push(alone(dossier, me, files));
    }
    found.sort_by(|a, b| b.files.cmp(&a.files));
    Ok((found, of_others))
}

/// The person in a dossier: the adult that a record stands for, by a first name too. Two who share a birth date and a family
/// name are two.
fn me<'a>(dossier: &'a Dossier, row: &PersonRow) -> Option<&'a FluxPerson> {
    let found = crate::intake::in_dossier(dossier, row)?;
    (similarity(&found.first_name, &row.first_name) >= SAME_FIRST_NAME).then_some(found)
}

/// The dossier of one of its people. What the claimant wrote of how to be reached is the claimant's.
fn alone(mut dossier: Dossier, me: FluxPerson, files: Vec<Uuid>) -> Told {
    let mut others: Vec<Role> = dossier.persons.iter().filter(|p| **p != me).map(|p| p.role).collect();
    others.sort_unstable();
    dossier.contacts = dossier.contacts.take().filter(|_| me.role == Role::Claimant);
    dossier.persons = vec![me];
    Told { files, dossier, others }
}

/// The names of those who follow or followed them; the other professionals are told by their role only.
async fn referents(ctx: &Context, held: &[HeldRows]) -> Result<Vec<(Uuid, String)>, StoreError> {
    let rows = held.iter().filter(|table| table.table == "referent").flat_map(|table| &table.rows);
    let ids: Vec<Uuid> = rows.filter_map(|row| id_of(row, "account_id")).collect();
    store::access::account::names(ctx.db(), &ids).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn what_was_paid_after_somebody_left_is_the_others_own() {
        let membership = |named| json!({ "household_id": id(1), "named": named, "stamp": "2026-08-31|x" });
        let paid = |month| json!({ "household_id": id(1), "month": month });
        let payments = |named| {
            let mut held = vec![
                HeldRows { table: "membership", rows: vec![membership(named)] },
                HeldRows { table: "payment", rows: vec![paid("2026-08-01"), paid("2026-09-01")] },
            ];
            leave_out_others(&mut held, id(9));
            held[1].rows.len()
        };
        assert_eq!((payments(true), payments(false)), (2, 1));
    }

    #[test]
    fn a_second_copy_does_not_tell_of_the_first() {
        let row = |act: &str, object: Uuid| json!({ "act": act, "object": object.to_string() });
        let rows = vec![row("access_copy", id(9)), row("access_copy", id(8)), row("answer_request", id(9))];
        let mut held = vec![HeldRows { table: "journal", rows }];
        leave_out_others(&mut held, id(9));
        assert_eq!(held[0].rows.len(), 2);
    }

    #[test]
    fn the_nir_of_an_undone_merge_is_somebody_elses() {
        let row = |status: &str| json!({ "status": status, "kept_nir": "2910555545001" });
        let mut held = vec![HeldRows { table: "review", rows: vec![row("merged"), row("distinct")] }];
        leave_out_others(&mut held, id(9));
        assert!(held[0].rows[0].get("kept_nir").is_some() && held[0].rows[1].get("kept_nir").is_none());
    }
}
