//! How text messages leave: through one provider, the next one when it is down, or into a folder.
//!
//! A provider whose answer never came may have sent the message: it is asked again, with the same identifier, rather than
//! another one, so that nobody is told twice.

use std::path::PathBuf;
use std::time::Duration;

use exchange::delivery::Mapping;
use serde_json::Value;
use uuid::Uuid;

use super::post::write;

/// The time given to a provider.
const PATIENCE: Duration = Duration::from_secs(15);
/// The name of the folder that stands for a provider.
const FOLDER: &str = "dossier";

/// How text messages leave.
#[derive(Debug, Clone, Default)]
pub enum Sms {
    /// They do not: nobody is written to this way.
    #[default]
    None,
    /// Each becomes a file `.sms.txt` of a folder.
    Folder(PathBuf),
    /// Providers take them, in this order.
    Providers(Vec<Provider>),
}

/// What is told of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSettings {
    /// Its name, for whoever reads what became of a message.
    pub name: String,
    /// Where it is: `https://…`
    pub url: String,
    /// What is sent to it, JSON in which `{to}` (E.164), `{from}`, `{text}` and `{id}` are replaced.
    pub body: String,
    /// Who writes: 11 letters and figures at most.
    pub from: String,
    /// What `Authorization: Bearer` carries.
    pub token: Option<String>,
    /// Where its answer holds its own identifier of the message: `/messages/0/id`.
    pub reference_at: Option<String>,
    /// How its delivery reports are read.
    pub report: Mapping,
}

/// A provider of text messages.
#[derive(Clone)]
pub struct Provider {
    settings: ProviderSettings,
    body: Value,
    http: reqwest::Client,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({} at {})", self.settings.name, self.settings.url)
    }
}

/// A text message that leaves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outgoing<'a> {
    /// The identifier that every try carries.
    pub(super) id: Uuid,
    /// The number, E.164.
    pub(super) to: &'a str,
    pub(super) text: &'a str,
}

/// Who took a text message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) provider: String,
    pub(super) reference: Option<String>,
}

/// Why a text message did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SmsError {
    /// No provider answers; the one named may have sent it.
    Away { why: String, perhaps: Option<String> },
    /// The number is refused.
    Refused(String),
}

impl Provider {
    /// A provider that is not asked anything yet.
    ///
    /// # Errors
    /// One sentence: the address is neither `https` nor on this machine, or the body is not JSON.
    pub fn new(settings: ProviderSettings) -> Result<Self, String> {
        let url = reqwest::Url::parse(&settings.url)
            .map_err(|_| format!("[[sms]] {} : url n’est pas une adresse.", settings.name))?;
        if url.scheme() != "https" && !matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")) {
            return Err(format!("[[sms]] {} : url doit être une adresse https.", settings.name));
        }
        let body = serde_json::from_str(&settings.body)
            .map_err(|_| format!("[[sms]] {} : body n’est pas du JSON.", settings.name))?;
        if let Some(fault) = settings.report.fault() {
            return Err(format!("[sms.report] {} : {fault}", settings.name));
        }
        // A redirection could carry the message elsewhere: none is followed.
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { settings, body, http })
    }

    async fn send(&self, message: Outgoing<'_>) -> Result<Taken, Refusal> {
        let mut request = self
            .http
            .post(&self.settings.url)
            .header("content-type", "application/json")
            .body(filled(&self.body, &self.settings.from, message).to_string());
        if let Some(token) = &self.settings.token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.map_err(|error| {
            // Before it was connected nothing was said; afterwards nobody knows.
            if error.is_connect() { Refusal::Down(why(&error)) } else { Refusal::Unsure(why(&error)) }
        })?;
        let status = answer.status();
        let said = answer.text().await.unwrap_or_default();
        if status.is_success() {
            let at = self.settings.reference_at.as_deref();
            let body: Value = serde_json::from_str(&said).unwrap_or_default();
            let reference = at.and_then(|at| body.pointer(at)).map(|found| match found {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            return Ok(Taken { provider: self.settings.name.clone(), reference });
        }
        let short: String = said.chars().filter(|c| !c.is_control()).take(200).collect();
        let why = format!("{} : réponse {} {short}", self.settings.name, status.as_u16());
        match status.as_u16() {
            // The key is refused, the account is empty, too much at once: it says nothing of the number.
            401 | 402 | 403 | 408 | 429 => Err(Refusal::Down(why)),
            400..500 => Err(Refusal::Number(why)),
            _ => Err(Refusal::Down(why)),
        }
    }
}

enum Refusal {
    Down(String),
    Unsure(String),
    Number(String),
}

fn why(error: &reqwest::Error) -> String {
    // The address of the provider may hold a key: it is not told.
    let kind = if error.is_timeout() { "pas de réponse à temps" } else { "pas de connexion" };
    kind.to_owned()
}

/// The body, each text of it with the values of this message.
fn filled(body: &Value, from: &str, message: Outgoing<'_>) -> Value {
    match body {
        Value::String(text) => Value::String(
            text.replace("{to}", message.to)
                .replace("{from}", from)
                .replace("{id}", &message.id.to_string())
                .replace("{text}", message.text),
        ),
        Value::Array(items) => items.iter().map(|item| filled(item, from, message)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), filled(value, from, message))).collect()
        }
        other => other.clone(),
    }
}

