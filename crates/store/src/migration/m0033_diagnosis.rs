//! The joint diagnosis: one row each time, every value of every field, what each side said, who has it open. What is written
//! in words is encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for statement in [diagnosis(), entry(), event(), presence()] {
            manager.create_table(statement).await?;
        }
        for statement in [
            // Two who open a diagnosis at the same time open the same one.
            index("diagnosis", &["person_id", "number"]).unique().to_owned(),
            index("diagnosis_entry", &["diagnosis_id", "theme"]),
            index("diagnosis_entry", &["person_id"]),
            index("diagnosis_event", &["diagnosis_id", "at"]),
            index("diagnosis_event", &["person_id"]),
            index("diagnosis_presence", &["seen_at"]),
        ] {
            manager.create_index(statement).await?;
        }
        Ok(())
    }
}

fn diagnosis() -> TableCreateStatement {
    table(
        "diagnosis",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("number", int),
            must("opened_by", uuid),
            must("opened_at", instant),
            must("revision", int),
        ],
    )
    .foreign_key(&mut reference("diagnosis", "person_id", "person"))
    .foreign_key(&mut reference("diagnosis", "opened_by", "account"))
    .to_owned()
}

fn entry() -> TableCreateStatement {
    table(
        "diagnosis_entry",
        &["id"],
        vec![
            must("id", uuid),
            must("diagnosis_id", uuid),
            must("person_id", uuid),
            must("theme", text),
            must("field", text),
            may("owner_id", uuid),
            may("value", text),
            may("text_sealed", bytes),
            must("level", text),
            must("author_id", uuid),
            may("base_id", uuid),
            must("written_at", instant),
            may("replaced_by", uuid),
            may("replaced_at", instant),
        ],
    )
    .foreign_key(&mut reference("diagnosis_entry", "diagnosis_id", "diagnosis"))
    .foreign_key(&mut reference("diagnosis_entry", "author_id", "account"))
    .to_owned()
}

fn event() -> TableCreateStatement {
    table(
        "diagnosis_event",
        &["id"],
        vec![
            must("id", uuid),
            must("diagnosis_id", uuid),
            must("person_id", uuid),
            must("side", text),
            must("said", text),
            must("account_id", uuid),
            must("at", instant),
        ],
    )
    .foreign_key(&mut reference("diagnosis_event", "diagnosis_id", "diagnosis"))
    .foreign_key(&mut reference("diagnosis_event", "account_id", "account"))
    .to_owned()
}

fn presence() -> TableCreateStatement {
    table(
        "diagnosis_presence",
        &["diagnosis_id", "account_id"],
        vec![
            must("diagnosis_id", uuid),
            must("account_id", uuid),
            must("theme", text),
            must("seen_at", instant),
        ],
    )
    .foreign_key(&mut reference("diagnosis_presence", "diagnosis_id", "diagnosis"))
    .foreign_key(&mut reference("diagnosis_presence", "account_id", "account"))
    .to_owned()
}
