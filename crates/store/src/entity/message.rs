//! Something written to a person, by one channel.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "message")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub notice: String,
    #[sea_orm(column_type = "Text")]
    pub template: String,
    pub version: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub appointment_id: Option<Uuid>,
    pub sequence: Option<i64>,
    pub aim: Option<String>,
    pub content_sealed: Option<Vec<u8>>,
    pub problem: Option<String>,
    pub provider: Option<String>,
    pub provider_ref: Option<String>,
    pub account_id: Option<Uuid>,
    pub created_at: DateTimeUtc,
    pub next_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub tries: i64,
    pub sent_at: Option<DateTimeUtc>,
    pub over_at: Option<DateTimeUtc>,
    pub handled_at: Option<DateTimeUtc>,
    pub handled_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
