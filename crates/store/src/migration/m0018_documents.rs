//! Documents of people. The bytes are elsewhere (`store::privacy::objects`); names, labels and reasons are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(document_object()).await?;
        manager.create_index(index("document_object", &["address"]).unique().to_owned()).await?;
        manager.create_index(index("document_object", &["name"]).unique().to_owned()).await?;
        manager.create_index(index("document_object", &["dropped_at"])).await?;
        manager.create_table(document()).await?;
        manager.create_index(index("document", &["person_id", "id"])).await?;
        manager.create_index(index("document", &["object_id"])).await?;
        manager.create_index(index("document", &["removed_at"])).await?;
        Ok(())
    }
}

fn document_object() -> TableCreateStatement {
    table(
        "document_object",
        &["id"],
        vec![
            must("id", uuid),
            must("address", bytes),
            must("name", text),
            must("format", text),
            must("size", int),
            must("key_sealed", bytes),
            must("made_at", instant),
            may("dropped_at", instant),
        ],
    )
}

fn document() -> TableCreateStatement {
    table(
        "document",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("object_id", uuid),
            must("kind", text),
            must("visibility", text),
            must("name_sealed", bytes),
            must("label_sealed", bytes),
            may("added_by", uuid),
            must("added_at", instant),
            may("removed_by", uuid),
            may("removed_at", instant),
            may("removed_reason_sealed", bytes),
        ],
    )
    .foreign_key(&mut reference("document", "person_id", "person"))
    .foreign_key(&mut reference("document", "object_id", "document_object"))
    .to_owned()
}
