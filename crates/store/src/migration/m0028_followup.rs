//! Acts of a path (its end, reviews, refusals and their answers, calls after an absence), and what a person's record tells of
//! them: the day the path ended, the next review, when to look again, before when to answer, an absence that nothing
//! followed. What was written is encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(path_act()).await?;
        manager.create_index(index("path_act", &["person_id", "recorded_at"])).await?;
        let columns = [
            may("exited_on", date),
            may("review_on", date),
            may("look_on", date),
            may("answer_by", date),
            may("absent_on", date),
            may("absent_with", uuid),
        ];
        for column in columns {
            let alter = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        let connection = manager.get_connection();
        // Who is late, the latest first, whatever the state.
        let due = "CREATE INDEX ix_person_due ON person (due_on, id) WHERE merged_into IS NULL";
        connection.execute_unprepared(due).await?;
        let left = "CREATE INDEX ix_person_left ON person (left_on) WHERE left_on IS NOT NULL";
        connection.execute_unprepared(left).await?;
        // The decisions in force already keep the date of their review.
        let reviews = "UPDATE person SET review_on = (SELECT MAX(d.review_on) FROM orientation_decision d \
             WHERE d.person_id = person.id AND d.ended_on IS NULL) WHERE oriented_on IS NOT NULL";
        connection.execute_unprepared(reviews).await?;
        // A task was of one kind until now: the arrival to confirm of who left.
        let tasks = "UPDATE person SET due_kind = 'confirm_transfer' WHERE due_kind = 'task'";
        connection.execute_unprepared(tasks).await.map(|_| ())
    }
}

fn path_act() -> TableCreateStatement {
    table(
        "path_act",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("held_on", date),
            must("reason", text),
            must("how", text),
            may("next_on", date),
            may("decision_id", uuid),
            may("about_id", uuid),
            must("level", text),
            may("text_sealed", bytes),
            must("account_id", uuid),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("path_act", "person_id", "person"))
    .foreign_key(&mut reference("path_act", "account_id", "account"))
    .to_owned()
}
