//! People passed to another département and received from one, what was received with them, and the public keys by which
//! départements know each other; and on a person, since when they left or arrived. Texts are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(transfer()).await?;
        // A file is brought in once.
        manager.create_index(index("transfer", &["direction", "file_id"]).unique().to_owned()).await?;
        manager.create_index(index("transfer", &["person_id"])).await?;
        manager.create_table(item()).await?;
        manager.create_index(index("transfer_item", &["person_id"])).await?;
        let columns = vec![
            must("department", text),
            must("public_key", text),
            may("recorded_by", uuid),
            must("recorded_at", instant),
        ];
        manager.create_table(table("transfer_peer", &["department"], columns)).await?;
        for column in ["left_on", "confirm_by", "arrived_on"] {
            let mut add = Table::alter();
            add.table(Alias::new("person")).add_column(may(column, date));
            manager.alter_table(add).await?;
        }
        Ok(())
    }
}

fn transfer() -> TableCreateStatement {
    table(
        "transfer",
        &["id"],
        vec![
            must("id", uuid),
            must("direction", text),
            must("file_id", uuid),
            must("person_id", uuid),
            must("other_department", text),
            must("standing", text),
            must("made_on", date),
            must("made_at", instant),
            may("made_by", uuid),
            must("expires_on", date),
            must("reason_sealed", bytes),
            must("receipt_sealed", bytes),
            may("closed_on", date),
            may("closed_by", uuid),
            may("closed_how", text),
        ],
    )
    .foreign_key(&mut reference("transfer", "person_id", "person"))
    .to_owned()
}

fn item() -> TableCreateStatement {
    table(
        "transfer_item",
        &["id"],
        vec![
            must("id", uuid),
            must("transfer_id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("level", text),
            must("happened_on", date),
            must("body_sealed", bytes),
        ],
    )
    .foreign_key(&mut reference("transfer_item", "transfer_id", "transfer"))
    .foreign_key(&mut reference("transfer_item", "person_id", "person"))
    .to_owned()
}
