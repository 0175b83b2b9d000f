//! A dossier left out alone; its text is sealed.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "import_reject")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub import_id: Uuid,
    pub position: i64,
    pub line: i64,
    #[sea_orm(column_type = "Text")]
    pub dossier: String,
    #[sea_orm(column_type = "Text")]
    pub organism: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub organism_number: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub matricule: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub raw: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
