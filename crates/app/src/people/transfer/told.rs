//! What another département sent with a person, to those who may read it.

use chrono::NaiveDate;
use domain::access::relation::Relation;
use domain::access::visibility::{Case, Level, sees};
use exchange::transfer::{Fact, Item};
use store::StoreError;
use store::people::transfer;
use store::sealed::TRANSFER_ITEM;
use uuid::Uuid;

use crate::Context;

/// Something that happened elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedItem {
    /// Its identifier.
    pub id: Uuid,
    /// A word of [`exchange::transfer::kind`].
    pub kind: String,
    /// Who reads it.
    pub level: Level,
    /// The day.
    pub on: NaiveDate,
    /// Who did or wrote it.
    pub by: String,
    /// Name of the département where it happened.
    pub office: String,
    /// What is told of it.
    pub facts: Vec<ReceivedFact>,
}

/// Something told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedFact {
    /// What it is, by code.
    pub key: String,
    /// What it is, in words, where the code says too little.
    pub label: Option<String>,
    /// What is said.
    pub text: String,
}

/// What was received with these records and may be read by somebody with these relations to the person, the most recent first.
///
/// # Errors
/// When the database does not answer, or a text cannot be read.
pub async fn received(
    ctx: &Context,
    records: &[Uuid],
    relations: &[Relation],
    met: bool,
) -> Result<Vec<ReceivedItem>, StoreError> {
    let case = Case { met, ..Case::default() };
    let reads = |level: Level| relations.iter().any(|relation| sees(*relation, level, case));
    // What is not readable is read by nobody.
    let level = |code: &str| Level::parse(code).unwrap_or(Level::Author);
    let mut all = Vec::new();
    for row in
        transfer::items(ctx.db().read(), records).await?.into_iter().filter(|row| reads(level(&row.level)))
    {
        let text = ctx.db().keys().decrypt_text(TRANSFER_ITEM.place, &row.body_sealed)?;
        let item: Item = serde_json::from_str(&text).map_err(|_| StoreError::Unreadable)?;
        let told = |fact: &Fact| fact.level.as_deref().is_none_or(|code| reads(level(code)));
        all.push(ReceivedItem {
            id: row.id,
            kind: row.kind,
            level: level(&row.level),
            on: row.happened_on,
            by: item.by,
            office: item.from.map(|office| office.name).unwrap_or_default(),
            facts: item
                .facts
                .into_iter()
                .filter(told)
                .map(|fact| ReceivedFact { key: fact.key, label: fact.label, text: fact.text })
                .collect(),
        });
    }
    Ok(all)
}
