//! People in programmes: enrolments, what was recorded of them, contacts.

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::bulk::{self, lists};
use crate::db::Tx;
pub use crate::entity::enrolment::Model as EnrolmentRow;
pub use crate::entity::enrolment_act::Model as EnrolmentActRow;
pub use crate::entity::path_contact::Model as ContactRow;
use crate::entity::{enrolment, enrolment_act, path_contact};
use crate::error::Result;

/// The enrolments of these records, the first prescribed first.
///
/// # Errors
/// When the database does not answer; so for each read below.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<EnrolmentRow>> {
    Ok(enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(enrolment::Column::CreatedAt)
        .order_by_asc(enrolment::Column::Id)
        .all(c)
        .await?)
}

/// Everything recorded of the enrolments of these records, in the order it was.
///
/// # Errors
/// When the database does not answer.
pub async fn acts(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<EnrolmentActRow>> {
    Ok(enrolment_act::Entity::find()
        .filter(enrolment_act::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(enrolment_act::Column::RecordedAt)
        .order_by_asc(enrolment_act::Column::Id)
        .all(c)
        .await?)
}

/// The contacts with these records, the first first.
///
/// # Errors
/// When the database does not answer.
pub async fn contacts(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ContactRow>> {
    Ok(path_contact::Entity::find()
        .filter(path_contact::Column::PersonId.is_in(records.iter().copied()))
        .order_by_asc(path_contact::Column::HeldOn)
        .order_by_asc(path_contact::Column::RecordedAt)
        .order_by_asc(path_contact::Column::Id)
        .all(c)
        .await?)
}

/// Enrolments at one of these stages, of one programme or of all, the oldest first; whose they are is asked by the caller with
/// a scope.
///
/// # Errors
/// When the database does not answer.
pub async fn at_stage(
    c: &impl ConnectionTrait,
    stages: &[&str],
    programme: Option<&str>,
) -> Result<Vec<EnrolmentRow>> {
    let mut query = enrolment::Entity::find().filter(enrolment::Column::Stage.is_in(stages.iter().copied()));
    if let Some(code) = programme {
        query = query.filter(enrolment::Column::Programme.eq(code));
    }
    Ok(query.order_by_asc(enrolment::Column::AnswerBy).order_by_asc(enrolment::Column::Id).all(c).await?)
}

/// Adds an enrolment.
///
/// # Errors
/// When the database refuses; so for each write below.
pub async fn add(tx: &Tx, new: EnrolmentRow) -> Result<()> {
    bulk::insert::<enrolment::Entity, _>(tx, vec![new]).await
}

/// Adds what is recorded of an enrolment.
///
/// # Errors
/// When the database refuses.
pub async fn add_act(tx: &Tx, new: EnrolmentActRow) -> Result<()> {
    bulk::insert::<enrolment_act::Entity, _>(tx, vec![new]).await
}

/// Adds a contact.
///
/// # Errors
/// When the database refuses.
pub async fn add_contact(tx: &Tx, new: ContactRow) -> Result<()> {
    bulk::insert::<path_contact::Entity, _>(tx, vec![new]).await
}

/// What is derived of an enrolment, kept for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Code of the stage.
    pub stage: String,
    /// Since when.
    pub since: NaiveDate,
    /// Before when an answer is owed.
    pub answer_by: Option<NaiveDate>,
    /// The day they entered.
    pub enrolled_on: Option<NaiveDate>,
    /// The first day of its length.
    pub starts_on: Option<NaiveDate>,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
}

/// Writes what is derived of an enrolment.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &Tx, id: Uuid, derived: Derived) -> Result<()> {
    enrolment::Entity::update_many()
        .set(enrolment::ActiveModel {
            stage: Set(derived.stage),
            since: Set(derived.since),
            answer_by: Set(derived.answer_by),
            enrolled_on: Set(derived.enrolled_on),
            starts_on: Set(derived.starts_on),
            ends_on: Set(derived.ends_on),
            ..Default::default()
        })
        .filter(enrolment::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Forgets what was written on these people; that it was done, and when, stays.
pub(crate) async fn forget_texts(tx: &Tx, people: &[Uuid]) -> Result<()> {
    for part in lists(people) {
        enrolment_act::Entity::update_many()
            .set(enrolment_act::ActiveModel { text_sealed: Set(None), ..Default::default() })
            .filter(enrolment_act::Column::PersonId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
        path_contact::Entity::update_many()
            .set(path_contact::ActiveModel { text_sealed: Set(None), ..Default::default() })
            .filter(path_contact::Column::PersonId.is_in(part.iter().copied()))
            .exec(tx)
            .await?;
    }
    Ok(())
}
