//! What the acts of an enrolment share: what may be wrong, how one is found, how one is written.

use chrono::NaiveDate;
use domain::access::visibility::Level;
use domain::audit::Act;
use domain::followup::act;
use domain::programmes::admission::Obstacle;
use domain::programmes::course::{Bar, Course, Kind, Recorded, fold};
use domain::programmes::milestone::Milestone;
use domain::programmes::programme::Terms;
use serde_json::{Value, json};
use store::programmes::{self, EnrolmentActRow, EnrolmentRow};
use store::sealed::ENROLMENT_ACT;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::catalogue::version_of;
use super::restate::contact_days;
use crate::followup::{FollowError, stand};
use crate::people::PeopleError;
use crate::{Context, audit};

/// Why nothing is recorded of an enrolment.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The person, the permission, or the level of a text.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// Conditions that keep them out.
    #[error("{}", sentences(.0))]
    Obstacles(Vec<Obstacle>),
    /// Not from where the course stands.
    #[error(transparent)]
    Barred(#[from] Bar),
    /// No such programme here, or nobody enters it so.
    #[error("Choisissez un dispositif de la liste.")]
    Programme,
    /// The actor's role does not prescribe it.
    #[error(
        "Votre rôle ne prescrit pas ce dispositif : demandez à la personne qui le peut, ou à votre responsable."
    )]
    NotYours,
    /// They were passed to another département.
    #[error("Cette personne suit son parcours dans un autre département.")]
    Left,
    /// Already proposed, or in it.
    #[error("Cette personne est déjà proposée pour ce dispositif, ou y est déjà.")]
    Already,
    /// Refused a short time ago.
    #[error("Ce dispositif a été refusé : il peut être proposé de nouveau à partir du {}.", domain::time::in_words(*.0))]
    TooSoon(NaiveDate),
    /// No reason, no verdict.
    #[error("Choisissez une réponse dans la liste.")]
    Choice,
    /// A text is needed, or it is too long.
    #[error("Écrivez-le en une phrase au moins, et 4 000 caractères au plus.")]
    Text,
    /// Nobody is named on a side that the programme asks for.
    #[error("Nommez qui accompagne, de chaque côté que le dispositif demande.")]
    Professional,
    /// A day that has not come, is past, or is too far.
    #[error("Donnez une date à venir, dans le délai indiqué.")]
    Day,
    /// This role does not decide of a renewal.
    #[error("Un renouvellement se décide par un autre rôle que le vôtre : demandez-le à votre responsable.")]
    Decider,
    /// No such point in this course, or it is behind.
    #[error("Ce point n’est plus à tenir : relisez la fiche.")]
    Point,
    /// No such enrolment of this person.
    #[error("Cette prescription ou ce parcours n’existe plus : relisez la fiche.")]
    Unknown,
}

fn sentences(obstacles: &[Obstacle]) -> String {
    obstacles.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

impl From<StoreError> for EnrolError {
    fn from(error: StoreError) -> Self {
        Self::Follow(error.into())
    }
}

impl From<PeopleError> for EnrolError {
    fn from(error: PeopleError) -> Self {
        Self::Follow(error.into())
    }
}

/// A text where one is asked for; `None` for an empty one where it may be.
pub(super) fn text(typed: &str, needed: bool) -> Result<Option<String>, EnrolError> {
    act::text(typed, needed).map_err(|_| EnrolError::Text)
}

/// An act to write.
pub(super) struct NewAct {
    pub kind: Kind,
    pub held_on: NaiveDate,
    pub until: Option<NaiveDate>,
    pub reason: &'static str,
    pub detail: Value,
    pub level: Level,
    pub text: Option<String>,
}

/// Adds the row of an act.
pub(super) async fn write(
    ctx: &Context,
    tx: &Tx,
    (enrolment, person, account): (Uuid, Uuid, Uuid),
    new: NewAct,
) -> Result<Uuid, StoreError> {
    let id = ctx.app.ids.make();
    let seal = |text: String| ctx.db().keys().encrypt(ENROLMENT_ACT.place, text.as_bytes());
    let row = EnrolmentActRow {
        id,
        enrolment_id: enrolment,
        person_id: person,
        kind: new.kind.code().to_owned(),
        held_on: new.held_on,
        until_on: new.until,
        reason: new.reason.to_owned(),
        detail: new.detail.to_string(),
        level: new.level.code().to_owned(),
        text_sealed: new.text.map(seal).transpose()?,
        account_id: account,
        recorded_at: ctx.now(),
    };
    programmes::add_act(tx, row).await?;
    Ok(id)
}

/// Says again where the person stands, writes the journal, and commits.
pub(super) async fn close(
    ctx: &Context,
    tx: Tx,
    person: Uuid,
    (enrolment, programme): (Uuid, &str),
    detail: Value,
) -> Result<(), EnrolError> {
    stand(ctx, &tx, person).await?;
    let mut kept = json!({ "programme": programme });
    if let (Some(all), Some(more)) = (kept.as_object_mut(), detail.as_object()) {
        all.extend(more.clone());
    }
    let object = Some(enrolment.to_string());
    audit::record(ctx, &tx, Act::RecordEnrolment, Some(person), object, kept).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Which point of the programme an act is about.
pub(super) fn point_of(detail: &str) -> Option<u32> {
    let kept: Value = serde_json::from_str(detail).ok()?;
    kept.get("point")?.as_u64()?.try_into().ok()
}

/// What is read of an act.
pub(super) fn recorded(row: &EnrolmentActRow) -> Option<Recorded> {
    let kind = Kind::parse(&row.kind)?;
    let point = if kind == Kind::Point { point_of(&row.detail) } else { None };
    Some(Recorded { kind, held_on: row.held_on, until: row.until_on, point })
}

/// An enrolment, as it stands in a transaction.
pub(super) struct Found {
    pub row: EnrolmentRow,
    pub course: Course,
    /// Those by which it runs.
    pub terms: Terms,
    pub acts: Vec<Recorded>,
    /// The points that its programme sets.
    pub milestones: Vec<Milestone>,
}

/// An enrolment of these records, its course and the terms by which it runs, as they stand in the transaction.
pub(super) async fn find(ctx: &Context, tx: &Tx, records: &[Uuid], id: Uuid) -> Result<Found, EnrolError> {
    let all = programmes::of(tx, records).await?;
    let row = all.into_iter().find(|one| one.id == id).ok_or(EnrolError::Unknown)?;
    let programme = version_of(tx, &row.programme, row.version).await?.ok_or(EnrolError::Unknown)?;
    let terms = programme.terms().ok_or(EnrolError::Unknown)?;
    let acts: Vec<Recorded> = programmes::acts(tx, records)
        .await?
        .iter()
        .filter(|act| act.enrolment_id == id)
        .filter_map(recorded)
        .collect();
    let days = contact_days(ctx, tx, records).await?;
    let course = fold(&acts, &days, terms).ok_or(EnrolError::Unknown)?;
    Ok(Found { row, course, terms, acts, milestones: programme.milestones })
}
