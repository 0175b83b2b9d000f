//! What an act of the journal did, in plain French: the verb, then what the row keeps of it.

use app::audit::JournalLine;
use app::settings::LETTER_FIELDS;
use chrono::NaiveDate;
use domain::access::proposal::Reply;
use domain::access::role::Role;
use domain::access::side::Side;
use domain::access::structure::StructureKind;
use domain::agenda::appointment::{CancelledBy, Status};
use domain::audit::{Act, Part};
use domain::followup::path::PathState;
use domain::intake::delta::Change;
use serde_json::Value;

use super::rows::t;
use crate::format;
use crate::view::words::{self, coded};

/// An act of the journal in words; its code when this version does not know it.
pub fn act_words(code: &str) -> String {
    Act::parse(code).map_or_else(|| code.to_owned(), words::act)
}

/// What the row keeps of the act, in words; empty when the verb says it all.
pub fn detail(line: &JournalLine) -> String {
    let kept = &line.row.detail;
    let told = Act::parse(&line.row.act).and_then(|act| of_act(act, kept)).unwrap_or_default();
    let changed = changes(kept);
    match (told.is_empty(), changed.is_empty()) {
        (false, false) => format!("{told} {changed}"),
        (true, _) => changed,
        (false, true) => told,
    }
}

fn of_act(act: Act, kept: &Value) -> Option<String> {
    let n = |name: &str| kept.get(name).and_then(Value::as_i64);
    let word = |name: &str| kept.get(name).and_then(Value::as_str);
    let is = |name: &str| kept.get(name).and_then(Value::as_bool) == Some(true);
    let said = |key: &str| Some(t(key).to_string());
    match act {
        Act::ReadPerson => said(match Part::parse(word("part")?)? {
            Part::Essential => "journal-part-essential",
            Part::Right => "journal-part-right",
            Part::Readers => "journal-part-readers",
            Part::Contacts => "journal-part-contacts",
            Part::Events => "journal-part-events",
            Part::Documents => "journal-part-documents",
            Part::Call => "journal-part-call",
            Part::Appointments => "journal-part-appointments",
            Part::Diagnosis => "journal-part-diagnosis",
            Part::Contract => "journal-part-contract",
        }),
        Act::ReadList => match (word("change").and_then(Change::parse), n("people"), n("rows")) {
            (Some(change), Some(people), _) => {
                let change = words::change(change).0;
                Some(t("journal-list-change").s("change", change).n("n", people).to_string())
            }
            (_, Some(people), _) => Some(format!("{}{}", t("journal-list").n("n", people), filter(kept))),
            (_, _, Some(rows)) => Some(t("journal-list-rows").n("n", rows).to_string()),
            _ => None,
        },
        Act::Search => Some(t("journal-found").n("n", n("found")?).to_string()),
        Act::Export => Some(t("journal-exported").n("n", n("people").or(n("rows"))?).to_string()),
        Act::Import => match () {
            () if is("received") => said("journal-import-received"),
            () if is("refused") => said("journal-import-refused"),
            () if is("already_imported") => said("journal-import-again"),
            () => match (word("mapping"), n("dossiers"), n("persons")) {
                (Some(name), ..) => Some(t("journal-import-mapping").s("name", name).to_string()),
                (_, Some(dossiers), Some(people)) => {
                    Some(t("journal-import-done").n("dossiers", dossiers).n("people", people).to_string())
                }
                _ => None,
            },
        },
        Act::ExtendRequest => dated("journal-until", word("until")?),
        Act::ProposePerson => dated("journal-until", word("last_day")?),
        Act::AnswerProposal => said(match Reply::parse(word("answer")?)? {
            Reply::Accepted => "proposals-state-accepted",
            Reply::Declined => "proposals-state-declined",
        }),
        Act::ReadAgenda => Some(t("journal-agenda").n("n", n("appointments")?).to_string()),
        Act::RecordAttendance => {
            Some(format!("{}.", words::agenda::status(Status::parse(word("status")?)?).0))
        }
        Act::CancelAppointment => {
            Some(format!("{}.", words::agenda::cancelled_by(CancelledBy::parse(word("by")?)?)))
        }
        Act::RecordPath => of_path(kept),
        Act::EditSettings => setting(kept),
        Act::TakeCall | Act::WriteAnswers | Act::RecordCall | Act::DecideOrientation | Act::EditCatalogue => {
            of_orientation(act, kept)
        }
        Act::CreateUser if is("invited_again") => said("journal-invited-again"),
        Act::CreateUser => {
            let given = [("role", kept.get("role")?), ("territory", kept.get("territory")?)];
            let told = given.into_iter().filter(|(_, value)| !value.is_null());
            Some(told.map(|(field, v)| became(field, &Value::Null, v)).collect::<Vec<_>>().join(" "))
        }
        Act::CreateToken => said(match word("scope")? {
            "write" => "journal-token-write",
            _ => "journal-token-read",
        }),
        Act::SignIn => (word("how")? == "demo").then(|| t("journal-sign-in-demo").to_string()),
        Act::SignInFailed => not_let_in(word("why")?, word("email")),
        Act::VerifyJournal => Some(match word("fault") {
            None => t("journal-found-whole").n("n", n("rows")?).to_string(),
            Some(fault) => t("journal-found-broken").s("fault", fault).to_string(),
        }),
        Act::ExpireJournal => expired(kept),
        _ => words::diagnosis::kept(act, kept),
    }
}

