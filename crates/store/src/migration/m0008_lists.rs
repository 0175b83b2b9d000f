//! What makes lists quick: a number that says when counters, territories or files moved, and indexes that answer the
//! filters of lists without reading the records.

use sea_orm_migration::prelude::*;

use super::{index, int, must, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let revision = table("revision", &["id"], vec![must("id", int), must("number", int)]);
        manager.create_table(revision).await?;
        let connection = manager.get_connection();
        connection.execute_unprepared("INSERT INTO revision (id, number) VALUES (1, 1)").await?;
        // Every column that a filter of a list names, then the two that sort it: the records themselves stay unread.
        let filters = "CREATE INDEX ix_person_filters ON person \
             (state, territory, family, dependants, commune, since, birth_date, origin_import, due_on, id) \
             WHERE merged_into IS NULL";
        connection.execute_unprepared(filters).await?;
        manager.create_index(index("person", &["commune", "sort_name", "id"])).await?;
        // The story of a household asks which files left its dossier out.
        manager.create_index(index("import_reject", &["dossier"])).await
    }
}
