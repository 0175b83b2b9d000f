//! Delivery reports of providers of text messages: JSON or a form, whose fields each provider names its own way.

use domain::messages::report::{Report, Way};
use serde::Deserialize;
use serde_json::Value;

/// Most reports read of one call.
const MOST: usize = 1_000;
/// Longest identifier or status that is one.
const LONGEST: usize = 200;

/// Where a provider writes what, and what its words mean. Each field that is left out has the usual names and words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// Where the list is (`/results`), when one call tells of several messages; else the whole is a list, or one report.
    pub list_at: Option<String>,
    /// Where the identifier of the message is: the first of these that is there. A JSON pointer, `/message/id`; a field of a
    /// form is `/name`.
    pub id_at: Vec<String>,
    /// Where the status is.
    pub status_at: Vec<String>,
    /// The words that say that it arrived; capitals do not matter.
    pub delivered: Vec<String>,
    /// Those that say that it never will, though the number may work.
    pub failed: Vec<String>,
    /// Those that say that the number reaches nobody.
    pub dead: Vec<String>,
    /// Those that say that it is not over. Any other word counts as one of these, and is told in the log.
    pub under_way: Vec<String>,
}

impl Default for Mapping {
    fn default() -> Self {
        let all = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self {
            list_at: None,
            id_at: all(&[
                "/messageId",
                "/message_id",
                "/message-id",
                "/MessageSid",
                "/SmsSid",
                "/smsId",
                "/id",
                "/reference",
            ]),
            status_at: all(&["/status", "/state", "/MessageStatus", "/dlr", "/deliveryStatus", "/event"]),
            delivered: all(&["delivered", "deliv", "delivrd", "delivered_to_handset", "received", "ok"]),
            failed: all(&[
                "failed",
                "undelivered",
                "undeliverable",
                "undeliv",
                "expired",
                "rejected",
                "rejectd",
                "deleted",
                "error",
                "blocked",
                "cancelled",
            ]),
            dead: all(&["invalid", "invalid_number", "unknown_number", "unknown_subscriber", "nonexistent"]),
            under_way: all(&[
                "accepted",
                "acceptd",
                "queued",
                "sent",
                "pending",
                "buffered",
                "enroute",
                "submitted",
                "waiting",
                "scheduled",
                "sending",
            ]),
        }
    }
}

/// A report, in the words of its provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The identifier of the message: the one that the provider gave, or the one that was given to it.
    pub id: String,
    /// How it stands.
    pub status: String,
}

/// A call that holds no report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableReport {
    /// Neither JSON nor a form.
    #[error("Le compte rendu n’est ni du JSON ni un formulaire : vérifiez l’adresse donnée au fournisseur.")]
    Form,
    /// No identifier or no status where they are looked for.
    #[error(
        "Le compte rendu ne donne pas d’identifiant de message ou d’état là où la configuration les cherche : \
         corrigez id_at et status_at dans [sms.report]."
    )]
    Fields,
    /// Too many at once.
    #[error("Plus de mille comptes rendus en un appel : envoyez-les en plusieurs fois.")]
    Many,
}

impl Mapping {
    /// What a word of the provider means; `None` for one that the configuration does not know.
    pub fn meaning(&self, status: &str) -> Option<Report> {
        let has = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(status));
        if has(&self.delivered) {
            Some(Report::Delivered)
        } else if has(&self.dead) {
            Some(Report::Failed(Way::Dead))
        } else if has(&self.failed) {
            Some(Report::Failed(Way::Unsure))
        } else if has(&self.under_way) {
            Some(Report::UnderWay)
        } else {
            None
        }
    }

    /// What keeps this mapping from being used, in French.
    pub fn fault(&self) -> Option<String> {
        let places = self.id_at.iter().chain(&self.status_at).chain(&self.list_at);
        if let Some(wrong) = places.into_iter().find(|at| !at.starts_with('/')) {
            return Some(format!("« {wrong} » commence par une barre : « /{wrong} »."));
        }
        if self.id_at.is_empty() || self.status_at.is_empty() || self.delivered.is_empty() {
            return Some("id_at, status_at et delivered ne peuvent pas être vides.".to_owned());
        }
        None
    }
}

