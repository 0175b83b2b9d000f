//! Letters that wait to leave: queued with what makes them needed, sent by a job.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            must("id", uuid),
            must("kind", text),
            must("state", text),
            may("content_sealed", bytes),
            must("created_at", instant),
            must("expires_at", instant),
            must("next_at", instant),
            must("tries", int),
            may("over_at", instant),
        ];
        manager.create_table(table("mail", &["id"], columns)).await?;
        manager.create_index(index("mail", &["state", "next_at"])).await
    }
}
