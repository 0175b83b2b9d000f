//! Write a contract, as long as nobody signed it.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::engagement::contract::{Kind, Stage};
use domain::engagement::terms::{Hours, Lighter, Nature, Party, Text, lines};
use serde_json::json;
use store::access::account;
use store::engagement::{self, ContractRow};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::propose::{Frame, frame};
use super::record::{ContractError, NewAct, close, codes, find, nature, seal, subject_of, write};
use crate::Context;
use crate::followup::{Subject, begin};

/// What is typed of a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftInput {
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// Weekly hours.
    pub weekly: Option<u32>,
    /// Why fewer than the target.
    pub lighter: Option<Lighter>,
    /// Until when.
    pub until: Option<NaiveDate>,
    /// What the person commits to, one a line.
    pub person: String,
    /// What the organisation commits to, one a line.
    pub organisation: String,
    /// The contract that this one follows.
    pub after: Option<Uuid>,
    /// The state of the draft that the page showed.
    pub revision: i64,
}

impl DraftInput {
    fn text(&self, today: NaiveDate, target: u32) -> Result<Text, ContractError> {
        use domain::engagement::terms::Refusal;
        let hours =
            Hours { weekly: self.weekly.ok_or(Refusal::Hours)?, lighter: self.lighter, until: self.until };
        let text = Text {
            starts_on: self.starts_on.ok_or(Refusal::Start)?,
            ends_on: self.ends_on.ok_or(Refusal::End)?,
            hours: hours.kept(target),
            commitments: [lines(Party::Person, &self.person), lines(Party::Organisation, &self.organisation)]
                .concat(),
        };
        text.check(today, target)?;
        Ok(text)
    }
}

/// Writes a draft, or writes one over (`edited`); one that was signed and sent back is kept, and replaced by another. Returns
/// its identifier.
///
/// # Errors
/// [`ContractError`].
pub async fn draft(
    ctx: &Context,
    person: Uuid,
    edited: Option<Uuid>,
    input: &DraftInput,
) -> Result<Uuid, ContractError> {
    let subject = subject_of(ctx, &[Action::WriteContract], person).await?;
    if subject.row.left_on.is_some() {
        return Err(ContractError::Left);
    }
    let tx = begin(ctx).await?;
    let frame = frame(ctx, &tx, &subject).await?;
    let text = input.text(ctx.today(), frame.target)?;
    let id = match edited {
        Some(id) => over(ctx, &tx, &subject, id, (&frame, &text, input.revision)).await?,
        None => new(ctx, &tx, &subject, (&frame, &text, input.after)).await?,
    };
    let told = json!({
        "kind": "drafted", "hours": text.hours.weekly, "starts_on": text.starts_on, "ends_on": text.ends_on,
    });
    close(ctx, tx, subject.row.id, id, told).await?;
    Ok(id)
}

async fn new(
    ctx: &Context,
    tx: &Tx,
    subject: &Subject,
    (frame, text, after): (&Frame, &Text, Option<Uuid>),
) -> Result<Uuid, ContractError> {
    let known = engagement::of(tx, &subject.records).await?;
    if known.iter().any(|one| Stage::parse(&one.stage).is_some_and(Stage::is_open)) {
        return Err(ContractError::Open);
    }
    let after = after.filter(|id| known.iter().any(|one| one.id == *id));
    add(ctx, tx, subject, (frame, text, after)).await
}

async fn add(
    ctx: &Context,
    tx: &Tx,
    subject: &Subject,
    (frame, text, after): (&Frame, &Text, Option<Uuid>),
) -> Result<Uuid, ContractError> {
    let id = ctx.app.ids.make();
    let row = ContractRow { replaces_id: after, ..written(ctx, (id, subject), (frame, text), 1)? };
    engagement::add(tx, row).await?;
    Ok(id)
}

async fn over(
    ctx: &Context,
    tx: &Tx,
    subject: &Subject,
    id: Uuid,
    (frame, text, revision): (&Frame, &Text, i64),
) -> Result<Uuid, ContractError> {
    let (row, _, contract) = find(tx, &subject.records, id).await?;
    if contract.stage != Stage::Draft || nature(&row) != Nature::Engagement {
        return Err(ContractError::SignedAlready);
    }
    let next = written(ctx, (id, subject), (frame, text), row.revision + 1)?;
    let acts = engagement::acts(tx, &subject.records).await?;
    if row.revision == revision && acts.iter().any(|act| act.contract_id == id) {
        // Sent back: what was signed stays as it was, and what is written now takes its place.
        let dropped = NewAct::of(Kind::Dropped, ctx.today());
        write(ctx, tx, (id, row.person_id, subject.account), dropped).await?;
        return add(ctx, tx, subject, (frame, text, Some(id))).await;
    }
    if row.revision != revision || !engagement::rewrite(tx, next, revision).await? {
        let names = account::names(ctx.db(), &[row.account_id]).await?;
        let by = account::name_of(&names, row.account_id).unwrap_or_default();
        return Err(ContractError::Changed(by));
    }
    Ok(id)
}

fn written(
    ctx: &Context,
    (id, subject): (Uuid, &Subject),
    (frame, text): (&Frame, &Text),
    revision: i64,
) -> Result<ContractRow, StoreError> {
    Ok(ContractRow {
        id,
        person_id: subject.row.id,
        nature: Nature::Engagement.code().to_owned(),
        programme: frame.programme.clone(),
        starts_on: text.starts_on,
        ends_on: text.ends_on,
        weekly_hours: i64::from(text.hours.weekly),
        lighter_until: text.hours.until,
        signatories: codes(&frame.signatories),
        validation: frame.validation,
        revision,
        replaces_id: None,
        stage: Stage::Draft.code().to_owned(),
        signed_on: None,
        over_on: text.ends_on,
        text_sealed: Some(seal(ctx, text)?),
        account_id: subject.account,
        written_at: ctx.now(),
        created_at: ctx.now(),
    })
}

/// Makes sure that what is signed was read as it stands.
pub(super) fn unchanged(row: &ContractRow, revision: i64) -> Result<(), ContractError> {
    if row.revision == revision { Ok(()) } else { Err(domain::engagement::contract::Bar::Stage.into()) }
}
