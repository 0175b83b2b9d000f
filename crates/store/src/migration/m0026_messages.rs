//! What is written to people: one row a channel. `notice` names what is told: nobody is told twice by one channel.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            must("id", uuid),
            must("person_id", uuid),
            must("notice", text),
            must("template", text),
            may("version", int),
            must("channel", text),
            must("state", text),
            may("appointment_id", uuid),
            may("sequence", int),
            may("aim", text),
            may("content_sealed", bytes),
            may("problem", text),
            may("provider", text),
            may("provider_ref", text),
            may("account_id", uuid),
            must("created_at", instant),
            must("next_at", instant),
            must("expires_at", instant),
            must("tries", int),
            may("sent_at", instant),
            may("over_at", instant),
            may("handled_at", instant),
            may("handled_by", uuid),
        ];
        let messages = table("message", &["id"], columns)
            .foreign_key(&mut reference("message", "person_id", "person"))
            .to_owned();
        manager.create_table(messages).await?;
        manager.create_index(index("message", &["notice", "channel"]).unique().to_owned()).await?;
        manager.create_index(index("message", &["state", "next_at"])).await?;
        manager.create_index(index("message", &["person_id"])).await?;
        manager.create_index(index("message", &["appointment_id"])).await
    }
}
