//! A document of a person: what it is about, who added it; its bytes are an object.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub object_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub visibility: String,
    pub name_sealed: Vec<u8>,
    pub label_sealed: Vec<u8>,
    pub added_by: Option<Uuid>,
    pub added_at: DateTimeUtc,
    pub removed_by: Option<Uuid>,
    pub removed_at: Option<DateTimeUtc>,
    pub removed_reason_sealed: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
