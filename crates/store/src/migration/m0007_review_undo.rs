//! What a merge replaced on the two records, so that undoing it puts everything back.

use sea_orm_migration::prelude::*;

use super::{may, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut change = Table::alter();
        change.table(Alias::new("review")).add_column(may("undo", text));
        manager.alter_table(change).await
    }
}
