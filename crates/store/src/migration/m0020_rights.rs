//! What people ask about their data, and what was answered.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(rights_request()).await?;
        manager.create_index(index("rights_request", &["person_id"])).await?;
        manager.create_index(index("rights_request", &["answered_on", "answer_by"])).await
    }
}

fn rights_request() -> TableCreateStatement {
    table(
        "rights_request",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("received_on", date),
            must("answer_by", date),
            may("note_sealed", bytes),
            may("recorded_by", uuid),
            must("recorded_at", instant),
            may("reply", text),
            may("answered_on", date),
            may("answered_by", uuid),
            may("reply_note_sealed", bytes),
            may("taken_at", instant),
        ],
    )
    .foreign_key(&mut reference("rights_request", "person_id", "person"))
    .to_owned()
}
