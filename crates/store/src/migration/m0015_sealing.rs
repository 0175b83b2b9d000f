//! Telephones, e-mails, France Travail numbers and what files said are sealed at rest.
//!
//! A migration has no keys: values of an existing database move to `unsealed`, which is emptied as soon as the keys are
//! known, before anything else is done (`sealed::first`).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What moves: its name, the table, the key, the second column of the key, the column in clear, the columns that replace it.
const MOVES: [(&str, &str, &str, Option<&str>, &str, &[&str]); 3] = [
    ("contact.value", "contact", "id", None, "value", &["value_sealed", "value_index"]),
    (
        "person.france_travail",
        "person",
        "id",
        None,
        "france_travail_id",
        &["france_travail_sealed", "france_travail_index"],
    ),
    ("content.payload", "content", "household_id", Some("hash"), "payload", &["payload_sealed"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for new in [sealed_key(), key_rotation(), unsealed()] {
            manager.create_table(new).await?;
        }
        for gone in ["ix_contact_value", "ix_person_france_travail_id"] {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX {gone}")).await?;
        }
        for (what, from, key, second, column, columns) in MOVES {
            let none = match manager.get_database_backend() {
                DbBackend::Postgres => "''::bytea",
                _ => "x''",
            };
            let second = second.unwrap_or(none);
            let copy = format!(
                "INSERT INTO unsealed (what, id, hash, value) \
                 SELECT '{what}', {key}, {second}, {column} FROM {from} WHERE {column} IS NOT NULL"
            );
            manager.get_connection().execute_unprepared(&copy).await?;
            let drop = Table::alter().table(Alias::new(from)).drop_column(Alias::new(column)).to_owned();
            manager.alter_table(drop).await?;
            for name in columns {
                let add = Table::alter().table(Alias::new(from)).add_column(may(name, bytes)).to_owned();
                manager.alter_table(add).await?;
            }
        }
        manager.create_index(index("contact", &["value_index"])).await?;
        manager.create_index(index("person", &["france_travail_index"])).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn sealed_key() -> TableCreateStatement {
    table("sealed_key", &["id"], vec![must("id", uuid), must("name", text), must("value_sealed", bytes)])
}

fn key_rotation() -> TableCreateStatement {
    table(
        "key_rotation",
        &["column_name"],
        vec![
            must("column_name", text),
            must("key_id", bytes),
            may("after_id", uuid),
            must("resealed", int),
            must("started_at", instant),
            may("finished_at", instant),
        ],
    )
}

fn unsealed() -> TableCreateStatement {
    table(
        "unsealed",
        &["what", "id", "hash"],
        vec![must("what", text), must("id", uuid), must("hash", bytes), must("value", text)],
    )
}
