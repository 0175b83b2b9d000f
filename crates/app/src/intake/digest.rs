//! One line that stands for all the département knows: equal digests, equal knowledge.
//!
//! Households in the order of their keys, then people whom no household names; for each, what was said, with the
//! dates of the sources. Identifiers, instants of import, accounts and keys do not count.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use store::StoreError;
use store::intake::history;
use store::intake::record::{self, HouseholdRow, MembershipRow};
use store::people::PersonRow;
use store::people::contact::{self, ContactRow};
use store::people::label::LabelRow;
use store::sealed::{FRANCE_TRAVAIL, NIR, SealedColumn};
use uuid::Uuid;

use super::history::{FileFact, Story};
use super::source::hex;
use crate::Context;
use crate::shared::Shared;

/// Households read at a time.
const BATCH: u64 = 500;

/// The digest of the département, in hexadecimal.
///
/// # Errors
/// When the database does not answer, or a NIR cannot be decrypted.
pub async fn digest(ctx: &Context) -> Result<String, StoreError> {
    let shared = ctx.shared().await?;
    let mut hash = Sha256::new();
    let mut after: Option<HouseholdRow> = None;
    loop {
        let households = history::households_in_order(ctx.db().read(), after.as_ref(), BATCH).await?;
        let Some(last) = households.last() else { break };
        let last = last.clone();
        hash.update(batch(ctx, &households, &shared).await?.as_bytes());
        after = Some(last);
    }
    for text in loners(ctx, &shared.files).await? {
        hash.update(text.as_bytes());
    }
    Ok(hex(&hash.finalize()))
}

async fn batch(ctx: &Context, households: &[HouseholdRow], shared: &Shared) -> Result<String, StoreError> {
    let c = ctx.db().read();
    let ids: Vec<Uuid> = households.iter().map(|h| h.id).collect();
    let story = Story::load(ctx, households, shared).await?;
    let places = record::members(c, &ids).await?;
    let people = People::load(ctx, places.iter().map(|m| m.person_id).collect(), &shared.files).await?;
    let payments = history::payments(c, &ids).await?;
    let mut out = String::new();
    for household in households {
        line(
            &mut out,
            &[
                "household",
                &household.claim_number,
                &household.matricule,
                &household.organism_number,
                &household.organism,
            ],
        );
        stretches(&mut out, household, &story);
        let mut lines = Vec::new();
        for member in places.iter().filter(|m| m.household_id == household.id) {
            lines.push(people.member(ctx, household, member, &story)?);
        }
        lines.sort();
        out.push_str(&lines.concat());
        let mut paid: Vec<String> = payments
            .iter()
            .filter(|p| p.household_id == household.id)
            .map(|p| {
                format!("paid|{}|{}|{}|{}|{}\n", p.month, p.class, p.nature, p.operation, p.amount_cents)
            })
            .collect();
        paid.sort();
        out.push_str(&paid.concat());
    }
    Ok(out)
}

/// Each stretch of equal content, with its first and last source dates.
fn stretches(out: &mut String, household: &HouseholdRow, story: &Story) {
    let sightings = story.sightings(household.id);
    let mut i = 0;
    while let Some(first) = sightings.get(i) {
        let alike = |s: &&super::history::Sighting| s.hash == first.hash && s.file.kind == first.file.kind;
        let length = sightings.iter().skip(i).take_while(alike).count();
        let end = sightings.get(i + length - 1).unwrap_or(first);
        let content = first.hash.as_ref().and_then(|h| story.content(household.id, h));
        let text = content.and_then(|d| serde_json::to_string(d).ok()).unwrap_or_else(|| "absent".to_owned());
        line(out, &["said", &first.file.stamp.sortable(), &end.file.stamp.sortable(), &text]);
        i += length;
    }
}

/// People who have no place in any household: known by a spreadsheet.
async fn loners(ctx: &Context, known: &[FileFact]) -> Result<Vec<String>, StoreError> {
    let ids = store::people::one::without_household(ctx.db().read()).await?;
    let people = People::load(ctx, ids, known).await?;
    let mut texts = Vec::new();
    for row in people.rows.values() {
        let mut text = String::new();
        people.identity(ctx, row, &mut text)?;
        texts.push(text);
    }
    texts.sort();
    Ok(texts)
}

