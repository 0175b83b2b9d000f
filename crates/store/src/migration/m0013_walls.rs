//! Notes on people, each with its level, and accesses opened in an emergency, with who has read of them.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(person_note()).await?;
        manager.create_index(index("person_note", &["person_id"])).await?;
        manager.create_table(exceptional_access()).await?;
        manager.create_index(index("exceptional_access", &["account_id", "person_id", "until"])).await?;
        manager.create_index(index("exceptional_access", &["opened_at"])).await?;
        manager.create_table(exceptional_seen()).await
    }
}

fn person_note() -> TableCreateStatement {
    table(
        "person_note",
        &["id"],
        vec![
            must("id", uuid),
            must("thread", uuid),
            must("person_id", uuid),
            must("author_id", uuid),
            must("level", text),
            must("text_sealed", bytes),
            must("written_at", instant),
            may("superseded_by", uuid),
            may("superseded_at", instant),
        ],
    )
    .foreign_key(&mut reference("person_note", "person_id", "person"))
    .foreign_key(&mut reference("person_note", "author_id", "account"))
    .to_owned()
}

fn exceptional_access() -> TableCreateStatement {
    table(
        "exceptional_access",
        &["id"],
        vec![
            must("id", uuid),
            must("account_id", uuid),
            must("person_id", uuid),
            may("territory", text),
            must("motive", text),
            must("reason_sealed", bytes),
            must("opened_at", instant),
            must("until", instant),
        ],
    )
    .foreign_key(&mut reference("exceptional_access", "account_id", "account"))
    .foreign_key(&mut reference("exceptional_access", "person_id", "person"))
    .to_owned()
}

fn exceptional_seen() -> TableCreateStatement {
    table(
        "exceptional_seen",
        &["access_id", "account_id"],
        vec![must("access_id", uuid), must("account_id", uuid), must("seen_at", instant)],
    )
    .foreign_key(&mut reference("exceptional_seen", "access_id", "exceptional_access"))
    .to_owned()
}