/// The first and last rows of what expired.
fn expired(kept: &Value) -> Option<String> {
    let row = |end: usize| kept.get("rows")?.get(end)?.as_i64().map(format::number);
    Some(t("journal-expired").s("first", row(0)?).s("last", row(1)?).to_string())
}

/// What a software asked a list for: « Filtre : À orienter, territoire verdun. »
fn filter(kept: &Value) -> String {
    let word = |name: &str| kept.get(name).and_then(Value::as_str);
    let state =
        word("state").map(|code| PathState::parse(code).map_or_else(|| code.to_owned(), words::state_name));
    let territory = word("territory").map(|code| t("journal-list-territory").s("code", code).to_string());
    let one = kept.get("referent").and_then(Value::as_bool) == Some(true);
    let referent = one.then(|| t("journal-list-referent").to_string());
    let asked: Vec<String> = [state, territory, referent].into_iter().flatten().collect();
    if asked.is_empty() {
        return String::new();
    }
    format!(" {}", t("journal-list-filter").s("filter", asked.join(", ")))
}

/// « Avec ProConnect : aucun compte ouvert ici pour l’adresse n•••. »
fn not_let_in(why: &str, email: Option<&str>) -> Option<String> {
    Some(match (why, email) {
        ("no_account", Some(email)) => t("journal-proconnect-nobody").s("email", email).to_string(),
        ("no_account", None) => t("journal-proconnect-no-address").to_string(),
        ("closed", _) => t("journal-proconnect-closed").to_string(),
        ("interrupted", _) => t("journal-proconnect-interrupted").to_string(),
        ("expired", _) => t("journal-proconnect-expired").to_string(),
        ("untrusted", _) => t("journal-proconnect-untrusted").to_string(),
        ("unreachable", _) => t("journal-proconnect-unreachable").to_string(),
        _ => return None,
    })
}

/// What was recorded of a path.
fn of_path(kept: &Value) -> Option<String> {
    let word = |name: &str| kept.get(name).and_then(Value::as_str);
    let kind = word("kind")?;
    if kind == "referent" {
        return Some(t("followup-referent").to_string());
    }
    let said = coded::path_act(kind)?;
    Some(match word("reason").and_then(coded::path_reason) {
        Some(why) => format!("{said}. {why}."),
        None => format!("{said}."),
    })
}

/// What was done at the call desk.
fn of_orientation(act: Act, kept: &Value) -> Option<String> {
    let word = |name: &str| kept.get(name).and_then(Value::as_str);
    let is = |name: &str| kept.get(name).and_then(Value::as_bool) == Some(true);
    match act {
        Act::TakeCall => {
            let key = if is("reserved") { "journal-call-taken" } else { "journal-call-given-back" };
            Some(t(key).to_string())
        }
        Act::WriteAnswers => {
            Some(t("journal-answers").n("n", kept.get("questions")?.as_array()?.len()).to_string())
        }
        Act::RecordCall => coded::attempt(word("ending")?),
        Act::DecideOrientation => {
            let path = coded::orientation_path(word("path")?)?;
            let organisation = coded::organisation(word("organisation")?)?;
            let key = if is("deviates") { "journal-decided-otherwise" } else { "journal-decided" };
            Some(t(key).s("path", path).s("organisation", organisation).to_string())
        }
        Act::EditCatalogue => Some(t("journal-catalogue").n("n", kept.get("after")?.as_i64()?).to_string()),
        _ => None,
    }
}

