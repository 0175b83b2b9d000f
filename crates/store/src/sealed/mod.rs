//! What is sealed in the database: one list, read by rotation, by verify and by the check of the documentation.

mod first;
mod rotate;
mod status;
pub mod stream;
mod transfer_key;

use domain::people::france_travail;

use crate::crypto::Keys;

pub(crate) use first::{content_key, prepare};
pub use rotate::{Step, begin, renew, step};
pub use status::{ColumnStatus, columns_of_bytes, remaining, unreadable};
pub use transfer_key::transfer_seed;

/// A column whose values are sealed. Every table that has one begins its primary key with a UUID.
#[derive(Debug, Clone, Copy)]
pub struct SealedColumn {
    /// The table.
    pub table: &'static str,
    /// The columns of its primary key; the first is a UUID, the second, where there is one, bytes.
    pub key: &'static [&'static str],
    /// The column.
    pub sealed: &'static str,
    /// What binds the values to their use.
    pub place: &'static str,
    /// Where equal values are looked up.
    pub index: Option<Index>,
}

/// The blind index that stands beside a sealed column.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// The column.
    pub column: &'static str,
    /// What binds the index to its use.
    pub place: &'static str,
    /// The spelling that is compared.
    pub normal: fn(&str) -> String,
}

/// Where a NIR is sealed.
pub const NIR: SealedColumn = SealedColumn {
    table: "person",
    key: &["id"],
    sealed: "nir_sealed",
    place: "person.nir",
    index: Some(Index { column: "nir_index", place: "nir", normal: str::to_owned }),
};

/// Where a France Travail number is sealed.
pub const FRANCE_TRAVAIL: SealedColumn = SealedColumn {
    table: "person",
    key: &["id"],
    sealed: "france_travail_sealed",
    place: "person.france_travail",
    index: Some(Index {
        column: "france_travail_index",
        place: "france_travail",
        normal: france_travail::normalise,
    }),
};

/// Where telephones and e-mails are sealed.
pub const CONTACT: SealedColumn = SealedColumn {
    table: "contact",
    key: &["id"],
    sealed: "value_sealed",
    place: "contact.value",
    index: Some(Index { column: "value_index", place: "contact", normal: str::to_owned }),
};

/// Where what a file said of a household is sealed: addresses, telephones, numbers.
pub const CONTENT: SealedColumn = SealedColumn {
    table: "content",
    key: &["household_id", "hash"],
    sealed: "payload_sealed",
    place: "content.payload",
    index: None,
};

/// Where the text of a dossier left out is sealed.
pub const REJECT: SealedColumn =
    SealedColumn { table: "import_reject", key: &["id"], sealed: "raw", place: "reject.raw", index: None };

/// Where the keys that the database keeps for itself are sealed.
pub const SEALED_KEY: SealedColumn = SealedColumn {
    table: "sealed_key",
    key: &["id"],
    sealed: "value_sealed",
    place: "sealed_key.value",
    index: None,
};

/// Where the NIR that a merge replaced is sealed, as it was on the record.
pub const KEPT_NIR: SealedColumn = SealedColumn {
    table: "review",
    key: &["id"],
    sealed: "kept_nir_sealed",
    place: NIR.place,
    index: Some(Index { column: "kept_nir_index", place: "nir", normal: str::to_owned }),
};

/// Where the name of a document is sealed.
pub const DOCUMENT_NAME: SealedColumn = of_document("name_sealed", "document.name");

/// Where its title is sealed.
pub const DOCUMENT_LABEL: SealedColumn = of_document("label_sealed", "document.label");

/// Where the reason for which it was removed is sealed.
pub const DOCUMENT_REASON: SealedColumn = of_document("removed_reason_sealed", "document.removed_reason");

/// Where the key of the bytes of documents is sealed; the bytes themselves never are again.
pub const DOCUMENT_KEY: SealedColumn = SealedColumn {
    table: "document_object",
    key: &["id"],
    sealed: "key_sealed",
    place: "document.key",
    index: None,
};

const fn of_document(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "document", key: &["id"], sealed, place, index: None }
}

