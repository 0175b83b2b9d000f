//! The call desk and the decision: catalogues with their versions, calls, reservations, attempts, decisions; and on a
//! person, since when a decision is in force and when they were first met. Answers and texts are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(catalogue()).await?;
        manager.create_index(index("catalogue", &["kind", "number"]).unique().to_owned()).await?;
        manager.create_table(call_file()).await?;
        manager.create_index(index("call_file", &["person_id"])).await?;
        // One open questionnaire for each person: the column is empty once it is closed.
        manager.create_index(index("call_file", &["open_for"]).unique().to_owned()).await?;
        manager.create_table(call_lease()).await?;
        manager.create_index(index("call_lease", &["account_id"])).await?;
        manager.create_table(call_attempt()).await?;
        manager.create_index(index("call_attempt", &["person_id", "at"])).await?;
        manager.create_index(index("call_attempt", &["latest", "not_before"])).await?;
        manager.create_table(decision()).await?;
        manager.create_index(index("orientation_decision", &["person_id", "decided_at"])).await?;
        manager.create_table(capacity()).await?;
        for column in ["oriented_on", "met_on"] {
            let mut add = Table::alter();
            add.table(Alias::new("person")).add_column(may(column, date));
            manager.alter_table(add).await?;
        }
        Ok(())
    }
}

fn catalogue() -> TableCreateStatement {
    table(
        "catalogue",
        &["id"],
        vec![
            must("id", uuid),
            must("kind", text),
            must("number", int),
            must("content", text),
            must("valid_from", date),
            must("note", text),
            may("written_by", uuid),
            must("written_at", instant),
        ],
    )
}

fn call_file() -> TableCreateStatement {
    table(
        "call_file",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            may("open_for", uuid),
            must("questionnaire", int),
            must("answers_sealed", bytes),
            must("revision", int),
            must("opened_by", uuid),
            must("opened_at", instant),
            must("changed_by", uuid),
            must("changed_at", instant),
            may("closed_at", instant),
        ],
    )
    .foreign_key(&mut reference("call_file", "person_id", "person"))
    .foreign_key(&mut reference("call_file", "opened_by", "account"))
    .to_owned()
}

fn call_lease() -> TableCreateStatement {
    table(
        "call_lease",
        &["person_id"],
        vec![
            must("person_id", uuid),
            must("account_id", uuid),
            must("taken_at", instant),
            must("until", instant),
        ],
    )
    .foreign_key(&mut reference("call_lease", "person_id", "person"))
    .foreign_key(&mut reference("call_lease", "account_id", "account"))
    .to_owned()
}

fn call_attempt() -> TableCreateStatement {
    table(
        "call_attempt",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("account_id", uuid),
            must("at", instant),
            must("inbound", flag),
            must("ending", text),
            must("not_before", instant),
            must("latest", flag),
        ],
    )
    .foreign_key(&mut reference("call_attempt", "person_id", "person"))
    .foreign_key(&mut reference("call_attempt", "account_id", "account"))
    .to_owned()
}

fn decision() -> TableCreateStatement {
    table(
        "orientation_decision",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            may("call_file_id", uuid),
            must("decided_by", uuid),
            must("decided_at", instant),
            must("notified_on", date),
            must("path", text),
            must("organisation", text),
            may("structure_id", uuid),
            may("referent_id", uuid),
            must("programmes", text),
            must("rules", int),
            must("proposed", text),
            must("deviates", flag),
            may("review_on", date),
            may("reason_sealed", bytes),
            may("explanation_sealed", bytes),
            may("ended_on", date),
            may("ended_why", text),
        ],
    )
    .foreign_key(&mut reference("orientation_decision", "person_id", "person"))
    .foreign_key(&mut reference("orientation_decision", "decided_by", "account"))
    .to_owned()
}

fn capacity() -> TableCreateStatement {
    table("account_capacity", &["account_id"], vec![must("account_id", uuid), must("people", int)])
        .foreign_key(&mut reference("account_capacity", "account_id", "account"))
        .to_owned()
}
