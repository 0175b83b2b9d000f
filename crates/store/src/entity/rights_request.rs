//! What somebody asked about their data.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "rights_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub received_on: Date,
    pub answer_by: Date,
    pub note_sealed: Option<Vec<u8>>,
    pub recorded_by: Option<Uuid>,
    pub recorded_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub reply: Option<String>,
    pub answered_on: Option<Date>,
    pub answered_by: Option<Uuid>,
    pub reply_note_sealed: Option<Vec<u8>>,
    pub taken_at: Option<DateTimeUtc>,
    pub extended_on: Option<Date>,
    pub extended_by: Option<Uuid>,
    pub extension_sealed: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
