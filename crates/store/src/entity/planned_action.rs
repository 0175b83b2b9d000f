//! A version of an action decided with a person; a change adds a version.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "planned_action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub thread: Uuid,
    pub person_id: Uuid,
    pub diagnosis_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub theme: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub situation: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub objective: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub code: Option<String>,
    pub label_sealed: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text")]
    pub who: String,
    pub structure_id: Option<Uuid>,
    pub service_sealed: Option<Vec<u8>>,
    pub collective: bool,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub result_sealed: Option<Vec<u8>>,
    pub due_on: Option<Date>,
    pub hours_planned: Option<i64>,
    pub hours_declared: Option<i64>,
    pub hours_confirmed: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub level: String,
    pub author_id: Uuid,
    pub written_at: DateTimeUtc,
    pub superseded_by: Option<Uuid>,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
