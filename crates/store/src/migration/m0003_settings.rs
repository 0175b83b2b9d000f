//! What the département sets: dated parameters, territories, spreadsheet profiles.

use sea_orm_migration::prelude::*;

use super::{date, flag, instant, must, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(parameter()).await?;
        manager.create_table(territory()).await?;
        manager.create_table(territory_commune()).await?;
        manager.create_table(sheet_profile()).await?;
        Ok(())
    }
}

fn parameter() -> TableCreateStatement {
    table(
        "parameter",
        &["key", "since"],
        vec![must("key", text), must("since", date), must("value", text), must("source", text)],
    )
}

fn territory() -> TableCreateStatement {
    table("territory", &["code"], vec![must("code", text), must("name", text), must("proposed", flag)])
}

fn territory_commune() -> TableCreateStatement {
    table("territory_commune", &["commune"], vec![must("commune", text), must("territory", text)])
}

fn sheet_profile() -> TableCreateStatement {
    table(
        "sheet_profile",
        &["name"],
        vec![must("name", text), must("profile", text), must("created_at", instant)],
    )
}
