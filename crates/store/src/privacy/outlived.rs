//! Is anything kept longer than its time? Asked by `declic verify` and by the test of ten years; written apart from the job.

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Statement};

use crate::db::Db;
use crate::error::Result;

/// For each table, the rows that outlived their time; `{edge}` = the day before which what began is over.
/// A table in which nothing can outlive its time has no query.
const OUTLIVED: [(&str, Option<&str>); 93] = [
    (
        "person",
        Some(
            "SELECT COUNT(*) AS n FROM person WHERE restricted_on IS NULL AND NOT EXISTS (\
               SELECT 1 FROM rights_request w JOIN person a ON a.id = w.person_id \
               WHERE w.answered_on IS NULL AND (a.id = person.id OR a.merged_into = person.id)) AND (\
             (archived_on < '{edge}' AND (last_name <> '' OR first_name <> '' OR birth_name <> '' OR sort_name <> '' \
              OR birth_place IS NOT NULL)) \
             OR (archived_on IS NOT NULL AND (nir_sealed IS NOT NULL OR nir_index IS NOT NULL \
              OR france_travail_sealed IS NOT NULL OR france_travail_index IS NOT NULL)))",
        ),
    ),
    (
        "search_term",
        Some(
            "SELECT COUNT(*) AS n FROM search_term t JOIN person p ON p.id = t.person_id WHERE p.last_name = ''",
        ),
    ),
    ("household", Some(NAMED_HOUSEHOLD)),
    ("membership", None),
    (
        "content",
        Some(
            "SELECT COUNT(*) AS n FROM content c JOIN household h ON h.id = c.household_id WHERE h.matricule = ''",
        ),
    ),
    (
        "sighting",
        Some(
            "SELECT COUNT(*) AS n FROM sighting s JOIN household h ON h.id = s.household_id WHERE h.matricule = ''",
        ),
    ),
    (
        "payment",
        Some(
            "SELECT COUNT(*) AS n FROM payment c JOIN household h ON h.id = c.household_id WHERE h.matricule = ''",
        ),
    ),
    ("referent", None),
    (
        "contact",
        Some(
            "SELECT COUNT(*) AS n FROM contact c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "label",
        Some(
            "SELECT COUNT(*) AS n FROM label c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "document",
        Some(
            "SELECT COUNT(*) AS n FROM document d JOIN person p ON p.id = d.person_id \
             WHERE p.archived_on IS NOT NULL OR d.removed_at < '{edge}'",
        ),
    ),
    ("document_object", Some("SELECT COUNT(*) AS n FROM document_object WHERE dropped_at < '{edge}'")),
    (
        "review",
        Some(
            "SELECT COUNT(*) AS n FROM review WHERE decided_at < '{edge}' AND \
             (undo IS NOT NULL OR decision_reason IS NOT NULL OR decided_by IS NOT NULL OR kept_nir_sealed IS NOT NULL)",
        ),
    ),
    (
        "import",
        Some(
            "SELECT COUNT(*) AS n FROM import WHERE received_at < '{edge}' AND \
             (file_name <> '' OR account_id IS NOT NULL OR error IS NOT NULL)",
        ),
    ),
    (
        "import_change",
        Some(
            "SELECT COUNT(*) AS n FROM import_change c JOIN import i ON i.id = c.import_id WHERE i.file_name = ''",
        ),
    ),
    (
        "import_reject",
        Some(
            "SELECT COUNT(*) AS n FROM import_reject c JOIN import i ON i.id = c.import_id WHERE i.received_at < '{edge}'",
        ),
    ),
    (
        "account",
        Some(
            "SELECT COUNT(*) AS n FROM account WHERE disabled_at < '{edge}' AND (name <> '' OR email LIKE '%@%')",
        ),
    ),
    ("account_role", None),
    (
        "account_identity",
        Some(
            "SELECT COUNT(*) AS n FROM account_identity i JOIN account a ON a.id = i.account_id WHERE a.disabled_at < '{edge}'",
        ),
    ),
    ("account_proposal", Some("SELECT COUNT(*) AS n FROM account_proposal WHERE decided_at < '{edge}'")),
    (
        "person_note",
        Some(
            "SELECT COUNT(*) AS n FROM person_note c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "proposal",
        Some(
            "SELECT COUNT(*) AS n FROM proposal c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "referral",
        Some(
            "SELECT COUNT(*) AS n FROM referral c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "call_file",
        Some(
            "SELECT COUNT(*) AS n FROM call_file c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "message",
        Some(
            "SELECT COUNT(*) AS n FROM message c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "call_attempt",
        Some(
            "SELECT COUNT(*) AS n FROM call_attempt c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    ("call_lease", Some("SELECT COUNT(*) AS n FROM call_lease WHERE until < '{edge}'")),
    (
        "orientation_decision",
        Some(
            "SELECT COUNT(*) AS n FROM orientation_decision c JOIN person p ON p.id = c.person_id \
             WHERE p.anonymised_on IS NOT NULL AND (c.reason_sealed IS NOT NULL OR c.explanation_sealed IS NOT NULL)",
        ),
    ),
    (
        "path_act",
        Some(
            "SELECT COUNT(*) AS n FROM path_act c JOIN person p ON p.id = c.person_id \
             WHERE p.anonymised_on IS NOT NULL AND c.text_sealed IS NOT NULL",
        ),
    ),
    (
        "diagnosis",
        Some(
            "SELECT COUNT(*) AS n FROM diagnosis c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "diagnosis_entry",
        Some(
            "SELECT COUNT(*) AS n FROM diagnosis_entry c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "diagnosis_event",
        Some(
            "SELECT COUNT(*) AS n FROM diagnosis_event c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "planned_action",
        Some(
            "SELECT COUNT(*) AS n FROM planned_action c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    ("diagnosis_presence", Some("SELECT COUNT(*) AS n FROM diagnosis_presence WHERE seen_at < '{edge}'")),
    ("enrolment", None),
    (
        "enrolment_act",
        Some(
            "SELECT COUNT(*) AS n FROM enrolment_act c JOIN person p ON p.id = c.person_id \
             WHERE p.anonymised_on IS NOT NULL AND c.text_sealed IS NOT NULL",
        ),
    ),
    (
        "path_contact",
        Some(
            "SELECT COUNT(*) AS n FROM path_contact c JOIN person p ON p.id = c.person_id \
             WHERE p.anonymised_on IS NOT NULL AND c.text_sealed IS NOT NULL",
        ),
    ),
    (
        "contract",
        Some(
            "SELECT COUNT(*) AS n FROM contract c JOIN person p ON p.id = c.person_id \
             WHERE p.anonymised_on IS NOT NULL AND c.text_sealed IS NOT NULL",
        ),
    ),
    (
        "contract_act",
        Some(
            "SELECT COUNT(*) AS n FROM contract_act c JOIN person p ON p.id = c.person_id \
             WHERE p.anonymised_on IS NOT NULL AND c.text_sealed IS NOT NULL",
        ),
    ),
    (
        "outcome",
        Some(
            "SELECT COUNT(*) AS n FROM outcome o JOIN person p ON p.id = o.person_id \
             WHERE p.anonymised_on IS NOT NULL AND o.text_sealed IS NOT NULL",
        ),
    ),
    (
        "outcome_act",
        Some(
            "SELECT COUNT(*) AS n FROM outcome_act o JOIN person p ON p.id = o.person_id \
             WHERE p.anonymised_on IS NOT NULL AND o.text_sealed IS NOT NULL",
        ),
    ),
    ("account_capacity", None),
    ("catalogue", None),
    (
        "appointment",
        Some(
            "SELECT COUNT(*) AS n FROM appointment c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "appointment_host",
        Some(
            "SELECT COUNT(*) AS n FROM appointment_host h JOIN appointment c ON c.id = h.appointment_id \
             JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "occupation",
        // Grains of five minutes, counted from 1970.
        Some(
            "SELECT COUNT(*) AS n FROM occupation o WHERE EXISTS \
             (SELECT 1 FROM appointment a WHERE a.id = o.holder_id AND a.ends_at < '{edge}') \
             OR EXISTS (SELECT 1 FROM gathering g WHERE g.id = o.holder_id AND g.ends_at < '{edge}')",
        ),
    ),
    ("absence", Some("SELECT COUNT(*) AS n FROM absence WHERE ends_at < '{edge}'")),
    ("slot", Some("SELECT COUNT(*) AS n FROM slot WHERE ends_at < '{edge}'")),
    ("opening", None),
    ("opening_exception", None),
    (
        "calendar_feed",
        Some(
            "SELECT COUNT(*) AS n FROM calendar_feed f JOIN account a ON a.id = f.account_id WHERE a.disabled_at < '{edge}'",
        ),
    ),
    ("wave", None),
    (
        "wave_person",
        Some(
            "SELECT COUNT(*) AS n FROM wave_person c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    ("booking_link", Some("SELECT COUNT(*) AS n FROM booking_link WHERE expires_at < '{edge}'")),
    (
        "callback_request",
        Some(
            "SELECT COUNT(*) AS n FROM callback_request c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    ("site", None),
    ("room", None),
    ("gathering", None),
    ("exceptional_access", Some("SELECT COUNT(*) AS n FROM exceptional_access WHERE opened_at < '{edge}'")),
    (
        "exceptional_seen",
        Some(
            "SELECT COUNT(*) AS n FROM exceptional_seen s \
             WHERE NOT EXISTS (SELECT 1 FROM exceptional_access a WHERE a.id = s.access_id)",
        ),
    ),
    ("structure", None),
    ("structure_territory", None),
    ("structure_capacity", None),
    ("sector", None),
    ("sector_commune", None),
    ("sector_holder", None),
    ("api_token", Some("SELECT COUNT(*) AS n FROM api_token WHERE revoked_at < '{edge}'")),
    ("session", Some("SELECT COUNT(*) AS n FROM session WHERE seen_at < '{edge}'")),
    ("one_time_link", Some("SELECT COUNT(*) AS n FROM one_time_link WHERE expires_at < '{edge}'")),
    ("journal", Some("SELECT COUNT(*) AS n FROM journal WHERE at < '{edge}'")),
    (
        "second_factor",
        Some(
            "SELECT COUNT(*) AS n FROM second_factor f JOIN account a ON a.id = f.account_id WHERE a.disabled_at < '{edge}'",
        ),
    ),
    (
        "recovery_code",
        Some(
            "SELECT COUNT(*) AS n FROM recovery_code c JOIN account a ON a.id = c.account_id WHERE a.disabled_at < '{edge}'",
        ),
    ),
    ("kept_form", Some("SELECT COUNT(*) AS n FROM kept_form WHERE expires_at < '{edge}'")),
    ("sign_in_try", Some("SELECT COUNT(*) AS n FROM sign_in_try WHERE since < '{edge}'")),
    ("report_address", None),
    ("delivery_report", Some("SELECT COUNT(*) AS n FROM delivery_report WHERE received_at < '{edge}'")),
    ("mail", Some("SELECT COUNT(*) AS n FROM mail WHERE expires_at < '{edge}'")),
    ("rights_request", Some("SELECT COUNT(*) AS n FROM rights_request WHERE answered_on < '{edge}'")),
    (
        "transfer",
        Some(
            "SELECT COUNT(*) AS n FROM transfer c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    (
        "transfer_item",
        Some(
            "SELECT COUNT(*) AS n FROM transfer_item c JOIN person p ON p.id = c.person_id WHERE p.archived_on IS NOT NULL",
        ),
    ),
    ("transfer_peer", None),
    ("journal_head", None),
    ("journal_block", None),
    ("counter", None),
    ("counter_place", None),
    ("revision", None),
    ("parameter", None),
    ("territory", None),
    ("territory_commune", None),
    ("sheet_profile", None),
    ("sealed_key", None),
    ("key_rotation", None),
    ("unsealed", Some("SELECT COUNT(*) AS n FROM unsealed")),
];

const NAMED_HOUSEHOLD: &str = "SELECT COUNT(*) AS n FROM household h WHERE (h.matricule <> '' OR h.content_hash IS NOT NULL) \
     AND EXISTS (SELECT 1 FROM membership m WHERE m.household_id = h.id) \
     AND NOT EXISTS (SELECT 1 FROM membership m JOIN person p ON p.id = m.person_id \
     WHERE m.household_id = h.id AND p.anonymised_on IS NULL)";

/// How many rows of `table` are older than `edge` allows; `None` for a table that nobody thought of.
///
/// # Errors
/// When the database does not answer.
pub async fn outlived(db: &Db, table: &str, edge: NaiveDate) -> Result<Option<i64>> {
    let Some((_, query)) = OUTLIVED.iter().find(|(name, _)| *name == table) else { return Ok(None) };
    let Some(query) = query else { return Ok(Some(0)) };
    let sql = query.replace("{edge}", &edge.to_string());
    let backend = db.read().get_database_backend();
    let row = db.read().query_one_raw(Statement::from_string(backend, sql)).await?;
    Ok(Some(row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or_default()))
}
