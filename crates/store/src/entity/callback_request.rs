//! A call that a person asked for by their link.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "callback_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub open_for: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub half_day: Option<String>,
    pub words_sealed: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub asked_at: DateTimeUtc,
    pub not_before: DateTimeUtc,
    pub done_at: Option<DateTimeUtc>,
    pub done_by: Option<Uuid>,
    pub answer_sealed: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
