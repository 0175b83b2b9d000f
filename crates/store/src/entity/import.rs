//! A file received.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: i64,
    #[sea_orm(column_type = "Text")]
    pub sha256: String,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub kind: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub stamp: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub header_key: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub organisms: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub profile: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub report: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub error: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub spool: Option<String>,
    pub account_id: Option<Uuid>,
    pub received_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
