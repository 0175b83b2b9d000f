//! Transfers between départements, in words.

use chrono::{DateTime, NaiveDate, Utc};
use domain::people::transfer::Standing;

use super::{coded, say};
use crate::format;

/// Where a transfer stands.
pub fn transfer_standing(standing: Standing) -> String {
    say(match standing {
        Standing::Waiting => "words-transfer-waiting",
        Standing::Closed => "words-transfer-closed",
        Standing::Cancelled => "words-transfer-cancelled",
        Standing::Received => "words-transfer-received",
    })
}

/// What travels: « Notes », « Décisions d’orientation »; nothing for a word of a later version.
pub fn transfer_kind(code: &str) -> Option<String> {
    Some(say(match code {
        "decision" => "words-travels-decision",
        "referent" => "words-travels-referent",
        "appointment" => "words-travels-appointment",
        "course" => "words-travels-course",
        "act" => "words-travels-act",
        "exchange" => "words-travels-exchange",
        "note" => "words-travels-note",
        "call" => "words-travels-call",
        "attempt" => "words-travels-attempt",
        "proposal" => "words-travels-proposal",
        "right" => "words-travels-right",
        "number" => "words-travels-number",
        "contact" => "words-travels-contact",
        "document" => "words-travels-document",
        "tag" => "words-travels-tag",
        _ => return None,
    }))
}

/// What is told of an item, by its code.
pub fn transfer_fact(key: &str) -> String {
    let known = match key {
        "text" => "words-told-text",
        "replaced_at" => "words-told-replaced",
        "path" => "words-told-path",
        "organisation" => "words-told-organisation",
        "structure" => "words-told-structure",
        "referent" => "words-told-referent",
        "programmes" => "words-told-programmes",
        "act" | "course" => "words-told-act",
        "act_how" | "means" => "words-told-how",
        "subject" => "words-told-subject",
        "explanation" => "words-told-explanation",
        "reason" | "act_reason" | "course_reason" => "words-told-reason",
        "deviates" => "words-told-deviates",
        "review_on" => "words-told-review",
        "ended_on" | "until" => "words-told-until",
        "ended_why" => "words-told-end",
        "ending" => "words-told-ending",
        "inbound" => "words-told-inbound",
        "side" => "words-told-side",
        "purpose" => "words-told-purpose",
        "modality" => "words-told-modality",
        "appointment_kind" => "words-told-kind",
        "status" | "answer" | "outcome" => "words-told-status",
        "place" => "words-told-place",
        "ends_at" => "words-told-ends",
        "cancelled_by" => "words-told-cancelled-by",
        "cancel_reason" | "answer_text" => "words-told-why",
        "note" => "words-told-note",
        "answered_by" => "words-told-answered-by",
        "right" => "words-told-right",
        "named_until" => "words-told-named",
        "file" => "words-told-file",
        "number" => "words-told-number",
        other => return other.to_owned(),
    };
    say(known)
}

/// What is said of it: a code in words, a date as it is read; else the text as it was written.
pub fn transfer_value(key: &str, text: &str) -> String {
    let day = || text.parse::<NaiveDate>().ok().map(format::full);
    let said = match key {
        "path" => coded::orientation_path(text),
        "organisation" => coded::organisation(text),
        "programmes" => Some(text.split(", ").map(super::programme).collect::<Vec<_>>().join(", ")),
        "act" => coded::path_act(text),
        "act_reason" => coded::path_reason(text),
        "act_how" => super::followup::way(text),
        "course" => coded::course_act(text),
        "course_reason" => coded::course_reason(text),
        "means" => coded::means(text),
        "outcome" => coded::outcome(text),
        "subject" => coded::contact_subject(text),
        "ended_why" => coded::decision_end(text),
        "ending" => coded::attempt(text),
        "deviates" | "inbound" => Some(say(if text == "true" { "journal-yes" } else { "journal-no" })),
        "side" => coded::side(text),
        "purpose" => coded::purpose(text),
        "modality" => coded::modality(text),
        "appointment_kind" => coded::appointment_kind(text),
        "status" => coded::appointment_status(text),
        "cancelled_by" => coded::cancelled_by(text),
        "answer" => coded::proposal_reply(text),
        "right" => coded::right(text),
        "review_on" | "ended_on" | "until" | "named_until" => day(),
        "replaced_at" | "ends_at" => {
            text.parse::<DateTime<Utc>>().ok().map(|at| format::full(at.date_naive()))
        }
        _ => None,
    };
    said.unwrap_or_else(|| text.to_owned())
}
