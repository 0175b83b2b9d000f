//! A link by which a person books without an account.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "booking_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub token_hash: Vec<u8>,
    pub person_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub aim: String,
    pub appointment_id: Option<Uuid>,
    pub with_id: Option<Uuid>,
    pub site_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub modality: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    pub made_at: DateTimeUtc,
    pub made_by: Option<Uuid>,
    pub expires_at: DateTimeUtc,
    pub used_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
