//! An adult followed. The columns after identity are derived, and checked by verify.

use sea_orm::entity::prelude::*;

#[expect(clippy::struct_excessive_bools, reason = "a row of a table has its columns")]
#[expect(missing_docs, reason = "the columns are told in docs/data-retention.md and in the migration")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub merged_into: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub last_name: String,
    #[sea_orm(column_type = "Text")]
    pub birth_name: String,
    #[sea_orm(column_type = "Text")]
    pub first_name: String,
    #[sea_orm(column_type = "Text")]
    pub sort_name: String,
    pub birth_date: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub sex: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub birth_place: Option<String>,
    pub nir_sealed: Option<Vec<u8>>,
    pub nir_index: Option<Vec<u8>>,
    pub nir_valid: bool,
    pub france_travail_sealed: Option<Vec<u8>>,
    pub france_travail_index: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text")]
    pub identity_stamp: Option<String>,
    pub household_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub household_role: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub right_state: Option<String>,
    pub subject: bool,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub asked_for_help: bool,
    pub claim_reception: Option<Date>,
    pub reception: Option<Date>,
    pub legal_on: Option<Date>,
    pub due_on: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub due_kind: Option<String>,
    pub closed_on: Option<Date>,
    pub since: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub commune: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub territory: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub family: Option<String>,
    pub dependants: i64,
    pub origin_import: Option<Uuid>,
    pub match_open: bool,
    pub has_referent: bool,
    pub created_at: DateTimeUtc,
    pub oriented_on: Option<Date>,
    pub met_on: Option<Date>,
    pub referred_on: Option<Date>,
    pub left_on: Option<Date>,
    pub confirm_by: Option<Date>,
    pub arrived_on: Option<Date>,
    pub exited_on: Option<Date>,
    pub review_on: Option<Date>,
    pub look_on: Option<Date>,
    pub answer_by: Option<Date>,
    pub absent_on: Option<Date>,
    pub absent_with: Option<Uuid>,
    pub task_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub task_side: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub programme: Option<String>,
    pub enrolled_on: Option<Date>,
    pub diagnosed_on: Option<Date>,
    pub diagnose_by: Option<Date>,
    pub prescription_by: Option<Date>,
    pub meet_by: Option<Date>,
    pub contact_by: Option<Date>,
    pub renew_by: Option<Date>,
    pub paused_until: Option<Date>,
    pub contract_on: Option<Date>,
    pub contract_until: Option<Date>,
    pub contract_lapsed: Option<Date>,
    pub contract_old: bool,
    pub hours_until: Option<Date>,
    pub validate_by: Option<Date>,
    pub contract_turns: Option<Date>,
    pub outcome_on: Option<Date>,
    pub check_by: Option<Date>,
    pub agreed_by: Option<Date>,
    pub start_by: Option<Date>,
    pub outcome_ends: Option<Date>,
    pub alone_since: Option<Date>,
    pub point_by: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub point: Option<String>,
    pub decide_by: Option<Date>,
    pub call_by: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
