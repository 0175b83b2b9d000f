//! A value of a field of a diagnosis. Added, never changed; what takes its place is named.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "diagnosis_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub diagnosis_id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub theme: String,
    #[sea_orm(column_type = "Text")]
    pub field: String,
    pub owner_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    pub text_sealed: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text")]
    pub level: String,
    pub author_id: Uuid,
    pub base_id: Option<Uuid>,
    pub written_at: DateTimeUtc,
    pub replaced_by: Option<Uuid>,
    pub replaced_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
