//! Everything that leaves with a person.

use domain::access::visibility::Level;
use exchange::transfer::{Contact, Document, Household, Nir, Person, Tag};
use store::intake::files;
use store::people::PersonRow;
use store::people::contact;
use store::people::label::{self, LabelRow};
use store::privacy::document;
use store::sealed::{DOCUMENT_LABEL, DOCUMENT_NAME, NIR};
use store::{StoreError, Tx, access::account, intake::record};
use uuid::Uuid;

use super::TransferError;
use crate::Context;
use crate::intake::identity_of;
use crate::privacy::documents::DocumentError;

/// Who they are.
pub(super) async fn who(
    ctx: &Context,
    tx: &Tx,
    row: &PersonRow,
    records: &[Uuid],
) -> Result<Person, StoreError> {
    let keys = ctx.db().keys();
    let nir = row.nir_sealed.as_ref().map(|sealed| keys.decrypt_text(NIR.place, sealed)).transpose()?;
    let places = record::places(tx, records).await?;
    let households = record::households_of(tx, records).await?;
    let mut told: Vec<Household> = places
        .iter()
        .filter_map(|place| {
            let household = households.iter().find(|one| one.id == place.household_id)?;
            Some(Household {
                key: crate::intake::key_of(household),
                role: place.role.clone(),
                right: household.right_state.clone(),
            })
        })
        .collect();
    told.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(Person {
        identity: identity_of(row),
        nir: nir.map(Nir),
        france_travail: crate::people::france_travail(ctx, row)?,
        since: row.since,
        commune: row.commune.clone(),
        family: row.family.clone(),
        dependants: row.dependants,
        households: told,
    })
}

/// How to reach them.
pub(super) async fn contacts(ctx: &Context, tx: &Tx, records: &[Uuid]) -> Result<Vec<Contact>, StoreError> {
    let rows = contact::of(ctx.db().keys(), tx, records).await?;
    let known = files::heads(ctx.db()).await?;
    let typed: Vec<Uuid> = rows.iter().filter_map(|row| row.account_id).collect();
    let names = account::names(ctx.db(), &typed).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let file = row.import_id.and_then(|id| known.iter().find(|file| file.id == id));
            let typed = row.account_id.and_then(|id| account::name_of(&names, id));
            Contact {
                source: file.map(|file| file.file_name.clone()).or(typed).unwrap_or_default(),
                kind: row.kind,
                value: row.value,
                allowed: row.allowed,
                shared: row.shared,
                stamp: row.stamp,
                recorded_at: row.recorded_at,
                ended: row.ended,
                ended_at: row.ended_at,
            }
        })
        .collect())
}

/// Words that were given to them, each once, and apart from these their numbers in other softwares.
pub(super) async fn labels(tx: &Tx, records: &[Uuid]) -> Result<(Vec<Tag>, Vec<LabelRow>), StoreError> {
    let mut rows = label::of(tx, records).await?;
    rows.dedup_by(|a, b| a.kind == b.kind && a.value == b.value);
    let (tags, numbers): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kind == label::kind::TAG);
    let tags = tags.into_iter().map(|row| Tag { value: row.value, recorded_at: row.recorded_at });
    Ok((tags.collect(), numbers))
}

/// Their documents that nobody removed and that are not their author's alone, with their bytes.
pub(super) async fn documents(
    ctx: &Context,
    tx: &Tx,
    records: &[Uuid],
) -> Result<(Vec<Document>, Vec<Vec<u8>>), TransferError> {
    let keys = ctx.db().keys();
    let (mut told, mut bytes) = (Vec::new(), Vec::new());
    for one in document::of_people(tx, records).await? {
        if one.row.removed_at.is_some() || one.row.visibility == Level::Author.code() {
            continue;
        }
        let key = document::key_of(ctx.db(), &one.object)?;
        let size = u64::try_from(one.object.size).unwrap_or_default();
        let mut reading =
            ctx.department.objects.open(&one.object.name, &key, size).await.map_err(DocumentError::from)?;
        let mut whole = Vec::new();
        while let Some(piece) = reading.next().await.map_err(DocumentError::from)? {
            whole.extend(piece);
        }
        told.push(Document {
            kind: one.row.kind,
            visibility: one.row.visibility,
            name: keys.decrypt_text(DOCUMENT_NAME.place, &one.row.name_sealed)?,
            label: keys.decrypt_text(DOCUMENT_LABEL.place, &one.row.label_sealed)?,
            added_by: one.added_by,
            added_at: one.row.added_at,
            size: whole.len() as u64,
        });
        bytes.push(whole);
    }
    Ok((told, bytes))
}
