//! Every column of the tables that hold something on people that the copy says, and how; `not_said.rs` has the others.

use app::privacy::rights::Layout;

use super::super::person::role_words;
use super::say::Say;
use crate::view::words::coded;

/// A column that the copy says.
pub struct Field {
    /// Its table.
    pub table: &'static str,
    /// Its name, without `_sealed`.
    pub column: &'static str,
    /// Key of its French name.
    pub key: &'static str,
    /// How its value is said.
    pub say: Say,
}

/// « Responsable de territoire (Verdun) »; what is no professional is told by what it is.
fn by_role(kept: &str) -> Option<String> {
    match kept.split(':').next() {
        Some(machine @ ("system" | "token")) => coded::actor(machine),
        _ => Some(role_words(kept)).filter(|words| !words.is_empty()),
    }
}

/// A table in the copy.
#[derive(Clone, Copy)]
pub struct SectionOf {
    /// The table.
    pub table: &'static str,
    /// Key of its title.
    pub title: &'static str,
    /// How the letter shows it.
    pub layout: Layout,
}

const fn facts(table: &'static str, title: &'static str) -> SectionOf {
    SectionOf { table, title, layout: Layout::Facts }
}

const fn table(table: &'static str, title: &'static str) -> SectionOf {
    SectionOf { table, title, layout: Layout::Table }
}

/// The tables, in the order of the copy.
pub const SECTIONS: [SectionOf; 22] = [
    facts("person", "copy-person"),
    facts("contact", "copy-contact"),
    table("referent", "copy-referent"),
    facts("household", "copy-household"),
    facts("membership", "copy-membership"),
    facts("content", "copy-content"),
    table("payment", "copy-payment"),
    table("label", "copy-label"),
    facts("document", "copy-document"),
    table("document_object", "copy-object"),
    facts("person_note", "copy-person-note"),
    facts("exceptional_access", "copy-exceptional"),
    facts("proposal", "copy-proposal"),
    facts("appointment", "copy-appointment"),
    table("appointment_host", "copy-appointment-host"),
    facts("rights_request", "copy-request"),
    table("journal", "copy-journal"),
    facts("review", "copy-review"),
    table("import_change", "copy-change"),
    facts("import_reject", "copy-reject"),
    table("sighting", "copy-sighting"),
    table("search_term", "copy-term"),
];

const fn f(table: &'static str, column: &'static str, key: &'static str, say: Say) -> Field {
    Field { table, column, key, say }
}

