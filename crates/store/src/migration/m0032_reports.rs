//! What is said later of a message: the addresses that providers call back, and the reports that came before the message was known
//! to have left.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, may, must, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let address = vec![
            must("provider", text),
            must("secret_hash", bytes),
            must("made_at", instant),
            may("made_by", uuid),
            may("heard_at", instant),
        ];
        let report = vec![
            must("provider", text),
            must("reference", text),
            must("told", text),
            must("received_at", instant),
        ];
        manager.create_table(table("report_address", &["provider"], address)).await?;
        manager.create_index(index("report_address", &["secret_hash"]).unique().to_owned()).await?;
        manager.create_table(table("delivery_report", &["provider", "reference"], report)).await?;
        manager.create_index(index("message", &["provider", "provider_ref"])).await
    }
}
