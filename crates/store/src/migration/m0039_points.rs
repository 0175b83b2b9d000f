//! The points that programmes set on the way: from when they are counted, and the next one of a person; before when a renewal
//! that was asked for is answered, and who asked to be called is.

use sea_orm_migration::prelude::*;

use super::{date, may, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("enrolment", may("starts_on", date)),
            ("person", may("point_by", date)),
            ("person", may("point", text)),
            ("person", may("decide_by", date)),
            ("person", may("call_by", date)),
        ];
        for (name, column) in columns {
            let alter = Table::alter().table(Alias::new(name)).add_column(column).to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
