//! How far somebody is on the way from followed to anonymous, and what hides them from lists.

use sea_orm_migration::prelude::*;

use super::{date, flag, may, must};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        let hidden = must("hidden", flag).default(false).to_owned();
        for column in [
            may("last_act_on", date),
            may("archived_on", date),
            may("anonymised_on", date),
            may("restricted_on", date),
            hidden,
        ] {
            let change = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        // Nearly nobody is hidden: the index holds only those who are.
        for (name, column, which) in [
            ("ix_person_hidden", "id", "hidden"),
            ("ix_person_archived_on", "archived_on", "archived_on IS NOT NULL"),
        ] {
            let sql = format!("CREATE INDEX {name} ON person ({column}) WHERE {which}");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