/// Where the secret shared with an authenticator app is sealed.
pub const SECOND_FACTOR: SealedColumn = SealedColumn {
    table: "second_factor",
    key: &["account_id"],
    sealed: "secret_sealed",
    place: "second_factor.secret",
    index: None,
};

/// Where what a letter says is sealed until it has left.
pub const MAIL: SealedColumn = SealedColumn {
    table: "mail",
    key: &["id"],
    sealed: "content_sealed",
    place: "mail.content",
    index: None,
};

/// Where the reason of two more months is sealed.
pub const REQUEST_DELAY: SealedColumn = SealedColumn {
    table: "rights_request",
    key: &["id"],
    sealed: "extension_sealed",
    place: "rights_request.extension",
    index: None,
};

/// Where a form sent after the end of its session is sealed.
pub const KEPT_FORM: SealedColumn = SealedColumn {
    table: "kept_form",
    key: &["id"],
    sealed: "content_sealed",
    place: "kept_form.content",
    index: None,
};

/// Where the token that ends a session at the OpenID provider is sealed.
pub const ID_TOKEN: SealedColumn = SealedColumn {
    table: "session",
    key: &["id"],
    sealed: "id_token_sealed",
    place: "session.id_token",
    index: None,
};

/// Where the notes of professionals are sealed.
pub const NOTE: SealedColumn = SealedColumn {
    table: "person_note",
    key: &["id"],
    sealed: "text_sealed",
    place: "person_note.text",
    index: None,
};

/// Where the reasons of exceptional accesses are sealed.
pub const EXCEPTIONAL: SealedColumn = SealedColumn {
    table: "exceptional_access",
    key: &["id"],
    sealed: "reason_sealed",
    place: "exceptional_access.reason",
    index: None,
};

/// Where what was noted of a request is sealed.
pub const REQUEST_NOTE: SealedColumn = SealedColumn {
    table: "rights_request",
    key: &["id"],
    sealed: "note_sealed",
    place: "rights_request.note",
    index: None,
};

/// Where what was written back to the person is sealed.
pub const REQUEST_REPLY: SealedColumn = SealedColumn {
    table: "rights_request",
    key: &["id"],
    sealed: "reply_note_sealed",
    place: "rights_request.reply",
    index: None,
};

/// Where what is written to a structure of a person proposed to it is sealed.
pub const PROPOSAL: SealedColumn = of_proposal("text_sealed", "proposal.text");

/// Where its answer is sealed.
pub const PROPOSAL_ANSWER: SealedColumn = of_proposal("answer_text_sealed", "proposal.answer");

const fn of_proposal(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "proposal", key: &["id"], sealed, place, index: None }
}

/// Where the identity and the telephone that somebody gave of a person addressed to the platform are sealed.
pub const REFERRAL_IDENTITY: SealedColumn = of_referral("identity_sealed", "referral.identity");

/// Where the reason for which the person is addressed is sealed.
pub const REFERRAL_REASON: SealedColumn = of_referral("reason_sealed", "referral.reason");

const fn of_referral(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "referral", key: &["id"], sealed, place, index: None }
}

/// Where the answers of a call are sealed.
pub const ANSWERS: SealedColumn = SealedColumn {
    table: "call_file",
    key: &["id"],
    sealed: "answers_sealed",
    place: "call_file.answers",
    index: None,
};

/// Where the reason of a decision is sealed.
pub const DECISION_REASON: SealedColumn = of_decision("reason_sealed", "orientation_decision.reason");

/// Where what a person is told of a decision is sealed.
pub const DECISION_EXPLANATION: SealedColumn =
    of_decision("explanation_sealed", "orientation_decision.explanation");

const fn of_decision(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "orientation_decision", key: &["id"], sealed, place, index: None }
}

/// Where what is written of an act of a path is sealed.
pub const PATH_ACT: SealedColumn = SealedColumn {
    table: "path_act",
    key: &["id"],
    sealed: "text_sealed",
    place: "path_act.text",
    index: None,
};

/// Where what is written of somebody in a programme is sealed.
pub const ENROLMENT_ACT: SealedColumn = SealedColumn {
    table: "enrolment_act",
    key: &["id"],
    sealed: "text_sealed",
    place: "enrolment_act.text",
    index: None,
};

