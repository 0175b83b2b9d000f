//! Somebody named by a professional and not by a file: the record that has exactly this identity, or a new one, with the
//! questions of `rules.md` § 6 beside it.

use std::collections::HashMap;

use domain::intake::matching::Doubt;
use domain::people::identity::Identity as Facts;
use domain::people::name::normalise;
use store::intake::record::{self, Batch};
use store::intake::review::{self, ReviewRow};
use store::people::{PersonRow, one};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::identity::{Identity, search_terms};
use super::pool::Pool;
use super::questions::blank_person;
use super::run::Settings;
use super::standing;
use crate::Context;

/// What is told of somebody.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// Names and birth date.
    pub facts: Facts,
    /// Claim or allocataire number, in capitals without blanks; empty when it is not known.
    pub number: String,
    /// E.164.
    pub phone: String,
    /// INSEE code of the commune where they live.
    pub commune: String,
}

/// The record of somebody, and whether it is new. Only a number with the name, the first name and the birth date points at a
/// record that a file made: names alone make a new one, and a human says whether it is the same person.
pub(crate) async fn person_of(
    ctx: &Context,
    tx: &Tx,
    settings: &Settings,
    told: &Named,
) -> Result<(PersonRow, bool), StoreError> {
    if let Some(row) = numbered(tx, told).await? {
        return Ok((row, false));
    }
    let identity =
        Identity { facts: told.facts.clone(), phones: vec![told.phone.clone()], ..Identity::default() };
    let pool = Pool::load(ctx.db().keys(), tx, &[&identity], &[], &HashMap::new()).await?;
    let found = pool.find(&identity, &[], &[]);
    // The same words again about somebody whom no file has named yet.
    let again = found.doubts.iter().filter(|(_, doubt)| *doubt == Doubt::CloseNames).map(|(id, _)| *id);
    for id in again {
        // Whoever is archived or frozen is not brought back by a third party.
        let row = one::shown(tx, &[pool.root(id)]).await?.into_iter().next();
        if let Some(row) = row.filter(|row| row.identity_stamp.is_none() && is(row, &told.facts)) {
            return Ok((row, false));
        }
    }
    let row = create(ctx, settings, told, &identity);
    let asked: Vec<ReviewRow> = found
        .doubts
        .iter()
        .map(|(other, doubt)| (pool.root(*other), *doubt))
        .filter(|(other, _)| *other != row.id)
        .map(|(other, doubt)| question(ctx, other, row.id, doubt))
        .collect();
    let rows = Batch { terms: search_terms(&row), persons: vec![row.clone()], ..Batch::default() };
    record::write(ctx.db().keys(), tx, rows).await?;
    review::ask(tx, asked).await?;
    let row = one::rows(tx, &[row.id]).await?.into_iter().next().unwrap_or(row);
    Ok((row, true))
}

/// The one person of a dossier who has this name, this first name and this birth date.
async fn numbered(tx: &Tx, told: &Named) -> Result<Option<PersonRow>, StoreError> {
    if told.number.is_empty() {
        return Ok(None);
    }
    let numbers = [told.number.clone()];
    let mut households = record::households_by_claim(tx, &numbers).await?;
    households.extend(record::households_by_matricule(tx, &numbers).await?);
    let ids: Vec<Uuid> = households.iter().map(|one| one.id).collect();
    let named: Vec<Uuid> = record::members(tx, &ids).await?.into_iter().map(|one| one.person_id).collect();
    let mut found: Vec<PersonRow> = Vec::new();
    for row in one::rows(tx, &named).await? {
        if !is(&row, &told.facts) {
            continue;
        }
        let root = root(tx, row).await?;
        // Whoever is archived or frozen is not brought back by a third party.
        if let Some(row) = one::shown(tx, &[root]).await?.into_iter().next()
            && found.iter().all(|one| one.id != row.id)
        {
            found.push(row);
        }
    }
    let only = found.pop();
    Ok(only.filter(|_| found.is_empty()))
}

/// The record that speaks for this one.
async fn root(tx: &Tx, row: PersonRow) -> Result<Uuid, StoreError> {
    let mut at = row;
    while let Some(next) = at.merged_into {
        match one::rows(tx, &[next]).await?.into_iter().next() {
            Some(row) if row.id != at.id => at = row,
            _ => break,
        }
    }
    Ok(at.id)
}

/// The very same words, accents and capitals apart.
fn is(row: &PersonRow, told: &Facts) -> bool {
    let name = normalise(&told.last_name);
    row.birth_date.is_some()
        && row.birth_date == told.birth_date
        && [&row.last_name, &row.birth_name].into_iter().any(|one| normalise(one) == name)
        && normalise(&row.first_name) == normalise(&told.first_name)
}

/// Somebody new, who asks for help freely from today on.
fn create(ctx: &Context, settings: &Settings, told: &Named, identity: &Identity) -> PersonRow {
    let mut row = blank_person(ctx.app.ids.make(), ctx.now(), None);
    identity.write_on(&mut row, "");
    row.identity_stamp = None;
    row.asked_for_help = true;
    row.reception = Some(ctx.today());
    row.commune = Some(told.commune.clone());
    row.territory = settings.territories.get(&told.commune).cloned();
    standing::derive(&mut row, settings);
    row
}

fn question(ctx: &Context, a: Uuid, b: Uuid, doubt: Doubt) -> ReviewRow {
    ReviewRow {
        id: ctx.app.ids.make(),
        person_a: a.min(b),
        person_b: a.max(b),
        doubt: doubt.code().to_owned(),
        import_id: None,
        status: review::status::OPEN.to_owned(),
        asked_at: ctx.now(),
        decided_by: None,
        decided_at: None,
        decision_reason: None,
        undo: None,
        kept_nir_sealed: None,
        kept_nir_index: None,
    }
}
