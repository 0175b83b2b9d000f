//! The journal: appended only, each row chained to the one before.

use sea_orm_migration::prelude::*;

use super::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
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
            ))
            .await?;
        manager.create_index(index("journal", &["person_id", "number"])).await?;
        manager.create_index(index("journal", &["actor_id", "number"])).await?;
        manager
            .create_table(table(
                "journal_head",
                &["id"],
                vec![must("id", int), must("number", int), must("hash", bytes)],
            ))
            .await?;
        Ok(())
    }
}