/// Reads what a provider sent: a JSON text, or the fields of a form or of an address.
///
/// # Errors
/// [`UnreadableReport`]: one sentence.
pub fn read_reports(mapping: &Mapping, kind: &str, body: &str) -> Result<Vec<Told>, UnreadableReport> {
    let whole = if kind.contains("json") || body.trim_start().starts_with(['{', '[']) {
        serde_json::from_str(body).map_err(|_| UnreadableReport::Form)?
    } else {
        form(body)?
    };
    let list = match &mapping.list_at {
        Some(at) => whole.pointer(at).ok_or(UnreadableReport::Fields)?,
        None => &whole,
    };
    let all: Vec<&Value> = match list {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    if all.len() > MOST {
        return Err(UnreadableReport::Many);
    }
    all.into_iter().map(|one| told(mapping, one)).collect()
}

fn told(mapping: &Mapping, one: &Value) -> Result<Told, UnreadableReport> {
    let first = |places: &[String]| places.iter().find_map(|at| one.pointer(at).and_then(word));
    let (id, status) = (first(&mapping.id_at), first(&mapping.status_at));
    let (id, status) = id.zip(status).ok_or(UnreadableReport::Fields)?;
    Ok(Told { id, status })
}

/// A text or a number, when it is short enough to be an identifier or a status.
fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty() && text.len() <= LONGEST).then_some(text)
}

/// The fields of a form, as a flat object; of a name that comes twice, the last value.
fn form(body: &str) -> Result<Value, UnreadableReport> {
    let fields = form_urlencoded::parse(body.as_bytes());
    let fields: serde_json::Map<String, Value> =
        fields.map(|(name, value)| (name.into_owned(), Value::String(value.into_owned()))).collect();
    if fields.values().all(|value| value == "") {
        return Err(UnreadableReport::Form);
    }
    Ok(Value::Object(fields))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(id: &str, status: &str) -> Told {
        Told { id: id.to_owned(), status: status.to_owned() }
    }

    #[test]
    fn json_and_forms_are_read_by_the_usual_names() {
        let usual = Mapping::default();
        let read = |kind, body| read_reports(&usual, kind, body);
        assert_eq!(
            read("application/json", r#"{"messageId": "a1", "status": "DELIVRD"}"#),
            Ok(vec![told("a1", "DELIVRD")])
        );
        assert_eq!(
            read("application/x-www-form-urlencoded", "MessageSid=SM%2F1&MessageStatus=undelivered&x=+"),
            Ok(vec![told("SM/1", "undelivered")])
        );
        assert_eq!(
            read("", r#"[{"id": 7, "status": "sent"}, {"id": 8, "state": "delivered"}]"#),
            Ok(vec![told("7", "sent"), told("8", "delivered")])
        );
        assert_eq!(usual.meaning("DELIVRD"), Some(Report::Delivered));
        assert_eq!(usual.meaning("Undelivered"), Some(Report::Failed(Way::Unsure)));
        assert_eq!(usual.meaning("unknown_subscriber"), Some(Report::Failed(Way::Dead)));
        assert_eq!(usual.meaning("sent"), Some(Report::UnderWay));
        assert_eq!(usual.meaning("zut"), None);
    }

    #[test]
    fn a_provider_that_names_things_otherwise_is_read_as_its_configuration_says() {
        let own: Mapping = toml::from_str(
            "list_at = \"/results\"\nid_at = [\"/sms/ref\"]\nstatus_at = [\"/sms/code\"]\ndelivered = [\"0\"]",
        )
        .unwrap();
        let body = r#"{"results": [{"sms": {"ref": "z", "code": 0}}]}"#;
        assert_eq!(read_reports(&own, "application/json", body), Ok(vec![told("z", "0")]));
        assert_eq!(own.meaning("0"), Some(Report::Delivered));
        assert_eq!(own.fault(), None);
        let wrong: Mapping = toml::from_str("id_at = [\"ref\"]").unwrap();
        assert!(wrong.fault().unwrap().contains("« /ref »"));
        assert!(toml::from_str::<Mapping>("statut_at = []").is_err());
    }

    #[test]
    fn what_is_no_report_is_refused_with_a_sentence() {
        let usual = Mapping::default();
        let read = |body| read_reports(&usual, "", body).unwrap_err();
        for nothing in ["", "bonjour", "{", "&&"] {
            assert_eq!(read(nothing), UnreadableReport::Form, "{nothing}");
        }
        for without in ["{}", "id=1", r#"{"id": {"a": 1}, "status": "sent"}"#, "[1]", "id=&status=sent"] {
            assert_eq!(read(without), UnreadableReport::Fields, "{without}");
        }
        let many = format!("[{}]", vec![r#"{"id":1,"status":"sent"}"#; MOST + 1].join(","));
        assert_eq!(read(&many), UnreadableReport::Many);
        let long = format!("id={}&status=sent", "a".repeat(LONGEST + 1));
        assert_eq!(read(&long), UnreadableReport::Fields);
    }

    proptest! {
        #[test]
        fn no_text_stops_it(text in "\\PC{0,80}", json in any::<bool>()) {
            let _ = read_reports(&Mapping::default(), if json { "json" } else { "" }, &text);
        }
    }
}
