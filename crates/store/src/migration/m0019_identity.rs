//! Who an account is at an OpenID provider, and the signed token that ends a session there.

use sea_orm_migration::prelude::*;

use super::{bytes, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(account_identity()).await?;
        let mut once = super::index("account_identity", &["issuer", "subject"]);
        manager.create_index(once.unique().to_owned()).await?;
        let mut change = Table::alter();
        change.table(Alias::new("session")).add_column(may("id_token_sealed", bytes));
        manager.alter_table(change).await
    }
}

fn account_identity() -> TableCreateStatement {
    table(
        "account_identity",
        &["account_id"],
        vec![
            must("account_id", uuid),
            must("issuer", text),
            must("subject", text),
            must("linked_at", instant),
        ],
    )
    .foreign_key(&mut reference("account_identity", "account_id", "account"))
    .to_owned()
}
