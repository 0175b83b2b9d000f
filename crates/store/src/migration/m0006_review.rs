//! Is it the same person? The questions, their answers, and the way back.

use sea_orm_migration::prelude::*;

use super::{index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(review()).await?;
        manager.create_index(index("review", &["person_a", "person_b"]).unique().to_owned()).await?;
        manager.create_index(index("review", &["person_b"])).await?;
        manager.create_index(index("review", &["status", "id"])).await?;
        Ok(())
    }
}

fn review() -> TableCreateStatement {
    table(
        "review",
        &["id"],
        vec![
            must("id", uuid),
            must("person_a", uuid),
            must("person_b", uuid),
            must("doubt", text),
            may("import_id", uuid),
            must("status", text),
            must("asked_at", instant),
            may("decided_by", uuid),
            may("decided_at", instant),
            may("decision_reason", text),
        ],
    )
    .foreign_key(&mut reference("review", "person_a", "person"))
    .foreign_key(&mut reference("review", "person_b", "person"))
    .to_owned()
}
