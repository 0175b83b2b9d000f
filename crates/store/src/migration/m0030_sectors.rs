//! Sectors with their communes and who follows there, the dated capacity of structures, and people addressed to the
//! platform. What is written of a person is encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(sector()).await?;
        manager.create_table(sector_commune()).await?;
        manager.create_index(index("sector_commune", &["commune"])).await?;
        manager.create_table(sector_holder()).await?;
        manager.create_index(index("sector_holder", &["sector_id"])).await?;
        manager.create_table(capacity()).await?;
        manager.create_table(referral()).await?;
        manager.create_index(index("referral", &["person_id"])).await?;
        manager.create_index(index("referral", &["author_id", "sent_at"])).await?;
        let mut add = Table::alter();
        add.table(Alias::new("person")).add_column(may("referred_on", date));
        manager.alter_table(add).await
    }
}

fn sector() -> TableCreateStatement {
    table("sector", &["id"], vec![must("id", uuid), must("name", text), must("purpose", text)])
}

fn sector_commune() -> TableCreateStatement {
    let columns = vec![must("sector_id", uuid), must("commune", text)];
    table("sector_commune", &["sector_id", "commune"], columns)
        .foreign_key(&mut reference("sector_commune", "sector_id", "sector"))
        .to_owned()
}

fn sector_holder() -> TableCreateStatement {
    table(
        "sector_holder",
        &["id"],
        vec![
            must("id", uuid),
            must("sector_id", uuid),
            may("structure_id", uuid),
            may("account_id", uuid),
            must("priority", int),
            must("since", date),
            may("until", date),
        ],
    )
    .foreign_key(&mut reference("sector_holder", "sector_id", "sector"))
    .foreign_key(&mut reference("sector_holder", "structure_id", "structure"))
    .foreign_key(&mut reference("sector_holder", "account_id", "account"))
    .to_owned()
}

fn capacity() -> TableCreateStatement {
    let columns = vec![must("structure_id", uuid), must("since", date), may("people", int)];
    table("structure_capacity", &["structure_id", "since"], columns)
        .foreign_key(&mut reference("structure_capacity", "structure_id", "structure"))
        .to_owned()
}

fn referral() -> TableCreateStatement {
    table(
        "referral",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("author_id", uuid),
            may("structure_id", uuid),
            must("identity_sealed", bytes),
            must("reason_sealed", bytes),
            must("urgency", text),
            must("moment", text),
            must("consented_on", date),
            must("sent_at", instant),
            may("answer", text),
            may("answered_at", instant),
            may("answered_by", uuid),
        ],
    )
    .foreign_key(&mut reference("referral", "person_id", "person"))
    .foreign_key(&mut reference("referral", "author_id", "account"))
    .foreign_key(&mut reference("referral", "structure_id", "structure"))
    .to_owned()
}
