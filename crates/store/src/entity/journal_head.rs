//! Where the journal ends: its last row and its last block, sealed together. One row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub number: i64,
    pub hash: Vec<u8>,
    pub block: Option<i64>,
    pub block_seal: Option<Vec<u8>>,
    pub broken_at: Option<i64>,
    pub key_id: Option<Vec<u8>>,
    pub seal: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
