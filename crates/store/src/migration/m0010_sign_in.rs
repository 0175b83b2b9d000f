//! How a session was proved and from where, second factors, recovery codes, and the counting of failed tries.
//!
//! Sessions of before end: nobody knows how they were proved, and each person signs in once again.

use sea_orm_migration::prelude::*;

use super::{bytes, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.execute(Query::delete().from_table(Alias::new("session")).to_owned()).await?;
        for column in [
            filled("stage", "full"),
            filled("how", ""),
            filled("device", ""),
            filled("address", ""),
            may("proved_at", instant),
        ] {
            let mut change = Table::alter();
            change.table(Alias::new("session")).add_column(column);
            manager.alter_table(change).await?;
        }
        manager.create_table(second_factor()).await?;
        manager.create_table(recovery_code()).await?;
        manager.create_table(sign_in_try()).await
    }
}

/// A text that rows of an older program get too.
fn filled(name: &'static str, value: &'static str) -> ColumnDef {
    must(name, text).default(value).to_owned()
}

fn second_factor() -> TableCreateStatement {
    table(
        "second_factor",
        &["account_id"],
        vec![
            must("account_id", uuid),
            must("secret_sealed", bytes),
            must("salt", bytes),
            must("last_step", int),
            must("created_at", instant),
            may("confirmed_at", instant),
        ],
    )
    .foreign_key(&mut reference("second_factor", "account_id", "account"))
    .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    table(
        "recovery_code",
        &["account_id", "hash"],
        vec![must("account_id", uuid), must("hash", bytes), may("used_at", instant)],
    )
    .foreign_key(&mut reference("recovery_code", "account_id", "account"))
    .to_owned()
}

fn sign_in_try() -> TableCreateStatement {
    table("sign_in_try", &["key"], vec![must("key", bytes), must("used", int), must("since", instant)])
}
