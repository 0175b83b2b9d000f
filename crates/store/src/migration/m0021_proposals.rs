//! People proposed to structures: what is told of them, from when to when, and what was answered. Both texts are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(proposal()).await?;
        manager.create_index(index("proposal", &["person_id"])).await?;
        manager.create_index(index("proposal", &["structure_id", "until"])).await
    }
}

fn proposal() -> TableCreateStatement {
    table(
        "proposal",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("structure_id", uuid),
            must("author_id", uuid),
            must("text_sealed", bytes),
            must("shares", text),
            must("since", date),
            must("until", date),
            may("ended_on", date),
            may("answer", text),
            may("answered_at", instant),
            may("answered_by", uuid),
            may("answer_text_sealed", bytes),
            must("created_at", instant),
        ],
    )
    .foreign_key(&mut reference("proposal", "person_id", "person"))
    .foreign_key(&mut reference("proposal", "structure_id", "structure"))
    .foreign_key(&mut reference("proposal", "author_id", "account"))
    .to_owned()
}
