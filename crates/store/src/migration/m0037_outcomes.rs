//! Returns to work, trainings, businesses: what they are, what was recorded of them (added, never changed), and what a person's
//! record tells of them. The employer and the words are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(outcome()).await?;
        manager.create_index(index("outcome", &["person_id", "recorded_at"])).await?;
        manager.create_table(outcome_act()).await?;
        manager.create_index(index("outcome_act", &["person_id", "recorded_at"])).await?;
        for name in ["outcome_on", "check_by", "agreed_by", "start_by", "outcome_ends"] {
            let column = may(name, date);
            let alter = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

fn outcome() -> TableCreateStatement {
    table(
        "outcome",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("work", text),
            may("weekly_hours", int),
            must("starts_on", date),
            may("ends_on", date),
            must("announced", flag),
            may("programme", text),
            must("plan", text),
            may("follows_id", uuid),
            must("stage", text),
            may("ended_on", date),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("outcome", "person_id", "person"))
    .foreign_key(&mut reference("outcome", "follows_id", "outcome"))
    .foreign_key(&mut reference("outcome", "account_id", "account"))
    .to_owned()
}

fn outcome_act() -> TableCreateStatement {
    table(
        "outcome_act",
        &["id"],
        vec![
            must("id", uuid),
            must("outcome_id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("held_on", date),
            must("moment", text),
            must("going", text),
            may("until_on", date),
            must("reason", text),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("outcome_act", "outcome_id", "outcome"))
    .foreign_key(&mut reference("outcome_act", "person_id", "person"))
    .foreign_key(&mut reference("outcome_act", "account_id", "account"))
    .to_owned()
}
