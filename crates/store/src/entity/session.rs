//! A session; its key is the hash of the cookie.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Vec<u8>,
    pub account_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub csrf: String,
    pub created_at: DateTimeUtc,
    pub seen_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub reason: Option<String>,
    pub reason_until: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub stage: String,
    #[sea_orm(column_type = "Text")]
    pub how: String,
    #[sea_orm(column_type = "Text")]
    pub device: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    pub proved_at: Option<DateTimeUtc>,
    pub id_token_sealed: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
