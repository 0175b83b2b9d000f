//! What was recorded of an outcome: its beginning, news, its end. Added, never changed.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "outcome_act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub outcome_id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub held_on: Date,
    #[sea_orm(column_type = "Text")]
    pub moment: String,
    #[sea_orm(column_type = "Text")]
    pub going: String,
    pub until_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub text_sealed: Option<Vec<u8>>,
    pub account_id: Uuid,
    pub recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
