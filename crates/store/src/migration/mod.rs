//! The schema, one migration a concern, the same for SQLite and PostgreSQL. Never edited once landed.

use sea_orm_migration::prelude::*;

mod m0001_access;
mod m0002_audit;
mod m0003_settings;
mod m0004_intake;
mod m0005_people;
mod m0006_review;
mod m0007_review_undo;
mod m0008_lists;
mod m0009_by_hand;
mod m0010_sign_in;
mod m0011_mail;
mod m0012_structures;
mod m0013_walls;
mod m0014_journal_blocks;
mod m0015_sealing;
mod m0016_retention;
mod m0018_documents;
mod m0019_identity;
mod m0020_rights;
mod m0021_proposals;
mod m0022_filters;
mod m0023_agenda;
mod m0024_orientation;
mod m0025_forms_and_delays;
mod m0026_messages;
mod m0027_booking_links;
mod m0028_followup;
mod m0029_transfers;
mod m0030_sectors;
mod m0031_waves;
mod m0032_reports;
mod m0033_diagnosis;
mod m0034_actions;
mod m0035_programmes;
mod m0036_contracts;
mod m0037_outcomes;
mod m0038_alone;
mod m0039_points;

/// Every migration, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_access::Migration),
            Box::new(m0002_audit::Migration),
            Box::new(m0003_settings::Migration),
            Box::new(m0004_intake::Migration),
            Box::new(m0005_people::Migration),
            Box::new(m0006_review::Migration),
            Box::new(m0007_review_undo::Migration),
            Box::new(m0008_lists::Migration),
            Box::new(m0009_by_hand::Migration),
            Box::new(m0010_sign_in::Migration),
            Box::new(m0011_mail::Migration),
            Box::new(m0012_structures::Migration),
            Box::new(m0013_walls::Migration),
            Box::new(m0014_journal_blocks::Migration),
            Box::new(m0015_sealing::Migration),
            Box::new(m0016_retention::Migration),
            Box::new(m0018_documents::Migration),
            Box::new(m0019_identity::Migration),
            Box::new(m0020_rights::Migration),
            Box::new(m0021_proposals::Migration),
            Box::new(m0022_filters::Migration),
            Box::new(m0023_agenda::Migration),
            Box::new(m0024_orientation::Migration),
            Box::new(m0025_forms_and_delays::Migration),
            Box::new(m0026_messages::Migration),
            Box::new(m0027_booking_links::Migration),
            Box::new(m0030_sectors::Migration),
            Box::new(m0029_transfers::Migration),
            Box::new(m0028_followup::Migration),
            Box::new(m0031_waves::Migration),
            Box::new(m0032_reports::Migration),
            Box::new(m0033_diagnosis::Migration),
            Box::new(m0034_actions::Migration),
            Box::new(m0035_programmes::Migration),
            Box::new(m0036_contracts::Migration),
            Box::new(m0037_outcomes::Migration),
            Box::new(m0038_alone::Migration),
            Box::new(m0039_points::Migration),
        ]
    }
}

/// Every table, for `docs/data-retention.md`: each has a lifetime there, and a test compares.
pub const TABLES: [&str; 93] = [
    "account",
    "account_identity",
    "account_role",
    "session",
    "one_time_link",
    "second_factor",
    "recovery_code",
    "kept_form",
    "sign_in_try",
    "mail",
    "message",
    "report_address",
    "delivery_report",
    "api_token",
    "journal",
    "journal_head",
    "journal_block",
    "parameter",
    "territory",
    "territory_commune",
    "sheet_profile",
    "import",
    "import_change",
    "import_reject",
    "household",
    "content",
    "sighting",
    "payment",
    "person",
    "membership",
    "contact",
    "label",
    "search_term",
    "counter",
    "counter_place",
    "revision",
    "referent",
    "review",
    "sealed_key",
    "key_rotation",
    "unsealed",
    "document",
    "document_object",
    "structure",
    "structure_territory",
    "account_proposal",
    "person_note",
    "exceptional_access",
    "exceptional_seen",
    "rights_request",
    "proposal",
    "catalogue",
    "call_file",
    "call_lease",
    "call_attempt",
    "orientation_decision",
    "path_act",
    "enrolment",
    "enrolment_act",
    "path_contact",
    "contract",
    "contract_act",
    "outcome",
    "outcome_act",
    "account_capacity",
    "site",
    "room",
    "opening",
    "opening_exception",
    "absence",
    "slot",
    "gathering",
    "appointment",
    "appointment_host",
    "occupation",
    "calendar_feed",
    "booking_link",
    "wave",
    "wave_person",
    "callback_request",
    "sector",
    "sector_commune",
    "sector_holder",
    "structure_capacity",
    "referral",
    "transfer",
    "transfer_item",
    "transfer_peer",
    "diagnosis",
    "diagnosis_entry",
    "diagnosis_event",
    "diagnosis_presence",
    "planned_action",
];

/// A table with these columns and primary key.
fn table(name: &'static str, key: &[&'static str], columns: Vec<ColumnDef>) -> TableCreateStatement {
    let mut statement = Table::create();
    statement.table(Alias::new(name));
    for column in columns {
        statement.col(column);
    }
    let mut index = Index::create();
    for column in key {
        index.col(Alias::new(*column));
    }
    statement.primary_key(&mut index);
    statement
}

/// A foreign key from `table.column` to `target.id`; SQLite wants it in the `CREATE TABLE`.
fn reference(table: &'static str, column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.from(Alias::new(table), Alias::new(column)).to(Alias::new(target), Alias::new("id"));
    key
}

/// An index named after its table and columns.
fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut statement = Index::create();
    statement.name(format!("ix_{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        statement.col(Alias::new(*column));
    }
    statement
}

/// A column that must have a value.
fn must(name: &'static str, kind: fn(&mut ColumnDef) -> &mut ColumnDef) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    kind(&mut column).not_null();
    column
}

/// A column that may be empty.
fn may(name: &'static str, kind: fn(&mut ColumnDef) -> &mut ColumnDef) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    kind(&mut column).null();
    column
}

fn uuid(c: &mut ColumnDef) -> &mut ColumnDef {
    c.uuid()
}
fn text(c: &mut ColumnDef) -> &mut ColumnDef {
    c.text()
}
fn date(c: &mut ColumnDef) -> &mut ColumnDef {
    c.date()
}
fn instant(c: &mut ColumnDef) -> &mut ColumnDef {
    c.timestamp_with_time_zone()
}
fn int(c: &mut ColumnDef) -> &mut ColumnDef {
    c.big_integer()
}
fn flag(c: &mut ColumnDef) -> &mut ColumnDef {
    c.boolean()
}
fn bytes(c: &mut ColumnDef) -> &mut ColumnDef {
    c.binary()
}
