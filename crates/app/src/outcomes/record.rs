//! What the acts of an outcome share: what may be wrong, how one is found, how one is written.

use chrono::{DateTime, NaiveDate, Utc};
use domain::audit::Act as Line;
use domain::outcomes::outcome::{Act, Going, Kind, Outcome, Recorded, Refusal, Told, fold};
use domain::outcomes::plan::{Check, Plan};
use serde_json::{Value, json};
use store::outcomes::{self, OutcomeActRow, OutcomeRow};
use store::sealed::{OUTCOME, OUTCOME_ACT};
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::followup::{FollowError, Subject, stand};
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why nothing is recorded of an outcome.
#[derive(Debug, thiserror::Error)]
pub enum OutcomeError {
    /// The person, the permission, or what is typed of the contact.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// What is typed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody follows them here.
    #[error(
        "Cette personne n’est pas suivie ici : une reprise d’activité s’enregistre une fois l’orientation décidée."
    )]
    NotFollowed,
    /// A text is too long.
    #[error("Écrivez 4 000 caractères au plus.")]
    Text,
    /// No such outcome of this person.
    #[error("Cette reprise d’activité n’existe plus : relisez la fiche.")]
    Unknown,
}

impl From<StoreError> for OutcomeError {
    fn from(error: StoreError) -> Self {
        Self::Follow(error.into())
    }
}

impl From<PeopleError> for OutcomeError {
    fn from(error: PeopleError) -> Self {
        Self::Follow(error.into())
    }
}

/// What a row says; `None` for a kind that is not known.
pub(super) fn said(row: &OutcomeRow) -> Option<Told> {
    Some(Told {
        kind: Kind::parse(&row.kind)?,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        announced: row.announced,
        plan: Plan::parse(&row.plan),
    })
}

/// What is read of an act.
pub(super) fn recorded(row: &OutcomeActRow) -> Option<Recorded> {
    Some(Recorded {
        kind: Act::parse(&row.kind)?,
        held_on: row.held_on,
        check: Check::parse(&row.moment),
        until: row.until_on,
    })
}

/// What the acts make of a row.
pub(super) fn folded(row: &OutcomeRow, acts: &[OutcomeActRow]) -> Option<Outcome> {
    let mine: Vec<Recorded> =
        acts.iter().filter(|act| act.outcome_id == row.id).filter_map(recorded).collect();
    Some(fold(&said(row)?, &mine))
}

/// The outcomes of these records, each with what its acts make of it, as they stand in the transaction.
pub(super) async fn all(tx: &Tx, records: &[Uuid]) -> Result<Vec<(OutcomeRow, Outcome)>, StoreError> {
    let acts = outcomes::acts(tx, records).await?;
    let rows = outcomes::of(tx, records).await?.into_iter();
    Ok(rows.filter_map(|row| folded(&row, &acts).map(|one| (row, one))).collect())
}

/// The employer, the organisation or the activity, sealed.
pub(super) fn seal_name(ctx: &Context, name: &str) -> Result<Vec<u8>, StoreError> {
    ctx.db().keys().encrypt(OUTCOME.place, name.as_bytes())
}

/// An act to write.
pub(super) struct NewAct {
    pub kind: Act,
    pub held_on: NaiveDate,
    pub check: Option<Check>,
    pub going: Option<Going>,
    pub until: Option<NaiveDate>,
    pub reason: &'static str,
    pub text: Option<String>,
}

impl NewAct {
    /// One without date or words.
    pub fn of(kind: Act, held_on: NaiveDate) -> Self {
        Self { kind, held_on, check: None, going: None, until: None, reason: "", text: None }
    }
}

/// Adds the row of an act. `at`: when, for one that is written with others.
pub(super) async fn write(
    ctx: &Context,
    tx: &Tx,
    row: &OutcomeRow,
    (account, at): (Uuid, DateTime<Utc>),
    new: NewAct,
) -> Result<(), StoreError> {
    let seal = |text: String| ctx.db().keys().encrypt(OUTCOME_ACT.place, text.as_bytes());
    let act = OutcomeActRow {
        id: ctx.app.ids.make(),
        outcome_id: row.id,
        person_id: row.person_id,
        kind: new.kind.code().to_owned(),
        held_on: new.held_on,
        moment: new.check.map(Check::code).unwrap_or_default(),
        going: new.going.map(Going::code).unwrap_or_default().to_owned(),
        until_on: new.until,
        reason: new.reason.to_owned(),
        text_sealed: new.text.map(seal).transpose()?,
        account_id: account,
        recorded_at: at,
    };
    outcomes::add_act(tx, act).await
}

/// Says again where the person stands, writes the journal, and commits.
pub(super) async fn close(
    ctx: &Context,
    tx: Tx,
    subject: &Subject,
    outcome: Uuid,
    detail: Value,
) -> Result<(), OutcomeError> {
    stand(ctx, &tx, subject.row.id).await?;
    let object = Some(outcome.to_string());
    audit::record(ctx, &tx, Line::RecordOutcome, Some(subject.row.id), object, detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// The detail of the journal: no word of the text.
pub(super) fn detail(kind: &str, reason: &str) -> Value {
    json!({ "kind": kind, "reason": reason })
}
