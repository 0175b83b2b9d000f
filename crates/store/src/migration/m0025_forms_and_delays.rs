//! Forms sent after the end of their session, and the two more months of a complex request: what was typed and why are
//! encrypted.

use sea_orm_migration::prelude::*;

use super::{bytes, date, index, instant, may, must, reference, table, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            must("id", uuid),
            must("account_id", uuid),
            must("content_sealed", bytes),
            must("expires_at", instant),
        ];
        let forms = table("kept_form", &["id"], columns)
            .foreign_key(&mut reference("kept_form", "account_id", "account"))
            .to_owned();
        manager.create_table(forms).await?;
        manager.create_index(index("kept_form", &["account_id"])).await?;
        for column in [may("extended_on", date), may("extended_by", uuid), may("extension_sealed", bytes)] {
            let alter = Table::alter().table(Alias::new("rights_request")).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
