//! The journal: appended only, each row chained to the one before.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(journal()).await?;
        manager.create_index(index("journal", &["person_id", "number"])).await?;
        manager.create_index(index("journal", &["actor_id", "number"])).await?;
        manager.create_table(journal_head()).await?;
        Ok(())
    }
}

fn journal() -> TableCreateStatement {
    table(
        "journal",
        &["number"],
        vec![
            must("number", int),
            must("at", instant),
            must("actor_kind", text),
            may("actor_id", uuid),
            must("actor_name", text),
            must("role", text),
            must("act", text),
            may("person_id", uuid),
            may("object", text),
            may("reason", text),
            must("detail", text),
            must("previous", bytes),
            must("hash", bytes),
        ],
    )
}

fn journal_head() -> TableCreateStatement {
    table("journal_head", &["id"], vec![must("id", int), must("number", int), must("hash", bytes)])
}
