//! An access opened on one person, with a written reason, for a short while.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "exceptional_access")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub territory: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub motive: String,
    pub reason_sealed: Vec<u8>,
    pub opened_at: DateTimeUtc,
    pub until: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
