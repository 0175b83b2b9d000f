//! Waves of invitations: what is offered, until when; who is invited or waits, each in one open wave at most.

use sea_orm_migration::prelude::*;

use super::{date, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(wave()).await?;
        manager.create_table(wave_person()).await?;
        manager.create_index(index("wave", &["ended_on", "made_at"])).await?;
        let once = "CREATE UNIQUE INDEX ux_wave_person_open ON wave_person (person_id) \
             WHERE standing IN ('waiting', 'invited')";
        manager.get_connection().execute_unprepared(once).await.map(|_| ())
    }
}

fn wave() -> TableCreateStatement {
    table(
        "wave",
        &["id"],
        vec![
            must("id", uuid),
            may("with_id", uuid),
            may("site_id", uuid),
            may("modality", text),
            must("purpose", text),
            must("until_on", date),
            must("made_at", instant),
            must("made_by", uuid),
            may("ended_on", date),
        ],
    )
    .foreign_key(&mut reference("wave", "made_by", "account"))
    .to_owned()
}

fn wave_person() -> TableCreateStatement {
    table(
        "wave_person",
        &["wave_id", "person_id"],
        vec![
            must("wave_id", uuid),
            must("person_id", uuid),
            must("place", int),
            must("standing", text),
            may("invited_at", instant),
            may("over_on", date),
        ],
    )
    .foreign_key(&mut reference("wave_person", "wave_id", "wave"))
    .foreign_key(&mut reference("wave_person", "person_id", "person"))
    .to_owned()
}
