//! Documents of a person.
//!
//! ```text
//! bytes ─ receive ─▶ sealed draft ─ recognise ─▶ object (written once) ─ one transaction ─▶ rows + journal
//!                                    read ◀─ journal ◀─ object, piece by piece
//! remove ─▶ marked, with a reason ─ 90 days ─▶ row gone, object marked ─ 24 hours ─▶ object gone        (sweep)
//! ```
//!
//! The same bytes are kept once in a département: an object is found by the keyed hash of its clear bytes.

mod add;
mod check;
mod list;
mod read;
mod received;
mod remove;
mod sweep;

pub use add::{Described, Incoming, receive};
pub use check::check;
pub use exchange::document::DocumentRefusal;
pub use list::{DocumentLine, documents};
pub use read::{Download, read};
pub use remove::remove;
pub use store::privacy::objects::ObjectError;
pub use sweep::{Swept, sweep};

use domain::privacy::document as rules;
use store::StoreError;
use store::sealed::{
    DOCUMENT_LABEL as LABEL, DOCUMENT_NAME as NAME, DOCUMENT_REASON as REASON, SealedColumn,
};
use uuid::Uuid;

use crate::Context;
use crate::access::{Refused, scope};
use crate::people::PeopleError;
use domain::access::permission::Action;

/// What tells the hash of a document from the other hashes of the département.
const ADDRESS: &str = "document ";

/// Why a document is not added, shown or removed.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The person, or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// What the bytes are.
    #[error(transparent)]
    Refusal(#[from] DocumentRefusal),
    /// One document.
    #[error(
        "Ce fichier dépasse {0} Mio. Réduisez-le (photo moins grande, PDF allégé) ou séparez-le en plusieurs."
    )]
    TooLarge(u64),
    /// All documents of the person.
    #[error(
        "Les documents de cette personne dépasseraient {0} Mio. Retirez ceux qui ne servent plus, puis recommencez."
    )]
    PersonFull(u64),
    /// No kind was chosen.
    #[error("Choisissez de quoi il s’agit.")]
    Kind,
    /// The label is too long.
    #[error("Ce titre est trop long : {} caractères au plus.", rules::LONGEST_LABEL)]
    Label,
    /// No real reason was written.
    #[error(
        "Écrivez en quelques mots pourquoi ce document est retiré ({} caractères au moins).",
        rules::SHORTEST_REASON
    )]
    Reason,
    /// No such document of this person, for this actor; said the same whether it exists or not.
    #[error("Ce document n’existe pas, ou vous n’avez pas à le voir.")]
    Unknown,
    /// The bytes.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// The disk.
    #[error(
        "Le fichier reçu ne peut pas être gardé ({0}). Prévenez l’administration : place et droits du dossier des documents."
    )]
    Io(#[from] std::io::Error),
}

impl From<Refused> for DocumentError {
    fn from(refused: Refused) -> Self {
        Self::People(refused.into())
    }
}

impl From<StoreError> for DocumentError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

/// The person's own record and the records that joined it, when `action` reaches them.
async fn records(ctx: &Context, person: Uuid, action: Action) -> Result<Vec<Uuid>, DocumentError> {
    let scope = scope(ctx, action)?;
    let row = store::people::one::get(ctx.db(), &scope, ctx.today(), person).await?;
    let row = row.ok_or(PeopleError::Unknown)?;
    Ok(store::people::one::with_merged(ctx.db().read(), row.id).await?)
}

/// A text as a row keeps it.
fn sealed(ctx: &Context, column: SealedColumn, text: &str) -> Result<Vec<u8>, StoreError> {
    ctx.db().keys().encrypt(column.place, text.as_bytes())
}

/// A text that a row keeps.
fn opened(ctx: &Context, column: SealedColumn, sealed: &[u8]) -> Result<String, StoreError> {
    ctx.db().keys().decrypt_text(column.place, sealed)
}

/// A limit in MiB: the département's, else ours.
async fn limit(ctx: &Context, parameter: &str, usual: u64) -> Result<u64, StoreError> {
    let own = crate::settings::value_today(ctx, parameter).await?;
    Ok(own.and_then(|value| value.trim().parse().ok()).unwrap_or(usual))
}

/// The address of bytes, from their hash: keyed, so that it tells nothing; kept when the secret changes.
fn address(ctx: &Context, hash: &str) -> Result<Vec<u8>, StoreError> {
    Ok(ctx.db().content_key()?.hash(&format!("{ADDRESS}{hash}")))
}
