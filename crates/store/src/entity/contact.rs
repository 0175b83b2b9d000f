//! A way to reach a person, with its source and date.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    pub value_sealed: Option<Vec<u8>>,
    pub value_index: Option<Vec<u8>>,
    pub allowed: bool,
    pub shared: bool,
    pub import_id: Option<Uuid>,
    pub account_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub stamp: String,
    pub recorded_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub ended: Option<String>,
    pub ended_at: Option<DateTimeUtc>,
    pub ended_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
