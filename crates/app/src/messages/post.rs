//! How letters leave: through an SMTP server, or into a folder.

use std::path::{Path, PathBuf};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport as _, Message, Tokio1Executor};
use store::messages::mail::Mail;

use super::letters::Letter;
use super::tls;

/// The time given to a server.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// How letters leave.
#[derive(Debug, Clone, Default)]
pub enum Post {
    /// They do not: none is queued.
    #[default]
    None,
    /// Each becomes a file `.eml` of a folder.
    Folder(Folder),
    /// A server takes them.
    Smtp(Box<Relay>),
}

/// A folder that stands for a server.
#[derive(Debug, Clone)]
pub struct Folder {
    folder: PathBuf,
    from: Mailbox,
}

/// A server that takes letters.
#[derive(Clone)]
pub struct Relay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relay(from {})", self.from)
    }
}

/// Why a letter did not leave.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// The server is away, or asks to come back later.
    #[error("{0}")]
    Away(String),
    /// The server refuses this letter.
    #[error("{0}")]
    Refused(String),
}

impl Post {
    /// A folder; `from` is the sender, `Déclic <declic@loiret.fr>`.
    ///
    /// # Errors
    /// When the sender is not an address.
    pub fn folder(folder: PathBuf, from: &str) -> Result<Self, String> {
        Ok(Self::Folder(Folder { folder, from: sender(from)? }))
    }

    /// A server: `smtps://user:password@host`, `smtp://host:25?tls=required`, `smtp://127.0.0.1:25`. Its certificate
    /// is vouched for by the authorities of the machine, or of `authorities` (PEM).
    ///
    /// # Errors
    /// When the address, the authorities or the sender cannot be read.
    pub fn smtp(address: &str, authorities: Option<&[u8]>, from: &str) -> Result<Self, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address);
        let builder = builder.map_err(|error| error.to_string())?.timeout(Some(PATIENCE));
        let transport = match authorities {
            None => builder,
            Some(pem) => builder.tls(tls::with(address, pem)?),
        };
        Ok(Self::Smtp(Box::new(Relay { transport: transport.build(), from: sender(from)? })))
    }

    /// Meets the server without a letter: its certificate is looked at.
    ///
    /// # Errors
    /// Why letters would not leave.
    pub async fn greet(&self) -> Result<(), String> {
        match self {
            Self::None | Self::Folder(_) => Ok(()),
            Self::Smtp(relay) => {
                relay.transport.test_connection().await.map(drop).map_err(|error| why(&error))
            }
        }
    }

    /// Whether letters leave at all.
    pub fn leaves(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Gives a letter away, with what a calendar is told of it. It leaves under `id`, whoever sends it and however often: what
    /// comes back of it says so.
    ///
    /// # Errors
    /// [`PostError`]; the letter is then still to be sent.
    pub(super) async fn send(
        &self,
        mail: &Mail,
        id: &str,
        letter: &Letter,
        calendar: Option<&str>,
    ) -> Result<(), PostError> {
        match self {
            Self::None => Err(PostError::Away("no post is configured".to_owned())),
            Self::Folder(Folder { folder, from }) => {
                let message = message(from, mail, id, letter, calendar)?;
                let (folder, name) = (folder.clone(), format!("{}.eml", mail.id));
                let bytes = message.formatted();
                let written = tokio::task::spawn_blocking(move || write(&folder, &name, &bytes)).await;
                written
                    .map_err(|error| PostError::Away(error.to_string()))?
                    .map_err(|error| PostError::Away(error.to_string()))
            }
            Self::Smtp(relay) => {
                let message = message(&relay.from, mail, id, letter, calendar)?;
                match relay.transport.send(message).await {
                    Ok(_) => Ok(()),
                    Err(error) if error.is_permanent() => Err(PostError::Refused(error.to_string())),
                    Err(error) => Err(PostError::Away(why(&error))),
                }
            }
        }
    }
}

/// Why a server took nothing, in words for whoever administers it when it is its certificate.
fn why(error: &lettre::transport::smtp::Error) -> String {
    tls::refused(error).unwrap_or_else(|| error.to_string())
}

fn sender(from: &str) -> Result<Mailbox, String> {
    from.parse()
        .map_err(|_| format!("« {from} » n’est pas un expéditeur : attendu « Déclic <declic@loiret.fr> »"))
}

fn message(
    from: &Mailbox,
    mail: &Mail,
    id: &str,
    letter: &Letter,
    calendar: Option<&str>,
) -> Result<Message, PostError> {
    let refused = |error: &dyn std::fmt::Display| PostError::Refused(error.to_string());
    let to = letter.to.parse().map_err(|error| refused(&error))?;
    let automatic =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(Some(letter.name.clone()), to))
        .date(mail.created_at.into())
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .subject(&letter.subject)
        .raw_header(automatic);
    let made = match calendar {
        None => message.header(ContentType::TEXT_PLAIN).body(letter.text.clone()),
        Some(event) => {
            let method = if event.contains("METHOD:CANCEL") { "CANCEL" } else { "REQUEST" };
            let kind = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"));
            let kind = kind.map_err(|error| refused(&error))?;
            let text = SinglePart::plain(letter.text.clone());
            let event = SinglePart::builder().header(kind).body(event.to_owned());
            message.multipart(MultiPart::alternative().singlepart(text).singlepart(event))
        }
    };
    made.map_err(|error| refused(&error))
}

/// Writes the file whole or not at all; the same letter twice is the same file.
pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    let mut file =
        std::fs::File::options().create(true).truncate(true).write(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(unfinished, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_address_or_sender_is_told() {
        assert!(Post::smtp("mail.example", None, "declic@x.fr").is_err());
        assert!(Post::smtp("smtps://mail.example", None, "personne").unwrap_err().contains("expéditeur"));
        assert!(Post::smtp("smtps://u:p@mail.example", None, "Déclic <declic@x.fr>").unwrap().leaves());
        assert!(!Post::None.leaves());
    }

    #[test]
    fn a_password_of_a_server_is_never_printed() {
        let post = Post::smtp("smtps://u:hunter2@mail.example", None, "declic@x.fr").unwrap();
        assert!(!format!("{post:?}").contains("hunter2"));
    }
}
