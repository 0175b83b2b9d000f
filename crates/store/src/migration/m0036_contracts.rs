//! Contracts: what is committed to and by when, who signed (added, never changed), and what a person's record tells of them.
//! What is written is encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(contract()).await?;
        manager.create_index(index("contract", &["person_id", "created_at"])).await?;
        manager.create_table(contract_act()).await?;
        manager.create_index(index("contract_act", &["person_id", "recorded_at"])).await?;
        let columns = [
            may("contract_on", date),
            may("contract_until", date),
            may("contract_lapsed", date),
            must("contract_old", flag).default(false).to_owned(),
            may("hours_until", date),
            may("validate_by", date),
            may("contract_turns", date),
        ];
        for column in columns {
            let alter = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        manager.create_index(index("person", &["contract_turns"])).await?;
        Ok(())
    }
}

fn contract() -> TableCreateStatement {
    table(
        "contract",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("nature", text),
            may("programme", text),
            must("starts_on", date),
            must("ends_on", date),
            must("weekly_hours", int),
            may("lighter_until", date),
            must("signatories", text),
            must("validation", flag),
            must("revision", int),
            may("replaces_id", uuid),
            must("stage", text),
            may("signed_on", date),
            must("over_on", date),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("written_at", instant),
            must("created_at", instant),
        ],
    )
    .foreign_key(&mut reference("contract", "person_id", "person"))
    .foreign_key(&mut reference("contract", "replaces_id", "contract"))
    .foreign_key(&mut reference("contract", "account_id", "account"))
    .to_owned()
}

fn contract_act() -> TableCreateStatement {
    table(
        "contract_act",
        &["id"],
        vec![
            must("id", uuid),
            must("contract_id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("signatory", text),
            must("means", text),
            must("digest", text),
            must("held_on", date),
            may("until_on", date),
            must("reason", text),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("contract_act", "contract_id", "contract"))
    .foreign_key(&mut reference("contract_act", "person_id", "person"))
    .foreign_key(&mut reference("contract_act", "account_id", "account"))
    .to_owned()
}
