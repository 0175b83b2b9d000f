//! Everything held on somebody, table by table: the copy that the law gives them (RGPD, art. 15).

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::crypto::Keys;
use crate::entity::{
    contact, content, household, import_change, import_reject, journal, label, membership, payment, person,
    referent, review, rights_request, search_term, sighting,
};
use crate::error::{Result, StoreError};
use crate::sealed::SEALED;

/// The tables that name people.
pub const HELD: [&str; 15] = [
    "person",
    "search_term",
    "household",
    "membership",
    "content",
    "sighting",
    "payment",
    "referent",
    "contact",
    "label",
    "review",
    "import_change",
    "import_reject",
    "journal",
    "rights_request",
];

/// The tables that name nobody followed, each with the reason; a test compares both lists with the schema.
pub const NOT_HELD: [(&str, &str); 17] = [
    ("import", "the files themselves: what they say of somebody is in content"),
    ("account", "professionals"),
    ("account_role", "professionals"),
    ("api_token", "softwares"),
    ("session", "professionals"),
    ("one_time_link", "professionals"),
    ("journal_head", "nobody"),
    ("counter", "nobody"),
    ("counter_place", "nobody"),
    ("revision", "nobody"),
    ("parameter", "nobody"),
    ("territory", "nobody"),
    ("territory_commune", "nobody"),
    ("sheet_profile", "nobody"),
    ("sealed_key", "nobody"),
    ("key_rotation", "nobody"),
    ("unsealed", "empty once the database is up to date"),
];

/// A table and its rows on somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldRows {
    /// The table.
    pub table: &'static str,
    /// Its rows, sealed values in clear.
    pub rows: Vec<Value>,
}

/// Everything held on the person whose records these are, in the order of [`HELD`].
///
/// # Errors
/// When the database does not answer, or a value cannot be read.
pub async fn held(keys: &Keys, c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<HeldRows>> {
    let mut found = Vec::with_capacity(HELD.len());
    for table in HELD {
        let rows = rows_of(c, table, ids).await?;
        let rows = rows.into_iter().map(|row| in_clear(keys, table, row)).collect::<Result<_>>()?;
        found.push(HeldRows { table, rows });
    }
    Ok(found)
}

async fn rows_of(c: &impl ConnectionTrait, table: &str, ids: &[Uuid]) -> Result<Vec<Value>> {
    let these = || ids.iter().copied();
    let households = || {
        Query::select()
            .column(membership::Column::HouseholdId)
            .from(membership::Entity)
            .and_where(Expr::col(membership::Column::PersonId).is_in(these()))
            .to_owned()
    };
    match table {
        "person" => all::<person::Entity>(c, person::Column::Id.is_in(these())).await,
        "search_term" => all::<search_term::Entity>(c, search_term::Column::PersonId.is_in(these())).await,
        "household" => all::<household::Entity>(c, household::Column::Id.in_subquery(households())).await,
        "membership" => all::<membership::Entity>(c, membership::Column::PersonId.is_in(these())).await,
        "content" => all::<content::Entity>(c, content::Column::HouseholdId.in_subquery(households())).await,
        "sighting" => {
            all::<sighting::Entity>(c, sighting::Column::HouseholdId.in_subquery(households())).await
        }
        "payment" => all::<payment::Entity>(c, payment::Column::HouseholdId.in_subquery(households())).await,
        "referent" => all::<referent::Entity>(c, referent::Column::PersonId.is_in(these())).await,
        "contact" => all::<contact::Entity>(c, contact::Column::PersonId.is_in(these())).await,
        "label" => all::<label::Entity>(c, label::Column::PersonId.is_in(these())).await,
        "import_change" => {
            all::<import_change::Entity>(c, import_change::Column::PersonId.is_in(these())).await
        }
        "import_reject" => {
            let claims = Query::select()
                .column(household::Column::ClaimNumber)
                .from(household::Entity)
                .and_where(Expr::col(household::Column::Id).in_subquery(households()))
                .to_owned();
            all::<import_reject::Entity>(c, import_reject::Column::Dossier.in_subquery(claims)).await
        }
        "journal" => all::<journal::Entity>(c, journal::Column::PersonId.is_in(these())).await,
        "rights_request" => {
            all::<rights_request::Entity>(c, rights_request::Column::PersonId.is_in(these())).await
        }
        "review" => {
            let either = Condition::any()
                .add(review::Column::PersonA.is_in(these()))
                .add(review::Column::PersonB.is_in(these()));
            all::<review::Entity>(c, either).await
        }
        _ => Ok(Vec::new()),
    }
}

async fn all<E>(c: &impl ConnectionTrait, which: impl sea_orm::sea_query::IntoCondition) -> Result<Vec<Value>>
where
    E: EntityTrait,
    E::Model: Serialize,
{
    use sea_orm::{Iterable as _, PrimaryKeyToColumn as _};
    let mut query = E::find().filter(which);
    for key in E::PrimaryKey::iter() {
        query = query.order_by_asc(key.into_column());
    }
    let value = |row: E::Model| serde_json::to_value(row).map_err(|e| StoreError::Other(e.to_string()));
    query.all(c).await?.into_iter().map(value).collect()
}

/// Sealed values become text, blind indexes and hashes go: they say nothing to anybody.
fn in_clear(keys: &Keys, table: &str, row: Value) -> Result<Value> {
    let Value::Object(fields) = row else { return Ok(row) };
    let mut clear = Map::new();
    for (name, value) in fields {
        let sealed = SEALED.iter().find(|column| column.table == table && column.sealed == name);
        match (sealed, bytes(&value)) {
            (Some(column), Some(sealed)) => {
                let plain = keys.decrypt(column.place, &sealed)?;
                let name = name.strip_suffix("_sealed").unwrap_or(&name).to_owned();
                clear.insert(name, String::from_utf8_lossy(&plain).into_owned().into());
            }
            (None, None) => {
                clear.insert(name, value);
            }
            _ => {}
        }
    }
    Ok(Value::Object(clear))
}

/// The bytes that a list of small numbers stands for.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let list = value.as_array()?;
    list.iter().map(|n| n.as_u64().and_then(|n| u8::try_from(n).ok())).collect()
}