/// « Nom du territoire : « Verdun » devient « Verdunois ». »
fn setting(kept: &Value) -> Option<String> {
    if let Some(name) = kept.get("sheet_profile").and_then(Value::as_str) {
        return Some(t("journal-sheet-profile").s("name", name).to_string());
    }
    let what = kept.get("what").and_then(Value::as_str)?;
    Some(became(what, kept.get("before")?, kept.get("after")?))
}

/// What it was and what it is, for acts that keep both; nothing when they are identifiers only.
fn changes(kept: &Value) -> String {
    let both = kept.get("before").zip(kept.get("after")).filter(|_| kept.get("what").is_none());
    let Some((before, after)) = both else { return String::new() };
    if value(before).is_none() && value(after).is_none() {
        return String::new();
    }
    became(kept.get("kind").and_then(Value::as_str).unwrap_or("value"), before, after)
}

fn became(field: &str, before: &Value, after: &Value) -> String {
    let field = field_words(field);
    match (value(before), value(after)) {
        (None, Some(after)) => t("journal-set").s("field", field).s("after", after).to_string(),
        (Some(before), None) => t("journal-unset").s("field", field).s("before", before).to_string(),
        (Some(before), Some(after)) => {
            t("journal-became").s("field", field).s("before", before).s("after", after).to_string()
        }
        (None, None) => field,
    }
}

/// A value as it is read; `None` for nothing.
fn value(kept: &Value) -> Option<String> {
    named("", kept)
}

/// The value of a field of what was kept: « côté emploi », « depuis le 4 mai 2026 ».
fn named(field: &str, kept: &Value) -> Option<String> {
    let sensitive = field == "sensitive";
    match kept {
        Value::Null => None,
        Value::String(text) if text.parse::<uuid::Uuid>().is_ok() => None,
        Value::String(text) => Some(word(field, text)),
        Value::Bool(yes) if sensitive => yes.then(|| t("structures-hidden").to_string()),
        Value::Bool(true) => Some(t("journal-yes").to_string()),
        Value::Bool(false) => Some(t("journal-no").to_string()),
        Value::Array(all) => several(all.iter().map(|one| (field, one))),
        // The name comes first: it says what the rest is about.
        Value::Object(all) => {
            let name = all.get("name").map(|name| ("name", name));
            let others = all.iter().map(|(field, one)| (field.as_str(), one)).filter(|one| one.0 != "name");
            several(name.into_iter().chain(others))
        }
        other => Some(other.to_string()),
    }
}

fn word(field: &str, text: &str) -> String {
    let known = match (field, text) {
        ("name", _) => None,
        ("kind", code) => StructureKind::parse(code).map(words::structure_kind),
        ("side", code) => Side::parse(code).map(words::side),
        ("since", day) => dated("journal-since", day),
        ("until", day) => dated("journal-until", day),
        (_, "yes") => Some(t("journal-yes").to_string()),
        (_, "no") => Some(t("journal-no").to_string()),
        (_, "usable") => Some(t("journal-usable").to_string()),
        (_, "unusable") => Some(t("journal-unusable").to_string()),
        // One role, or several as a parameter holds them.
        (_, codes) => codes
            .split_whitespace()
            .map(|code| Role::parse(code).map(words::role))
            .collect::<Option<Vec<_>>>()
            .filter(|roles| !roles.is_empty())
            .map(|roles| roles.join(", ")),
    };
    known.unwrap_or_else(|| text.to_owned())
}

fn dated(key: &str, day: &str) -> Option<String> {
    let day = day.parse::<NaiveDate>().ok()?;
    Some(t(key).s("date", format::full(day)).to_string())
}

fn several<'a>(all: impl Iterator<Item = (&'a str, &'a Value)>) -> Option<String> {
    let told = all.filter_map(|(field, one)| named(field, one)).collect::<Vec<_>>().join(", ");
    Some(told).filter(|text| !text.is_empty())
}

