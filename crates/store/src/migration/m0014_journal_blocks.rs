//! The journal is sealed: blocks of rows, and the place where it ends.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            may("block", int),
            may("block_seal", bytes),
            may("broken_at", int),
            may("key_id", bytes),
            may("seal", bytes),
        ];
        // SQLite adds one column at a time.
        for column in columns {
            let mut change = Table::alter();
            change.table(Alias::new("journal_head")).add_column(column);
            manager.alter_table(change).await?;
        }
        manager.create_index(index("journal", &["act", "number"])).await?;
        manager.create_table(journal_block()).await
    }
}

fn journal_block() -> TableCreateStatement {
    table(
        "journal_block",
        &["number"],
        vec![
            must("number", int),
            must("first_row", int),
            must("last_row", int),
            must("row_count", int),
            must("first_at", instant),
            must("last_at", instant),
            must("previous", bytes),
            must("hash", bytes),
            must("previous_seal", bytes),
            must("sealed_at", instant),
            must("key_id", bytes),
            must("seal", bytes),
            may("expired_at", instant),
            may("stub_key_id", bytes),
            may("stub_seal", bytes),
        ],
    )
}
