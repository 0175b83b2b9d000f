//! What professionals type beside the files: the end of a contact, labels, and the identity a merge replaced.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for (name, column) in [
            ("contact", may("ended", text)),
            ("contact", may("ended_at", instant)),
            ("contact", may("ended_by", uuid)),
            ("review", may("kept_nir_sealed", bytes)),
            ("review", may("kept_nir_index", bytes)),
        ] {
            let mut change = Table::alter();
            change.table(Alias::new(name)).add_column(column);
            manager.alter_table(change).await?;
        }
        manager.create_table(label()).await?;
        manager.create_index(index("label", &["kind", "search"])).await
    }
}

fn label() -> TableCreateStatement {
    table(
        "label",
        &["person_id", "kind", "value"],
        vec![
            must("person_id", uuid),
            must("kind", text),
            must("value", text),
            must("search", text),
            may("import_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("label", "person_id", "person"))
    .to_owned()
}
