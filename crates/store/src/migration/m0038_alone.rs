//! Since when nobody follows a person any more: their referent left, was closed, or lost the role.

use sea_orm_migration::prelude::*;

use super::{date, may};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = may("alone_since", date);
        let alter = Table::alter().table(Alias::new("person")).add_column(column).to_owned();
        manager.alter_table(alter).await
    }
}
