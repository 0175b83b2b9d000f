//! Links by which a person chooses, moves or cancels an appointment without an account, kept as keyed hashes; and the calls
//! that they ask for, whose words and telephone are encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(booking_link()).await?;
        manager.create_table(callback_request()).await?;
        manager.create_index(index("booking_link", &["token_hash"]).unique().to_owned()).await?;
        manager.create_index(index("booking_link", &["person_id"])).await?;
        manager.create_index(index("booking_link", &["expires_at"])).await?;
        // One request at a time for somebody; those that were answered have no `open_for`.
        manager.create_index(index("callback_request", &["open_for"]).unique().to_owned()).await?;
        manager.create_index(index("callback_request", &["person_id"])).await
    }
}

fn booking_link() -> TableCreateStatement {
    table(
        "booking_link",
        &["id"],
        vec![
            must("id", uuid),
            must("token_hash", bytes),
            must("person_id", uuid),
            must("aim", text),
            may("appointment_id", uuid),
            may("with_id", uuid),
            may("site_id", uuid),
            may("modality", text),
            must("purpose", text),
            must("made_at", instant),
            may("made_by", uuid),
            must("expires_at", instant),
            may("used_at", instant),
            may("ended_at", instant),
        ],
    )
    .foreign_key(&mut reference("booking_link", "person_id", "person"))
    .to_owned()
}

fn callback_request() -> TableCreateStatement {
    table(
        "callback_request",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            may("open_for", uuid),
            may("half_day", text),
            may("words_sealed", bytes),
            may("phone_sealed", bytes),
            must("asked_at", instant),
            must("not_before", instant),
            may("done_at", instant),
            may("done_by", uuid),
            may("answer_sealed", bytes),
        ],
    )
    .foreign_key(&mut reference("callback_request", "person_id", "person"))
    .to_owned()
}
