//! Telephones, e-mails, France Travail numbers and what files said are sealed at rest.
//!
//! A migration has no keys: values of an existing database move to `unsealed`, which is emptied as soon as the keys are
//! known, before anything else is done (`sealed::first`).

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

use super::{bytes, index, instant, int, may, must, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A column in clear that moves.
struct Move {
    what: &'static str,
    table: &'static str,
    key: &'static str,
    /// The second column of the key.
    second: Option<&'static str>,
    clear: &'static str,
    /// The columns that replace it.
    sealed: &'static [&'static str],
}

const MOVES: [Move; 3] = [
    Move {
        what: "contact.value",
        table: "contact",
        key: "id",
        second: None,
        clear: "value",
        sealed: &["value_sealed", "value_index"],
    },
    Move {
        what: "person.france_travail",
        table: "person",
        key: "id",
        second: None,
        clear: "france_travail_id",
        sealed: &["france_travail_sealed", "france_travail_index"],
    },
    Move {
        what: "content.payload",
        table: "content",
        key: "household_id",
        second: Some("hash"),
        clear: "payload",
        sealed: &["payload_sealed"],
    },
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
        for Move { what, table, key, second, clear, sealed } in MOVES {
            let none = match manager.get_database_backend() {
                DbBackend::Postgres => "''::bytea",
                _ => "x''",
            };
            let second = second.unwrap_or(none);
            let copy = format!(
                "INSERT INTO unsealed (what, id, hash, value) \
                 SELECT '{what}', {key}, {second}, {clear} FROM {table} WHERE {clear} IS NOT NULL"
            );
            manager.get_connection().execute_unprepared(&copy).await?;
            let drop = Table::alter().table(Alias::new(table)).drop_column(Alias::new(clear)).to_owned();
            manager.alter_table(drop).await?;
            for name in sealed {
                let add = Table::alter().table(Alias::new(table)).add_column(may(name, bytes)).to_owned();
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