/// Where what is written of a contact is sealed.
pub const PATH_CONTACT: SealedColumn = SealedColumn {
    table: "path_contact",
    key: &["id"],
    sealed: "text_sealed",
    place: "path_contact.text",
    index: None,
};

/// Where what is committed to in a contract is sealed.
pub const CONTRACT: SealedColumn = SealedColumn {
    table: "contract",
    key: &["id"],
    sealed: "text_sealed",
    place: "contract.text",
    index: None,
};

/// Where why a contract was sent back or ended is sealed.
pub const CONTRACT_ACT: SealedColumn = SealedColumn {
    table: "contract_act",
    key: &["id"],
    sealed: "text_sealed",
    place: "contract_act.text",
    index: None,
};

/// Where the employer of a return to work is sealed.
pub const OUTCOME: SealedColumn = SealedColumn {
    table: "outcome",
    key: &["id"],
    sealed: "text_sealed",
    place: "outcome.text",
    index: None,
};

/// Where what is said of an end is sealed.
pub const OUTCOME_ACT: SealedColumn = SealedColumn {
    table: "outcome_act",
    key: &["id"],
    sealed: "text_sealed",
    place: "outcome_act.text",
    index: None,
};

/// Where what is written beside an appointment is sealed.
pub const APPOINTMENT_NOTE: SealedColumn = of_appointment("note_sealed", "appointment.note");

/// Where the reason for which it was cancelled is sealed.
pub const APPOINTMENT_REASON: SealedColumn = of_appointment("reason_sealed", "appointment.reason");

const fn of_appointment(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "appointment", key: &["id"], sealed, place, index: None }
}

/// Where when somebody would like to be called is sealed.
pub const CALLBACK_WORDS: SealedColumn = of_callback("words_sealed", "callback_request.words");

/// Where the telephone that they gave is sealed.
pub const CALLBACK_PHONE: SealedColumn = of_callback("phone_sealed", "callback_request.phone");

/// Where what came of it is sealed.
pub const CALLBACK_ANSWER: SealedColumn = of_callback("answer_sealed", "callback_request.answer");

const fn of_callback(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "callback_request", key: &["id"], sealed, place, index: None }
}

/// Where the reason of a transfer to another département is sealed.
pub const TRANSFER_REASON: SealedColumn = of_transfer("reason_sealed", "transfer.reason");

/// Where the receipt of a transfer is sealed.
pub const TRANSFER_RECEIPT: SealedColumn = of_transfer("receipt_sealed", "transfer.receipt");

const fn of_transfer(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "transfer", key: &["id"], sealed, place, index: None }
}

/// Where what was received from another département is sealed.
pub const TRANSFER_ITEM: SealedColumn = SealedColumn {
    table: "transfer_item",
    key: &["id"],
    sealed: "body_sealed",
    place: "transfer_item.body",
    index: None,
};

/// Where what is written in a diagnosis is sealed.
pub const DIAGNOSIS_TEXT: SealedColumn = SealedColumn {
    table: "diagnosis_entry",
    key: &["id"],
    sealed: "text_sealed",
    place: "diagnosis_entry.text",
    index: None,
};

/// Where an action that is not of the catalogue is sealed.
pub const ACTION_LABEL: SealedColumn = of_action("label_sealed", "planned_action.label");

/// Where the name of the service of an action is sealed.
pub const ACTION_SERVICE: SealedColumn = of_action("service_sealed", "planned_action.service");

/// Where what came of an action is sealed.
pub const ACTION_RESULT: SealedColumn = of_action("result_sealed", "planned_action.result");

const fn of_action(sealed: &'static str, place: &'static str) -> SealedColumn {
    SealedColumn { table: "planned_action", key: &["id"], sealed, place, index: None }
}

/// Where what was written to somebody is sealed.
pub const MESSAGE: SealedColumn = SealedColumn {
    table: "message",
    key: &["id"],
    sealed: "content_sealed",
    place: "message.content",
    index: None,
};

