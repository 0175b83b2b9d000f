//! How many people stand where they live; rebuilt when people change.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "counter_place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub state: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub territory: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub commune: String,
    pub people: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
