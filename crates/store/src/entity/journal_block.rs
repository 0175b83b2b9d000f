//! A block of rows of the journal, sealed; only its stub is left once the rows have expired.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal_block")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub first_row: i64,
    pub last_row: i64,
    pub row_count: i64,
    pub first_at: DateTimeUtc,
    pub last_at: DateTimeUtc,
    pub previous: Vec<u8>,
    pub hash: Vec<u8>,
    pub previous_seal: Vec<u8>,
    pub sealed_at: DateTimeUtc,
    pub key_id: Vec<u8>,
    pub seal: Vec<u8>,
    pub expired_at: Option<DateTimeUtc>,
    pub stub_key_id: Option<Vec<u8>>,
    pub stub_seal: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
