//! Transfers between départements: the list, and what another one sent, on a person's page.

use askama::Template;

use super::parts::{Empty, Field, FieldError, Link, Tag};
use super::shell::Shell;

/// `/{department}/transferts`: who left and who arrived; a person is received from here.
#[derive(Template)]
#[template(path = "people/transfers.html")]
pub struct Transfers {
    /// The frame.
    pub shell: Shell,
    /// Who was just received, and the receipt, when their page is somebody else's.
    pub received: Option<String>,
    /// Those that wait first.
    pub rows: Vec<TransferRow>,
    /// When nobody left or arrived.
    pub empty: Empty,
    /// Where a file is sent; `None` when one may not receive.
    pub action: Option<String>,
    /// The file, and the territory.
    pub fields: Vec<Field>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

/// A person who left or arrived.
#[derive(Debug, Clone)]
pub struct TransferRow {
    /// Their name, to their page.
    pub link: Link,
    /// « Départ vers l’Isère le 26 novembre 2026 ».
    pub what: String,
    /// Why, as it was written.
    pub reason: String,
    /// Where it stands.
    pub state: Tag,
    /// The receipt to give, or until when the arrival is to be confirmed; may be empty.
    pub note: String,
    /// What may still be done; `None` when nothing waits.
    pub end: Option<TransferEnd>,
}

/// What may be done of a transfer that waits.
#[derive(Debug, Clone)]
pub struct TransferEnd {
    /// Where the receipt is sent.
    pub close: String,
    /// The receipt.
    pub receipt: Field,
    /// It was just typed wrong.
    pub open: bool,
    /// Where one says that the person did not leave.
    pub cancel: String,
}

/// What another département sent with a person, on their page.
#[derive(Debug, Clone)]
pub struct ReceivedPanel {
    /// « Reçue de la Meuse le 26 novembre 2026 ».
    pub lead: String,
    /// What happened there, the most recent first.
    pub rows: Vec<ReceivedRow>,
}

/// Something that happened there.
#[derive(Debug, Clone)]
pub struct ReceivedRow {
    /// « Notes ».
    pub kind: String,
    /// « 12 octobre 2026, Samira Lahaye, Meuse ».
    pub when: String,
    /// Who reads it.
    pub level: String,
    /// What is told, line by line.
    pub lines: Vec<String>,
}
