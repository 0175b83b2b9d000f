//! A contract of a person. What was signed is never changed: a draft is, until somebody signs.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "contract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub nature: String,
    #[sea_orm(column_type = "Text")]
    pub programme: Option<String>,
    pub starts_on: Date,
    pub ends_on: Date,
    pub weekly_hours: i64,
    pub lighter_until: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub signatories: String,
    pub validation: bool,
    pub revision: i64,
    pub replaces_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub stage: String,
    pub signed_on: Option<Date>,
    pub over_on: Date,
    pub text_sealed: Option<Vec<u8>>,
    pub account_id: Uuid,
    pub written_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
