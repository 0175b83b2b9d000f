//! When a professional receives somewhere.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "opening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub account_id: Uuid,
    pub site_id: Uuid,
    pub room_id: Option<Uuid>,
    pub weekdays: i64,
    pub from_minute: i64,
    pub to_minute: i64,
    pub every_weeks: i64,
    pub since: Date,
    pub until: Option<Date>,
    pub minutes: i64,
    pub buffer_minutes: i64,
    pub daily_maximum: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub modalities: String,
    pub made_until: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
