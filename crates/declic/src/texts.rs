//! How text messages leave, as `declic.toml` says it.

use std::path::PathBuf;

use app::messages::{Mapping, ProviderSettings, Sms};
use serde::Deserialize;

use crate::failure::{Failure, Outcome};

/// A provider of text messages: a table `[[sms]]`; they are asked in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name, for whoever reads what became of a message.
    name: String,
    /// Where it is: `https://…`
    url: String,
    /// What is sent to it: JSON with `{to}`, `{from}`, `{text}` and `{id}`.
    body: String,
    /// Who writes: 11 letters and figures at most.
    from: String,
    /// The file of the key that `Authorization: Bearer` carries.
    token_file: Option<PathBuf>,
    /// Where its answer holds its own identifier of the message: `/messages/0/id`.
    reference_at: Option<String>,
    /// How its delivery reports are read: a table `[sms.report]`.
    #[serde(default)]
    report: Mapping,
}

impl Provider {
    fn open(&self) -> Outcome<app::messages::Provider> {
        let from = self.from.as_str();
        if from.is_empty() || from.len() > 11 || !from.chars().all(|c| c.is_ascii_alphanumeric()) {
            let name = &self.name;
            return Err(Failure::new(format!(
                "[[sms]] {name} : from compte 11 lettres ou chiffres au plus."
            )));
        }
        let read = |file: &PathBuf| {
            let text = std::fs::read_to_string(file);
            let text =
                text.map_err(|error| Failure::file("[[sms]] token_file ne peut pas être lu", file, &error));
            text.map(|text| text.trim().to_owned())
        };
        let settings = ProviderSettings {
            name: self.name.clone(),
            url: self.url.clone(),
            body: self.body.clone(),
            from: self.from.clone(),
            token: self.token_file.as_ref().map(read).transpose()?,
            reference_at: self.reference_at.clone(),
            report: self.report.clone(),
        };
        app::messages::Provider::new(settings).map_err(Failure::new)
    }
}

/// The providers; without any, the folder of letters of a folder of data, else nothing.
///
/// # Errors
/// When one of them cannot work.
pub fn open(providers: &[Provider], folder: Option<&PathBuf>) -> Outcome<Sms> {
    match (providers, folder) {
        ([], Some(folder)) => Ok(Sms::Folder(folder.clone())),
        ([], None) => Ok(Sms::None),
        (all, _) => Ok(Sms::Providers(all.iter().map(Provider::open).collect::<Outcome<_>>()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(from: &str) -> Provider {
        let text = format!(
            "name = \"un\"\nurl = \"https://sms.example/send\"\nbody = '{{\"to\": \"{{to}}\"}}'\nfrom = \"{from}\""
        );
        toml::from_str(&text).unwrap()
    }

    #[test]
    fn a_sender_that_operators_refuse_is_told_before_anything_is_sent() {
        assert!(
            matches!(open(&[provider("DeptLoiret")], None).unwrap(), Sms::Providers(all) if all.len() == 1)
        );
        for wrong in ["", "Dept Loiret", "Departement45", "Déclic"] {
            assert!(open(&[provider(wrong)], None).unwrap_err().to_string().contains("from"), "{wrong}");
        }
        assert!(matches!(open(&[], Some(&PathBuf::from("outbox"))).unwrap(), Sms::Folder(_)));
        assert!(matches!(open(&[], None).unwrap(), Sms::None));
    }
}