impl Sms {
    /// Whether text messages leave at all.
    pub fn leaves(&self) -> bool {
        match self {
            Self::None => false,
            Self::Folder(_) => true,
            Self::Providers(all) => !all.is_empty(),
        }
    }

    /// The names of those who take text messages, in the order in which they are asked.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::None => Vec::new(),
            Self::Folder(_) => vec![FOLDER],
            Self::Providers(all) => all.iter().map(|one| one.settings.name.as_str()).collect(),
        }
    }

    /// How the reports of one of them are read; `None` for one that takes no text messages any more.
    pub(super) fn reports_of(&self, name: &str) -> Option<Mapping> {
        match self {
            Self::None => None,
            Self::Folder(_) => (name == FOLDER).then(Mapping::default),
            Self::Providers(all) => {
                let known = all.iter().find(|one| one.settings.name == name);
                known.map(|one| one.settings.report.clone())
            }
        }
    }

    /// Gives a message away. `perhaps` names the provider that may have it already: it alone is asked.
    pub(super) async fn send(&self, message: Outgoing<'_>, perhaps: Option<&str>) -> Result<Taken, SmsError> {
        let away = |why: &str| SmsError::Away { why: why.to_owned(), perhaps: None };
        match self {
            Self::None => Err(away("aucun envoi de SMS n’est configuré")),
            Self::Folder(folder) => {
                let (folder, name) = (folder.clone(), format!("{}.sms.txt", message.id));
                let text = format!("À : {}\n\n{}\n", message.to, message.text);
                let written =
                    tokio::task::spawn_blocking(move || write(&folder, &name, text.as_bytes())).await;
                let written = written.map_err(|error| away(&error.to_string()))?;
                written.map_err(|error| away(&error.to_string()))?;
                Ok(Taken { provider: FOLDER.to_owned(), reference: None })
            }
            Self::Providers(all) => {
                let known = all.iter().any(|one| Some(one.settings.name.as_str()) == perhaps);
                let mut told = String::new();
                for provider in all {
                    if known && Some(provider.settings.name.as_str()) != perhaps {
                        continue;
                    }
                    match provider.send(message).await {
                        Ok(taken) => return Ok(taken),
                        Err(Refusal::Number(why)) => return Err(SmsError::Refused(why)),
                        Err(Refusal::Unsure(why)) => {
                            let perhaps = Some(provider.settings.name.clone());
                            return Err(SmsError::Away { why, perhaps });
                        }
                        Err(Refusal::Down(why)) => told = why,
                    }
                }
                Err(away(&told))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str, body: &str) -> ProviderSettings {
        ProviderSettings {
            name: "essai".to_owned(),
            url: url.to_owned(),
            body: body.to_owned(),
            from: "Declic".to_owned(),
            token: None,
            reference_at: None,
            report: Mapping::default(),
        }
    }

    #[test]
    fn a_setting_that_cannot_work_is_told() {
        let wrong = |url, body| Provider::new(settings(url, body)).unwrap_err();
        assert!(wrong("sms", "{}").contains("url n’est pas"));
        assert!(wrong("http://sms.example/send", "{}").contains("https"));
        assert!(wrong("https://sms.example/send", "to={to}").contains("JSON"));
        let report = Mapping { id_at: vec!["ref".to_owned()], ..Mapping::default() };
        let told = Provider::new(ProviderSettings { report, ..settings("https://sms.example/send", "{}") });
        assert!(told.unwrap_err().contains("« /ref »"));
    }

    #[test]
    fn what_somebody_wrote_stays_inside_its_text() {
        let body = serde_json::json!({ "recipients": ["{to}"], "message": { "text": "{text}", "n": 1 }, "id": "{id}" });
        let message = Outgoing { id: Uuid::nil(), to: "+33639980001", text: "\"}, {to}" };
        let filled = filled(&body, "Declic", message);
        assert_eq!(filled["recipients"][0], "+33639980001");
        assert_eq!(filled["message"]["text"], "\"}, {to}");
        assert_eq!(
            (&filled["message"]["n"], &filled["id"]),
            (&Value::from(1), &Value::from(Uuid::nil().to_string()))
        );
    }
}
