//! A person passed to another département, or received from one.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "transfer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub direction: String,
    pub file_id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub other_department: String,
    #[sea_orm(column_type = "Text")]
    pub standing: String,
    pub made_on: Date,
    pub made_at: DateTimeUtc,
    pub made_by: Option<Uuid>,
    pub expires_on: Date,
    pub reason_sealed: Vec<u8>,
    pub receipt_sealed: Vec<u8>,
    pub closed_on: Option<Date>,
    pub closed_by: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub closed_how: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
