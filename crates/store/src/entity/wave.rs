//! A wave of invitations: what is offered, and until when.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "wave")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub with_id: Option<Uuid>,
    pub site_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub modality: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    pub until_on: Date,
    pub made_at: DateTimeUtc,
    pub made_by: Uuid,
    pub ended_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
