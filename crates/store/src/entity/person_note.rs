//! One version of a note on a person; a change adds a version, nothing is deleted.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "person_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub thread: Uuid,
    pub person_id: Uuid,
    pub author_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub level: String,
    pub text_sealed: Vec<u8>,
    pub written_at: DateTimeUtc,
    pub superseded_by: Option<Uuid>,
    pub superseded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
