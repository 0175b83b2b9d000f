//! A decision of orientation; the next one does not change it.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "orientation_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub call_file_id: Option<Uuid>,
    pub decided_by: Uuid,
    pub decided_at: DateTimeUtc,
    pub notified_on: Date,
    #[sea_orm(column_type = "Text")]
    pub path: String,
    #[sea_orm(column_type = "Text")]
    pub organisation: String,
    pub structure_id: Option<Uuid>,
    pub referent_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub programmes: String,
    pub rules: i64,
    #[sea_orm(column_type = "Text")]
    pub proposed: String,
    pub deviates: bool,
    pub review_on: Option<Date>,
    pub reason_sealed: Option<Vec<u8>>,
    pub explanation_sealed: Option<Vec<u8>>,
    pub ended_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub ended_why: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
