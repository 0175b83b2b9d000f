//! A return to work, a training, a business of a person.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "outcome")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub work: String,
    pub weekly_hours: Option<i64>,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub announced: bool,
    #[sea_orm(column_type = "Text")]
    pub programme: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub plan: String,
    pub follows_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub stage: String,
    pub ended_on: Option<Date>,
    pub text_sealed: Option<Vec<u8>>,
    pub account_id: Uuid,
    pub recorded_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
