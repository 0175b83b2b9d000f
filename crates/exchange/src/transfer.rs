//! The file by which a person passes from one département to another (`docs/transfer.md`): sealed to the key of the one who
//! receives, signed by the key of the one who sends, by a standard (HPKE, RFC 9180, authenticated mode).
//!
//! ```text
//! "DECLIC-TRANSFERT\n"  (size u32, header as JSON, in clear: who sends to whom, until when; nobody is named)
//! encapsulated key (32)  (size u32, sealed piece)*        the last piece is marked; the header is bound to the key
//! what is sealed: (size u64, package as JSON)  bytes of each document, in its order
//! ```

mod envelope;
mod key;
mod package;

pub use envelope::{Header, MOST_BYTES, header, open, seal};
pub use key::{KeyPair, PublicKey, Seed};
pub use package::{
    Contact, Document, Fact, Household, Item, Nir, Office, Package, Person, Tag, VERSION, kind,
};

use chrono::NaiveDate;

/// Why nothing of a file was read; each is one sentence for who holds the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransferRefusal {
    /// Not such a file.
    #[error(
        "Ce fichier n’est pas un transfert de Déclic. Demandez à l’autre département le fichier dont le nom finit par « .declic »."
    )]
    NotATransfer,
    /// A format that this program does not know.
    #[error(
        "Ce fichier suit le format {0}, que cette version de Déclic ne sait pas lire. Mettez Déclic à jour, puis recommencez."
    )]
    Version(u32),
    /// For somebody else.
    #[error(
        "Ce fichier est destiné au département {0} : lui seul peut l’ouvrir. Prévenez celui qui vous l’a remis."
    )]
    Elsewhere(String),
    /// Too late.
    #[error(
        "Ce fichier n’est plus valable depuis le {}. Demandez à l’autre département d’en faire un nouveau.",
        domain::time::in_words(*.0)
    )]
    Expired(NaiveDate),
    /// Cut, altered, sealed to an old key, or not by the one it names.
    #[error(
        "Ce fichier est incomplet, a été modifié ou ne vient pas du département qu’il annonce. Rien n’a été écrit : demandez-en un nouveau."
    )]
    Broken,
    /// More than one file may hold.
    #[error("Ce dossier dépasse {} Mio avec ses documents : retirez-en avant de le transférer.", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    /// A key that is not one.
    #[error(
        "Cette clé n’est pas une clé de transfert de Déclic. Copiez-la en entier : elle commence par « declic- », puis le numéro du département."
    )]
    Key,
}
