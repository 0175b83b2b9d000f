//! Somebody in a programme: the enrolment, what was recorded of it (added, never changed), contacts with people, and what a
//! person's record tells of them: the programme, since when, and the dates that are owed. What was written is encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(enrolment()).await?;
        manager.create_index(index("enrolment", &["person_id", "created_at"])).await?;
        manager.create_index(index("enrolment", &["stage", "programme"])).await?;
        manager.create_table(enrolment_act()).await?;
        manager.create_index(index("enrolment_act", &["person_id", "recorded_at"])).await?;
        manager.create_table(path_contact()).await?;
        manager.create_index(index("path_contact", &["person_id", "held_on"])).await?;
        let columns = [
            may("programme", text),
            may("enrolled_on", date),
            may("diagnosed_on", date),
            may("diagnose_by", date),
            may("prescription_by", date),
            may("meet_by", date),
            may("contact_by", date),
            may("renew_by", date),
            may("paused_until", date),
        ];
        for column in columns {
            let alter = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

fn enrolment() -> TableCreateStatement {
    table(
        "enrolment",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("programme", text),
            must("version", int),
            must("stage", text),
            must("since", date),
            may("answer_by", date),
            may("enrolled_on", date),
            may("ends_on", date),
            must("prescribed_by", uuid),
            must("created_at", instant),
        ],
    )
    .foreign_key(&mut reference("enrolment", "person_id", "person"))
    .foreign_key(&mut reference("enrolment", "prescribed_by", "account"))
    .to_owned()
}

fn enrolment_act() -> TableCreateStatement {
    table(
        "enrolment_act",
        &["id"],
        vec![
            must("id", uuid),
            must("enrolment_id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("held_on", date),
            may("until_on", date),
            must("reason", text),
            must("detail", text),
            must("level", text),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("enrolment_act", "enrolment_id", "enrolment"))
    .foreign_key(&mut reference("enrolment_act", "person_id", "person"))
    .foreign_key(&mut reference("enrolment_act", "account_id", "account"))
    .to_owned()
}

fn path_contact() -> TableCreateStatement {
    table(
        "path_contact",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("held_on", date),
            must("means", text),
            must("result", text),
            must("subject", text),
            must("level", text),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("path_contact", "person_id", "person"))
    .foreign_key(&mut reference("path_contact", "account_id", "account"))
    .to_owned()
}
