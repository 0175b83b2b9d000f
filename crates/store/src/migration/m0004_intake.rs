//! Files received, what each said of each household, and what it changed.

use sea_orm_migration::prelude::*;

use super::{bytes, date, flag, index, instant, int, may, must, reference, table, text, uuid};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(import()).await?;
        manager.create_index(index("import", &["sha256"])).await?;
        manager.create_index(index("import", &["status", "number"])).await?;
        manager.create_table(household()).await?;
        manager
            .create_index(
                index("household", &["claim_number", "matricule", "organism_number", "organism"])
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager.create_index(index("household", &["matricule"])).await?;
        manager.create_table(content()).await?;
        manager.create_table(sighting()).await?;
        manager.create_table(import_reject()).await?;
        manager.create_index(index("import_reject", &["import_id", "position"])).await?;
        manager.create_table(payment()).await?;
        Ok(())
    }
}

fn import() -> TableCreateStatement {
    table(
        "import",
        &["id"],
        vec![
            must("id", uuid),
            must("number", int),
            must("sha256", text),
            must("file_name", text),
            must("status", text),
            may("kind", text),
            may("stamp", text),
            may("header_key", text),
            may("organisms", text),
            may("profile", text),
            may("report", text),
            may("error", text),
            may("spool", text),
            may("account_id", uuid),
            must("received_at", instant),
            may("leased_until", instant),
            may("finished_at", instant),
        ],
    )
}

fn household() -> TableCreateStatement {
    table(
        "household",
        &["id"],
        vec![
            must("id", uuid),
            must("organism", text),
            must("organism_number", text),
            must("matricule", text),
            must("claim_number", text),
            may("stamp", text),
            may("content_hash", bytes),
            may("right_state", text),
            may("absent_stamp", text),
            must("in_beneficiaires", flag),
        ],
    )
}

fn content() -> TableCreateStatement {
    table(
        "content",
        &["household_id", "hash"],
        vec![must("household_id", uuid), must("hash", bytes), must("payload", text)],
    )
    .foreign_key(&mut reference("content", "household_id", "household"))
    .to_owned()
}

fn sighting() -> TableCreateStatement {
    table(
        "sighting",
        &["household_id", "import_id"],
        vec![must("household_id", uuid), must("import_id", uuid), must("hash", bytes)],
    )
    .foreign_key(&mut reference("sighting", "household_id", "household"))
    .foreign_key(&mut reference("sighting", "import_id", "import"))
    .to_owned()
}

fn import_reject() -> TableCreateStatement {
    table(
        "import_reject",
        &["id"],
        vec![
            must("id", uuid),
            must("import_id", uuid),
            must("position", int),
            must("line", int),
            must("dossier", text),
            may("organism", text),
            may("organism_number", text),
            may("matricule", text),
            must("reason", text),
            must("raw", bytes),
        ],
    )
    .foreign_key(&mut reference("import_reject", "import_id", "import"))
    .to_owned()
}

fn payment() -> TableCreateStatement {
    table(
        "payment",
        &["household_id", "import_id", "rank"],
        vec![
            must("household_id", uuid),
            must("import_id", uuid),
            must("rank", int),
            must("month", date),
            must("class", text),
            must("nature", text),
            must("operation", text),
            must("amount_cents", int),
        ],
    )
    .foreign_key(&mut reference("payment", "household_id", "household"))
    .foreign_key(&mut reference("payment", "import_id", "import"))
    .to_owned()
}
