//! Actions decided with a person, each change a version; and the next of them that is due, on the person's record. What is
//! written in words is encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(action()).await?;
        manager.create_index(index("planned_action", &["person_id", "written_at"])).await?;
        for column in [may("task_on", date), may("task_side", text)] {
            let alter = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

fn action() -> TableCreateStatement {
    table(
        "planned_action",
        &["id"],
        vec![
            must("id", uuid),
            must("thread", uuid),
            must("person_id", uuid),
            may("diagnosis_id", uuid),
            must("theme", text),
            may("situation", text),
            may("objective", text),
            may("code", text),
            may("label_sealed", bytes),
            must("who", text),
            may("structure_id", uuid),
            may("service_sealed", bytes),
            must("collective", flag),
            must("status", text),
            may("result_sealed", bytes),
            may("due_on", date),
            may("hours_planned", int),
            may("hours_declared", int),
            may("hours_confirmed", int),
            must("level", text),
            must("author_id", uuid),
            must("written_at", instant),
            may("superseded_by", uuid),
            may("superseded_at", instant),
        ],
    )
    .foreign_key(&mut reference("planned_action", "person_id", "person"))
    .foreign_key(&mut reference("planned_action", "author_id", "account"))
    .to_owned()
}
