//! How many people a structure follows at most, from a day on.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "structure_capacity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub structure_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub since: Date,
    pub people: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