/// What changed; the word of the database when this version does not know it.
fn field_words(field: &str) -> String {
    let key = match field {
        "territory" => "journal-field-territory",
        "value" => "journal-field-value",
        "territory_name" => "journal-field-territory-name",
        "commune_territory" => "journal-field-commune-territory",
        "email" => "journal-field-email",
        "phone" => "journal-field-phone",
        "role" => "journal-field-role",
        "structure" => "journal-field-structure",
        "capacity" => "users-capacity-most",
        "access.exceptional_roles" => "journal-field-exceptional",
        "security.second_factor_roles" => "settings-security-roles",
        "security.session_idle_minutes" => "settings-security-idle",
        "security.admin_session_idle_minutes" => "settings-security-admin",
        "security.session_longest_hours" => "settings-security-longest",
        "language" => "journal-field-language",
        "contact.accessibility" => "mentions-accessibility",
        "contact.dpo" => "mentions-dpo",
        "accessibility.checked_on" => "mentions-checked",
        letter if letter.starts_with("letter.") => {
            return letter_field(letter).unwrap_or_else(|| letter.to_owned());
        }
        consent if consent.starts_with("consent") => "journal-field-consent",
        other => return other.replace('_', " "),
    };
    t(key).to_string()
}

/// What letters say of the département.
fn letter_field(key: &str) -> Option<String> {
    let field = LETTER_FIELDS.into_iter().find(|field| field.key == key)?;
    Some(crate::view::letters::label(field.name))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;

    fn line(act: Act, kept: Value) -> JournalLine {
        let row = app::audit::JournalRow {
            at: DateTime::UNIX_EPOCH,
            actor_kind: "user".to_owned(),
            actor_id: None,
            actor_name: String::new(),
            role: String::new(),
            act: act.code().to_owned(),
            person_id: None,
            object: None,
            reason: None,
            detail: kept,
        };
        JournalLine { number: 1, row }
    }

    #[test]
    fn what_changed_is_told_before_and_after_and_never_a_personal_value() {
        let told = |act, kept| detail(&line(act, kept)).replace(['\u{a0}', '\u{202f}'], " ");
        let renamed = json!({ "what": "territory_name", "before": "Verdun", "after": "Verdunois" });
        assert_eq!(told(Act::EditSettings, renamed), "Nom du territoire : « Verdun » devient « Verdunois ».");
        let added = json!({ "what": "territory", "before": null, "after": "Val d’Ornois" });
        assert_eq!(told(Act::EditSettings, added), "Territoire : « Val d’Ornois ».");
        let phone = json!({ "kind": "phone", "before": "•• 11", "after": "•• 77", "shared": false });
        assert_eq!(told(Act::EditContact, phone), "Téléphone : « •• 11 » devient « •• 77 ».");
        let gone = json!({ "kind": "email", "value": "o•••", "before": "usable", "after": "unusable" });
        assert_eq!(told(Act::EditContact, gone), "Courriel : « valable » devient « ne fonctionne plus ».");
        let user = json!({ "role": "team_lead", "territory": null });
        assert_eq!(told(Act::CreateUser, user), "Rôle : « Responsable de territoire ».");
        let merged = json!({ "before": ["00000000-0000-7000-8000-000000000000"], "after": [] });
        assert_eq!(told(Act::Merge, merged), "");
        let role = json!({ "before": { "role": "operator" }, "after": { "role": "dpo" } });
        assert!(told(Act::CreateUser, role).contains("» devient « "));
        let structure = json!({ "what": "structure", "before": null, "after": {
            "name": "Tremplin", "kind": "operator", "side": "employment", "sensitive": false,
            "since": "2026-05-04", "territories": [], "until": null } });
        assert_eq!(
            told(Act::EditSettings, structure),
            "Structure : « Tremplin, Opérateur d’accompagnement vers l’emploi, côté emploi, depuis le 4 mai 2026 »."
        );
        let roles =
            json!({ "what": "security.second_factor_roles", "before": "admin", "after": "admin dpo" });
        assert!(
            told(Act::EditSettings, roles).ends_with("devient « Administration, Protection des données ».")
        );
        assert_eq!(told(Act::ReadPerson, json!({})), "");
    }
}
