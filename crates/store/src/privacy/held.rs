//! Everything held on somebody, table by table: the copy that the law gives them (RGPD, art. 15).

use std::collections::HashSet;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoCondition, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Iterable as _, PrimaryKeyToColumn as _,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::crypto::Keys;
use crate::db::Db;
use crate::entity::{
    appointment, appointment_host, booking_link, call_attempt, call_file, call_lease, callback_request,
    contact, contract, contract_act, diagnosis, diagnosis_entry, diagnosis_event, document, document_object,
    enrolment, enrolment_act, exceptional_access, household, import_change, import_reject, journal, label,
    membership, message, orientation_decision, outcome, outcome_act, path_act, path_contact, payment, person,
    person_note, planned_action, proposal, referent, referral, review, rights_request, search_term, transfer,
    transfer_item, wave_person,
};
use crate::error::{Result, StoreError};
use crate::sealed::SEALED;

/// The tables that hold something on people.
pub const HELD: [&str; 45] = [
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
    "document",
    "document_object",
    "review",
    "import_change",
    "import_reject",
    "person_note",
    "exceptional_access",
    "proposal",
    "referral",
    "call_file",
    "call_attempt",
    "call_lease",
    "orientation_decision",
    "message",
    "path_act",
    "diagnosis",
    "diagnosis_entry",
    "diagnosis_event",
    "planned_action",
    "enrolment",
    "enrolment_act",
    "path_contact",
    "contract",
    "contract_act",
    "outcome",
    "outcome_act",
    "appointment",
    "appointment_host",
    "booking_link",
    "wave_person",
    "callback_request",
    "transfer",
    "transfer_item",
    "rights_request",
    "journal",
];

/// Those of [`HELD`] that say something of a whole household: read as its story is (`intake::history`), so that what they say
/// of the others can be left out.
pub const TOLD: [&str; 2] = ["content", "sighting"];

/// The tables that hold nothing on people followed, each with the reason; a test compares both lists with the schema.
pub const NOT_COPIED: [(&str, &str); 48] = [
    ("wave", "what was offered to many people: it names nobody"),
    ("import", "the files themselves: what they say of somebody is in content"),
    ("account", "professionals"),
    ("account_identity", "professionals"),
    ("account_role", "professionals"),
    ("account_proposal", "professionals"),
    ("exceptional_seen", "professionals who have read of an exceptional access"),
    ("account_capacity", "professionals"),
    ("catalogue", "nobody"),
    ("structure", "nobody"),
    ("structure_territory", "nobody"),
    ("structure_capacity", "nobody"),
    ("sector", "nobody"),
    ("sector_commune", "nobody"),
    ("sector_holder", "professionals"),
    ("site", "nobody"),
    ("room", "nobody"),
    ("opening", "professionals"),
    ("opening_exception", "professionals"),
    ("absence", "professionals"),
    ("slot", "professionals"),
    ("gathering", "professionals; the seat of somebody is in appointment"),
    ("occupation", "the hours of appointment, cut in grains"),
    ("calendar_feed", "professionals"),
    ("diagnosis_presence", "professionals who have a diagnosis open, for two minutes"),
    ("api_token", "softwares"),
    ("session", "professionals"),
    ("one_time_link", "professionals"),
    ("second_factor", "professionals"),
    ("recovery_code", "professionals"),
    ("kept_form", "what a professional was typing, for an hour"),
    ("sign_in_try", "professionals"),
    ("mail", "letters to professionals"),
    ("report_address", "providers of text messages"),
    ("delivery_report", "identifiers of providers that no message has"),
    ("journal_head", "nobody"),
    ("journal_block", "nobody"),
    ("counter", "nobody"),
    ("counter_place", "nobody"),
    ("revision", "nobody"),
    ("parameter", "nobody"),
    ("territory", "nobody"),
    ("territory_commune", "nobody"),
    ("sheet_profile", "nobody"),
    ("sealed_key", "nobody"),
    ("key_rotation", "nobody"),
    ("transfer_peer", "nobody"),
    ("unsealed", "empty once the database is up to date"),
];

/// A table and its rows on somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeldRows {
    /// The table.
    pub table: &'static str,
    /// Its rows, sealed values in clear under the name without `_sealed`.
    pub rows: Vec<Value>,
}