/// Every column that is said, in the order of the copy.
#[rustfmt::skip]
pub const FIELDS: [Field; 152] = [
    f("person", "last_name", "copy-last-name", Say::Text),
    f("person", "birth_name", "copy-birth-name", Say::Text),
    f("person", "first_name", "copy-first-name", Say::Text),
    f("person", "sex", "copy-sex", Say::Code("SEXE")),
    f("person", "birth_date", "copy-birth-date", Say::Day),
    f("person", "birth_place", "copy-birth-place", Say::Text),
    f("person", "nir", "copy-nir", Say::Text),
    f("person", "nir_valid", "copy-nir-valid", Say::YesNo),
    f("person", "france_travail", "copy-france-travail", Say::Text),
    f("person", "identity_stamp", "copy-identity-stamp", Say::Stamp),
    f("person", "commune", "copy-commune", Say::Commune),
    f("person", "territory", "copy-territory", Say::Territory),
    f("person", "family", "copy-family", Say::Code("SITFAM")),
    f("person", "household_role", "copy-role", Say::Role),
    f("person", "dependants", "copy-dependants", Say::Count),
    f("person", "right_state", "copy-right", Say::Words(coded::right)),
    f("person", "subject", "copy-subject", Say::YesNo),
    f("person", "state", "copy-state", Say::Words(coded::state)),
    f("person", "since", "copy-state-since", Say::Day),
    f("person", "asked_for_help", "copy-asked", Say::YesNo),
    f("person", "claim_reception", "copy-claim-reception", Say::Day),
    f("person", "reception", "copy-reception", Say::Day),
    f("person", "due_kind", "copy-due-kind", Say::Words(coded::due_kind)),
    f("person", "due_on", "copy-due-on", Say::Day),
    f("person", "legal_on", "copy-legal-on", Say::Day),
    f("person", "closed_on", "copy-closed-on", Say::Day),
    f("person", "has_referent", "copy-has-referent", Say::YesNo),
    f("person", "match_open", "copy-match-open", Say::YesNo),
    f("person", "origin_import", "copy-origin", Say::File),
    f("person", "created_at", "copy-created", Say::Instant),
    f("person", "last_act_on", "copy-last-act", Say::Day),
    f("person", "archived_on", "copy-archived", Say::Day),
    f("person", "anonymised_on", "copy-anonymised", Say::Day),
    f("person", "restricted_on", "copy-restricted", Say::Day),
    f("contact", "kind", "copy-kind", Say::Words(coded::contact)),
    f("contact", "value", "copy-value", Say::Words(coded::contact_value)),
    f("contact", "allowed", "copy-allowed", Say::YesNo),
    f("contact", "shared", "copy-shared", Say::YesNo),
    f("contact", "import_id", "copy-file", Say::File),
    f("contact", "account_id", "copy-written-by", Say::Agent),
    f("contact", "stamp", "copy-true-on", Say::Stamp),
    f("contact", "recorded_at", "copy-recorded", Say::Instant),
    f("contact", "ended", "copy-ended", Say::Words(coded::contact_end)),
    f("contact", "ended_at", "copy-ended-at", Say::Instant),
    f("contact", "ended_by", "copy-ended-by", Say::Agent),
    f("referent", "account_id", "copy-who", Say::Referent),
    f("referent", "side", "copy-side", Say::Words(coded::side)),
    f("referent", "since", "copy-since", Say::Day),
    f("referent", "until", "copy-until", Say::Day),
    f("household", "claim_number", "copy-claim", Say::Text),
    f("household", "organism", "copy-organism", Say::Text),
    f("household", "organism_number", "copy-organism-number", Say::Code("NUMORG")),
    f("household", "matricule", "copy-matricule", Say::Text),
    f("household", "right_state", "copy-right", Say::Words(coded::right)),
    f("household", "stamp", "copy-last-file", Say::Stamp),
    f("household", "absent_stamp", "copy-absent", Say::Stamp),
    f("household", "in_beneficiaires", "copy-monthly", Say::YesNo),
    f("membership", "household_id", "copy-claim", Say::Household),
    f("membership", "role", "copy-role", Say::Role),
    f("membership", "named", "copy-named", Say::YesNo),
    f("membership", "stamp", "copy-last-named", Say::Stamp),
    f("payment", "month", "copy-month", Say::Month),
    f("payment", "class", "copy-class", Say::Words(coded::payment)),
    f("payment", "nature", "copy-nature", Say::Code("NATPFCRE")),
    f("payment", "operation", "copy-operation", Say::Code("TYPEOPECOMPTA")),
    f("payment", "amount_cents", "copy-amount", Say::Euros),
    f("payment", "household_id", "copy-claim", Say::Household),
    f("payment", "import_id", "copy-file", Say::File),
    f("label", "kind", "copy-kind", Say::Words(coded::label)),
    f("label", "value", "copy-value", Say::Text),
    f("label", "import_id", "copy-file", Say::File),
    f("label", "recorded_at", "copy-recorded", Say::Instant),
    f("document", "label", "copy-title", Say::Text),
    f("document", "name", "copy-file-name", Say::Text),
    f("document", "kind", "copy-kind", Say::Words(coded::document)),
    f("document", "visibility", "copy-visibility", Say::Words(coded::visibility)),
    f("document", "added_at", "copy-added", Say::Instant),
    f("document", "added_by", "copy-added-by", Say::Agent),
    f("document", "removed_at", "copy-removed", Say::Instant),
    f("document", "removed_by", "copy-removed-by", Say::Agent),
    f("document", "removed_reason", "copy-removed-reason", Say::Text),
    f("document_object", "format", "copy-format", Say::Words(coded::format)),
    f("document_object", "size", "copy-size", Say::Bytes),
    f("document_object", "made_at", "copy-recorded", Say::Instant),
    f("document_object", "dropped_at", "copy-dropped", Say::Instant),
    f("person_note", "text", "copy-text", Say::Text),
    f("person_note", "author_id", "copy-written-by", Say::Agent),
    f("person_note", "level", "copy-visibility", Say::Words(coded::level)),
    f("person_note", "written_at", "copy-when", Say::Instant),
    f("person_note", "superseded_at", "copy-superseded", Say::Instant),
    f("exceptional_access", "opened_at", "copy-when", Say::Instant),
    f("exceptional_access", "until", "copy-until", Say::Instant),
    f("exceptional_access", "account_id", "copy-opened-by", Say::Agent),
    f("exceptional_access", "motive", "copy-motive", Say::Words(coded::motive)),
    f("exceptional_access", "reason", "copy-what-happened", Say::Text),
    f("proposal", "structure_id", "copy-structure", Say::Structure),
    f("proposal", "text", "copy-text", Say::Text),
    f("proposal", "shares", "copy-shares", Say::Words(coded::shares)),
    f("proposal", "author_id", "copy-written-by", Say::Agent),
    f("proposal", "created_at", "copy-recorded", Say::Instant),
    f("proposal", "since", "copy-since", Say::Day),
    f("proposal", "until", "copy-until", Say::Day),
    f("proposal", "ended_on", "copy-ended-at", Say::Day),
    f("proposal", "answer", "copy-reply", Say::Words(coded::proposal_reply)),
    f("proposal", "answered_at", "copy-answered", Say::Instant),
    f("proposal", "answer_text", "copy-what-happened", Say::Text),
    f("appointment", "starts_at", "copy-starts", Say::Instant),
    f("appointment", "ends_at", "copy-ends", Say::Instant),
    f("appointment", "kind", "copy-kind", Say::Words(coded::appointment_kind)),
    f("appointment", "modality", "copy-modality", Say::Words(coded::modality)),
    f("appointment", "purpose", "copy-purpose", Say::Words(coded::purpose)),
    f("appointment", "status", "copy-status", Say::Words(coded::appointment_status)),
    f("appointment", "note", "copy-text", Say::Text),
    f("appointment", "cancelled_by", "copy-cancelled-by", Say::Words(coded::cancelled_by)),
    f("appointment", "reason", "copy-what-happened", Say::Text),
    f("appointment", "booked_by", "copy-written-by", Say::Agent),
    f("appointment", "booked_at", "copy-recorded", Say::Instant),
    f("appointment", "changed_at", "copy-changed", Say::Instant),
    f("appointment_host", "account_id", "copy-who", Say::Agent),
    f("rights_request", "kind", "copy-asked-right", Say::Words(coded::right_asked)),
    f("rights_request", "received_on", "copy-received", Say::Day),
    f("rights_request", "answer_by", "copy-answer-by", Say::Day),
    f("rights_request", "note", "copy-note", Say::Text),
    f("rights_request", "recorded_at", "copy-recorded", Say::Instant),
    f("rights_request", "recorded_by", "copy-recorded-by", Say::Agent),
    f("rights_request", "reply", "copy-reply", Say::Words(coded::reply)),
    f("rights_request", "answered_on", "copy-answered", Say::Day),
    f("rights_request", "answered_by", "copy-answered-by", Say::Agent),
    f("rights_request", "reply_note", "copy-reply-note", Say::Text),
    f("review", "doubt", "copy-doubt", Say::Words(coded::doubt)),
    f("review", "status", "copy-decision", Say::Words(coded::review)),
    f("review", "asked_at", "copy-asked-at", Say::Instant),
    f("review", "import_id", "copy-file", Say::File),
    f("review", "decided_at", "copy-decided", Say::Instant),
    f("review", "decided_by", "copy-decided-by", Say::Agent),
    f("review", "kept_nir", "copy-kept-nir", Say::Text),
    f("import_change", "import_id", "copy-file", Say::File),
    f("import_change", "kind", "copy-change-kind", Say::Words(coded::change)),
    f("import_reject", "import_id", "copy-file", Say::File),
    f("import_reject", "dossier", "copy-claim", Say::Text),
    f("import_reject", "organism", "copy-organism", Say::Text),
    f("import_reject", "organism_number", "copy-organism-number", Say::Code("NUMORG")),
    f("import_reject", "matricule", "copy-matricule", Say::Text),
    f("import_reject", "position", "copy-position", Say::Count),
    f("import_reject", "line", "copy-line", Say::Count),
    f("import_reject", "reason", "copy-reject-reason", Say::Text),
    f("search_term", "term", "copy-word", Say::Words(coded::search_term)),
    f("journal", "at", "copy-when", Say::Instant),
    f("journal", "act", "copy-act", Say::Words(coded::act)),
    f("journal", "role", "copy-by-role", Say::Words(by_role)),
    f("journal", "actor_kind", "copy-by-kind", Say::Words(coded::actor)),
    f("journal", "reason", "copy-motive", Say::Text),
];
