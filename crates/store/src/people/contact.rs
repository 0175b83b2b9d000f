//! The ways to reach people, and what they said of them: the only place that reads and writes `contact`, where values are
//! sealed.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::Tx;
use crate::bulk::{insert, lists};
use crate::crypto::Keys;
use crate::entity::contact;
use crate::error::{Result, StoreError};
use crate::sealed::CONTACT;

/// Why a value no longer holds.
pub mod ended {
    /// Somebody said that it reaches nobody.
    pub const UNUSABLE: &str = "unusable";
    /// A professional typed another one in its place.
    pub const REPLACED: &str = "replaced";
}

/// A way to reach a person, or what they said of one, its value in clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// Its key.
    pub id: Uuid,
    /// Whom it reaches.
    pub person_id: Uuid,
    /// `phone`, `email`…
    pub kind: String,
    /// E.164, address, code.
    pub value: String,
    /// The person allowed its use.
    pub allowed: bool,
    /// The household shares it.
    pub shared: bool,
    /// The file it comes from.
    pub import_id: Option<Uuid>,
    /// The professional who typed it.
    pub account_id: Option<Uuid>,
    /// Since when it holds.
    pub stamp: String,
    /// When it was written.
    pub recorded_at: DateTime<Utc>,
    /// Why it no longer holds: a word of [`ended`].
    pub ended: Option<String>,
    /// Since when.
    pub ended_at: Option<DateTime<Utc>>,
    /// Who said so.
    pub ended_by: Option<Uuid>,
}

impl ContactRow {
    fn open(keys: &Keys, row: contact::Model) -> Result<Self> {
        let sealed = row.value_sealed.ok_or(StoreError::Unsealed)?;
        Ok(Self {
            id: row.id,
            person_id: row.person_id,
            kind: row.kind,
            value: keys.decrypt_text(CONTACT.place, &sealed)?,
            allowed: row.allowed,
            shared: row.shared,
            import_id: row.import_id,
            account_id: row.account_id,
            stamp: row.stamp,
            recorded_at: row.recorded_at,
            ended: row.ended,
            ended_at: row.ended_at,
            ended_by: row.ended_by,
        })
    }

    fn seal(self, keys: &Keys) -> Result<contact::Model> {
        Ok(contact::Model {
            id: self.id,
            person_id: self.person_id,
            kind: self.kind,
            value_sealed: Some(keys.encrypt(CONTACT.place, self.value.as_bytes())?),
            value_index: CONTACT.index_of(keys, &self.value),
            allowed: self.allowed,
            shared: self.shared,
            import_id: self.import_id,
            account_id: self.account_id,
            stamp: self.stamp,
            recorded_at: self.recorded_at,
            ended: self.ended,
            ended_at: self.ended_at,
            ended_by: self.ended_by,
        })
    }
}

/// The contacts of these records, newest first, those that no longer hold among them.
///
/// # Errors
/// When the database does not answer, or a value cannot be read.
pub async fn of(keys: &Keys, c: &impl ConnectionTrait, persons: &[Uuid]) -> Result<Vec<ContactRow>> {
    let mut found = Vec::new();
    for part in lists(persons) {
        let query = contact::Entity::find().filter(contact::Column::PersonId.is_in(part));
        let query = query.order_by_desc(contact::Column::Stamp).order_by_asc(contact::Column::Id);
        for row in query.all(c).await? {
            found.push(ContactRow::open(keys, row)?);
        }
    }
    Ok(found)
}

/// The records that hold one of these values.
///
/// # Errors
/// When the database does not answer.
pub async fn holders(keys: &Keys, c: &impl ConnectionTrait, values: &[String]) -> Result<Vec<Uuid>> {
    let indexes: Vec<Vec<u8>> = values.iter().flat_map(|value| CONTACT.indexes_of(keys, value)).collect();
    let mut found = Vec::new();
    for part in lists(&indexes) {
        let query = contact::Entity::find().select_only().column(contact::Column::PersonId);
        let query = query.filter(contact::Column::ValueIndex.is_in(part.iter().map(Vec::as_slice)));
        found.extend(query.into_tuple::<Uuid>().all(c).await?);
    }
    Ok(found)
}

/// Adds contacts.
///
/// # Errors
/// When the database refuses.
pub async fn add(keys: &Keys, tx: &Tx, rows: Vec<ContactRow>) -> Result<()> {
    let rows = rows.into_iter().map(|row| row.seal(keys)).collect::<Result<_>>()?;
    insert::<contact::Entity, _>(tx, rows).await
}

/// Says that a contact no longer holds, since when and by whom; or, with `None`, that it holds again.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &Tx, id: Uuid, why: Option<(&str, DateTime<Utc>, Option<Uuid>)>) -> Result<()> {
    contact::Entity::update_many()
        .col_expr(contact::Column::Ended, Expr::value(why.map(|(word, _, _)| word.to_owned())))
        .col_expr(contact::Column::EndedAt, Expr::value(why.map(|(_, at, _)| at)))
        .col_expr(contact::Column::EndedBy, Expr::value(why.and_then(|(_, _, by)| by)))
        .filter(contact::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
