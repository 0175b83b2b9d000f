//! What the département sets: dated parameters, territories, spreadsheet profiles.

use sea_orm_migration::prelude::*;

use super::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(table(
                "parameter",
                &["key", "since"],
                vec![must("key", text), must("since", date), must("value", text), must("source", text)],
            ))
            .await?;
        manager
            .create_table(table(
                "territory",
                &["code"],
                vec![must("code", text), must("name", text), must("proposed", flag)],
            ))
            .await?;
        manager
            .create_table(table(
                "territory_commune",
                &["commune"],
                vec![must("commune", text), must("territory", text)],
            ))
            .await?;
        manager
            .create_table(table(
                "sheet_profile",
                &["name"],
                vec![must("name", text), must("profile", text), must("created_at", instant)],
            ))
            .await?;
        Ok(())
    }
}