/// Everything held on the person whose records these are, in the order of [`HELD`], without [`TOLD`].
///
/// # Errors
/// When the database does not answer, or a value cannot be read.
pub async fn held(keys: &Keys, c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<HeldRows>> {
    let mut found = Vec::with_capacity(HELD.len());
    for table in HELD.into_iter().filter(|table| !TOLD.contains(table)) {
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
        "person" => people(c, ids).await,
        "search_term" => all::<search_term::Entity>(c, search_term::Column::PersonId.is_in(these())).await,
        "household" => all::<household::Entity>(c, household::Column::Id.in_subquery(households())).await,
        "membership" => all::<membership::Entity>(c, membership::Column::PersonId.is_in(these())).await,
        "payment" => all::<payment::Entity>(c, payment::Column::HouseholdId.in_subquery(households())).await,
        "referent" => all::<referent::Entity>(c, referent::Column::PersonId.is_in(these())).await,
        "contact" => all::<contact::Entity>(c, contact::Column::PersonId.is_in(these())).await,
        "label" => all::<label::Entity>(c, label::Column::PersonId.is_in(these())).await,
        "document" => all::<document::Entity>(c, document::Column::PersonId.is_in(these())).await,
        "document_object" => {
            let mine = Query::select()
                .column(document::Column::ObjectId)
                .from(document::Entity)
                .and_where(Expr::col(document::Column::PersonId).is_in(these()))
                .to_owned();
            all::<document_object::Entity>(c, document_object::Column::Id.in_subquery(mine)).await
        }
        "import_change" => {
            all::<import_change::Entity>(c, import_change::Column::PersonId.is_in(these())).await
        }
        "import_reject" => rejects(c, households()).await,
        "journal" => all::<journal::Entity>(c, journal::Column::PersonId.is_in(these())).await,
        "person_note" => all::<person_note::Entity>(c, person_note::Column::PersonId.is_in(these())).await,
        "exceptional_access" => {
            all::<exceptional_access::Entity>(c, exceptional_access::Column::PersonId.is_in(these())).await
        }
        "appointment" => all::<appointment::Entity>(c, appointment::Column::PersonId.is_in(these())).await,
        "appointment_host" => {
            let mine = Query::select()
                .column(appointment::Column::Id)
                .from(appointment::Entity)
                .and_where(Expr::col(appointment::Column::PersonId).is_in(these()))
                .to_owned();
            all::<appointment_host::Entity>(c, appointment_host::Column::AppointmentId.in_subquery(mine))
                .await
        }
        "wave_person" => all::<wave_person::Entity>(c, wave_person::Column::PersonId.is_in(these())).await,
        "booking_link" => all::<booking_link::Entity>(c, booking_link::Column::PersonId.is_in(these())).await,
        "callback_request" => {
            all::<callback_request::Entity>(c, callback_request::Column::PersonId.is_in(these())).await
        }
        "proposal" => all::<proposal::Entity>(c, proposal::Column::PersonId.is_in(these())).await,
        "referral" => all::<referral::Entity>(c, referral::Column::PersonId.is_in(these())).await,
        "call_file" => all::<call_file::Entity>(c, call_file::Column::PersonId.is_in(these())).await,
        "message" => all::<message::Entity>(c, message::Column::PersonId.is_in(these())).await,
        "call_attempt" => all::<call_attempt::Entity>(c, call_attempt::Column::PersonId.is_in(these())).await,
        "call_lease" => all::<call_lease::Entity>(c, call_lease::Column::PersonId.is_in(these())).await,
        "orientation_decision" => {
            let theirs = orientation_decision::Column::PersonId.is_in(these());
            all::<orientation_decision::Entity>(c, theirs).await
        }
        "transfer" => all::<transfer::Entity>(c, transfer::Column::PersonId.is_in(these())).await,
        "transfer_item" => {
            all::<transfer_item::Entity>(c, transfer_item::Column::PersonId.is_in(these())).await
        }
        "path_act" => all::<path_act::Entity>(c, path_act::Column::PersonId.is_in(these())).await,
        "rights_request" => {
            all::<rights_request::Entity>(c, rights_request::Column::PersonId.is_in(these())).await
        }
        "review" => {
            let either = Condition::any()
                .add(review::Column::PersonA.is_in(these()))
                .add(review::Column::PersonB.is_in(these()));
            all::<review::Entity>(c, either).await
        }
        other => together(c, other, ids).await,
    }
}

/// Diagnoses and actions, programmes and contacts, contracts, returns to work.
async fn together(c: &impl ConnectionTrait, table: &str, ids: &[Uuid]) -> Result<Vec<Value>> {
    let these = || ids.iter().copied();
    match table {
        "diagnosis" => all::<diagnosis::Entity>(c, diagnosis::Column::PersonId.is_in(these())).await,
        "diagnosis_entry" => {
            all::<diagnosis_entry::Entity>(c, diagnosis_entry::Column::PersonId.is_in(these())).await
        }
        "diagnosis_event" => {
            all::<diagnosis_event::Entity>(c, diagnosis_event::Column::PersonId.is_in(these())).await
        }
        "planned_action" => {
            all::<planned_action::Entity>(c, planned_action::Column::PersonId.is_in(these())).await
        }
        "enrolment" => all::<enrolment::Entity>(c, enrolment::Column::PersonId.is_in(these())).await,
        "enrolment_act" => {
            all::<enrolment_act::Entity>(c, enrolment_act::Column::PersonId.is_in(these())).await
        }
        "path_contact" => all::<path_contact::Entity>(c, path_contact::Column::PersonId.is_in(these())).await,
        "contract" => all::<contract::Entity>(c, contract::Column::PersonId.is_in(these())).await,
        "contract_act" => all::<contract_act::Entity>(c, contract_act::Column::PersonId.is_in(these())).await,
        "outcome" => all::<outcome::Entity>(c, outcome::Column::PersonId.is_in(these())).await,
        "outcome_act" => all::<outcome_act::Entity>(c, outcome_act::Column::PersonId.is_in(these())).await,
        other => Err(StoreError::Other(format!("no copy of {other}"))),
    }
}

/// The records, with how far they are on the way to anonymous, which lists do not read.
async fn people(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Value>> {
    const DATES: [&str; 4] = ["last_act_on", "archived_on", "anonymised_on", "restricted_on"];
    let mut rows = all::<person::Entity>(c, person::Column::Id.is_in(ids.iter().copied())).await?;
    for row in &mut rows {
        let Some(fields) = row.as_object_mut() else { continue };
        let id: Option<Uuid> = fields.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        for name in DATES {
            let day: Option<Option<chrono::NaiveDate>> = person::Entity::find()
                .select_only()
                .expr_as(Expr::col(Alias::new(name)), name)
                .filter(person::Column::Id.eq(id))
                .into_tuple()
                .one(c)
                .await?;
            fields.insert(name.to_owned(), serde_json::to_value(day.flatten()).unwrap_or_default());
        }
    }
    Ok(rows)
}

/// The dossiers left out that carry the numbers of one of these households; a claim number alone may be another body's.
async fn rejects(
    c: &impl ConnectionTrait,
    households: sea_orm::sea_query::SelectStatement,
) -> Result<Vec<Value>> {
    let known =
        household::Entity::find().filter(household::Column::Id.in_subquery(households)).all(c).await?;
    let claims: HashSet<&str> = known.iter().map(|h| h.claim_number.as_str()).collect();
    let rows =
        import_reject::Entity::find().filter(import_reject::Column::Dossier.is_in(claims)).all(c).await?;
    let same = |said: Option<&String>, known: &String| said.is_none_or(|said| said == known);
    let theirs = |row: &import_reject::Model| {
        known.iter().any(|h| {
            h.claim_number == row.dossier
                && same(row.organism.as_ref(), &h.organism)
                && same(row.organism_number.as_ref(), &h.organism_number)
                && same(row.matricule.as_ref(), &h.matricule)
        })
    };
    rows.into_iter().filter(theirs).map(value).collect()
}

async fn all<E>(c: &impl ConnectionTrait, which: impl IntoCondition) -> Result<Vec<Value>>
where
    E: EntityTrait,
    E::Model: Serialize,
{
    let mut query = E::find().filter(which);
    for key in E::PrimaryKey::iter() {
        query = query.order_by_asc(key.into_column());
    }
    query.all(c).await?.into_iter().map(value).collect()
}

fn value<M: Serialize>(row: M) -> Result<Value> {
    serde_json::to_value(row).map_err(|e| StoreError::Other(e.to_string()))
}

/// Sealed values become text; blind indexes and hashes go: they say nothing to anybody. The key of a document and the text
/// of a dossier left out are not opened.
fn in_clear(keys: &Keys, table: &str, row: Value) -> Result<Value> {
    const SHUT: [(&str, &str); 2] = [("document_object", "key_sealed"), ("import_reject", "raw")];
    let Value::Object(fields) = row else { return Ok(row) };
    let mut clear = Map::new();
    for (name, value) in fields {
        if SHUT.contains(&(table, name.as_str())) {
            continue;
        }
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

/// Every column of the schema, by table and name: a check compares them with what the copy says and leaves out.
///
/// # Errors
/// When the database does not answer.
pub async fn columns(db: &Db) -> Result<Vec<(String, String)>> {
    let sql = if db.is_postgres() {
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns \
         WHERE table_schema = current_schema() ORDER BY 1, 2"
    } else {
        "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
         WHERE m.type = 'table' ORDER BY 1, 2"
    };
    let rows = db.read().query_all_raw(Statement::from_string(db.read().get_database_backend(), sql)).await?;
    rows.iter().map(|row| Ok((row.try_get("", "t")?, row.try_get("", "c")?))).collect()
}
