//! Structures, roles held in them, accounts proposed, the last sign-in of an account, and tokens that end.

use sea_orm_migration::prelude::*;

use super::{date, flag, index, instant, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(structure()).await?;
        manager.create_table(structure_territory()).await?;
        manager.create_table(account_proposal()).await?;
        for (table, column) in [
            ("account_role", may("structure", uuid)),
            ("account", may("signed_in_at", instant)),
            ("api_token", may("expires_at", instant)),
        ] {
            let mut change = Table::alter();
            change.table(Alias::new(table)).add_column(column);
            manager.alter_table(change).await?;
        }
        manager.create_index(index("account_role", &["structure"])).await
    }
}

fn structure() -> TableCreateStatement {
    table(
        "structure",
        &["id"],
        vec![
            must("id", uuid),
            must("name", text),
            must("kind", text),
            must("side", text),
            must("sensitive", flag),
            may("commune", text),
            must("since", date),
            may("until", date),
        ],
    )
}

fn structure_territory() -> TableCreateStatement {
    table(
        "structure_territory",
        &["structure_id", "territory"],
        vec![must("structure_id", uuid), must("territory", text)],
    )
    .foreign_key(&mut reference("structure_territory", "structure_id", "structure"))
    .to_owned()
}

fn account_proposal() -> TableCreateStatement {
    table(
        "account_proposal",
        &["id"],
        vec![
            must("id", uuid),
            must("email", text),
            must("name", text),
            must("role", text),
            may("territory", text),
            may("structure", uuid),
            must("since", date),
            may("until", date),
            must("proposed_by", uuid),
            must("proposed_at", instant),
            may("decided_by", uuid),
            may("decided_at", instant),
            must("accepted", flag),
        ],
    )
    .foreign_key(&mut reference("account_proposal", "proposed_by", "account"))
    .foreign_key(&mut reference("account_proposal", "structure", "structure"))
    .to_owned()
}
