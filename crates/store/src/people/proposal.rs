//! People proposed to structures.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::proposal::Reply;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::bulk;
use crate::db::Tx;
use crate::entity::proposal;
pub use crate::entity::proposal::Model as ProposalRow;
use crate::error::Result;

/// Adds a proposal.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, new: ProposalRow) -> Result<()> {
    bulk::insert::<proposal::Entity, _>(tx, vec![new]).await
}

/// Every proposal of these records, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(c: &impl ConnectionTrait, records: &[Uuid]) -> Result<Vec<ProposalRow>> {
    Ok(proposal::Entity::find()
        .filter(proposal::Column::PersonId.is_in(records.iter().copied()))
        .order_by_desc(proposal::Column::CreatedAt)
        .order_by_desc(proposal::Column::Id)
        .all(c)
        .await?)
}

/// One proposal.
///
/// # Errors
/// When the database does not answer.
pub async fn by_id(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<ProposalRow>> {
    Ok(proposal::Entity::find_by_id(id).one(c).await?)
}

/// What was proposed to these structures and still lasts on `day`, the most recent first.
///
/// # Errors
/// When the database does not answer.
pub async fn to(c: &impl ConnectionTrait, structures: &[Uuid], day: NaiveDate) -> Result<Vec<ProposalRow>> {
    if structures.is_empty() {
        return Ok(Vec::new());
    }
    Ok(proposal::Entity::find()
        .filter(proposal::Column::StructureId.is_in(structures.iter().copied()))
        .filter(proposal::Column::Since.lte(day))
        .filter(proposal::Column::Until.gte(day))
        .filter(open())
        .order_by_desc(proposal::Column::CreatedAt)
        .order_by_desc(proposal::Column::Id)
        .all(c)
        .await?)
}

/// Neither ended nor declined.
fn open() -> Condition {
    let answered = Condition::any()
        .add(proposal::Column::Answer.is_null())
        .add(proposal::Column::Answer.ne(Reply::Declined.code()));
    Condition::all().add(proposal::Column::EndedOn.is_null()).add(answered)
}

/// Ends a proposal; `false` when it was ended already.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, id: Uuid, day: NaiveDate) -> Result<bool> {
    let done = proposal::Entity::update_many()
        .set(proposal::ActiveModel { ended_on: Set(Some(day)), ..Default::default() })
        .filter(proposal::Column::Id.eq(id))
        .filter(proposal::Column::EndedOn.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What a structure answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// Yes or no.
    pub reply: Reply,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose account.
    pub by: Uuid,
    /// Why, sealed.
    pub sealed: Option<Vec<u8>>,
}

/// Writes an answer; `false` when the proposal was ended or declined meanwhile.
///
/// # Errors
/// When the database refuses.
pub async fn answer(tx: &Tx, id: Uuid, new: NewAnswer) -> Result<bool> {
    let change = proposal::ActiveModel {
        answer: Set(Some(new.reply.code().to_owned())),
        answered_at: Set(Some(new.at)),
        answered_by: Set(Some(new.by)),
        answer_text_sealed: Set(new.sealed),
        ..Default::default()
    };
    let done = proposal::Entity::update_many()
        .set(change)
        .filter(proposal::Column::Id.eq(id))
        .filter(open())
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