struct People {
    rows: HashMap<Uuid, PersonRow>,
    contacts: HashMap<Uuid, Vec<ContactRow>>,
    labels: Vec<LabelRow>,
    sheets: Vec<Uuid>,
}

impl People {
    async fn load(ctx: &Context, ids: Vec<Uuid>, known: &[FileFact]) -> Result<Self, StoreError> {
        let c = ctx.db().read();
        let mut rows: HashMap<Uuid, PersonRow> =
            store::people::one::rows(c, &ids).await?.into_iter().map(|p| (p.id, p)).collect();
        let joined: Vec<Uuid> = rows.values().filter_map(|p| p.merged_into).collect();
        rows.extend(store::people::one::rows(c, &joined).await?.into_iter().map(|p| (p.id, p)));
        let mut contacts: HashMap<Uuid, Vec<ContactRow>> = HashMap::new();
        for contact in contact::of(ctx.db().keys(), c, &ids).await? {
            contacts.entry(contact.person_id).or_default().push(contact);
        }
        let spreadsheet = domain::intake::flux::Kind::Spreadsheet;
        let sheets = known.iter().filter(|f| f.kind == spreadsheet).map(|f| f.id).collect();
        let labels = store::people::label::of(c, &ids).await?;
        Ok(Self { rows, contacts, labels, sheets })
    }

    fn member(
        &self,
        ctx: &Context,
        household: &HouseholdRow,
        member: &MembershipRow,
        story: &Story,
    ) -> Result<String, StoreError> {
        let mut out = String::new();
        let Some(row) = self.rows.get(&member.person_id) else { return Ok(out) };
        line(&mut out, &["member", &member.role, if member.named { "named" } else { "before" }]);
        self.identity(ctx, row, &mut out)?;
        for event in story.events(household.id, row) {
            let what = serde_json::to_string(&event.what).unwrap_or_default();
            line(&mut out, &["event", &event.on.to_string(), &event.stamp.sortable(), &what]);
        }
        Ok(out)
    }

    fn identity(&self, ctx: &Context, row: &PersonRow, out: &mut String) -> Result<(), StoreError> {
        let clear = |column: SealedColumn, sealed: &Option<Vec<u8>>| match sealed {
            Some(sealed) => ctx.db().keys().decrypt_text(column.place, sealed),
            None => Ok(String::new()),
        };
        let speaks = row.merged_into.and_then(|id| self.rows.get(&id)).unwrap_or(row);
        line(
            out,
            &[
                "person",
                &row.last_name,
                &row.birth_name,
                &row.first_name,
                &row.birth_date.map(|d| d.to_string()).unwrap_or_default(),
                row.sex.as_deref().unwrap_or_default(),
                &clear(NIR, &row.nir_sealed)?,
                &clear(FRANCE_TRAVAIL, &row.france_travail_sealed)?,
                speaks.right_state.as_deref().unwrap_or_default(),
                if speaks.subject { "subject" } else { "" },
                &speaks.state,
                &speaks.sort_name,
            ],
        );
        let mut texts: Vec<String> = self
            .contacts
            .get(&row.id)
            .into_iter()
            .flatten()
            .map(|c| {
                // A spreadsheet has no date of its own: only what it says counts.
                let dated = c.import_id.is_some_and(|i| !self.sheets.contains(&i));
                let ended = c.ended.as_deref().unwrap_or_default();
                let stamp = if dated { c.stamp.as_str() } else { "" };
                format!("contact|{}|{}|{}|{stamp}|{ended}\n", c.kind, c.value, c.allowed)
            })
            .collect();
        let labels = self.labels.iter().filter(|l| l.person_id == row.id);
        texts.extend(labels.map(|l| format!("label|{}|{}\n", l.kind, l.value)));
        texts.sort();
        out.push_str(&texts.concat());
        Ok(())
    }
}

/// One line of fields; lengths make it unambiguous.
fn line(out: &mut String, fields: &[&str]) {
    for field in fields {
        let _ = write!(out, "{}:{field}|", field.len());
    }
    out.push('\n');
}
