//! A person addressed to the platform, and the answer.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "referral")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub author_id: Uuid,
    pub structure_id: Option<Uuid>,
    pub identity_sealed: Vec<u8>,
    pub reason_sealed: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub urgency: String,
    #[sea_orm(column_type = "Text")]
    pub moment: String,
    pub consented_on: Date,
    pub sent_at: DateTimeUtc,
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    pub answered_at: Option<DateTimeUtc>,
    pub answered_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
