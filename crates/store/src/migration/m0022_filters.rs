//! The index of the filters of lists knows who is hidden too: since nobody archived or frozen is listed, each record that it
//! named was read again.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("DROP INDEX ix_person_filters").await?;
        // `merged_into` is always empty there: it stands in the index so that SQLite needs nothing else to answer.
        let filters = "CREATE INDEX ix_person_filters ON person \
             (state, territory, family, dependants, commune, since, birth_date, origin_import, due_on, hidden, \
             merged_into, id) WHERE merged_into IS NULL";
        connection.execute_unprepared(filters).await.map(|_| ())
    }
}