/// Every sealed column.
pub const SEALED: [SealedColumn; 47] = [
    NIR,
    FRANCE_TRAVAIL,
    CONTACT,
    CONTENT,
    REJECT,
    KEPT_NIR,
    DOCUMENT_NAME,
    DOCUMENT_LABEL,
    DOCUMENT_REASON,
    DOCUMENT_KEY,
    SECOND_FACTOR,
    MAIL,
    ID_TOKEN,
    NOTE,
    EXCEPTIONAL,
    REQUEST_NOTE,
    REQUEST_REPLY,
    REQUEST_DELAY,
    PROPOSAL,
    PROPOSAL_ANSWER,
    REFERRAL_IDENTITY,
    REFERRAL_REASON,
    ANSWERS,
    DECISION_REASON,
    DECISION_EXPLANATION,
    PATH_ACT,
    ENROLMENT_ACT,
    PATH_CONTACT,
    CONTRACT,
    CONTRACT_ACT,
    OUTCOME,
    OUTCOME_ACT,
    APPOINTMENT_NOTE,
    APPOINTMENT_REASON,
    CALLBACK_WORDS,
    CALLBACK_PHONE,
    CALLBACK_ANSWER,
    DIAGNOSIS_TEXT,
    ACTION_LABEL,
    ACTION_SERVICE,
    ACTION_RESULT,
    MESSAGE,
    KEPT_FORM,
    TRANSFER_REASON,
    TRANSFER_RECEIPT,
    TRANSFER_ITEM,
    // Last: as long as it is under the old secret, the program refuses to open the database without it.
    SEALED_KEY,
];

/// Columns of bytes that are not sealed, each with the reason; a test compares both lists with the schema.
pub const NOT_SEALED: [(&str, &str, &str); 32] = [
    ("api_token", "hash", "hash of random bytes"),
    ("booking_link", "token_hash", "keyed hash"),
    ("calendar_feed", "token_hash", "hash of random bytes"),
    ("contact", "value_index", "blind index"),
    ("content", "hash", "keyed hash"),
    ("document_object", "address", "keyed hash"),
    ("household", "content_hash", "keyed hash"),
    ("journal", "hash", "chain of the journal"),
    ("journal", "previous", "chain of the journal"),
    ("journal_block", "hash", "chain of the journal"),
    ("journal_block", "key_id", "name of a key"),
    ("journal_block", "previous", "chain of the journal"),
    ("journal_block", "previous_seal", "keyed hash"),
    ("journal_block", "seal", "keyed hash"),
    ("journal_block", "stub_key_id", "name of a key"),
    ("journal_block", "stub_seal", "keyed hash"),
    ("journal_head", "block_seal", "keyed hash"),
    ("journal_head", "hash", "chain of the journal"),
    ("journal_head", "key_id", "name of a key"),
    ("journal_head", "seal", "keyed hash"),
    ("key_rotation", "key_id", "name of a key"),
    ("one_time_link", "id", "hash of random bytes"),
    ("person", "france_travail_index", "blind index"),
    ("person", "nir_index", "blind index"),
    ("recovery_code", "hash", "costly hash"),
    ("review", "kept_nir_index", "blind index"),
    ("second_factor", "salt", "random bytes"),
    ("session", "id", "hash of random bytes"),
    ("sighting", "hash", "keyed hash"),
    ("sign_in_try", "key", "keyed hash"),
    ("unsealed", "hash", "keyed hash"),
    ("report_address", "secret_hash", "hash of random bytes"),
];

impl SealedColumn {
    /// The blind index of a value of this column; `None` for a column that is not looked up.
    pub fn index_of(&self, keys: &Keys, value: &str) -> Option<Vec<u8>> {
        self.index.map(|index| keys.index(index.place, &(index.normal)(value)))
    }

    /// The blind indexes that a value of this column may have, one for each generation of the ring.
    pub fn indexes_of(&self, keys: &Keys, value: &str) -> Vec<Vec<u8>> {
        let of = |index: Index| keys.indexes(index.place, &(index.normal)(value));
        self.index.map(of).unwrap_or_default()
    }

    /// Its table and its name: `person.nir_sealed`.
    pub fn name(&self) -> String {
        format!("{}.{}", self.table, self.sealed)
    }
}
