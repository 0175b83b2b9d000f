//! Accounts, dated roles, sessions, links and tokens. Secrets are kept as hashes only.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(account()).await?;
        manager.create_index(index("account", &["email"]).unique().to_owned()).await?;
        manager.create_table(account_role()).await?;
        manager.create_index(index("account_role", &["account_id"])).await?;
        manager.create_table(session()).await?;
        manager.create_index(index("session", &["account_id"])).await?;
        manager.create_table(one_time_link()).await?;
        manager.create_table(api_token()).await?;
        manager.create_index(index("api_token", &["hash"]).unique().to_owned()).await?;
        Ok(())
    }
}

fn account() -> TableCreateStatement {
    table(
        "account",
        &["id"],
        vec![
            must("id", uuid),
            must("email", text),
            must("name", text),
            may("password_hash", text),
            must("demo", flag),
            must("created_at", instant),
            may("disabled_at", instant),
        ],
    )
}

fn account_role() -> TableCreateStatement {
    table(
        "account_role",
        &["id"],
        vec![
            must("id", uuid),
            must("account_id", uuid),
            must("role", text),
            may("territory", text),
            must("since", date),
            may("until", date),
        ],
    )
    .foreign_key(&mut reference("account_role", "account_id", "account"))
    .to_owned()
}

fn session() -> TableCreateStatement {
    table(
        "session",
        &["id"],
        vec![
            must("id", bytes),
            must("account_id", uuid),
            must("csrf", text),
            must("created_at", instant),
            must("seen_at", instant),
            must("expires_at", instant),
            may("reason", text),
            may("reason_until", instant),
        ],
    )
    .foreign_key(&mut reference("session", "account_id", "account"))
    .to_owned()
}

fn one_time_link() -> TableCreateStatement {
    table(
        "one_time_link",
        &["id"],
        vec![
            must("id", bytes),
            must("account_id", uuid),
            must("purpose", text),
            must("expires_at", instant),
            may("used_at", instant),
        ],
    )
    .foreign_key(&mut reference("one_time_link", "account_id", "account"))
    .to_owned()
}

fn api_token() -> TableCreateStatement {
    table(
        "api_token",
        &["id"],
        vec![
            must("id", uuid),
            must("hash", bytes),
            must("name", text),
            must("scope", text),
            must("created_at", instant),
            may("last_used_at", instant),
            may("revoked_at", instant),
        ],
    )
}
