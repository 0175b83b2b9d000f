//! A dossier of a payer, as it stands today.

use sea_orm::entity::prelude::*;

#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "household")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub organism: String,
    #[sea_orm(column_type = "Text")]
    pub organism_number: String,
    #[sea_orm(column_type = "Text")]
    pub matricule: String,
    #[sea_orm(column_type = "Text")]
    pub claim_number: String,
    #[sea_orm(column_type = "Text")]
    pub stamp: Option<String>,
    pub content_hash: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text")]
    pub right_state: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub absent_stamp: Option<String>,
    pub in_beneficiaires: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What such a claim number begins with.
pub const ANONYMOUS: &str = "anonyme ";

/// What stands in the place of the claim number of a household in which nobody has a name any more.
pub fn anonymous(id: Uuid) -> String {
    format!("{ANONYMOUS}{id}")
}
