//! Is it the same person?

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "review")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_a: Uuid,
    pub person_b: Uuid,
    #[sea_orm(column_type = "Text")]
    pub doubt: String,
    pub import_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub asked_at: DateTimeUtc,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub decision_reason: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub undo: Option<String>,
    pub kept_nir_sealed: Option<Vec<u8>>,
    pub kept_nir_index: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
