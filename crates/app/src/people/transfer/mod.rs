//! Pass a person to another département, and receive one ([ADR 26](../../../../../docs/adr/)).
//!
//! ```text
//! here   preview ─▶ export ─▶ a file sealed to the other département; the path ends, a step waits for the receipt
//! there             receive ─▶ matched as by a file of a payer, to orient, with the history; gives the receipt
//! here              close (receipt, or by hand) ─▶ those who followed stop · cancel ─▶ followed as before
//! ```
//! The file holds what `gather` reads; nothing of it stays on a disk.

mod end;
mod export;
mod gather;
mod history;
mod list;
mod path;
mod peers;
mod receive;
mod told;

pub use exchange::transfer::{Item, TransferRefusal};
use store::StoreError;
use store::people::PersonRow;

pub use end::{How, cancel, close};
pub use export::{Leaving, Made, Preview, TransferInput, export, preview};
pub(crate) use list::of_person;
pub use list::{Passage, passages};
pub use peers::{Peer, own_key, peers, save_peer};
pub use receive::{Receipt, ReceiveInput, receive, receiving_territories};
pub use told::{ReceivedFact, ReceivedItem, received};

use super::PeopleError;
use crate::Context;
use crate::intake::import::ImportError;
use crate::privacy::documents::DocumentError;

/// Why nobody is passed or received.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The person, or the permission.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The file or a key.
    #[error(transparent)]
    Refused(#[from] TransferRefusal),
    /// No real reason was written.
    #[error("Écrivez en quelques mots pourquoi la personne change de département (de 3 à 500 caractères).")]
    Reason,
    /// Not another département of France.
    #[error("Choisissez le département où la personne s’installe.")]
    Department,
    /// Its key was never given.
    #[error(
        "La clé de transfert du département {0} n’est pas connue ici : sans elle, le fichier serait lisible ou invérifiable. Demandez-la-lui, puis enregistrez-la dans Réglages › Transferts."
    )]
    NoKey(String),
    /// Passed already.
    #[error(
        "Cette personne a déjà été transférée. Annulez ce transfert s’il n’a pas eu lieu, puis recommencez."
    )]
    AlreadyLeft,
    /// Not a territory of here.
    #[error("Choisissez un territoire de la liste, celui où la personne s’installe.")]
    Territory,
    /// The receipt is another one.
    #[error(
        "Ce n’est pas l’accusé de ce transfert. Relisez-le avec l’autre département : seize chiffres ou lettres de A à F."
    )]
    Receipt,
    /// Closed or cancelled meanwhile.
    #[error("Ce transfert n’attend plus rien : rechargez la page pour voir où il en est.")]
    Ended,
    /// A key whose département is this one.
    #[error("Cette clé est celle de ce département-ci : il faut celle de l’autre.")]
    OwnKey,
    /// A document that may not come in, with its name and why.
    #[error("Le document « {0} » de ce transfert ne peut pas entrer : {1} Rien n’a été écrit.")]
    Document(String, String),
    /// The bytes of a document.
    #[error(transparent)]
    Bytes(#[from] DocumentError),
    /// The import lock.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl From<StoreError> for TransferError {
    fn from(error: StoreError) -> Self {
        Self::People(error.into())
    }
}

impl From<crate::access::Refused> for TransferError {
    fn from(refused: crate::access::Refused) -> Self {
        Self::People(refused.into())
    }
}

/// A person on whom the actor may decide of a transfer, and the records that joined theirs.
async fn person(ctx: &Context, id: uuid::Uuid) -> Result<(PersonRow, Vec<uuid::Uuid>), TransferError> {
    use domain::access::permission::Action;
    let scope = crate::access::scope(ctx, Action::TransferPeople)?;
    let row =
        store::people::one::get(ctx.db(), &scope, ctx.today(), id).await?.ok_or(PeopleError::Unknown)?;
    let records = store::people::one::with_merged(ctx.db().read(), row.id).await?;
    Ok((row, records))
}

/// A number of days that the département may set.
async fn days(ctx: &Context, parameter: &str, usual: i64) -> Result<i64, StoreError> {
    let own = crate::settings::value_today(ctx, parameter).await?;
    Ok(own
        .and_then(|value| value.trim().parse().ok())
        .filter(|days| (1..=365).contains(days))
        .unwrap_or(usual))
}

/// The name of a département: « Meuse »; its code when nobody knows it.
pub fn department_name(code: &str) -> String {
    domain::reference::geo::department(code).map_or_else(|| code.to_owned(), |one| one.name.to_owned())
}
