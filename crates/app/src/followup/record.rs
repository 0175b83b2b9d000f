//! What the acts of a path share: who it is about, who may, and how one is written.

use chrono::NaiveDate;
use domain::access::permission::Action;
use domain::access::visibility::{Level, offered};
use domain::audit::Act;
use domain::followup::act::{Kind, Refusal};
use domain::followup::contact;
use domain::followup::may::{Bar, Stand};
use serde_json::{Value, json};
use store::followup::{ActRow, add};
use store::intake::{files, record};
use store::people::{PersonRow, one};
use store::sealed::PATH_ACT;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::restate::refresh;
use crate::intake::run::Settings;
use crate::intake::standing::derive;
use crate::people::PeopleError;
pub(crate) use crate::people::Subject;
use crate::{Context, audit};

/// Why nothing is recorded.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// The person or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// What is typed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What is typed of a contact.
    #[error(transparent)]
    Contact(#[from] contact::Refusal),
    /// Not one of the levels that one may give.
    #[error("Choisissez qui peut lire ce texte.")]
    Level,
    /// Not of this person, today.
    #[error(transparent)]
    Barred(#[from] Bar),
    /// Nobody was chosen.
    #[error("Cochez au moins une personne suivie par ce professionnel, 200 au plus.")]
    Nobody,
    /// Not on the side on which they are followed.
    #[error(
        "Ce professionnel n’accompagne pas du même côté : choisissez-en un autre, ou décochez les personnes suivies de l’autre côté."
    )]
    Side,
    /// Not one of those who could follow them.
    #[error("Choisissez un référent de la liste.")]
    Referent,
}

impl From<StoreError> for FollowError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// The person, when the actor may do this to them.
pub(crate) async fn subject(ctx: &Context, action: Action, person: Uuid) -> Result<Subject, FollowError> {
    Ok(crate::people::subject(ctx, action, person).await?)
}

/// Where a record stands, for what may be recorded.
pub(super) fn stand_of(row: &PersonRow) -> Stand {
    Stand {
        subject: row.subject,
        oriented: row.oriented_on.is_some(),
        enrolled: row.enrolled_on.is_some(),
        at_work: row.outcome_on.is_some(),
        alone: row.alone_since.is_some(),
        has_referent: row.has_referent,
        closed: row.closed_on.is_some(),
        ended: row.exited_on.is_some(),
        left: row.left_on.is_some(),
        contested: row.answer_by.is_some(),
        absent: row.absent_on.is_some(),
    }
}

impl Subject {
    /// Where the person stands.
    pub fn stands(&self) -> Stand {
        stand_of(&self.row)
    }

    /// The level that is given, among those that the writer may give; the usual one for who writes nothing.
    pub fn level(&self, typed: Option<Level>, text: Option<&String>) -> Result<Level, FollowError> {
        if text.is_none() {
            return Ok(Level::OF_A_NOTE);
        }
        typed.filter(|level| offered(&self.relations).contains(level)).ok_or(FollowError::Level)
    }
}

/// An act to write.
pub(super) struct NewAct {
    pub kind: Kind,
    pub held_on: NaiveDate,
    pub reason: &'static str,
    pub how: &'static str,
    pub next_on: Option<NaiveDate>,
    pub decision: Option<Uuid>,
    pub about: Option<Uuid>,
    pub level: Level,
    pub text: Option<String>,
}

/// Begins the transaction of an act: an import that writes this person at the same time waits, or is waited for.
pub(crate) async fn begin(ctx: &Context) -> Result<Tx, StoreError> {
    let tx = ctx.db().begin().await?;
    files::lock_imports_briefly(ctx.db(), &tx).await?;
    Ok(tx)
}

/// Adds the row of an act.
pub(super) async fn write(
    ctx: &Context,
    tx: &Tx,
    person_id: Uuid,
    account_id: Uuid,
    new: NewAct,
) -> Result<Uuid, StoreError> {
    let id = ctx.app.ids.make();
    let seal = |text: String| ctx.db().keys().encrypt(PATH_ACT.place, text.as_bytes());
    let row = ActRow {
        id,
        person_id,
        kind: new.kind.code().to_owned(),
        held_on: new.held_on,
        reason: new.reason.to_owned(),
        how: new.how.to_owned(),
        next_on: new.next_on,
        decision_id: new.decision,
        about_id: new.about,
        level: new.level.code().to_owned(),
        text_sealed: new.text.map(seal).transpose()?,
        account_id,
        recorded_at: ctx.now(),
    };
    add(tx, row).await?;
    Ok(id)
}

/// Adds an act, says again where the person stands, writes the journal, and commits.
pub(super) async fn close(ctx: &Context, tx: Tx, subject: &Subject, new: NewAct) -> Result<(), FollowError> {
    let detail = json!({
        "kind": new.kind.code(), "reason": new.reason, "next_on": new.next_on, "level": new.level.code(),
    });
    let id = write(ctx, &tx, subject.row.id, subject.account, new).await?;
    stand(ctx, &tx, subject.row.id).await?;
    tell(ctx, &tx, subject.row.id, Some(id), detail).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Says again where a person stands, on their record and in the counters.
pub(crate) async fn stand(ctx: &Context, tx: &Tx, person: Uuid) -> Result<(), StoreError> {
    stand_all(ctx, tx, &[person]).await
}

/// Says again where these people stand.
pub(crate) async fn stand_all(ctx: &Context, tx: &Tx, people: &[Uuid]) -> Result<(), StoreError> {
    let settings = Settings::load(ctx).await?;
    let mut rows = one::rows(tx, people).await?;
    if rows.is_empty() {
        return Ok(());
    }
    for row in &mut rows {
        refresh(ctx, tx, row).await?;
        derive(row, &settings);
    }
    one::save(tx, rows).await?;
    record::rebuild_counters(tx).await
}

/// The line of the journal.
pub(super) async fn tell(
    ctx: &Context,
    tx: &Tx,
    person: Uuid,
    act: Option<Uuid>,
    detail: Value,
) -> Result<(), StoreError> {
    let object = act.map(|id| id.to_string());
    audit::record(ctx, tx, Act::RecordPath, Some(person), object, detail).await?;
    Ok(())
}
