//! Persons, their places in households, their contacts, and what search and lists read.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(person()).await?;
        for columns in [
            &["nir_index"][..],
            &["birth_date", "nir_index"],
            &["france_travail_id"],
            &["state", "due_on", "id"],
            &["sort_name", "id"],
            &["household_id"],
        ] {
            manager.create_index(index("person", columns)).await?;
        }
        // Nearly nobody is merged: a whole index on it would look like the best way to « not merged », thus to everybody.
        let merged = "CREATE INDEX ix_person_merged ON person (merged_into) WHERE merged_into IS NOT NULL";
        manager.get_connection().execute_unprepared(merged).await?;
        manager.create_table(membership()).await?;
        manager.create_index(index("membership", &["person_id"])).await?;
        manager.create_table(contact()).await?;
        manager.create_index(index("contact", &["person_id"])).await?;
        manager.create_index(index("contact", &["value"])).await?;
        manager.create_table(search_term()).await?;
        manager.create_index(index("search_term", &["person_id"])).await?;
        manager.create_table(counter()).await?;
        manager.create_table(counter_place()).await?;
        manager.create_table(import_change()).await?;
        manager.create_table(referent()).await?;
        manager.create_index(index("referent", &["person_id"])).await?;
        manager.create_index(index("referent", &["account_id", "person_id"])).await?;
        if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
            // Prefix search on PostgreSQL needs the byte order, whatever the locale of the server.
            let sql = "CREATE INDEX ix_search_term_prefix ON search_term (term text_pattern_ops, person_id)";
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

fn person() -> TableCreateStatement {
    table(
        "person",
        &["id"],
        vec![
            must("id", uuid),
            may("merged_into", uuid),
            must("last_name", text),
            must("birth_name", text),
            must("first_name", text),
            must("sort_name", text),
            may("birth_date", date),
            may("sex", text),
            may("birth_place", text),
            may("nir_sealed", bytes),
            may("nir_index", bytes),
            must("nir_valid", flag),
            may("france_travail_id", text),
            may("identity_stamp", text),
            may("household_id", uuid),
            may("household_role", text),
            may("right_state", text),
            must("subject", flag),
            must("state", text),
            must("asked_for_help", flag),
            may("claim_reception", date),
            may("reception", date),
            may("legal_on", date),
            may("due_on", date),
            may("due_kind", text),
            may("closed_on", date),
            may("since", date),
            may("commune", text),
            may("territory", text),
            may("family", text),
            must("dependants", int),
            may("origin_import", uuid),
            must("match_open", flag),
            must("has_referent", flag),
            must("created_at", instant),
        ],
    )
    .foreign_key(&mut reference("person", "merged_into", "person"))
    .foreign_key(&mut reference("person", "household_id", "household"))
    .to_owned()
}

fn membership() -> TableCreateStatement {
    table(
        "membership",
        &["household_id", "person_id"],
        vec![
            must("household_id", uuid),
            must("person_id", uuid),
            must("role", text),
            must("named", flag),
            must("stamp", text),
        ],
    )
    .foreign_key(&mut reference("membership", "household_id", "household"))
    .foreign_key(&mut reference("membership", "person_id", "person"))
    .to_owned()
}

fn contact() -> TableCreateStatement {
    table(
        "contact",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("kind", text),
            must("value", text),
            must("allowed", flag),
            must("shared", flag),
            may("import_id", uuid),
            may("account_id", uuid),
            must("stamp", text),
            must("recorded_at", instant),
        ],
    )
    .foreign_key(&mut reference("contact", "person_id", "person"))
    .to_owned()
}

fn search_term() -> TableCreateStatement {
    table("search_term", &["term", "person_id"], vec![must("term", text), must("person_id", uuid)])
        .foreign_key(&mut reference("search_term", "person_id", "person"))
        .to_owned()
}

fn counter() -> TableCreateStatement {
    table(
        "counter",
        &["state", "territory", "due_on"],
        vec![must("state", text), must("territory", text), must("due_on", date), must("people", int)],
    )
}

fn import_change() -> TableCreateStatement {
    table(
        "import_change",
        &["import_id", "kind", "person_id"],
        vec![must("import_id", uuid), must("kind", text), must("person_id", uuid)],
    )
    .foreign_key(&mut reference("import_change", "import_id", "import"))
    .foreign_key(&mut reference("import_change", "person_id", "person"))
    .to_owned()
}

fn referent() -> TableCreateStatement {
    table(
        "referent",
        &["id"],
        vec![
            must("id", uuid),
            must("person_id", uuid),
            must("account_id", uuid),
            must("side", text),
            must("since", date),
            may("until", date),
        ],
    )
    .foreign_key(&mut reference("referent", "person_id", "person"))
    .foreign_key(&mut reference("referent", "account_id", "account"))
    .to_owned()
}

fn counter_place() -> TableCreateStatement {
    table(
        "counter_place",
        &["state", "territory", "commune"],
        vec![must("state", text), must("territory", text), must("commune", text), must("people", int)],
    )
}
